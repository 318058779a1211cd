#ifndef HTTP_PARAMS_H
#define HTTP_PARAMS_H

#include "http/request.h"

/** One parameter of a query string, decoded. */
struct param {
    const char *name, *value;
};

/** Query parameters a request may have. */
#define QUERY_PARAMS_MAX 48

/**
 * Decode the query string into `params` and return how many there are; a
 * negative number, and the answer is given, if it is malformed.
 */
int params_parse(struct request *req, struct param params[QUERY_PARAMS_MAX]);
/** Refuse parameters that the route does not know, and read `limit` and `cursor` of a list. */
bool params_accept(struct request *req);

/**
 * Fill the members of `out` from the query string, as the route's table says;
 * absent ones are NULL, absent figures NAN. False: answered already.
 */
#define QUERY_READ(req, out) query_read((req), (out), sizeof *(out))
bool query_read(struct request *req, void *out, size_t size);

/** Decode %XX in `len` bytes; NULL if that is malformed or gives anything but clean UTF-8. */
char *percent_decode(struct arena *arena, const char *text, size_t len, bool plus_is_blank);

#endif
