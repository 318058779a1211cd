/* Newton's method inside a bracket, on the logarithm of a tail. */
#include "stat/quantile.h"

#include <math.h>

/* Typical are 4 to 8 steps; halving the bracket alone would need 70. */
#define STEPS_MAX 200
/* The step after an error e leaves an error of about e squared. */
#define CLOSE 1e-9

double quantile_search(const struct tail_curve *curve, double p, double u)
{
    double low = -QUANTILE_RANGE, high = QUANTILE_RANGE, log_p = log(p);

    u = fmin(fmax(u, low), high);
    for (int step = 0; step < STEPS_MAX; step++) {
        struct tail_point point = curve->at(curve, u);
        double error = point.log_tail - log_p, next = u - error * point.ratio;

        if (isnan(error))
            return NAN;
        if (fabs(error) < CLOSE)
            return next;
        *(error < 0 ? &low : &high) = u;
        if (high - low <= 1e-15 * fabs(u))
            return u;
        /* The comparison is also false for a NAN, from an infinite step. */
        u = low < next && next < high ? next : low + (high - low) / 2;
    }
    return NAN;
}
