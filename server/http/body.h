#ifndef HTTP_BODY_H
#define HTTP_BODY_H

#include "http/request.h"

/** Objects and arrays may be nested this deep. */
#define BODY_DEPTH_MAX 32

/** Whether the body is said to be JSON; if not, it is answered. */
bool body_is_json(struct request *req);
/** Parse the upload into `req->body`; if it is no JSON object, answer and return false. */
bool body_parse(struct request *req);

/**
 * Fill the members of `out` from the body, as the route's table says: checked,
 * as text, NULL where absent, or as figures (http/figure.h); alive as long as
 * the request. If anything is wrong, answer with one message for each field and
 * return false.
 */
#define BODY_READ(req, out) body_read((req), (out), sizeof *(out))
bool body_read(struct request *req, void *out, size_t size);

#endif
