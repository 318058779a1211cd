#ifndef LINE_WARRANTY_TABLE_H
#define LINE_WARRANTY_TABLE_H

#include "base/arena.h"

#include <libpq-fe.h>
#include <stdbool.h>
#include <stddef.h>

/**
 * The Nevada table of a line: units by month of shipment, and what came back of them by
 * calendar month. Column j of row i is the month i + j; what is beyond the last month is
 * not looked at.
 */
struct warranty_table {
    int first;       /* the month of row 0, as month_read() counts */
    size_t n;        /* rows; and columns of the first row */
    double *shipped; /* of each row */
    double *events;  /* counted, row after row, `n` each */
    double *leavers; /* that left in any way; likewise */
    bool partial;    /* the last month is not over */
    size_t trimmed;  /* older months that are left out */
};

/** The most months a table has. */
#define WARRANTY_TABLE_MAX 240

/** Read the rows of line_nevada_list. */
void warranty_table_read(struct warranty_table *table, struct arena *arena, const PGresult *rows);

/** Columns of a row: months from its own to the last. */
size_t warranty_table_lags(const struct warranty_table *table, size_t row);
/** Whether a row holds anything. */
bool warranty_table_holds(const struct warranty_table *table, size_t row);
/** Whether no more left in a row than was shipped, and no count is negative. */
bool warranty_table_is_sound(const struct warranty_table *table, size_t row);

#endif
