#ifndef STAT_EXACT_H
#define STAT_EXACT_H

#include <stdbool.h>
#include <stdint.h>

/**
 * Exact one-sided p-values of a count against what was expected.
 *
 * The plain ones include the count itself, and are so never too small. The mid-p
 * ones include half of its probability: on average they are uniform, which is
 * what a correction for many tests needs.
 */
struct exact {
    double at_least, at_most;         /* P(X >= count), P(X <= count) */
    double mid_at_least, mid_at_most; /* they sum to 1 */
};

/** `count` events where `mean` were expected. False unless both are >= 0 and finite. */
bool exact_poisson(int64_t count, double mean, struct exact *exact);

/** `count` of `n` where each had probability `p`. False unless 0 <= count <= n, 0 <= p <= 1. */
bool exact_binomial(int64_t count, int64_t n, double p, struct exact *exact);

#endif
