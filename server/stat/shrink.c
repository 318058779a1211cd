/* Empirical Bayes with a guard. */
#include "stat/shrink.h"

#include "stat/special.h"

#include <math.h>

/*
 * Whose tail is below it under the prior of all may be an outlier under that of
 * the others. Generous, for an outlier widens the prior it is measured with.
 */
#define SUSPICIOUS 0.2

static struct family fit_part(struct family family, double units_min, double *scratch)
{
    size_t k = 0;

    for (size_t i = 0; i < family.k; i++)
        if (family.n[i] >= units_min) {
            scratch[k] = family.x[i];
            scratch[family.k + k] = family.n[i];
            k++;
        }
    return (struct family){scratch, scratch + family.k, k};
}

static void swap(double *a, double *b)
{
    double held = *a;

    *a = *b;
    *b = held;
}

static double pooled_rate(struct family family)
{
    double x = 0, n = 0;

    for (size_t i = 0; i < family.k; i++) {
        x += family.x[i];
        n += family.n[i];
    }
    return x / n;
}

/* How likely `x` or more of `n` are if the line is one of the family. */
static double predicted_tail(struct family family, double x, double n)
{
    struct beta_prior prior;
    double likelihood;

    if (beta_binomial_fit(family, &prior, &likelihood) == FIT_OK)
        return beta_binomial_at_least(x, n, prior);
    return binomial_tails(x - 1, n, pooled_rate(family)).upper;
}

/* Whether the others find line `i` unlikely; it is moved to the end, and back if they do not. */
static bool put_aside(struct family *part, double *x, double *n, size_t i)
{
    struct family others = {x, n, part->k - 1};
    size_t last = part->k - 1;

    swap(&x[i], &x[last]);
    swap(&n[i], &n[last]);
    if (predicted_tail(others, x[last], n[last]) < SHRINK_OUTLIER) {
        part->k--;
        return true;
    }
    swap(&x[i], &x[last]);
    swap(&n[i], &n[last]);
    return false;
}

static size_t drop_outliers(struct family *part, double *scratch, size_t room)
{
    double *x = scratch, *n = scratch + room, likelihood;
    struct beta_prior prior;
    size_t dropped = 0, before = part->k;

    if (beta_binomial_fit(*part, &prior, &likelihood) != FIT_OK)
        return 0;
    for (size_t i = before; i-- > 0 && part->k > SHRINK_LINES_MIN;)
        if (i < part->k && beta_binomial_at_least(x[i], n[i], prior) < SUSPICIOUS)
            dropped += put_aside(part, x, n, i);
    return dropped;
}

enum fit_status shrink_family(struct family family, double units_min, double *scratch,
                              struct shrinkage *shrinkage)
{
    struct shrinkage found = {.pooled = true, .tarone = 0, .status = FIT_NO_EVENTS};
    struct family part;
    enum fit_status status = family_tarone(family, &found.tarone);

    if (status == FIT_BAD_INPUT)
        return status;
    found.mean = pooled_rate(family);
    part = fit_part(family, units_min, scratch);
    found.outliers = drop_outliers(&part, scratch, family.k);
    found.lines = part.k;
    if (part.k >= SHRINK_LINES_MIN && !family_tarone(part, &found.tarone)) {
        found.status = beta_binomial_fit(part, &found.prior, &found.log_likelihood);
        found.pooled = found.status || found.tarone < SHRINK_TARONE_MIN;
    }
    *shrinkage = found;
    return FIT_OK;
}

bool shrink_line(const struct shrinkage *shrinkage, struct family pool, double x, double n,
                 double level, struct shrunk *shrunk)
{
    struct beta_prior prior = shrinkage->prior, posterior;
    double total = 0, events = 0;

    if (!(x >= 0 && x <= n && isfinite(n) && level > 0 && level < 1))
        return false;
    for (size_t i = 0; i < pool.k; i++) {
        total += pool.n[i];
        events += pool.x[i];
    }
    posterior = shrinkage->pooled ? (struct beta_prior){1 + events, 1 + total - events}
                                  : (struct beta_prior){prior.a + x, prior.b + n - x};
    *shrunk = (struct shrunk){
        .posterior = posterior,
        .rate = shrinkage->pooled ? shrinkage->mean : posterior.a / (posterior.a + posterior.b),
        .weight = shrinkage->pooled ? (total > 0 ? n / total : 0) : n / (n + prior.a + prior.b),
        .interval = {beta_quantile((1 - level) / 2, posterior.a, posterior.b),
                     beta_quantile_upper((1 - level) / 2, posterior.a, posterior.b)},
    };
    return !isnan(shrunk->interval.low) && !isnan(shrunk->interval.high) && !isnan(shrunk->rate);
}
