#ifndef STAT_CLUSTER_H
#define STAT_CLUSTER_H

#include "stat/interval.h"

#include <stddef.h>

/** One rate of units that come in clusters: of dealers, of lots. */
struct cluster_rate {
    double rate;       /* of all clusters together */
    double dispersion; /* Pearson's X2 over its degrees of freedom; about 1 by chance alone */
    struct interval interval; /* Wilson's */
};

/**
 * Units of a cluster are more alike than chance makes them, so counts of many say less than
 * as many single units would: where the dispersion of `k` clusters is above 1, the interval
 * is that of x and n divided by it (McCullagh and Nelder, Generalized Linear Models (1989),
 * 4.5). False, and nothing written, unless 0 <= x[i] <= n[i], 0 < n[i], at least two clusters
 * and 0 < level < 1.
 */
bool cluster_interval(const double *x, const double *n, size_t k, double level,
                      struct cluster_rate *found);

#endif
