#ifndef IMPORT_STREAM_H
#define IMPORT_STREAM_H

#include "import/import.h"
#include "read/gunzip.h"

#include <sodium.h>
#include <stdbool.h>
#include <stdint.h>

#define IMPORT_HASH 32

/* An import reads three times; what the database does then is told as a fourth. */
#define IMPORT_READINGS 3

/**
 * One reading of a source, from its first byte to its last: unpacked, hashed, its progress told,
 * and ended when somebody asks for that.
 *
 * The hash is of the text that was in the gzip, so that packing a file makes no other file of it.
 */
struct import_stream {
    struct import_source *source;
    const struct import_sink *sink;
    struct import_error *error;
    int reading; /* from 0 */
    crypto_generichash_state hash;
    struct gunzip gunzip;
};

/** Begin a reading; on failure why is in `error`. Large: not for the stack. */
bool import_stream_open(struct import_stream *stream, struct import_source *source,
                        const struct import_sink *sink, int reading, struct import_error *error);
/** A csv_read_fn; `stream` is a struct import_stream. On -1 why is in its `error`. */
ssize_t import_stream_read(void *stream, void *bytes, size_t size);
/** The hash of all that was read. */
void import_stream_hash(struct import_stream *stream, unsigned char hash[IMPORT_HASH]);
/** End it; may be called twice, and of a zeroed struct. */
void import_stream_close(struct import_stream *stream);

/** Tell the sink that `done` of the source's bytes were read in a reading. */
void import_sink_tell(const struct import_sink *sink, const struct import_source *source,
                      int reading, uint64_t done);
/** Whether the sink wants an end; then `error` says so. */
bool import_sink_cancelled(const struct import_sink *sink, struct import_error *error);

#endif
