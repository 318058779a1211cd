#ifndef LIVES_H
#define LIVES_H

#include "stat/life.h"

#include <math.h>

/** Published lives of units, as cells. */

#define FAILED(age, count) \
    {                      \
        age, age, count    \
    }
#define RUNNING(age, count)  \
    {                        \
        age, INFINITY, count \
    }

/*
 * ReliaSoft, "Warranty data analysis": 100, 140 and 150 units shipped in June, July and
 * August, returned 3 3 5, 2 4, 4; ages in months at the end of September.
 */
static const struct life_cell nevada[] = {FAILED(1, 9),   FAILED(2, 7),    FAILED(3, 5),
                                          RUNNING(3, 89), RUNNING(2, 134), RUNNING(1, 146)};
/* The same with the months as intervals. */
static const struct life_cell nevada_intervals[] = {
    {0, 1, 9},
    {1, 2, 7},
    {2, 3, 5},
    RUNNING(3, 89), RUNNING(2, 134), RUNNING(1, 146)
};

/* Minitab help, "Warranty prediction": 12 shipments of 1000 compressors, months. */
static const struct life_cell compressors[] = {
    {0, 1,  7 },
    {1, 2,  5 },
    {2, 3,  7 },
    {3, 4,  10},
    {4, 5,  12},
    {5, 6,  4 },
    {6, 7,  8 },
    {7, 8,  6 },
    {8, 9,  5 },
    {9, 10, 5 },
    RUNNING(1, 998),   RUNNING(2, 999),  RUNNING(3, 998), RUNNING(4, 999), RUNNING(5, 994),
    RUNNING(6, 994),   RUNNING(7, 988),  RUNNING(8, 989), RUNNING(9, 993), RUNNING(10, 979),
    RUNNING(11, 1000), RUNNING(12, 1000)
};

/* Ages at failure, then ages of those still running. */
struct ages {
    const double *failed, *running;
    size_t failures, runs;
};

#define AGES_MAX 64

/** Cells of one unit each in `cells`, room for AGES_MAX; returns how many. */
static inline size_t cells_of(struct ages ages, struct life_cell *cells)
{
    for (size_t i = 0; i < ages.failures; i++)
        cells[i] = (struct life_cell)FAILED(ages.failed[i], 1);
    for (size_t i = 0; i < ages.runs; i++)
        cells[ages.failures + i] = (struct life_cell)RUNNING(ages.running[i], 1);
    return ages.failures + ages.runs;
}

/** Standard errors, from those of (mu, ln sigma). */
static inline double eta_error(const struct life_fit *fit)
{
    return life_eta(&fit->curve) * sqrt(fit->covariance[LIFE_MU][LIFE_MU]);
}

static inline double beta_error(const struct life_fit *fit)
{
    return life_beta(&fit->curve) * sqrt(fit->covariance[LIFE_LOG_SIGMA][LIFE_LOG_SIGMA]);
}

#endif
