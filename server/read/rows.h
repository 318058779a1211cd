#ifndef READ_ROWS_H
#define READ_ROWS_H

#include "read/layout.h"

/** A walk over the rows of a sample in memory, for one guess at its layout. */
struct rows {
    const char *text;
    size_t len;
    char delimiter;
    bool quoted;

    size_t at;          /* of the next row */
    uint64_t next_line; /* from 1 */
    uint64_t good, bad; /* quotes met so far: as RFC 4180 wants them, and not */

    /* The row. */
    size_t offset;
    uint64_t line;
    size_t ncells; /* all there are; only LAYOUT_COLUMNS_MAX are kept */
    struct row_cell {
        const char *bytes; /* without quotes around; doubled quotes are not undone */
        size_t len;
    } cells[LAYOUT_COLUMNS_MAX];
};

/** Begin at the first byte. */
void rows_begin(struct rows *rows, const char *text, size_t len, char delimiter, bool quoted);
/** Go to the next row that is not empty; false at the end. */
bool rows_next(struct rows *rows);

#endif
