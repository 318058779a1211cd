#ifndef STAT_INTERVAL_H
#define STAT_INTERVAL_H

#include <stdbool.h>
#include <stdint.h>

/**
 * Interval estimates for one rate. Pure functions; no NaN ever leaves.
 *
 * Wilson's is for tables, Clopper and Pearson's for "at most" and "at least",
 * because it never covers less often than it says. An interval speaks about the
 * process; of a closed batch the rate is known.
 *
 * Where `x` and `n` are doubles they may be any real numbers, since counts that
 * vary more than chance lets them are divided by their dispersion first. A
 * `level` is two-sided, a fraction: 0.95. All return false and write nothing
 * unless 0 <= x <= n, 0 < n and 0 < level < 1 (or 0 < z); counts go to 1e8.
 */

struct interval {
    double low, high; /* low <= high; for a proportion fractions, for events per unit of exposure */
};

/** The normal quantile of the two-sided 95 % level. */
#define Z_95 1.959963984540054

/** The normal quantile of any two-sided level, 0 < level < 1: 1.96 for 0.95; else 0. */
double interval_z(double level);

/**
 * Wilson's score interval for `x` of `n` at the two-sided level whose normal
 * quantile is `z` (1.959963984540054 for 95 %). Wilson 1927; without
 * continuity correction, method 3 of Newcombe 1998. The lower limit is exactly
 * 0 at x = 0, the upper exactly 1 at x = n. False, and nothing written, unless
 * 0 <= x <= n and n > 0.
 */
bool interval_wilson(int64_t x, int64_t n, double z, struct interval *interval);

/** The same for counts that are not whole. */
bool interval_wilson_real(double x, double n, double z, struct interval *interval);

/** Wilson's with continuity correction, method 4 of Newcombe, Statistics in Medicine 17 (1998). */
bool interval_wilson_corrected(double x, double n, double z, struct interval *interval);

/** Clopper and Pearson's exact interval, Biometrika 26 (1934). */
bool interval_clopper_pearson(double x, double n, double level, struct interval *interval);

/** The equal-tailed posterior interval of Jeffreys' prior Beta(1/2, 1/2). */
bool interval_jeffreys(double x, double n, double level, struct interval *interval);

/**
 * The mid-p interval, method 6 of Newcombe 1998: as Clopper and Pearson's, but
 * half of the probability of `x` itself counts; covers `level` on average.
 */
bool interval_mid_p(double x, double n, double level, struct interval *interval);

/**
 * The exact (Garwood 1936) interval of a Poisson rate: `x` events in `exposure`
 * > 0, in events per unit of exposure. `x` >= 0 may be real, as forecasts are.
 */
bool interval_poisson(double x, double exposure, double level, struct interval *interval);

#endif
