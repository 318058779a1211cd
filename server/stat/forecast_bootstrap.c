/* Prediction bounds for few failures. */
#include "stat/draw.h"
#include "stat/forecast_sum.h"
#include "stat/special.h"

#include <math.h>
#include <stdlib.h>

/* Variance and mean of a Poisson sum are told apart above this part of the mean. */
#define NOT_POISSON 1e-9

/*
 * P(X <= k) and P(X > k) of a sum of binomials with different shares: the binomial
 * of the same mean and variance (Ehm 1991), exact for one cohort.
 */
static struct tails sum_tails(struct forecast_sum sum, double k)
{
    double share, n;

    if (k < 0)
        return (struct tails){0, 1};
    if (!(sum.mean > 0))
        return (struct tails){1, 0};
    share = sum.squares / sum.mean;
    if (share < NOT_POISSON)
        return poisson_tails(k, sum.mean);
    n = sum.mean / share;
    if (k >= n || share >= 1)
        return k >= n * (1 - 1e-12) ? (struct tails){1, 0} : (struct tails){0, 1};
    return (struct tails){beta_tails(share, k + 1, n - k).upper,
                          beta_tails(share, k + 1, n - k).lower};
}

struct bootstrap {
    const struct life_fit *fit;
    const struct forecast_plan *plan;
    struct life_cell *cells;
    struct pcg pcg;
};

/* One replicate: its past in cells, survivors of cohort i in cell i, and its future. */
struct replicate {
    size_t cells;
    double failures, future;
};

/* How long units of a cohort were watched. */
static double watched(const struct forecast_plan *plan, size_t i)
{
    return fmin(plan->cohorts[i].age, plan->warranty);
}

static double set_out(const struct bootstrap *b, size_t i)
{
    double alive = 1 - life_cdf(&b->fit->curve, watched(b->plan, i));

    return alive > 0 ? round(b->plan->cohorts[i].survivors / alive) : 0;
}

/* Draw one cohort's failures and their ages; returns who is left. */
static double draw_past(struct bootstrap *b, size_t i, struct replicate *r)
{
    double age = watched(b->plan, i), failed = life_cdf(&b->fit->curve, age);
    double units = set_out(b, i), count = draw_binomial(&b->pcg, units, failed);

    for (double k = 0; k < count && r->cells < b->plan->n + FORECAST_FAILURES_MAX; k++) {
        double at = 0;

        if (life_quantile(&b->fit->curve, failed * pcg_uniform(&b->pcg), &at) && at > 0) {
            b->cells[r->cells++] = (struct life_cell){at, at, 1};
            r->failures++;
        }
    }
    return units - count;
}

static struct replicate draw_replicate(struct bootstrap *b)
{
    const struct forecast_plan *plan = b->plan;
    const struct life_curve *curve = &b->fit->curve;
    struct replicate r = {.cells = plan->n};

    for (size_t i = 0; i < plan->n; i++) {
        double left = draw_past(b, i, &r), age = watched(plan, i);

        /* A cell that ends at INFINITY begins anywhere from 0. */
        b->cells[i] = (struct life_cell){age, INFINITY, left};
        r.future += draw_binomial(&b->pcg, left, forecast_share(curve, plan, i));
    }
    for (size_t j = 0; j < forecast_shipments(plan); j++)
        r.future +=
            draw_binomial(&b->pcg, round(plan->shipments[j]), forecast_new_share(curve, plan, j));
    return r;
}

/* The curve somebody would have fitted to the replicate. */
static bool refit(const struct bootstrap *b, const struct replicate *r, struct life_curve *curve)
{
    const struct life_curve *own = &b->fit->curve;
    struct life_fit fit = {.fitted = 0};

    life_fit(own->model, b->cells, r->cells, &fit);
    if (!fit.fitted && own->model == LIFE_WEIBULL)
        life_weibayes(b->cells, r->cells, life_beta(own), &fit);
    *curve = fit.curve;
    return fit.fitted > 0;
}

/* What the replicate's own curve predicts for its own survivors. */
static struct forecast_sum predict(const struct bootstrap *b, const struct life_curve *curve)
{
    struct forecast_sum sum = {0, 0};

