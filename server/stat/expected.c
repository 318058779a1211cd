/* Observed over expected, adjusted for age. */
#include "stat/expected.h"

#include "stat/exact.h"

#include <math.h>

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
