/* The mid-p interval of a proportion, which has no closed form. */
#include "stat/interval.h"

#include "stat/saddle.h"
#include "stat/special.h"

#include <math.h>

/* Typical are 6 to 10. */
#define STEPS_MAX 100

/* The tail of `x` of `n` when the true share is `p`, with half of P(X = x). */
typedef double (*mid_tail_fn)(double x, double n, double p);

static double at_least(double x, double n, double p)
{
    return beta_tails(p, x + 1, n - x).lower + exp(binomial_log_density(x, n, p)) / 2;
}

static double at_most(double x, double n, double p)
{
    return beta_tails(p, x, n - x + 1).upper + exp(binomial_log_density(x, n, p)) / 2;
}

/*
 * The share between `a` and `b` where the tail is `p`. False position on the
 * logarithm, in the Illinois form of Dowell and Jarratt, BIT 11 (1971), which
 * does not stall on one side. The ends come from exact limits; where rounding
 * leaves no change of sign between them, they are one number.
 */
static double solve(mid_tail_fn tail, double x, double n, double p, double a, double b)
{
    double at_a = log(tail(x, n, a) / p), at_b = log(tail(x, n, b) / p);

    if (isnan(at_a) || isnan(at_b) || at_a * at_b > 0)
        return isnan(at_a + at_b) ? NAN : fabs(at_a) < fabs(at_b) ? a : b;
    for (int step = 0; step < STEPS_MAX; step++) {
        double c = b - at_b * (b - a) / (at_b - at_a), at_c = log(tail(x, n, c) / p);

        if (isnan(at_c) || fabs(at_c) < 1e-13 || fabs(c - b) <= 4e-16 * c)
            return isnan(at_c) ? NAN : c;
        if (at_c * at_b < 0) {
            a = b;
            at_a = at_b;
        } else {
            at_a /= 2;
        }
        b = c;
        at_b = at_c;
    }
    return NAN;
}

static double lower(double x, double n, double tail)
{
    if (x == 0)
        return 0;
    if (x == n)
        return exp(log(2 * tail) / n);
    /* P(X >= x) is the tail at one end, P(X > x) at the other. */
    return solve(at_least, x, n, tail, beta_quantile(tail, x, n - x + 1),
                 beta_quantile(tail, x + 1, n - x));
}

static double upper(double x, double n, double tail)
{
    if (x == n)
        return 1;
    if (x == 0)
        return -expm1(log(2 * tail) / n);
    return solve(at_most, x, n, tail, beta_quantile_upper(tail, x, n - x + 1),
                 beta_quantile_upper(tail, x + 1, n - x));
}

bool interval_mid_p(double x, double n, double level, struct interval *interval)
{
    double tail = (1 - level) / 2, low, high;

    if (!(x >= 0 && x <= n && n > 0 && isfinite(n) && level > 0 && level < 1))
        return false;
    low = lower(x, n, tail);
    high = upper(x, n, tail);
    if (isnan(low) || isnan(high))
        return false;
    *interval = (struct interval){.low = low, .high = high};
    return true;
}
