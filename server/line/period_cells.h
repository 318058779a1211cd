#ifndef LINE_PERIOD_CELLS_H
#define LINE_PERIOD_CELLS_H

#include "line/lifetimes.h"
#include "stat/life.h"

/**
 * Lifetimes in periods of age that are over, the unit of forecasts and reserves: what happened
 * in each period, and how many units are known to have lasted until its end.
 */
struct period_counts {
    size_t n;        /* periods that are over for the oldest unit */
    double *events;  /* counted, in each */
    double *others;  /* that left otherwise, in each */
    double *running; /* n + 1: units that have lasted so many periods, and no more are known */
};

/** When events of a period happened: sometime in it, or at its end, as ReliaSoft takes them. */
enum period_convention { PERIOD_INTERVAL, PERIOD_EXACT };

/** Room for counts of so many periods, all 0. */
void period_counts_prepare(struct period_counts *counts, struct arena *arena, size_t n);
/** Count what line_life_list tells of the line itself. */
void period_counts_of(struct period_counts *counts, struct arena *arena,
                      const struct lifetimes *lifetimes);
/** Count months of shipment, those that are not sound left out. */
void period_counts_of_cohorts(struct period_counts *counts, struct arena *arena,
                              const struct cohort_table *table);

/** For life_fit(), ages in periods; `cells` has room for 3 n + 1. Returns how many are written. */
size_t period_cells(const struct period_counts *counts, enum period_convention convention,
                    struct life_cell *cells);

#endif