    for (size_t i = 0; i < b->plan->n; i++)
        sum = forecast_add(sum, b->cells[i].count, forecast_share(curve, b->plan, i));
    for (size_t j = 0; j < forecast_shipments(b->plan); j++)
        sum = forecast_add(sum, b->plan->shipments[j], forecast_new_share(curve, b->plan, j));
    return sum;
}

static int by_size(const void *one, const void *other)
{
    const double *a = one, *b = other;

    return (*a > *b) - (*a < *b);
}

/* The quantile `part` of `n` sorted draws, taken towards the end it is near. */
static double low_quantile(double *draws, size_t n, double part)
{
    double place = floor(part * ((double)n + 1));

    qsort(draws, n, sizeof *draws, by_size);
    return draws[place > 1 ? (size_t)place - 1 : 0];
}

/* The least k with P(X > k) < limit. */
static double upper_bound(struct forecast_sum sum, double limit)
{
    double low = -1, high = 1;

    for (size_t i = 0; i < 60 && sum_tails(sum, high).upper >= limit; i++) {
        low = high;
        high *= 2;
    }
    while (high - low > 1) {
        double middle = floor(low + (high - low) / 2);

        if (sum_tails(sum, middle).upper < limit)
            high = middle;
        else
            low = middle;
    }
    return high;
}

/* The greatest k with P(X < k) < limit. */
static double lower_bound(struct forecast_sum sum, double limit)
{
    double low = 0, high = upper_bound(sum, 1e-15) + 1;

    while (high - low > 1) {
        double middle = floor(low + (high - low) / 2);

        if (sum_tails(sum, middle - 1).lower < limit)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static bool sensible(const struct life_fit *fit, const struct forecast_plan *plan, double level)
{
    return forecast_plan_valid(plan) && fit->fitted && fit->curve.model != LIFE_MIXTURE &&
           level > 0 && level < 1 && forecast_sum_of(&fit->curve, plan).mean < 1e9;
}

static double failures_expected(const struct bootstrap *b)
{
    double sum = 0;

    for (size_t i = 0; i < b->plan->n; i++)
        sum += set_out(b, i) * life_cdf(&b->fit->curve, watched(b->plan, i));
    return sum;
}

/* How unlikely small and great each replicate's future was to itself; returns how many. */
static size_t replicate(struct bootstrap *b, double *small, double *great)
{
    size_t used = 0;

    for (size_t i = 0; i < FORECAST_DRAWS; i++) {
        struct replicate r = draw_replicate(b);
        struct life_curve curve;

        if (r.failures > 0 && refit(b, &r, &curve)) {
            struct forecast_sum sum = predict(b, &curve);

            small[used] = sum_tails(sum, r.future).lower;
            great[used] = sum_tails(sum, r.future - 1).upper;
            used += !isnan(small[used]) && !isnan(great[used]);
        }
    }
    return used;
}

enum fit_status forecast_bootstrap(const struct life_fit *fit, const struct forecast_plan *plan,
                                   double level, uint64_t seed, struct forecast_room room,
                                   struct forecast_bounds *bounds)
{
    struct bootstrap b = {.fit = fit, .plan = plan, .cells = room.cells};
    double *small = room.draws, *great = room.draws + FORECAST_DRAWS, tail = (1 - level) / 2;
    struct forecast_sum sum;
    size_t used;

    if (!sensible(fit, plan, level) || !(failures_expected(&b) <= FORECAST_FAILURES_MAX / 2.0))
        return FIT_BAD_INPUT;
    pcg_seed(&b.pcg, seed, 1);
    used = replicate(&b, small, great);
    if (used < FORECAST_DRAWS / 2)
        return FIT_NOT_IDENTIFIED;
    sum = forecast_sum_of(&fit->curve, plan);
    bounds->interval = (struct interval){lower_bound(sum, low_quantile(small, used, tail)),
                                         upper_bound(sum, low_quantile(great, used, tail))};
    bounds->used = used;
    return FIT_OK;
}
