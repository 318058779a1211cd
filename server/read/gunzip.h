#ifndef READ_GUNZIP_H
#define READ_GUNZIP_H

#include "base/csv.h"

#include <stdbool.h>
#include <stdint.h>
#include <zlib.h>

#define GUNZIP_BLOCK 65536

/**
 * The bytes that are in a file: those of the gzip if it is one, by its first two bytes, else
 * as they are.
 *
 * Bounded: a block of the file, zlib's own window, and a limit on what may come out, so that a
 * small file cannot become an endless one. A gzip that is cut, damaged or followed by something
 * else is an error and not an end. Several gzips in a row are one text, as they are to gunzip.
 */
struct gunzip {
    csv_read_fn *read;
    void *source;
    uint64_t limit; /* most bytes that may come out */

    uint64_t taken, given; /* bytes of the file; bytes that came out */
    bool packed;           /* it is a gzip */

    const char *code;    /* after a failure of this reader: a word for programs ... */
    const char *problem; /* ... and the sentence; NULL if it was `read` that failed */

    /* The reader's own. */
    bool begun, source_ended, failed;
    bool within; /* a gzip, and not between two */
    z_stream zlib;
    bool zlib_open;
    unsigned char block[GUNZIP_BLOCK];
};

/** Begin at the first byte of a source. Large: not for the stack. */
void gunzip_begin(struct gunzip *gunzip, csv_read_fn *read, void *source, uint64_t limit);
/** A csv_read_fn; `gunzip` is a struct gunzip. -1: it failed, or `read` did. */
ssize_t gunzip_read(void *gunzip, void *bytes, size_t size);
/** Free what it holds; may be called twice, and of a zeroed struct. */
void gunzip_close(struct gunzip *gunzip);

#endif
