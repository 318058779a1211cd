/* The gamma distribution, and those that are the same in other words: chi-squared, Poisson. */
#include "stat/special.h"

#include "stat/quantile.h"
#include "stat/saddle.h"

#include <math.h>
#include <stdbool.h>

/* A shape of 1e8 takes some 85,000 terms close to the mean. */
#define TERMS_MAX 300000

/* Logarithm of x^a e^-x / Gamma(a), the density on the logarithmic scale. */
static double log_density(double x, double a)
{
    return log(a) + poisson_log_density(a, x);
}

/* P(a, x) divided by the density, by its series (DLMF 8.7.1). */
static double lower_ratio(double x, double a)
{
    double term = 1 / a, sum = term;

    for (int k = 1; k < TERMS_MAX; k++) {
        term *= x / (a + k);
        sum += term;
        if (term <= sum * 1e-17)
            return sum;
    }
    return NAN;
}

/* Q(a, x) divided by the density, by Legendre's fraction (DLMF 8.9.2). */
static double upper_ratio(double x, double a)
{
    double value = x - a + 1, c = value, d = 0;

    for (int k = 1; k < TERMS_MAX; k++) {
        double top = k * (a - k), bottom = x - a + 1 + 2 * k;

        d = 1 / (bottom + top * d);
        c = bottom + top / c;
        value *= c * d;
        if (fabs(c * d - 1) <= 2e-16)
            return 1 / value;
    }
    return NAN;
}

/* Where the series is the better one: the fraction crawls close to 0, even above the mean. */
static bool by_series(double x, double a)
{
    return x <= a || x < 1;
}

/* Rounding may pass 1. Not fmin(), which would turn "no number" into 1. */
static double capped(double tail)
{
    return tail > 1 ? 1 : tail;
}

struct tails gamma_tails(double x, double a)
{
    double tail;

    if (!(a > 0 && isfinite(a) && x >= 0))
        return (struct tails){NAN, NAN};
    if (x == 0 || isinf(x))
        return (struct tails){.lower = x > 0, .upper = x == 0};
    if (by_series(x, a)) {
        tail = capped(exp(log_density(x, a)) * lower_ratio(x, a));
        return (struct tails){.lower = tail, .upper = 1 - tail};
    }
    tail = capped(exp(log_density(x, a)) * upper_ratio(x, a));
    return (struct tails){.lower = 1 - tail, .upper = tail};
}

/* The tail that is not the one computed, and its ratio to the density. */
static struct tail_point complement(double log_top, double ratio)
{
    double tail = capped(exp(log_top) * ratio);

    return (struct tail_point){.log_tail = log1p(-tail), .ratio = (1 - tail) / exp(log_top)};
}

/* The lower tail at x = e^u. */
static struct tail_point lower_at(const struct tail_curve *curve, double u)
{
    double x = exp(u), a = curve->a, log_top = log_density(x, a), ratio;

    if (!by_series(x, a))
        return complement(log_top, upper_ratio(x, a));
    ratio = lower_ratio(x, a);
    return (struct tail_point){.log_tail = log_top + log(ratio), .ratio = ratio};
}

/* The upper tail at x = e^-u, which rises with u. */
static struct tail_point upper_at(const struct tail_curve *curve, double u)
{
    double x = exp(-u), a = curve->a, log_top = log_density(x, a), ratio;

    if (by_series(x, a))
        return complement(log_top, lower_ratio(x, a));
    ratio = upper_ratio(x, a);
    return (struct tail_point){.log_tail = log_top + log(ratio), .ratio = ratio};
}

/*
 * Wilson and Hilferty: the cube root of a gamma variable is nearly normal. For
 * small shapes it is not, but the upper tail falls no slower than e^-x.
 */
static double start(double z, double a)
{
    double root = 1 - 1 / (9 * a) + z / (3 * sqrt(a));
    double guess = log(a) + (root > 0.1 ? 3 * log(root) : z / sqrt(a));

    return a < 1 ? fmin(guess, log(1 + z * z)) : guess;
}

static double lower_quantile(double p, double a)
{
    struct tail_curve curve = {.at = lower_at, .a = a};

    return exp(quantile_search(&curve, p, start(normal_quantile(p), a)));
}

static double upper_quantile(double p, double a)
{
    struct tail_curve curve = {.at = upper_at, .a = a};

    return exp(-quantile_search(&curve, p, -start(-normal_quantile(p), a)));
}

double gamma_quantile(double p, double a)
{
    if (!(a > 0 && isfinite(a) && p >= 0 && p <= 1))
        return NAN;
    if (p == 0 || p == 1)
        return p == 0 ? 0 : INFINITY;
    return p <= 0.5 ? lower_quantile(p, a) : upper_quantile(1 - p, a);
}

double gamma_quantile_upper(double p, double a)
{
    if (!(a > 0 && isfinite(a) && p >= 0 && p <= 1))
        return NAN;
    if (p == 0 || p == 1)
        return p == 1 ? 0 : INFINITY;
    return p <= 0.5 ? upper_quantile(p, a) : lower_quantile(1 - p, a);
}

double chi2_quantile(double p, double df)
{
    return 2 * gamma_quantile(p, df / 2);
}

double chi2_quantile_upper(double p, double df)
{
    return 2 * gamma_quantile_upper(p, df / 2);
}

struct tails poisson_tails(double k, double mean)
{
    struct tails waiting;

    k = floor(k);
    if (!(mean >= 0 && isfinite(mean)) || isnan(k))
        return (struct tails){NAN, NAN};
    if (k < 0)
        return (struct tails){.lower = 0, .upper = 1};
    waiting = gamma_tails(mean, k + 1);
    return (struct tails){.lower = waiting.upper, .upper = waiting.lower};
}
