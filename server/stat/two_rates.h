#ifndef STAT_TWO_RATES_H
#define STAT_TWO_RATES_H

#include "stat/exact.h"
#include "stat/interval.h"

/**
 * Two proportions against each other. All return false and write nothing unless
 * 0 <= x <= n and 0 < n in both samples.
 */

struct sample {
    int64_t x, n; /* `x` of `n` */
};

/**
 * Newcombe's hybrid score interval for the difference of the rates, first less
 * second, within -1 and 1 (method 10 of Newcombe, Statistics in Medicine 17
 * (1998) 873-890): right down to empty cells. `z` as for interval_wilson.
 */
bool two_rates_difference(struct sample first, struct sample second, double z,
                          struct interval *difference);

/** Wald's interval for the same, which others print; not limited to -1 and 1. */
bool two_rates_wald(struct sample first, struct sample second, double z,
                    struct interval *difference);

/**
 * Two-sided p-value of the z-test with pooled variance, which equals the
 * chi-squared test of the 2 x 2 table without correction. 1 where nothing or
 * everything happened in both samples.
 */
bool two_rates_z_test(struct sample first, struct sample second, double *p);

/**
 * Two-sided p-value of Fisher's exact test: the sum over all tables of the same
 * margins that are not more probable than the one seen. Tables within a part in
 * 10^7 count as equally probable. False also above TWO_RATES_EXACT_MAX trials.
 */
bool two_rates_fisher(struct sample first, struct sample second, double *p);

/**
 * One-sided p-values of the first sample's `x`, given the sum of both: Fisher's test,
 * with the mid-p of Lancaster (JASA 56 (1961)). Neither rate is taken for known, as a
 * binomial with the other's rate would. With nothing or everything in both samples
 * the plain ones are 1 and the mid-p ones 1/2. False also as for two_rates_fisher().
 */
bool two_rates_exact(struct sample first, struct sample second, struct exact *exact);

#define TWO_RATES_EXACT_MAX INT64_C(1000000000)

#endif
