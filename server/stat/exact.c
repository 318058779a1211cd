/* Exact one-sided p-values. */
#include "stat/exact.h"

#include "stat/saddle.h"
#include "stat/special.h"

#include <math.h>

/* From P(X <= count), P(X > count), the same below the count, and P(X = count). */
static bool give(struct tails through, struct tails below, double here, struct exact *exact)
{
    struct exact result = {
        .at_least = below.upper,
        .at_most = through.lower,
        .mid_at_least = fmin(1, through.upper + here / 2),
        .mid_at_most = fmin(1, below.lower + here / 2),
    };

    if (isnan(through.lower) || isnan(below.lower) || isnan(here))
        return false;
    *exact = result;
    return true;
}

bool exact_poisson(int64_t count, double mean, struct exact *exact)
{
    double k = (double)count, here = count == 0;

    if (count < 0 || !(mean >= 0 && isfinite(mean)))
        return false;
    if (mean > 0)
        here = exp(poisson_log_density(k, mean));
    return give(poisson_tails(k, mean), poisson_tails(k - 1, mean), here, exact);
}

bool exact_binomial(int64_t count, int64_t n, double p, struct exact *exact)
{
    double k = (double)count, trials = (double)n, here;

    if (count < 0 || count > n || !(p >= 0 && p <= 1))
        return false;
    if (p == 0 || p == 1 || n == 0)
        here = k == trials * p;
    else
        here = exp(binomial_log_density(k, trials, p));
    return give(binomial_tails(k, trials, p), binomial_tails(k - 1, trials, p), here, exact);
}
