/* Files on their way into the database. */
#include "http/upload.h"
#include "base/settings.h"
#include "http/deadline.h"
#include "http/idempotency.h"
#include "http/reply.h"
#include "http/route.h"
#include "queries.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MEGABYTE INT64_C(1048576)
/* Of a file that is refused so much is read, so that the answer is seen. */
#define REFUSED_MAX 1048576

static rows_fn admitted, piece_kept;

int64_t upload_max(void)
{
    return settings.upload_megabytes * MEGABYTE;
}

bool upload_type_is_right(struct request *req)
{
    static const char *const types[] = {"text/csv", "text/tab-separated-values", "text/plain",
                                        "application/gzip", "application/octet-stream"};
    const char *type = request_header(req, "Content-Type");
    size_t len = type ? strcspn(type, "; ") : 0;

    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (len == strlen(types[i]) && !strncasecmp(type, types[i], len))
            return true;
    reply_problem(req, NOT_A_FILE, NULL);
    return false;
}

void upload_begin(struct request *req)
{
    struct upload *upload = req->upload.file;

    id_new(upload->id, "upl");
    crypto_generichash_init(&upload->hash, NULL, 0, crypto_generichash_BYTES);
    q_upload_begin(
        req, admitted, req->who.account,
        arena_printf(&req->arena, "%lld", (long long)(settings.upload_quota_megabytes * MEGABYTE)));
}

static void admitted(struct request *req, const PGresult *rows)
{
    struct upload *upload = req->upload.file;

    (void)rows;
    upload->piece = xalloc(UPLOAD_PIECE);
    upload->hex = xalloc(2 * UPLOAD_PIECE + sizeof "\\x");
    upload->admitted = true;
    if (upload->complete)
        upload_end(req);
    else
        request_continue(req);
}

/* Send the piece to the database; the connection waits until it is there. */
static void piece_send(struct request *req)
{
    struct upload *upload = req->upload.file;

    memcpy(upload->hex, "\\x", 2);
    sodium_bin2hex(upload->hex + 2, 2 * UPLOAD_PIECE + 1, (unsigned char *)upload->piece,
                   upload->len);
    q_upload_piece_add(req, piece_kept, upload->id, arena_printf(&req->arena, "%d", upload->pieces),
                       upload->hex);
}

static void piece_kept(struct request *req, const PGresult *rows)
{
    struct upload *upload = req->upload.file;

    (void)rows;
    upload->pieces++;
    upload->len = 0;
    if (upload->complete)
        upload_end(req);
    else
        request_continue(req);
}

/* Keep what there is room for; returns how many bytes that were. */
static size_t take(struct request *req, const char *bytes, size_t len)
{
    struct upload *upload = req->upload.file;
    size_t room = UPLOAD_PIECE - upload->len, n = len < room ? len : room;

    if (!upload->admitted)
        return 0;
    if (upload->total + (int64_t)n > upload_max()) {
        reply_problem(req, BODY_TOO_LARGE, NULL);
        return len;
    }
    memcpy(upload->piece + upload->len, bytes, n);
    crypto_generichash_update(&upload->hash, (const unsigned char *)bytes, n);
    upload->len += n;
    upload->total += (int64_t)n;
    if (upload->len == UPLOAD_PIECE)
        piece_send(req);
    return n;
}

/* Find out who sends it, before a byte is taken. */
static void ask(struct request *req)
{
    if (req->upload.file->asked)
        return;
    req->upload.file->asked = true;
    request_run(req);
}

enum MHD_Result upload_receive(struct request *req, const char *bytes, size_t *len)
{
    struct upload *upload = req->upload.file;

    ask(req);
    if (req->answered) { /* refused: what was on its way is read, but not all of a file */
        upload->refused += *len;
        *len = 0;
        return upload->refused > REFUSED_MAX ? MHD_NO : MHD_YES;
    }
    *len -= take(req, bytes, *len);
    if (req->suspended) /* the database's deadlines count */
        deadline_suspend(request_deadline(req));
    else
        deadline_set(request_deadline(req), settings.body_timeout_ms);
    return MHD_YES;
}

void upload_end(struct request *req)
{
    struct upload *upload = req->upload.file;

    upload->complete = true;
    if (!upload->admitted) /* it was empty */
        return ask(req);
    if (upload->len)
        return piece_send(req);
    if (idempotency_read(req))
        req->route->handler(req);
}

void upload_close(struct upload *upload)
{
    if (!upload)
        return;
    if (upload->piece)
        sodium_memzero(upload->piece, UPLOAD_PIECE);
    free(upload->piece);
    free(upload->hex);
    free(upload);
}
