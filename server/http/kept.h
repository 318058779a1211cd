#ifndef HTTP_KEPT_H
#define HTTP_KEPT_H

#include "base/arena.h"
#include "io/offload.h"

#include <stdbool.h>

/**
 * Calculated answers, kept by their ETag: who asks the same of the same data gets the same
 * bytes, and nothing is calculated again. Since a tag names the versions of the data, nothing
 * kept can be out of date; what nobody can ask for any more gives way to what is newer. All
 * loops share it.
 */

/** Keep no more than `bytes` in all; 0: nothing at all. Before the first use. */
void kept_limit(size_t bytes);
/** A copy of the answer with that tag, in the arena; NULL if it is not kept. */
const char *kept_find(struct arena *arena, const char *etag, size_t *len);
/** Keep a copy of an answer; one that is more than a quarter of all room is not kept. */
void kept_put(const char *etag, const char *text, size_t len);

/**
 * Whether somebody is making the answer with that tag: then `waiter` goes home when that is over,
 * and the answer is kept or, if it failed or is too large, is not. If not, whoever asks makes it,
 * and owes kept_over(). Many who ask the same at once so have it made once.
 */
bool kept_await(const char *etag, struct offload_home *home, struct offload_job *waiter);
/** The answer is made, or will not be: who waits for it goes home. */
void kept_over(const char *etag);

#endif
