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

#endif
