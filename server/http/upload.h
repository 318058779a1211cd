#ifndef HTTP_UPLOAD_H
#define HTTP_UPLOAD_H

#include "http/request.h"

#include <sodium.h>

/**
 * A file sent to an UPLOAD route, kept in the database piece by piece while it comes.
 *
 * The caller is known and may send before the first byte is taken. One piece is in memory at a
 * time, and no more is read from the client until the database has it: memory is bounded, and
 * whatever was acknowledged is there. The handler runs when all of it has come; the pieces of a
 * file that broke off are forgotten after a day (upload_expire).
 */
struct upload {
    char id[ID_SIZE];
    int pieces;
    int64_t total; /* bytes */
    crypto_generichash_state hash;
    char *piece, *hex; /* of UPLOAD_PIECE bytes, and the same as a bytea literal */
    size_t len;        /* bytes in `piece` */
    bool asked;        /* who sends it is being found out */
    bool admitted;     /* bytes are taken */
    bool complete;     /* the last byte has come */
    size_t refused;    /* bytes that came after it was refused */
};

#define UPLOAD_PIECE 262144

/** Whether the body is said to be of a type an upload may have; if not, it is answered. */
bool upload_type_is_right(struct request *req);
/** The caller was found and may use the route: ask whether the quota has room. */
void upload_begin(struct request *req);
/** Bytes have come: take what there is room for; `len` becomes how many are left. */
enum MHD_Result upload_receive(struct request *req, const char *bytes, size_t *len);
/** The body is complete: keep its last piece, then run the handler. */
void upload_end(struct request *req);
/** Most bytes an upload may have. */
int64_t upload_max(void);
/** Free what it holds; NULL is fine. */
void upload_close(struct upload *upload);

#endif
