/* Observed over expected, adjusted for age. */
#include "stat/expected.h"

#include "stat/exact.h"

#include <math.h>

/* Counts up to here are whole numbers without a doubt. */
#define EVENTS_MAX 1e15

bool observed_expected(int64_t observed, const double *at_risk, const double *hazard, size_t n,
                       double level, struct observed_expected *found)
{
    double expected = 0;
    struct interval interval;
    struct exact exact;

    for (size_t i = 0; i < n; i++) {
        if (!(at_risk[i] >= 0 && hazard[i] >= 0 && hazard[i] <= 1))
            return false;
        expected += at_risk[i] * hazard[i];
    }
    if (!(expected > 0) || observed < 0 ||
        !interval_poisson((double)observed, expected, level, &interval) ||
        !exact_poisson(observed, expected, &exact))
        return false;
    *found = (struct observed_expected){
        .expected = expected,
        .ratio = (double)observed / expected,
        .interval = interval,
        .p_more = exact.mid_at_least,
        .p_fewer = exact.mid_at_most,
    };
    return true;
}

bool expected_p_more(double observed, double expected, double counted, double *p)
{
    double baseline = ceil(counted);
    struct exact exact;

    if (!(observed >= 0 && observed <= EVENTS_MAX && expected > 0 && baseline > 0 &&
          baseline <= EVENTS_MAX && isfinite(expected)) ||
        !exact_binomial((int64_t)observed, (int64_t)(observed + baseline),
                        expected / (expected + baseline), &exact))
        return false;
    *p = exact.mid_at_least;
    return true;
}
