#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* What one row may take; both bound the memory of a reader. */
#define CSV_LINE_MAX    65536
#define CSV_COLUMNS_MAX 512

/**
 * A streaming reader of RFC 4180 text: rows of cells, one row at a time.
 *
 * It holds one row and a block of what follows, however long the file is. Lines
 * end in LF or CRLF; a quoted cell may hold separators, doubled quotes and line
 * breaks; a byte order mark is dropped; empty lines are passed over.
 *
 * A row that is not well-formed is told and left out, and reading goes on: after
 * an unbalanced quote with the line that follows the one where the row began,
 * so that one stray quote costs one line and not the rest of the file.
 *
 * Two things may be relaxed, for files that are not RFC 4180: quotes may be
 * characters like any other, and rows may stop early.
 */
struct csv_cell {
    char *text; /* without its quotes; NUL-terminated, and no NUL within */
    size_t len;
};

/** Fill `bytes`; returns how many, 0 at the end, -1 on failure. */
typedef ssize_t csv_read_fn(void *source, void *bytes, size_t size);

struct csv {
    csv_read_fn *read;
    void *source;
    char separator;
    size_t width; /* cells that each row must have; 0: any number */
    bool ragged;  /* rows may have fewer cells, and empty ones beyond the width */

    /* The row, after CSV_ROW and CSV_BAD_ROW; its cells die with the next call. */
    uint64_t line; /* where it begins, from 1 */
    size_t ncells;
    struct csv_cell cells[CSV_COLUMNS_MAX];
    const char *problem; /* of a bad row: what is wrong */
    size_t column;       /* of a bad row: the cell it is in, from 0 */

    /* The reader's own. */
    bool special[256];      /* bytes that end a cell or begin quotes */
    struct csv_span *spans; /* the cells of a row before their text is cut out */
    char *buffer;
    size_t start, end; /* the bytes not yet consumed; a row begins at start */
    uint64_t next_line;
    bool at_end;
    bool failed;
};

enum csv_result { CSV_ROW, CSV_BAD_ROW, CSV_END, CSV_FAILED };

/** Begin to read. `read` is called with `source` as long as there may be more. */
void csv_init(struct csv *csv, char separator, csv_read_fn *read, void *source);
/** From now on quotes are characters like any other, as in reports between tabs. */
void csv_quotes_literal(struct csv *csv);
/** The next row. CSV_FAILED: `read` failed; it knows why. */
enum csv_result csv_next(struct csv *csv);
/** Free what the reader holds. */
void csv_release(struct csv *csv);

#endif
