/* Two proportions against each other. */
#include "stat/two_rates.h"

#include "stat/special.h"

#include <math.h>

static double rate(struct sample sample)
{
    return (double)sample.x / (double)sample.n;
}

static bool valid(struct sample first, struct sample second)
{
    return first.x >= 0 && first.x <= first.n && first.n > 0 && second.x >= 0 &&
           second.x <= second.n && second.n > 0;
}

bool two_rates_difference(struct sample first, struct sample second, double z,
                          struct interval *difference)
{
    struct interval one, two;
    double p, q;

    if (!interval_wilson(first.x, first.n, z, &one) ||
        !interval_wilson(second.x, second.n, z, &two))
        return false;
    p = rate(first);
    q = rate(second);
    difference->low = fmax(-1, p - q - hypot(p - one.low, two.high - q));
    difference->high = fmin(1, p - q + hypot(one.high - p, q - two.low));
    return true;
}

bool two_rates_wald(struct sample first, struct sample second, double z,
                    struct interval *difference)
{
    double p, q, half;

    if (!valid(first, second) || !(z > 0 && isfinite(z)))
        return false;
    p = rate(first);
    q = rate(second);
    half = z * sqrt(p * (1 - p) / (double)first.n + q * (1 - q) / (double)second.n);
    difference->low = p - q - half;
    difference->high = p - q + half;
    return true;
}

bool two_rates_z_test(struct sample first, struct sample second, double *p)
{
    double n = (double)first.n, m = (double)second.n, pooled, variance;

    if (!valid(first, second))
        return false;
    pooled = ((double)first.x + (double)second.x) / (n + m);
    variance = pooled * (1 - pooled) * (1 / n + 1 / m);
    *p = variance > 0 ? 2 * normal_tails(fabs(rate(first) - rate(second)) / sqrt(variance)).upper
                      : 1;
    return true;
}
