#ifndef HTTP_LIMIT_H
#define HTTP_LIMIT_H

#include "http/request.h"

/**
 * Quotas for each address and each token, shared by all workers.
 *
 * The generic cell rate algorithm: one number a caller, the time at which the
 * bucket would be empty again. Callers are hashed into a fixed number of
 * buckets under a random key, so memory is bounded and nobody can aim at
 * somebody else's bucket.
 */

/** Make the key; once, before any thread starts. */
void limit_init(void);
/** Count the request; QUOTA_EXCEEDED is answered and false returned when there is no room left. */
bool limit_admit(struct request *req);

/** A quota: `quota` requests in `window_s` seconds, and so many at once. */
struct limit_policy {
    const char *name;
    long quota, window_s;
};
/** Take one from the bucket of `key` at `now_us`; false, and nothing taken, if it is empty. */
bool limit_take(const struct limit_policy *policy, const char *key, int64_t now_us,
                struct limit_verdict *verdict);

#endif
