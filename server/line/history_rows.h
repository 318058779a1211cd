#ifndef LINE_HISTORY_ROWS_H
#define LINE_HISTORY_ROWS_H

#include "line/history.h"

/** Rows of line_history_list on the way into arrays; for history_read.c and lot_read.c alone. */
struct history_rows {
    const PGresult *rows;
    int kind, line, key, month, period, event_month, units, suspect, leavers;
    int ages[NTALLIES]; /* columns of that name, the counts of an age in their order */
};

struct history_rows history_rows_of(const PGresult *rows);
bool row_is(const struct history_rows *rows, int row, const char *kind);
double row_number(const struct history_rows *rows, int row, int column);
int row_month(const struct history_rows *rows, int row, int column);

/** Months are reached first, then given room, then counted; what is out of reach is not. */
void months_reach(struct month_counts *counts, int month);
void months_make(struct month_counts *counts, struct arena *arena);
bool months_add(struct month_counts *counts, int month, double units);

/** Room for `rows` months of shipment from `first` on and the events of all months since. */
void lag_cells_make(struct lag_cells *cells, struct arena *arena, int first, size_t rows,
                    const struct line_histories *all);
/** The number of the cell of two months; the number of all cells if it is none of them. */
size_t lag_cell(const struct lag_cells *cells, int month, int event_month);
/** The number of the row of a month; the number of rows if it is none of them. */
size_t lag_row(const struct lag_cells *cells, int month);

/** The line of a row, mostly that of the row `before`; NULL for a row without one. */
struct line_history *row_line(const struct history_rows *rows, int row,
                              const struct line_histories *all, struct line_history *before);

/** Read the rows of lots, whose numbers are given, into their lines: in the order of names. */
void lots_read(struct line_histories *all, struct arena *arena, const struct history_rows *rows,
               int *numbers, size_t n);

#endif
