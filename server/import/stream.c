/* One reading of a source. */
#include "import/stream.h"

#include "base/settings.h"

void import_sink_tell(const struct import_sink *sink, const struct import_source *source,
                      int reading, uint64_t done)
{
    uint64_t size = source->size > 0 ? (uint64_t)source->size : 1;

    if (sink->progress)
        sink->progress(sink->ctx, size * (uint64_t)reading + (done < size ? done : size),
                       size * (IMPORT_READINGS + 1));
}

bool import_sink_cancelled(const struct import_sink *sink, struct import_error *error)
{
    return sink->cancelled && sink->cancelled(sink->ctx) &&
           !import_refuse(error, "cancelled", "The import was ended, and nothing of it is kept.");
}

/* A csv_read_fn: the bytes as they lie there. */
static ssize_t packed_read(void *context, void *bytes, size_t size)
{
    struct import_stream *stream = context;

    if (import_sink_cancelled(stream->sink, stream->error))
        return -1;
    import_sink_tell(stream->sink, stream->source, stream->reading, stream->gunzip.taken);
    return stream->source->read(stream->source, bytes, size, stream->error);
}

bool import_stream_open(struct import_stream *stream, struct import_source *source,
                        const struct import_sink *sink, int reading, struct import_error *error)
{
    uint64_t limit = (uint64_t)settings.import_megabytes << 20;

    import_stream_close(stream);
    stream->source = source;
    stream->sink = sink;
    stream->error = error;
    stream->reading = reading;
    gunzip_begin(&stream->gunzip, packed_read, stream, limit);
    crypto_generichash_init(&stream->hash, NULL, 0, IMPORT_HASH);
    return source->open(source, error);
}

ssize_t import_stream_read(void *context, void *bytes, size_t size)
{
    struct import_stream *stream = context;
    ssize_t got = gunzip_read(&stream->gunzip, bytes, size);

    if (got > 0)
        crypto_generichash_update(&stream->hash, bytes, (unsigned long long)got);
    else if (got < 0 && stream->gunzip.code)
        import_refuse(stream->error, stream->gunzip.code, "%s", stream->gunzip.problem);
    return got;
}

void import_stream_hash(struct import_stream *stream, unsigned char hash[IMPORT_HASH])
{
    crypto_generichash_final(&stream->hash, hash, IMPORT_HASH);
}

void import_stream_close(struct import_stream *stream)
{
    gunzip_close(&stream->gunzip);
    if (stream->source)
        stream->source->close(stream->source);
    stream->source = NULL;
}
