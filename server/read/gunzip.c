/* What is in a file, packed by gzip or not. */
#include "read/gunzip.h"

#include <stdlib.h>
#include <string.h>

#define GZIP_ONLY (15 + 16) /* to zlib: its largest window, and no other header than gzip's */

static bool fails(struct gunzip *gunzip, const char *code, const char *problem)
{
    gunzip->failed = true;
    gunzip->code = code;
    gunzip->problem = problem;
    return false;
}

void gunzip_begin(struct gunzip *gunzip, csv_read_fn *read, void *source, uint64_t limit)
{
    *gunzip = (struct gunzip){.read = read, .source = source, .limit = limit};
    gunzip->zlib.next_in = gunzip->block;
}

void gunzip_close(struct gunzip *gunzip)
{
    if (gunzip->zlib_open)
        inflateEnd(&gunzip->zlib);
    gunzip->zlib_open = false;
}

/* Get more of the file behind what is left of the block. */
static bool fill(struct gunzip *gunzip)
{
    z_stream *zlib = &gunzip->zlib;
    ssize_t got;

    memmove(gunzip->block, zlib->next_in, zlib->avail_in);
    zlib->next_in = gunzip->block;
    got =
        gunzip->read(gunzip->source, gunzip->block + zlib->avail_in, GUNZIP_BLOCK - zlib->avail_in);
    if (got < 0)
        return fails(gunzip, NULL, NULL);
    gunzip->source_ended = got == 0;
    gunzip->taken += (uint64_t)got;
    zlib->avail_in += (uInt)got;
    return true;
}

/* Have `n` bytes of the file, or all there are. */
static bool have(struct gunzip *gunzip, uInt n)
{
    while (gunzip->zlib.avail_in < n && !gunzip->source_ended)
        if (!fill(gunzip))
            return false;
    return true;
}

static bool begins_with(const struct gunzip *gunzip, const char *bytes, uInt len)
{
    return gunzip->zlib.avail_in >= len && !memcmp(gunzip->zlib.next_in, bytes, len);
}

static bool begin(struct gunzip *gunzip)
{
    if (!have(gunzip, 4))
        return false;
    gunzip->begun = true;
    if (begins_with(gunzip, "PK\3\4", 4))
        return fails(
            gunzip, "not_text",
            "This is a zip archive or a spreadsheet: unpack it, or save the sheet as CSV.");
    gunzip->packed = begins_with(gunzip, "\x1f\x8b", 2);
    if (!gunzip->packed)
        return true;
    if (inflateInit2(&gunzip->zlib, GZIP_ONLY) != Z_OK)
        abort();
    gunzip->zlib_open = gunzip->within = true;
    return true;
}

static ssize_t plain_read(struct gunzip *gunzip, void *bytes, size_t size)
{
    z_stream *zlib = &gunzip->zlib;
    size_t n;

    if (!have(gunzip, 1))
        return -1;
    n = size < zlib->avail_in ? size : zlib->avail_in;
    memcpy(bytes, zlib->next_in, n);
    zlib->next_in += n;
    zlib->avail_in -= (uInt)n;
    return (ssize_t)n;
}

/* Behind a gzip: false at the end of the file, and at something else than another gzip. */
static bool next_gzip(struct gunzip *gunzip)
{
    if (!have(gunzip, 2) || !gunzip->zlib.avail_in)
        return false;
    if (!begins_with(gunzip, "\x1f\x8b", 2))
        return fails(gunzip, "gzip_damaged", "Something that is no gzip follows the gzip data.");
    gunzip->within = true;
    return inflateReset(&gunzip->zlib) == Z_OK;
}

/* One step of zlib; false at a fault. */
static bool step(struct gunzip *gunzip)
{
    if (!have(gunzip, 1))
        return false;
    switch (inflate(&gunzip->zlib, Z_NO_FLUSH)) {
    case Z_STREAM_END:
        gunzip->within = false;
        return true;
    case Z_OK:
        return true;
    case Z_BUF_ERROR:
        return fails(gunzip, "gzip_cut", "The gzip data end too early: the file is cut.");
    case Z_MEM_ERROR:
        abort();
    default:
        return fails(gunzip, "gzip_damaged", "The gzip data are damaged.");
    }
}

static ssize_t packed_read(struct gunzip *gunzip, void *bytes, size_t size)
{
    z_stream *zlib = &gunzip->zlib;
    uInt room = size < GUNZIP_BLOCK ? (uInt)size : GUNZIP_BLOCK;

    zlib->next_out = bytes;
    zlib->avail_out = room;
    while (zlib->avail_out == room)
        if (!(gunzip->within || next_gzip(gunzip)) || !step(gunzip))
            break;
    return gunzip->failed ? -1 : (ssize_t)(room - zlib->avail_out);
}

ssize_t gunzip_read(void *context, void *bytes, size_t size)
{
    struct gunzip *gunzip = context;
    ssize_t got;

    if (gunzip->failed || (!gunzip->begun && !begin(gunzip)))
        return -1;
    got = gunzip->packed ? packed_read(gunzip, bytes, size) : plain_read(gunzip, bytes, size);
    if (got > 0)
        gunzip->given += (uint64_t)got;
    if (gunzip->given > gunzip->limit) {
        fails(gunzip, "too_large", "The file, unpacked, is larger than an import may be.");
        return -1;
    }
    return got;
}
