/* The conjugate posterior of a Poisson rate. */
#include "stat/rate_posterior.h"

#include "stat/special.h"

#include <math.h>

bool rate_posterior(double x, double exposure, struct rate_prior prior, double level,
                    struct rate_posterior *posterior)
{
    double shape = prior.shape + x, total = prior.exposure + exposure, low, high;

    if (!(x >= 0 && prior.shape > 0 && isfinite(shape) && exposure >= 0 && prior.exposure >= 0 &&
          total > 0 && isfinite(total) && level > 0 && level < 1))
        return false;
    low = gamma_quantile_upper(level, shape) / total;
    high = gamma_quantile(level, shape) / total;
    if (isnan(low) || isnan(high))
        return false;
    *posterior = (struct rate_posterior){shape, total, shape / total, low, high};
    return true;
}
