/* A rate of clusters. */
#include "stat/cluster.h"

#include <math.h>

static double dispersion(const double *x, const double *n, size_t k, double rate)
{
    double sum = 0;

    if (!(rate > 0 && rate < 1))
        return 0; /* nothing varies */
    for (size_t i = 0; i < k; i++) {
        double miss = x[i] - n[i] * rate;

        sum += miss * miss / (n[i] * rate * (1 - rate));
    }
    return sum / (double)(k - 1);
}

bool cluster_interval(const double *x, const double *n, size_t k, double level,
                      struct cluster_rate *found)
{
    struct cluster_rate rate;
    double events = 0, units = 0, phi;

    for (size_t i = 0; i < k; i++) {
        if (!(x[i] >= 0 && x[i] <= n[i] && n[i] > 0))
            return false;
        events += x[i];
        units += n[i];
    }
    if (k < 2 || !isfinite(units))
        return false;
    rate.rate = events / units;
    rate.dispersion = dispersion(x, n, k, rate.rate);
    phi = fmax(1, rate.dispersion);
    if (!interval_wilson_real(events / phi, units / phi, interval_z(level), &rate.interval))
        return false;
    *found = rate;
    return true;
}
