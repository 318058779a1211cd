#ifndef STAT_LAG_H
#define STAT_LAG_H

#include <stdbool.h>
#include <stddef.h>

/**
 * Months of shipment against months of events: what became of units by their lag, the number
 * of calendar months between the two. Every event of a month is in one column, however old the
 * unit was, so a change shows in the month in which it happened; and units are compared with
 * units of the same lag, so that a young fleet is not taken for a bad one. Pure functions on
 * arrays that the caller owns.
 */

/** Lags that are looked at: 0 to 24 months. */
#define LAGS 25

struct lag_table {
    size_t rows, columns;  /* months of shipment, months of events; each the one after the other */
    int lead;              /* months from that of row 0 to that of column 0 */
    const double *shipped; /* of each row */
    const double *left;    /* of each row: units that left before column 0 */
    const double *events;  /* counted, row after row, `columns` each */
    const double *leavers; /* units that left in any way, counted or not; likewise */
};

/** Of some columns: units at risk at the beginning of each month, and events, by lag. */
struct lag_counts {
    double at_risk[LAGS], events[LAGS];
};

/**
 * Add the columns from `first` to before `end`. Of the last one only the share `last` is over:
 * so much of its exposure counts. Months of which more came back than was shipped, in all
 * columns of the table together, are left out.
 */
void lag_add(struct lag_counts *counts, const struct lag_table *table, size_t first, size_t end,
             double last);
/** Take a part out of a whole; what would be less than 0 is 0. */
void lag_subtract(struct lag_counts *whole, const struct lag_counts *part);
/** Add a part to a whole. */
void lag_join(struct lag_counts *whole, const struct lag_counts *part);
/** Events of all lags. */
double lag_events(const struct lag_counts *counts);

/** Events against those that a baseline lets expect. */
struct lag_compared {
    double observed, expected;
    double counted; /* events of the baseline that the expectation stands on */
};

/** Compare at the lags that the baseline has seen: of others it knows nothing. */
struct lag_compared lag_compare(const struct lag_counts *counts, const struct lag_counts *baseline);

#endif
