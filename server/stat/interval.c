/* Interval estimates for one rate. */
#include "stat/interval.h"

#include "stat/special.h"

#include <math.h>

static bool counts_valid(double x, double n)
{
    return x >= 0 && x <= n && n > 0 && isfinite(n);
}

static bool level_valid(double level)
{
    return level > 0 && level < 1;
}

/* The promise of the header: what could not be computed is not written. */
static bool give(double low, double high, struct interval *interval)
{
    if (isnan(low) || isnan(high))
        return false;
    interval->low = low;
    interval->high = fmax(low, high);
    return true;
}

double interval_z(double level)
{
    return level_valid(level) ? -normal_quantile((1 - level) / 2) : 0;
}

bool interval_wilson_real(double x, double n, double z, struct interval *interval)
{
    double p = x / n, zz = z * z, centre, half, scale;

    if (!counts_valid(x, n) || !(z > 0 && isfinite(zz)))
        return false;
    scale = 1 + zz / n;
    centre = (p + zz / (2 * n)) / scale;
    half = z * sqrt(p * (1 - p) / n + zz / (4 * n * n)) / scale;
    /* At the ends rounding would leave a limit that is not quite 0 or 1. */
    return give(x == 0 ? 0 : fmax(0, centre - half), x == n ? 1 : fmin(1, centre + half), interval);
}

bool interval_wilson(int64_t x, int64_t n, double z, struct interval *interval)
{
    return interval_wilson_real((double)x, (double)n, z, interval);
}

bool interval_wilson_corrected(double x, double n, double z, struct interval *interval)
{
    double p = x / n, zz = z * z, below, above, scale = 2 * (n + zz);

    if (!counts_valid(x, n) || !(z > 0 && isfinite(zz)))
        return false;
    below = z * sqrt(fmax(0, zz - 2 - 1 / n + 4 * p * (n - x + 1)));
    above = z * sqrt(fmax(0, zz + 2 - 1 / n + 4 * p * (n - x - 1)));
    return give(x == 0 ? 0 : fmax(0, (2 * x + zz - 1 - below) / scale),
                x == n ? 1 : fmin(1, (2 * x + zz + 1 + above) / scale), interval);
}

bool interval_clopper_pearson(double x, double n, double level, struct interval *interval)
{
    double tail = (1 - level) / 2;

    if (!counts_valid(x, n) || !level_valid(level))
        return false;
    return give(x == 0 ? 0 : beta_quantile(tail, x, n - x + 1),
                x == n ? 1 : beta_quantile_upper(tail, x + 1, n - x), interval);
}

bool interval_jeffreys(double x, double n, double level, struct interval *interval)
{
    double tail = (1 - level) / 2;

    if (!counts_valid(x, n) || !level_valid(level))
        return false;
    return give(beta_quantile(tail, x + 0.5, n - x + 0.5),
                beta_quantile_upper(tail, x + 0.5, n - x + 0.5), interval);
}

bool interval_poisson(double x, double exposure, double level, struct interval *interval)
{
    double tail = (1 - level) / 2;

    if (!(x >= 0 && isfinite(x) && exposure > 0 && isfinite(exposure)) || !level_valid(level))
        return false;
    return give(x == 0 ? 0 : gamma_quantile(tail, x) / exposure,
                gamma_quantile_upper(tail, x + 1) / exposure, interval);
}
