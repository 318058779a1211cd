/* The beta distribution, and the binomial, which is the same seen from the other side. */
#include "stat/special.h"

#include "stat/quantile.h"
#include "stat/saddle.h"

#include <math.h>
#include <stdbool.h>

/* Parameters to 1e8 take some thousands of terms close to the mean, and few elsewhere. */
#define TERMS_MAX 200000

/*
 * DiDonato and Morris, "Algorithm 708", ACM TOMS 18 (1992) 360-373, equation (9),
 * evaluated by Lentz's method: the density on the logit scale divided by
 * I_x(a, b), where y = 1 - x and x is not above the mean a / (a + b).
 */
static double fraction(double x, double y, double a, double b)
{
    double distance = a * y - b * x;
    double value = a * (distance + 1) / (a + 1), c = value, d = 0;

    for (int m = 1; m < TERMS_MAX; m++) {
        double s = a + 2 * m - 1, w = m * (b - m) * x / s;
        double top = w * x * ((a + m - 1) / s) * (a + b + m - 1);
        double bottom = m + w + (a + m) * (distance + 1 + m * (1 + y)) / (s + 2);

        d = 1 / (bottom + top * d);
        c = bottom + top / c;
        value *= c * d;
        if (fabs(c * d - 1) <= 2e-16)
            return value;
    }
    return NAN;
}

/* Logarithm of x^a y^b / B(a, b), the density on the logit scale. */
static double log_density(double x, double y, double a, double b)
{
    double n = a + b;

    return stirling_error(n) - stirling_error(a) - stirling_error(b) - deviance(a, n * x) -
           deviance(b, n * y) + 0.5 * log(a / n * b * (0.5 * M_1_PI));
}

static bool below_mean(double x, double y, double a, double b)
{
    return a * y >= b * x;
}

/* Rounding may pass 1. Not fmin(), which would turn "no number" into 1. */
static double capped(double tail)
{
    return tail > 1 ? 1 : tail;
}

struct tails beta_tails(double x, double a, double b)
{
    double y = 1 - x, density, tail;

    if (!(a > 0 && b > 0 && isfinite(a + b) && x >= 0 && x <= 1))
        return (struct tails){NAN, NAN};
    if (x == 0 || y == 0)
        return (struct tails){.lower = x, .upper = y};
    density = exp(log_density(x, y, a, b));
    if (below_mean(x, y, a, b)) {
        tail = capped(density / fraction(x, y, a, b));
        return (struct tails){.lower = tail, .upper = 1 - tail};
    }
    tail = capped(density / fraction(y, x, b, a));
    return (struct tails){.lower = 1 - tail, .upper = tail};
}

/* The share whose logit is `u`. Above 1/2 the plain form would round twice, and coarsely. */
static double share(double u)
{
    double odds = exp(-fabs(u)), small = odds / (1 + odds);

    return u > 0 ? 1 - small : small;
}

/* The lower tail at the share whose logit is `u`. */
static struct tail_point at_logit(const struct tail_curve *curve, double u)
{
    double x = share(u), y = share(-u), a = curve->a, b = curve->b;
    double log_top = log_density(x, y, a, b), bottom, tail;

    if (below_mean(x, y, a, b)) {
        bottom = fraction(x, y, a, b);
        return (struct tail_point){.log_tail = log_top - log(bottom), .ratio = 1 / bottom};
    }
    tail = capped(exp(log_top) / fraction(y, x, b, a));
    return (struct tail_point){.log_tail = log1p(-tail), .ratio = (1 - tail) / exp(log_top)};
}

/* The logit whose lower tail is `p`, 0 < p <= 1/2; it starts from a normal distribution. */
static double logit_quantile(double p, double a, double b)
{
    struct tail_curve curve = {at_logit, a, b};

    return quantile_search(&curve, p, log(a / b) + normal_quantile(p) * sqrt(1 / a + 1 / b));
}

double beta_quantile(double p, double a, double b)
{
    if (!(a > 0 && b > 0 && isfinite(a + b) && p >= 0 && p <= 1))
        return NAN;
    if (p == 0 || p == 1)
        return p;
    if (p <= 0.5)
        return share(logit_quantile(p, a, b));
    return share(-logit_quantile(1 - p, b, a));
}

double beta_quantile_upper(double p, double a, double b)
{
    if (!(a > 0 && b > 0 && isfinite(a + b) && p >= 0 && p <= 1))
        return NAN;
    if (p == 0 || p == 1)
        return 1 - p;
    if (p <= 0.5)
        return share(-logit_quantile(p, b, a));
    return share(logit_quantile(1 - p, a, b));
}

struct tails binomial_tails(double k, double n, double p)
{
    struct tails above;

    k = floor(k);
    n = floor(n);
    if (!(n >= 0 && p >= 0 && p <= 1) || isnan(k))
        return (struct tails){NAN, NAN};
    if (k < 0)
        return (struct tails){.lower = 0, .upper = 1};
    if (k >= n)
        return (struct tails){.lower = 1, .upper = 0};
    above = beta_tails(p, k + 1, n - k);
    return (struct tails){.lower = above.upper, .upper = above.lower};
}
