#ifndef STAT_COHORT_H
#define STAT_COHORT_H

#include "stat/survival.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * Units shipped in each of some months and what became of them by age. Pure functions on
 * arrays that the caller owns.
 *
 * Only cells are counted that are over for every unit of their month, so that nothing young
 * is taken for something good.
 */
struct cohort_table {
    size_t rows, columns;  /* months, the oldest first; periods of age */
    const double *shipped; /* of each month */
    const size_t *known;   /* periods that are over for the whole month, at most `columns` */
    const double *events;  /* counted, row after row, `columns` each */
    const double *leavers; /* units that left in any way, counted or not; likewise */
};

/** Events by the end of `periods` among the months that are so old. */
struct cohort_count {
    double shipped, events;
    size_t months;
};
struct cohort_count cohort_count(const struct cohort_table *table, size_t periods);

/**
 * Whether the counts of a month make sense: nothing negative, and no more left than was
 * shipped. More can have: of units shipped before the data begin, or through a channel whose
 * shipments are not known. Such a month belongs in no estimate.
 */
bool cohort_is_sound(const struct cohort_table *table, size_t row);

/**
 * Counts by age of all months together, for survival_curve(): at risk are the units of months
 * for which the period is over, less those that left before. `ages` has room for `columns`;
 * returns how many are written, up to the last period that is over for any month. Months that
 * are not sound are left out.
 */
size_t cohort_ages(const struct cohort_table *table, struct age_count *ages);

#endif
