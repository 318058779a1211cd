#ifndef READ_LAYOUT_H
#define READ_LAYOUT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What of a file's decoded text is looked at: all of its beginning up to this. */
#define LAYOUT_SAMPLE 65536
/** Lines that may stand before the header. */
#define LAYOUT_PREAMBLE_MAX 50
/** Columns of a file; the same as of a reader of CSV. */
#define LAYOUT_COLUMNS_MAX 512

/**
 * How the text of a file is laid out in rows and columns, and what the columns are called.
 *
 * The header is the first line, of those among the first fifty-one that are not empty, that
 * is about as wide as the widest line and holds no number or date. Lines before it are a
 * preamble: text, totals, definitions, as reports of a range of dates begin.
 */
struct layout {
    char delimiter; /* '\t', ',', ';' or '|' */
    bool quoted;    /* quotes are those of RFC 4180; else a quote is a character like any other */
    uint64_t header_line; /* from 1 */
    size_t header_offset; /* of its first byte, in the sample */
    size_t data_offset;   /* of the byte behind it */
    size_t ncolumns;      /* at least 2 */
    const char **names;   /* as in the file, without blanks at their ends */
    const char **keys;    /* by header_key() */
};

/**
 * Find the layout from the first LAYOUT_SAMPLE bytes of decoded text (UTF-8, no byte order
 * mark needed); `whole` if that is all of it. NULL if it was found, with its texts in the
 * arena; else what is wrong, as a sentence.
 */
const char *layout_find(struct layout *layout, struct arena *arena, const char *text, size_t len,
                        bool whole);

#endif
