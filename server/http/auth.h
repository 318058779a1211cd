#ifndef HTTP_AUTH_H
#define HTTP_AUTH_H

#include "http/cookie.h"
#include "http/request.h"

/** A checked token is believed this long without a look-up, but never past its end. */
#define AUTH_TTL_MS 60000
#define AUTH_SLOTS  4096

/**
 * Who calls. A token is opaque; its BLAKE2b-256 is looked up in the worker's
 * cache, else by one statement. Revocation reaches the cache by notification.
 */
struct auth_cache {
    struct auth_entry {
        char hash[HASH_SIZE];
        int64_t until_ms;
        enum role role;
        char account[24], scope[24];
    } slot[AUTH_SLOTS];
};

/** Whether the request carries a credential at all. */
bool auth_is_tried(const struct request *req);
/** The token of the request, or NULL; TWO_CREDENTIALS is answered and false returned if it has two.
 */
bool auth_token(struct request *req, const char **token);
/**
 * Set `req->who` from its token and call `then`; without a token at once. A
 * token that opens nothing leaves `who.role` 0.
 */
void auth_find(struct request *req, const char *token, handler_fn *then);
/** Whether the caller may use the route; if not, it is answered. */
bool auth_permits(struct request *req);
/** Whether a request with a cookie that changes something came from our own pages. */
bool auth_same_origin(struct request *req);
/** Forget one token (its hash in hex), or all for "". */
void auth_forget(struct auth_cache *cache, const char *hex);

#endif
