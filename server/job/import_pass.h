#ifndef JOB_IMPORT_PASS_H
#define JOB_IMPORT_PASS_H

#include "job/import_file.h"
#include "job/import_row.h"

#include <stdbool.h>
#include <stdint.h>

/**
 * One reading of a sales file from its first byte to its last, row by row, with
 * counts. An import reads twice: to check, and to load what was checked.
 */

/** What one reading counted, and of which bytes. */
struct import_counts {
    uint64_t rows; /* without the header and empty lines */
    uint64_t kind[ROW_KINDS];
    uint64_t units_sold, units_returned;
    unsigned char file_hash[IMPORT_FILE_HASH];
};

/** Rows that a rule of the mapping left out. */
uint64_t import_counts_skipped(const struct import_counts *counts);

/** A row that could not be read, told at once; dies when the callback returns. */
struct import_reject {
    uint64_t line;
    size_t column_number;    /* from 1 */
    const char *column_name; /* NULL: beyond the header's last */
    const char *reason;
    const char *cell; /* what is in it; NULL: not fit to be shown */
};

/** Who listens to a reading. */
struct import_listener {
    void *ctx;
    /** A sale or a return; false ends the reading. May be NULL. */
    bool (*row)(void *ctx, const struct sales_row *row);
    /** A rejected row. May be NULL. */
    void (*reject)(void *ctx, const struct import_reject *reject);
};

/** Read the file as the mapping says. False: why is in `error`, or the listener told. */
bool import_pass(const char *path, const struct import_map *map, const char *phase,
                 const struct import_listener *listener, struct import_counts *counts,
                 struct import_error *error);

#endif
