/* How much a flow of returns misleads. */
#include "stat/flow.h"

#include <math.h>

bool flow_factor(double growth, const double *share, size_t n, double *factor)
{
    double sum = 0, shares = 0;

    if (!(growth > -1 && isfinite(growth)))
        return false;
    for (size_t k = 0; k < n; k++) {
        if (!(share[k] >= 0))
            return false;
        shares += share[k];
        sum += share[k] * pow(1 + growth, -(double)(k + 1));
    }
    if (!(fabs(shares - 1) <= 1e-9 && isfinite(sum)))
        return false;
    *factor = sum;
    return true;
}
