#ifndef READ_ENCODING_H
#define READ_ENCODING_H

#include "read/utf8.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * Which bytes a file's characters are written in: found, not believed.
 *
 * Reports of the same shop came as UTF-8, as Windows-1252 and in the code pages of
 * Japan and China, whatever their documentation says. So the whole file is looked at
 * before it is read, and what is no character of the encoding is an error that tells
 * the byte, never a replacement character.
 */
enum encoding {
    ENCODING_UTF8,
    ENCODING_UTF16LE, /* only with a byte order mark: what a spreadsheet saves as "Unicode text" */
    ENCODING_UTF16BE,
    ENCODING_WINDOWS_1252,
    ENCODING_CP932,   /* Japan. Shift_JIS proper lacks some characters that reports hold. */
    ENCODING_GB18030, /* China; all of GBK is the same in it. */
    ENCODINGS,
};

/** The name people know it by: "UTF-8", "Windows-1252". */
const char *encoding_name(enum encoding encoding);
/**
 * The encoding of a charset's name as a header or a person writes it ("utf8", "Latin-1",
 * "Shift_JIS", "GBK"), without regard to case, blanks, hyphens and underscores. ISO-8859-1
 * is read as Windows-1252, as browsers do. False, and nothing written, if it is not known.
 */
bool encoding_named(const char *name, enum encoding *encoding);

/** Looks at the bytes of a file, piece by piece. A zeroed struct has seen nothing. */
struct encoding_finder {
    uint64_t seen;         /* bytes */
    unsigned char head[3]; /* the first bytes, for the byte order mark */
    struct utf8 utf8;
    bool not_utf8;
    uint64_t not_utf8_at; /* where the first sequence that is not UTF-8 begins */
    uint64_t sequences;   /* characters of more than one byte before that */
};

/** What was found. */
struct encoding_found {
    enum encoding encoding;
    size_t mark;          /* bytes of a byte order mark, to be passed over */
    bool not_utf8;        /* the file is not UTF-8 throughout ... */
    uint64_t not_utf8_at; /* ... because of the byte at this offset */
    uint64_t sequences;   /* good UTF-8 before it: many of them mean a damaged UTF-8 file */
};

/** Look at the next `len` bytes. Nothing is kept of them. */
void encoding_look(struct encoding_finder *finder, const void *bytes, size_t len);
/**
 * Decide after the last byte. A byte order mark decides; else `declared`, if not NULL: what
 * whoever sent the file says of it; else strict UTF-8; else `hint`, if not NULL: what is usual
 * where the file comes from; else Windows-1252.
 */
struct encoding_found encoding_decide(const struct encoding_finder *finder,
                                      const enum encoding *declared, const enum encoding *hint);

/** Whole characters are at most this long in any of the encodings. */
#define ENCODED_MAX 4

/**
 * A streaming decoder to UTF-8; holds at most one unfinished character.
 *
 * decoder_open(), decoder_run() with piece after piece, decoder_end() after the last one,
 * decoder_close() in any case.
 */
struct decoder {
    enum encoding encoding;
    void *iconv;      /* NULL for UTF-8, which is checked and copied */
    uint64_t offset;  /* of the next byte to be taken, within the file */
    size_t mark_left; /* bytes of the mark still to be passed over */
    struct utf8 utf8;
    char begun[ENCODED_MAX]; /* the first bytes of a character that is not yet whole */
    size_t nbegun;

    const char *problem; /* after a failure: what is wrong ... */
    uint64_t problem_at; /* ... and the offset of the byte where it is, within the file */
};

/** Where a decoder reads and writes; it moves both ends as it goes. */
struct decoder_io {
    const char *in;
    size_t in_left;
    char *out;
    size_t out_left;
};

/** Begin. False with `problem` set if this machine cannot decode the encoding. */
bool decoder_open(struct decoder *decoder, enum encoding encoding, size_t mark);
/**
 * Decode until the input is used up or fewer than DECODER_ROOM bytes of output are left.
 * False at a byte that is no character, or at a NUL; what came before it was written.
 */
bool decoder_run(struct decoder *decoder, struct decoder_io *io);
/** After the last byte: false if the file ends within a character. */
bool decoder_end(struct decoder *decoder);
/** Free what it holds; may be called twice. */
void decoder_close(struct decoder *decoder);

/** Output that decoder_run() needs to be sure to move on. */
#define DECODER_ROOM 16

#endif
