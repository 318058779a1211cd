/* The stat endpoint: charts and tests that watch for a change. */
#include "api/stat.h"
#include "stat/chart.h"
#include "stat/sequential.h"

#include <math.h>

/* The points of a chart, and the numbers of those that signal, from 1. */
static void add_points(struct arena *arena, struct text *out, const struct chart_point *points,
                       size_t n)
{
    double *values = arena_alloc(arena, 4 * n * sizeof *values);
    double *low = values + n, *high = low + n, *signals = high + n;
    size_t nsignals = 0;

    for (size_t i = 0; i < n; i++) {
        values[i] = points[i].value;
        low[i] = points[i].low;
        high[i] = points[i].high;
        if (points[i].signal)
            signals[nsignals++] = (double)(i + 1);
    }
    value_numbers(out, "values", values, n);
    value_numbers(out, "low", low, n);
    value_numbers(out, "high", high, n);
    value_numbers(out, "signals", signals, nsignals);
}

#define POINT_MEMBERS                                                        \
    NUMBERS_MEMBER("values"), NUMBERS_MEMBER("low"), NUMBERS_MEMBER("high"), \
        NUMBERS_MEMBER("signals")
#define POINTS_MAX 5000

struct shares {
    struct numbers x, n;
    const char *laney;
};

FIELDS(stat_p_chart_body, struct shares,
       FIELD(struct shares, x, NUMBERS, .min = 1, .max = POINTS_MAX),
       FIELD(struct shares, n, NUMBERS, .min = 1, .max = POINTS_MAX),
       FIELD(struct shares, laney, BOOLEAN, .optional = true));
MEMBERS(stat_p_chart_computed, NUMBER_MEMBER("centre"), NUMBER_MEMBER("sigma_z"),
        FLAG_MEMBER("laney"), FLAG_MEMBER("laney_advised"), POINT_MEMBERS);

static const char *chart_shares(struct arena *arena, const void *posted, struct text *out)
{
    const struct shares *in = posted;
    bool laney = in->laney && *in->laney == 't';
    struct chart_point *points = arena_alloc(arena, in->x.n * sizeof *points);
    struct p_chart chart;

    if (in->x.n != in->n.n)
        return "It takes as many x as n.";
    if (!p_chart(in->x.at, in->n.at, in->x.n, laney, &chart, points))
        return "It takes 0 <= x <= n and 0 < n for each point.";
    value_number(out, "centre", chart.centre);
    value_number(out, "sigma_z", chart.sigma_z);
    value_flag(out, "laney", laney);
    value_flag(out, "laney_advised", chart.sigma_z > CHART_LANEY_MIN);
    add_points(arena, out, points, in->x.n);
    return NULL;
}
/** POST /api/v1/analytics/stat/p-chart */
STAT(stat_p_chart, struct shares, chart_shares)

struct means {
    struct numbers x;
    double target, sigma, weight, width;
};

FIELDS(stat_ewma_body, struct means, FIELD(struct means, x, NUMBERS, .min = 1, .max = POINTS_MAX),
       FIELD(struct means, target, NUMBER), FIELD(struct means, sigma, NUMBER),
       FIELD(struct means, weight, NUMBER, .optional = true),
       FIELD(struct means, width, NUMBER, .optional = true));
MEMBERS(stat_ewma_computed, POINT_MEMBERS);

static const char *chart_means(struct arena *arena, const void *posted, struct text *out)
{
    const struct means *in = posted;
    struct ewma ewma = {in->target, in->sigma, stat_or(in->weight, 0.1), stat_or(in->width, 2.7)};
    struct chart_point *points = arena_alloc(arena, in->x.n * sizeof *points);

    if (!ewma_chart(in->x.at, in->x.n, ewma, points))
        return "It takes 0 < sigma, 0 < weight <= 1 and 0 < width.";
    add_points(arena, out, points, in->x.n);
    return NULL;
}
/** POST /api/v1/analytics/stat/ewma */
STAT(stat_ewma, struct means, chart_means)

struct sums {
    const char *kind;
    struct numbers x, expected;
    double limit, target, sigma, reference, ratio, p0, p1;
};

FIELDS(stat_cusum_body, struct sums,
       FIELD(struct sums, kind, TEXT, .one_of = "means counts bernoulli"),
       FIELD(struct sums, x, NUMBERS, .min = 1, .max = POINTS_MAX),
       FIELD(struct sums, expected, NUMBERS, .max = POINTS_MAX, .optional = true),
       FIELD(struct sums, limit, NUMBER), FIELD(struct sums, target, NUMBER, .optional = true),
       FIELD(struct sums, sigma, NUMBER, .optional = true),
       FIELD(struct sums, reference, NUMBER, .optional = true),
       FIELD(struct sums, ratio, NUMBER, .optional = true),
       FIELD(struct sums, p0, NUMBER, .optional = true),
       FIELD(struct sums, p1, NUMBER, .optional = true));
MEMBERS(stat_cusum_computed, POINT_MEMBERS);

