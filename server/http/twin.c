/* Compresses files in memory. */
#include "http/twin.h"

#include <brotli/encode.h>
#define ZLIB_CONST
#include <zlib.h>

/* 5 of 11: pages are made at start, which must take no time; the rest is worth a few percent. */
#define BROTLI_QUALITY 5
#define GZIP_WRAPPER   16 /* added to the window bits: zlib writes a gzip header */
#define GZIP_MEMORY    8

void *twin_br(struct arena *arena, const void *bytes, size_t len, size_t *twin_len)
{
    size_t room = BrotliEncoderMaxCompressedSize(len);
    void *twin = arena_alloc(arena, room ? room : 1);

    *twin_len = room;
    if (!room || !BrotliEncoderCompress(BROTLI_QUALITY, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT,
                                        len, bytes, twin_len, twin))
        return NULL;
    return *twin_len < len ? twin : NULL;
}

void *twin_gzip(struct arena *arena, const void *bytes, size_t len, size_t *twin_len)
{
    z_stream stream = {0};
    uLong room;
    void *twin;
    int end;

    *twin_len = 0;
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + GZIP_WRAPPER,
                     GZIP_MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return NULL;
    room = deflateBound(&stream, len);
    twin = arena_alloc(arena, room);
    stream.next_in = bytes;
    stream.avail_in = (uInt)len;
    stream.next_out = twin;
    stream.avail_out = (uInt)room;
    end = deflate(&stream, Z_FINISH);
    *twin_len = stream.total_out;
    deflateEnd(&stream);
    return end == Z_STREAM_END && *twin_len < len ? twin : NULL;
}
