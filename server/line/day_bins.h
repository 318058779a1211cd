#ifndef LINE_DAY_BINS_H
#define LINE_DAY_BINS_H

#include "line/lifetimes.h"
#include "stat/life.h"
#include "stat/survival.h"

/**
 * Lifetimes counted in bins of whole days of age, as many as an analysis can take: a day to a
 * bin while that is enough.
 *
 * Days of shipment and return are known, hours are not: who came back at the age of d days had
 * lasted between d - 1/2 and d + 1/2 of them in the mean, and so the bin of d is that interval;
 * a unit that is of age d today has lasted d + 1/2.
 */
struct day_bins {
    int width; /* days of each bin */
    size_t n;  /* the last bin holds the oldest unit */
    double shipped;
    double *counted; /* events asked for; of these units that remain */
    double *stayed;
    double *others;      /* that left otherwise */
    double *running;     /* units of this age today */
    double *running_age; /* sum of their ages */
};

/** Bins an analysis of steps has at most; and one of many lots. */
#define DAY_BINS_MAX     2000
#define DAY_BINS_LOT_MAX 300

/** Count in at most `most` bins; of one lot, or of all for NULL. */
void day_bins_count(struct day_bins *bins, struct arena *arena, const struct lifetimes *lifetimes,
                    const char *lot, size_t most);
/** Whether no count is negative, so that estimates make sense. */
bool day_bins_are_sound(const struct day_bins *bins);

/** The last day of age that a bin holds. */
int day_bins_end(const struct day_bins *bins, size_t bin);
/** Units at risk in each bin; `at_risk` has room for n. */
void day_bins_at_risk(const struct day_bins *bins, double *at_risk);
/** For survival_curve(); `ages` has room for n. */
void day_bins_ages(const struct day_bins *bins, struct age_count *ages);
/** For life_fit(), ages in days; `cells` has room for 3 n. Returns how many are written. */
size_t day_bins_cells(const struct day_bins *bins, struct life_cell *cells);

#endif
