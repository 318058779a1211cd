/* Interval estimates for a proportion. */
#include "stat/interval.h"

#include <math.h>

bool interval_wilson(int64_t x, int64_t n, double z, struct interval *interval)
{
    double trials = (double)n, p, zz, centre, half, scale;

    if (n <= 0 || x < 0 || x > n)
        return false;
    p = (double)x / trials;
    zz = z * z;
    scale = 1 + zz / trials;
    centre = (p + zz / (2 * trials)) / scale;
    half = z * sqrt(p * (1 - p) / trials + zz / (4 * trials * trials)) / scale;
    /* At the ends rounding would leave a limit that is not quite 0 or 1. */
    interval->low = x == 0 ? 0 : fmax(0, centre - half);
    interval->high = x == n ? 1 : fmin(1, centre + half);
    return true;
}
