/* A streaming decoder to UTF-8. */
#include "read/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

static const char not_a_character[] = "a byte that is no character of the encoding";
static const char nul_byte[] = "a NUL byte";
static const char ends_within[] = "the file ends within a character";
static const char not_here[] = "this machine cannot decode the encoding";

static bool fails(struct decoder *decoder, const char *problem, uint64_t at)
{
    decoder->problem = problem;
    decoder->problem_at = at;
    return false;
}

bool decoder_open(struct decoder *decoder, enum encoding encoding, size_t mark)
{
    static const char *const names[] = {
        [ENCODING_UTF16LE] = "UTF-16LE",    [ENCODING_UTF16BE] = "UTF-16BE",
        [ENCODING_WINDOWS_1252] = "CP1252", [ENCODING_CP932] = "CP932",
        [ENCODING_GB18030] = "GB18030",
    };
    iconv_t opened;

    *decoder = (struct decoder){.encoding = encoding, .mark_left = mark};
    if (encoding == ENCODING_UTF8)
        return true;
    if (encoding >= ENCODINGS)
        return fails(decoder, not_here, 0);
    opened = iconv_open("UTF-8", names[encoding]);
    if (opened == (iconv_t)-1)
        return fails(decoder, not_here, 0);
    decoder->iconv = opened;
    return true;
}

void decoder_close(struct decoder *decoder)
{
    if (decoder->iconv)
        iconv_close(decoder->iconv);
    decoder->iconv = NULL;
}

static void took(struct decoder *decoder, struct decoder_io *io, size_t n)
{
    io->in += n;
    io->in_left -= n;
    decoder->offset += n;
}

static void mark_pass(struct decoder *decoder, struct decoder_io *io)
{
    size_t n = decoder->mark_left < io->in_left ? decoder->mark_left : io->in_left;

    took(decoder, io, n);
    decoder->mark_left -= n;
}

/* How many of `len` bytes are good; if not all are, the decoder has the problem. */
static size_t utf8_check(struct decoder *decoder, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        uint8_t have = decoder->utf8.have;

        if (!have)
            i += utf8_plain_run(bytes + i, len - i);
        if (i == len)
            break;
        if (!bytes[i] && !have)
            fails(decoder, nul_byte, decoder->offset + i);
        else if (!utf8_take(&decoder->utf8, (unsigned char)bytes[i]))
            fails(decoder, not_a_character, decoder->offset + i - have);
        if (decoder->problem)
            return i;
    }
    return len;
}

static bool utf8_run(struct decoder *decoder, struct decoder_io *io)
{
    size_t most = io->in_left < io->out_left ? io->in_left : io->out_left;
    size_t good = utf8_check(decoder, io->in, most);

    memcpy(io->out, io->in, good);
    io->out += good;
    io->out_left -= good;
    took(decoder, io, good);
    return good == most;
}

/* How many bytes of the file became the first `len` bytes of output: in UTF-16 only. */
static uint64_t units_of(const char *out, size_t len)
{
    uint64_t bytes = 0;

    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)out[i];

        bytes += byte >= 0xf0 ? 4 : (byte & 0xc0) != 0x80 ? 2 : 0;
    }
    return bytes;
}

/* Refuse a NUL among `len` bytes decoded from `in`, whose first byte has the offset `at`. */
static bool nul_refuse(struct decoder *decoder, const char *in, size_t in_len, uint64_t at,
                       const char *out, size_t len)
{
    const char *nul = memchr(out, '\0', len), *byte;

    if (!nul)
        return true;
    if (decoder->encoding == ENCODING_UTF16LE || decoder->encoding == ENCODING_UTF16BE)
        return fails(decoder, nul_byte, at + units_of(out, (size_t)(nul - out)));
    byte = memchr(in, '\0', in_len); /* no character of the others holds this byte */
    return fails(decoder, nul_byte, at + (byte ? (uint64_t)(byte - in) : 0));
}

/*
 * One call of iconv() for `*len` bytes of the file at the offset `at`; `*len` becomes what it
 * took. Returns errno, 0 if all went well, -1 after a NUL.
 */
static int convert(struct decoder *decoder, const char *in, size_t *len, uint64_t at,
                   struct decoder_io *io)
{
    union { /* iconv() takes a char **, but does not write there */
        const char *bytes;
        char *next;
    } from = {.bytes = in};
    char *out = io->out;
    size_t left = *len;
    int error = 0;

    if (iconv(decoder->iconv, &from.next, &left, &io->out, &io->out_left) == (size_t)-1)
        error = errno;
    *len -= left;
    if (!nul_refuse(decoder, in, *len, at, out, (size_t)(io->out - out)))
        return -1;
    return error;
}

/* Give a character that was begun by the last piece the bytes it lacks. */
static bool finish_begun(struct decoder *decoder, struct decoder_io *io)
{
    while (decoder->nbegun && io->in_left && io->out_left >= DECODER_ROOM) {
        uint64_t at = decoder->offset - decoder->nbegun;
        size_t len;
        int error;

        decoder->begun[decoder->nbegun++] = *io->in;
        took(decoder, io, 1);
        len = decoder->nbegun;
        error = convert(decoder, decoder->begun, &len, at, io);
        if (error < 0)
            return false;
        if (error == EILSEQ || (error == EINVAL && decoder->nbegun == ENCODED_MAX))
            return fails(decoder, not_a_character, at + len);
        decoder->nbegun -= len;
        memmove(decoder->begun, decoder->begun + len, decoder->nbegun);
    }
    return true;
}

/* Convert what the piece holds; keep the beginning of a last character that is not whole. */
static bool iconv_run(struct decoder *decoder, struct decoder_io *io)
{
    size_t len = io->in_left;
    int error = convert(decoder, io->in, &len, decoder->offset, io);

    took(decoder, io, len);
    if (error < 0)
        return false;
    if (error == EILSEQ || (error == EINVAL && io->in_left >= ENCODED_MAX))
        return fails(decoder, not_a_character, decoder->offset);
    if (error != EINVAL)
        return true;
    decoder->nbegun = io->in_left;
    memcpy(decoder->begun, io->in, io->in_left);
    took(decoder, io, io->in_left);
    return true;
}

bool decoder_run(struct decoder *decoder, struct decoder_io *io)
{
    if (decoder->problem)
        return false;
    mark_pass(decoder, io);
    if (!decoder->iconv)
        return utf8_run(decoder, io);
    if (!finish_begun(decoder, io))
        return false;
    if (!io->in_left || io->out_left < DECODER_ROOM)
        return true;
    return iconv_run(decoder, io);
}

bool decoder_end(struct decoder *decoder)
{
    if (decoder->problem)
        return false;
    if (decoder->nbegun || decoder->utf8.need)
        return fails(decoder, ends_within, decoder->offset - decoder->nbegun - decoder->utf8.have);
    return true;
}
