#ifndef STAT_JAMES_STEIN_H
#define STAT_JAMES_STEIN_H

#include <stdbool.h>
#include <stddef.h>

/** Rates of `k` lines of the same size, drawn towards their mean. */
struct james_stein {
    double mean;   /* of all lines */
    double weight; /* of a line's own rate, 0 to 1 */
};

/**
 * The estimator of James and Stein as Efron and Morris used it on batting averages
 * (Scientific American 236 (1977)): weight = 1 - (k - 3) mean (1 - mean) / n / sum (p - mean)^2,
 * 0 if that is negative; a line's estimate is mean + weight (p - mean). The plainest case of
 * what shrink_family() does for lines of different sizes. False, and nothing written, unless
 * 0 <= x[i] <= n, 0 < n, at least four lines, and rates that differ.
 */
bool james_stein(const double *x, size_t k, double n, struct james_stein *found);

#endif
