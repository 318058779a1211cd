#ifndef HTTP_TWIN_H
#define HTTP_TWIN_H

#include "base/arena.h"

/**
 * Compressed twins of a file, made once at start. NULL when the twin would not
 * be smaller. The same bytes give the same twin on every daemon.
 */

/** `len` bytes as brotli. */
void *twin_br(struct arena *arena, const void *bytes, size_t len, size_t *twin_len);
/** `len` bytes as gzip. */
void *twin_gzip(struct arena *arena, const void *bytes, size_t len, size_t *twin_len);

#endif
