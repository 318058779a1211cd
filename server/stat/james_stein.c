/* James and Stein's estimator. */
#include "stat/james_stein.h"

#include <math.h>

bool james_stein(const double *x, size_t k, double n, struct james_stein *found)
{
    double mean = 0, squares = 0, weight;

    if (k < 4 || !(n > 0 && isfinite(n)))
        return false;
    for (size_t i = 0; i < k; i++) {
        if (!(x[i] >= 0 && x[i] <= n))
            return false;
        mean += x[i] / n / (double)k;
    }
    for (size_t i = 0; i < k; i++)
        squares += (x[i] / n - mean) * (x[i] / n - mean);
    if (!(squares > 0))
        return false;
    weight = 1 - (double)(k - 3) * mean * (1 - mean) / n / squares;
    *found = (struct james_stein){mean, fmax(0, weight)};
    return true;
}
