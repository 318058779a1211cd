#ifndef STAT_NEVADA_H
#define STAT_NEVADA_H

#include "stat/survival.h"

/**
 * Nevada tables: how many of the units shipped in each period came back in which
 * later one, the form in which warranty data are usually kept.
 */
struct nevada {
    const double *shipped;  /* of each of the `rows` periods, the oldest first */
    const double *returned; /* row after row, `columns` each */
    size_t rows, columns;
    /**
     * Columns are calendar periods, column j the one of row j: what lies below the
     * diagonal must be 0. Else they are ages: column k the k-th period after shipment, and
     * what is beyond the last known period of a row, `columns` - row, must be 0.
     */
    bool by_calendar;
};

/** Why a table cannot be: the cell that shows it. */
enum nevada_fault {
    NEVADA_FINE,
    NEVADA_SHAPE,           /* no rows, or fewer columns than rows: no cell */
    NEVADA_NEGATIVE,        /* or not a number */
    NEVADA_BEFORE_SHIPMENT, /* a return of what was not shipped yet */
    NEVADA_NOT_YET,         /* an age that the row has not reached */
    NEVADA_TOO_MANY         /* more came back than was shipped: the cell that passes it */
};
struct nevada_cell {
    size_t row, column; /* from 0 */
};

/**
 * Turn a table into counts by age: ages[k] holds those that failed in the period
 * (k, k+1] of their age, at_risk at its beginning, and those withdrawn at its end
 * because no later period is known of their row. `ages` has room for columns. Anything
 * but NEVADA_FINE writes `where` alone.
 */
enum nevada_fault nevada_ages(const struct nevada *table, struct age_count *ages,
                              struct nevada_cell *where);

#endif
