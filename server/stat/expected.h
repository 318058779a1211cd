#ifndef STAT_EXPECTED_H
#define STAT_EXPECTED_H

#include "stat/interval.h"

#include <stddef.h>

/** Events of a window against what the same units' ages let expect. */
struct observed_expected {
    double expected;          /* sum of at_risk[i] hazard[i] */
    double ratio;             /* observed / expected */
    struct interval interval; /* of the ratio, exact Poisson */
    double p_more, p_fewer;   /* one-sided mid-p; they sum to 1 */
};

/**
 * `at_risk[i]` units entered age i in the window, of which the baseline loses the
 * share `hazard[i]`, within 0 and 1, at that age. The ages being the same on both
 * sides, a young fleet is not taken for a bad one. False, and nothing written,
 * unless something was expected and all numbers make sense.
 */
bool observed_expected(int64_t observed, const double *at_risk, const double *hazard, size_t n,
                       double level, struct observed_expected *found);

/**
 * One-sided p-value of `observed` events or more, both whole, where a baseline of `counted`
 * events lets expect `expected`. The expectation is an estimate, too: given the sum of both,
 * the observed ones are binomial with probability expected / (expected + counted)
 * (Przyborowski and Wilenski, Biometrika 31 (1940)), of which this is the mid-p. With a long
 * baseline it becomes the Poisson test's. False, and nothing written, unless observed >= 0,
 * expected > 0 and counted > 0; the latter is rounded to a whole number, up.
 */
bool expected_p_more(double observed, double expected, double counted, double *p);

#endif
