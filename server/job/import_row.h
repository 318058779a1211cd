#ifndef JOB_IMPORT_ROW_H
#define JOB_IMPORT_ROW_H

#include "base/csv.h"
#include "job/import_error.h"
#include "job/import_map.h"

#include <stdbool.h>
#include <stdint.h>

/**
 * From a row of the file to what it says: a sale, a return, or neither.
 *
 * The rules in order: a product that does not match the pattern is skipped
 * before anything else of its row is looked at; then every cell that the mapping
 * names must be readable; then the row is a return, a sale, or skipped.
 */
enum row_kind {
    ROW_SOLD,
    ROW_RETURNED,
    ROW_OTHER_PRODUCT, /* skipped: does not match "product_pattern" */
    ROW_NOT_SOLD,      /* skipped: not above the limits of "sold" */
    ROW_NO_UNITS,      /* skipped: a return of nothing */
    ROW_REJECTED,
};
#define ROW_KINDS (ROW_REJECTED + 1)

struct sales_row {
    enum row_kind kind;
    const char *product, *country, *channel; /* live as long as the row of the reader */
    int32_t day;                             /* from 2000-01-01 */
    int32_t units;                           /* sold or returned, above 0 */
    /* Of a rejected row. */
    const char *reason;
    size_t column; /* from 0 */
    const char *cell;
};

/* A column that is not in the file. */
#define NO_COLUMN SIZE_MAX

/** Where the columns are that the mapping names. */
struct row_columns {
    size_t product, quantity, date, price, country, channel, returned;
};

/** Find the columns in the header, the row `csv` has just read; on failure say which is missing. */
bool row_columns_find(struct row_columns *columns, const struct import_map *map,
                      const struct csv *csv, struct import_error *error);
/** What the row says that `csv` has just read. */
void sales_row_read(struct sales_row *row, const struct import_map *map,
                    const struct row_columns *columns, const struct csv *csv);

#endif
