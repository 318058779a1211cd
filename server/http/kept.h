#ifndef HTTP_KEPT_H
#define HTTP_KEPT_H

#include "base/arena.h"

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

#endif
