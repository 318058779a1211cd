#ifndef READ_TABLE_H
#define READ_TABLE_H

#include "base/csv.h"
#include "read/encoding.h"
#include "read/layout.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TABLE_BLOCK 65536

/**
 * The rows of a file whose encoding and layout are known: from its bytes to cells in UTF-8.
 *
 * What stands before the header is passed over. Lines are counted from the first of the file.
 * Files of known formats may have rows that stop early; rows of others have all their cells.
 */
struct table {
    struct csv csv; /* the row, after table_next(); csv.line is its line in the file */

    const char *problem; /* after CSV_FAILED: what is wrong with the bytes ... */
    uint64_t problem_at; /* ... and the offset of the byte; NULL if reading failed */

    /* The reader's own. */
    csv_read_fn *read;
    void *source;
    struct decoder decoder;
    size_t before;  /* bytes of text before the header that are still to be passed over */
    bool whole;     /* the source has ended */
    size_t at, len; /* what of the block is still to be decoded */
    char block[TABLE_BLOCK];
};

/** How a file is to be read. */
struct table_how {
    enum encoding encoding;
    size_t mark; /* bytes of a byte order mark */
    char delimiter;
    bool quoted;          /* as RFC 4180 says */
    bool ragged;          /* rows may stop early */
    uint64_t header_line; /* from 1 */
    size_t header_offset; /* in the text */
    size_t ncolumns;
};

/**
 * Begin at the first byte of a source; the first row is the header. Large: not for the stack.
 * False with `problem` set if this machine cannot decode the encoding; close it in any case.
 */
bool table_open(struct table *table, const struct table_how *how, csv_read_fn *read, void *source);
/** The next row that is not empty. */
enum csv_result table_next(struct table *table);
/** Free what it holds. */
void table_close(struct table *table);

#endif
