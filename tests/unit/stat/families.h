#ifndef FAMILIES_H
#define FAMILIES_H

#include "stat/beta_binomial.h"

/** Families of rates whose estimates are published. */

/** Tumours in 70 groups of rats: Bayesian Data Analysis, chapter 5. */
static inline struct family rat_tumours(void)
{
    static const double x[] = {0, 0, 0,  0,  0, 0, 0, 0,  0, 0, 0, 0, 0,  0,  1,  1,  1, 1,
                               1, 1, 1,  1,  2, 2, 2, 2,  2, 2, 2, 2, 2,  1,  5,  2,  5, 3,
                               2, 7, 7,  3,  3, 2, 9, 10, 4, 4, 4, 4, 4,  4,  4,  10, 4, 4,
                               4, 5, 11, 12, 5, 5, 6, 5,  6, 6, 6, 6, 16, 15, 15, 9};
    static const double n[] = {20, 20, 20, 20, 20, 20, 20, 19, 19, 19, 19, 18, 18, 17,
                               20, 20, 20, 20, 19, 19, 18, 18, 25, 24, 23, 20, 20, 20,
                               20, 20, 20, 10, 49, 19, 46, 27, 17, 49, 47, 20, 20, 13,
                               48, 50, 20, 20, 20, 20, 20, 20, 20, 48, 19, 19, 19, 22,
                               46, 49, 20, 20, 23, 19, 22, 20, 20, 20, 52, 47, 46, 24};

    return (struct family){x, n, 70};
}

/** Hits of 18 batters in 45 at bats each: Efron and Morris 1977. */
static inline struct family batters(void)
{
    static const double x[] = {18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7};
    static const double n[] = {45, 45, 45, 45, 45, 45, 45, 45, 45,
                               45, 45, 45, 45, 45, 45, 45, 45, 45};

    return (struct family){x, n, 18};
}

#endif
