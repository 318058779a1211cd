#ifndef STAT_SHRINK_H
#define STAT_SHRINK_H

#include "stat/beta_binomial.h"
#include "stat/interval.h"

/**
 * Small lines lean on their family (empirical Bayes), but only where the
 * family's lines differ by more than chance: else all have one rate.
 */

/** Fewer lines than this say nothing about how lines differ. */
#define SHRINK_LINES_MIN 5
/** Lines with fewer units are usually no help in fitting the prior. */
#define SHRINK_UNITS_MIN 30
/** Tarone's statistic below which the lines are taken for equal: one-sided 5 %. */
#define SHRINK_TARONE_MIN 1.645
/** A line so unlikely under the others' prior has no say in it. */
#define SHRINK_OUTLIER 1e-4

/** What a family says about its lines. */
struct shrinkage {
    enum fit_status status; /* of the fit; FIT_NO_EVENTS also if too few lines take part */
    bool pooled;            /* one rate for all: the prior below is not to be used */
    struct beta_prior prior;
    double tarone, log_likelihood; /* of the lines that took part */
    double mean;                   /* pooled rate of all lines */
    size_t lines, outliers;        /* that took part in the fit; left out of it as unlikely */
};

/**
 * Fit the prior of a family to its lines of at least `units_min` units; the
 * others still get their estimate. `scratch` has room for 2 k numbers. Outliers are
 * found by leaving each suspicious line out and asking the others' prior how
 * likely as many returns or more would be; they are left out of the fit only.
 * FIT_BAD_INPUT as for the other functions of a family; else FIT_OK and
 * `shrinkage` says how the fit went.
 */
enum fit_status shrink_family(struct family family, double units_min, double *scratch,
                              struct shrinkage *shrinkage);

/** A line's rate with what its family lends it. */
struct shrunk {
    double rate, weight; /* share of the line's own data in it, 0 to 1 */
    struct interval interval;
    struct beta_prior
        posterior; /* Beta(a + x, b + n - x); pooled: of all counts, from Beta(1, 1) */
};

/** `x` of `n` units of one line, `pool` the family's; false if the numbers make no sense. */
bool shrink_line(const struct shrinkage *shrinkage, struct family pool, double x, double n,
                 double level, struct shrunk *shrunk);

#endif
