/* The mean number of repairs per unit. */
#include "stat/survival.h"

#include <math.h>

static bool sensible(const double *repairs, size_t n, const double *ends, size_t units)
{
    double last = 0;

    for (size_t i = 0; i < units; i++) {
        if (!(ends[i] > 0 && isfinite(ends[i])))
            return false;
        last = fmax(last, ends[i]);
    }
    for (size_t i = 0; i < n; i++)
        if (!(repairs[i] >= (i ? repairs[i - 1] : 0) && repairs[i] <= last))
            return false;
    return true;
}

static double watched_at(double age, const double *ends, size_t units)
{
    double watched = 0;

    for (size_t i = 0; i < units; i++)
        watched += ends[i] >= age;
    return watched;
}

bool mcf_curve(const double *repairs, size_t n, const double *ends, size_t units, double level,
               struct mcf_point *points)
{
    double mean = 0, variance = 0, z = interval_z(level);

    if (!(z > 0) || !sensible(repairs, n, ends, units))
        return false;
    for (size_t i = 0; i < n; i++) {
        double r = watched_at(repairs[i], ends, units), factor;

        mean += 1 / r;
        /* One unit had a repair and r - 1 had none: their squared distances to the mean. */
        variance += (r - 1) / (r * r * r);
        factor = exp(z * sqrt(variance) / mean);
        points[i] = (struct mcf_point){
            repairs[i], mean, variance, {mean / factor, mean * factor}
        };
    }
    return true;
}
