#ifndef STAT_INTERVAL_H
#define STAT_INTERVAL_H

#include <stdbool.h>
#include <stdint.h>

/** Interval estimates for a proportion. Pure functions; no NaN ever leaves. */

struct interval {
    double low, high; /* fractions, 0 <= low <= high <= 1 */
};

/**
 * Wilson's score interval for `x` of `n` at the two-sided level whose normal
 * quantile is `z` (1.959963984540054 for 95 %). Wilson 1927; without
 * continuity correction, method 3 of Newcombe 1998. The lower limit is exactly
 * 0 at x = 0, the upper exactly 1 at x = n. False, and nothing written, unless
 * 0 <= x <= n and n > 0.
 */
bool interval_wilson(int64_t x, int64_t n, double z, struct interval *interval);

/** The normal quantile of the two-sided 95 % level. */
#define Z_95 1.959963984540054

#endif
