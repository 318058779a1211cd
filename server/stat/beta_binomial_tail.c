/* Tails and quantiles of the beta-binomial distribution. */
#include "stat/beta_binomial.h"

#include "stat/special.h"

#include <math.h>

/* Beyond it the spread of the rate hides that of the count. */
#define WALK_MAX 100000

/* P(X = k + 1) / P(X = k) */
static double ratio_up(double k, double n, struct beta_prior prior)
{
    return (n - k) / (k + 1) * (prior.a + k) / (prior.b + n - k - 1);
}

/* A count that is about the most frequent one: sums start where they are largest. */
static double about_mode(double n, struct beta_prior prior)
{
    double a = prior.a - 1, b = prior.b - 1;

    if (a <= 0)
        return 0;
    return b <= 0 ? n : floor(n * a / (a + b));
}

/* Sums of P(X = k) / P(X = mode) below a count and from it on. */
struct masses {
    double below, from;
};

static struct masses masses_at(double x, double n, struct beta_prior prior)
{
    double mode = about_mode(n, prior), term = 1;
    struct masses masses = {0, 0};

    for (double k = mode; k <= n; k++) {
        *(k < x ? &masses.below : &masses.from) += term;
        term *= ratio_up(k, n, prior);
    }
    term = 1;
    for (double k = mode - 1; k >= 0; k--) {
        term /= ratio_up(k, n, prior);
        *(k < x ? &masses.below : &masses.from) += term;
    }
    return masses;
}

static bool valid(double n, struct beta_prior prior)
{
    return n >= 0 && n == floor(n) && isfinite(n) && prior.a > 0 && prior.b > 0 &&
           isfinite(prior.a + prior.b);
}

double beta_binomial_at_least(double x, double n, struct beta_prior prior)
{
    struct masses masses;

    if (!valid(n, prior) || isnan(x))
        return NAN;
    if (x <= 0 || x > n)
        return x <= 0;
    if (n > WALK_MAX)
        return beta_tails((x - 0.5) / n, prior.a, prior.b).upper;
    masses = masses_at(ceil(x), n, prior);
    return masses.from / (masses.below + masses.from);
}

double beta_binomial_quantile(double q, double n, struct beta_prior prior)
{
    double mode, wanted, term = 1;
    struct masses masses;

    if (!valid(n, prior) || !(q > 0 && q < 1))
        return NAN;
    if (n > WALK_MAX)
        return fmin(n, floor(n * beta_quantile(q, prior.a, prior.b) + 0.5));
    mode = about_mode(n, prior);
    masses = masses_at(mode, n, prior);
    wanted = q * (masses.below + masses.from) - masses.below;
    if (wanted > 0) {
        /* Up from the mode until enough is passed. */
        for (; mode < n && (wanted -= term) > 0; mode++)
            term *= ratio_up(mode, n, prior);
        return mode;
    }
    /* Down from it, as long as what is left below is still enough. */
    while (mode > 0) {
        mode--;
        term /= ratio_up(mode, n, prior);
        wanted += term;
        if (wanted > 0)
            return mode;
    }
    return 0;
}