static const char *chart_sums(struct arena *arena, const void *posted, struct text *out)
{
    const struct sums *in = posted;
    struct cusum cusum = {in->target, in->sigma, stat_or(in->reference, 0.5), in->limit};
    struct chart_point *points = arena_alloc(arena, in->x.n * sizeof *points);

    if (*in->kind == 'm' && !cusum_chart(in->x.at, in->x.n, cusum, points))
        return "Means take a target, 0 < sigma, 0 <= reference and 0 < limit.";
    if (*in->kind == 'c' &&
        (in->x.n != in->expected.n || !cusum_counts(in->x.at, in->expected.at, in->x.n,
                                                    stat_or(in->ratio, 2), in->limit, points)))
        return "Counts take as many expected ones, 1 < ratio and 0 < limit.";
    if (*in->kind == 'b' && !cusum_bernoulli(in->x.at, in->x.n, in->p0, in->p1, in->limit, points))
        return "Single units are 0 or 1, and take 0 < p0 < p1 < 1 and 0 < limit.";
    add_points(arena, out, points, in->x.n);
    return NULL;
}
/** POST /api/v1/analytics/stat/cusum */
STAT(stat_cusum, struct sums, chart_sums)

struct sequence {
    double length, alpha, least, ratio, observed, expected;
};

FIELDS(stat_maxsprt_body, struct sequence, FIELD(struct sequence, length, NUMBER),
       FIELD(struct sequence, alpha, NUMBER, .optional = true),
       FIELD(struct sequence, least, NUMBER, .min = 1, .max = 50, .optional = true),
       FIELD(struct sequence, ratio, NUMBER, .optional = true),
       FIELD(struct sequence, observed, NUMBER, .optional = true),
       FIELD(struct sequence, expected, NUMBER, .optional = true));
MEMBERS(stat_maxsprt_computed, NUMBER_MEMBER("boundary"), NUMBER_MEMBER("power"),
        NUMBER_MEMBER("signal_time"), NUMBER_MEMBER("length"), NUMBER_MEMBER("llr"),
        FLAG_MEMBER("signal"));

static const char *watch(struct arena *arena, const void *posted, struct text *out)
{
    const struct sequence *in = posted;
    struct maxsprt_plan plan = {in->length, (int)stat_or(in->least, 4)};
    struct maxsprt_power power = {NAN, NAN, NAN};
    bool seen = in->observed >= 0 && in->expected > 0;
    double boundary, llr = seen ? maxsprt_llr(in->observed, in->expected) : NAN;

    (void)arena;
    if (!maxsprt_boundary(plan, stat_or(in->alpha, 0.05), &boundary))
        return "It takes 0 < length <= 200, 0 < alpha <= 0.5, and so few least events that alpha "
               "can be reached.";
    if (!isnan(in->ratio) && !maxsprt_power(plan, boundary, in->ratio, &power))
        return "It takes 0 < ratio.";
    value_number(out, "boundary", boundary);
    value_number(out, "power", power.power);
    value_number(out, "signal_time", power.signal_time);
    value_number(out, "length", power.length);
    value_number(out, "llr", llr);
    value_flag(out, "signal", seen && in->observed >= plan.least && llr >= boundary);
    return NULL;
}
/** POST /api/v1/analytics/stat/maxsprt */
STAT_SLOW(stat_maxsprt, struct sequence, watch)

struct lot {
    double p1, p2, alpha, beta, n;
};

FIELDS(stat_sprt_body, struct lot, FIELD(struct lot, p1, NUMBER), FIELD(struct lot, p2, NUMBER),
       FIELD(struct lot, alpha, NUMBER, .optional = true),
       FIELD(struct lot, beta, NUMBER, .optional = true),
       FIELD(struct lot, n, NUMBER, .min = 0, .max = 1000000000, .optional = true));
MEMBERS(stat_sprt_computed, NUMBER_MEMBER("accept"), NUMBER_MEMBER("reject"),
        NUMBER_MEMBER("slope"), NUMBER_MEMBER("k"), NUMBER_MEMBER("reject_at"),
        NUMBER_MEMBER("accept_at"));

static const char *judge_lot(struct arena *arena, const void *posted, struct text *out)
{
    const struct lot *in = posted;
    struct sprt sprt;

    (void)arena;
    if (!sprt_lines(in->p1, in->p2, stat_or(in->alpha, 0.05), stat_or(in->beta, 0.1), &sprt))
        return "It takes 0 < p1 < p2 < 1, 0 < alpha < 0.5 and 0 < beta < 0.5.";
    value_number(out, "accept", sprt.accept);
    value_number(out, "reject", sprt.reject);
    value_number(out, "slope", sprt.slope);
    value_number(out, "k", sprt.k);
    value_number(out, "reject_at", isnan(in->n) ? NAN : sprt_reject_at(&sprt, in->n));
    value_number(out, "accept_at", isnan(in->n) ? NAN : sprt_accept_at(&sprt, in->n));
    return NULL;
}
/** POST /api/v1/analytics/stat/sprt */
STAT(stat_sprt, struct lot, judge_lot)
