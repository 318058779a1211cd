/* The stat endpoint: one rate, two rates, many lines of a family. */
#include "api/stat.h"
#include "stat/exact.h"
#include "stat/rate_posterior.h"
#include "stat/shrink.h"
#include "stat/two_rates.h"

#include <math.h>
#include <string.h>

static void add_interval(struct text *out, struct interval interval)
{
    value_number(out, "low", interval.low);
    value_number(out, "high", interval.high);
}

struct counts {
    double x, n, level;
    const char *method;
};

FIELDS(stat_interval_body, struct counts, FIELD(struct counts, x, NUMBER),
       FIELD(struct counts, n, NUMBER),
       FIELD(struct counts, level, NUMBER, .min = 0, .max = 1, .optional = true),
       FIELD(struct counts, method, TEXT,
             .one_of = "wilson wilson_corrected clopper_pearson jeffreys mid_p", .optional = true));
MEMBERS(stat_interval_computed, NUMBER_MEMBER("rate"), NUMBER_MEMBER("low"), NUMBER_MEMBER("high"),
        NUMBER_MEMBER("level"), WORD_MEMBER("method"));

static bool interval_by(const char *method, double x, double n, double level,
                        struct interval *interval)
{
    switch (*method) {
    case 'c':
        return interval_clopper_pearson(x, n, level, interval);
    case 'j':
        return interval_jeffreys(x, n, level, interval);
    case 'm':
        return interval_mid_p(x, n, level, interval);
    default:
        return strcmp(method, "wilson")
                   ? interval_wilson_corrected(x, n, interval_z(level), interval)
                   : interval_wilson_real(x, n, interval_z(level), interval);
    }
}

static const char *one_rate(struct arena *arena, const void *posted, struct text *out)
{
    const struct counts *in = posted;
    const char *method = in->method ? in->method : "wilson";
    double level = stat_or(in->level, LEVEL_DEFAULT);
    struct interval interval;

    (void)arena;
    if (!interval_by(method, in->x, in->n, level, &interval))
        return "It takes 0 <= x <= n, 0 < n and 0 < level < 1.";
    value_number(out, "rate", in->x / in->n);
    add_interval(out, interval);
    value_number(out, "level", level);
    value_word(out, "method", method);
    return NULL;
}
/** POST /api/v1/analytics/stat/interval */
STAT(stat_interval, struct counts, one_rate)

struct events {
    double x, exposure, level;
};

FIELDS(stat_poisson_interval_body, struct events, FIELD(struct events, x, NUMBER),
       FIELD(struct events, exposure, NUMBER, .optional = true),
       FIELD(struct events, level, NUMBER, .min = 0, .max = 1, .optional = true));
MEMBERS(stat_poisson_interval_computed, NUMBER_MEMBER("rate"), NUMBER_MEMBER("low"),
        NUMBER_MEMBER("high"), NUMBER_MEMBER("level"));

static const char *events_in_exposure(struct arena *arena, const void *posted, struct text *out)
{
    const struct events *in = posted;
    double exposure = stat_or(in->exposure, 1), level = stat_or(in->level, LEVEL_DEFAULT);
    struct interval interval;

    (void)arena;
    if (!interval_poisson(in->x, exposure, level, &interval))
        return "It takes 0 <= x, 0 < exposure and 0 < level < 1.";
    value_number(out, "rate", in->x / exposure);
    add_interval(out, interval);
    value_number(out, "level", level);
    return NULL;
}
/** POST /api/v1/analytics/stat/poisson-interval */
STAT(stat_poisson_interval, struct events, events_in_exposure)

struct believed {
    double x, exposure, shape, prior_exposure, level;
};

FIELDS(stat_rate_posterior_body, struct believed, FIELD(struct believed, x, NUMBER),
       FIELD(struct believed, exposure, NUMBER),
       FIELD(struct believed, shape, NUMBER, .optional = true),
       FIELD(struct believed, prior_exposure, NUMBER, .optional = true),
       FIELD(struct believed, level, NUMBER, .min = 0, .max = 1, .optional = true));
MEMBERS(stat_rate_posterior_computed, NUMBER_MEMBER("mean"), NUMBER_MEMBER("at_least"),
        NUMBER_MEMBER("at_most"), NUMBER_MEMBER("level"));

static const char *posterior_rate(struct arena *arena, const void *posted, struct text *out)
{
    const struct believed *in = posted;
    struct rate_prior prior = {stat_or(in->shape, 1), stat_or(in->prior_exposure, 0)};
    double level = stat_or(in->level, LEVEL_DEFAULT);
    struct rate_posterior posterior;

    (void)arena;
    if (!rate_posterior(in->x, in->exposure, prior, level, &posterior))
        return "It takes 0 <= x, 0 < shape, exposures that are not negative, 0 < level < 1.";
    value_number(out, "mean", posterior.mean);
    value_number(out, "at_least", posterior.at_least);
    value_number(out, "at_most", posterior.at_most);
    value_number(out, "level", level);
    return NULL;
}
/** POST /api/v1/analytics/stat/rate-posterior */
STAT(stat_rate_posterior, struct believed, posterior_rate)

struct pair {
    double x1, n1, x2, n2, level;
};

#define COUNT(member) FIELD(struct pair, member, NUMBER, .min = 0, .max = 1000000000)
FIELDS(stat_difference_body, struct pair, COUNT(x1), COUNT(n1), COUNT(x2), COUNT(n2),
       FIELD(struct pair, level, NUMBER, .min = 0, .max = 1, .optional = true));
MEMBERS(stat_difference_computed, NUMBER_MEMBER("difference"), NUMBER_MEMBER("low"),
        NUMBER_MEMBER("high"), NUMBER_MEMBER("wald_low"), NUMBER_MEMBER("wald_high"),
        NUMBER_MEMBER("z_test_p"), NUMBER_MEMBER("fisher_p"), NUMBER_MEMBER("mid_p_more"),
        NUMBER_MEMBER("mid_p_fewer"), NUMBER_MEMBER("level"));

static const char *two_rates(struct arena *arena, const void *posted, struct text *out)
{
    const struct pair *in = posted;
    struct sample first = {(int64_t)in->x1, (int64_t)in->n1};
    struct sample second = {(int64_t)in->x2, (int64_t)in->n2};
    double level = stat_or(in->level, LEVEL_DEFAULT), z_test, fisher = NAN;
    struct interval newcombe, wald;
    struct exact exact;

    (void)arena;
    if (in->x1 != floor(in->x1) || in->n1 != floor(in->n1) || in->x2 != floor(in->x2) ||
        in->n2 != floor(in->n2))
        return "It takes whole counts.";
    if (!two_rates_difference(first, second, interval_z(level), &newcombe) ||
        !two_rates_wald(first, second, interval_z(level), &wald) ||
        !two_rates_z_test(first, second, &z_test))
        return "It takes 0 <= x <= n and 0 < n, twice, and 0 < level < 1.";
    if (!two_rates_fisher(first, second, &fisher))
        fisher = NAN;
    if (!two_rates_exact(first, second, &exact))
        exact = (struct exact){NAN, NAN, NAN, NAN};
    value_number(out, "difference", in->x1 / in->n1 - in->x2 / in->n2);
    add_interval(out, newcombe);
    value_number(out, "wald_low", wald.low);
    value_number(out, "wald_high", wald.high);
    value_number(out, "z_test_p", z_test);
    value_number(out, "fisher_p", fisher);
    value_number(out, "mid_p_more", exact.mid_at_least);
    value_number(out, "mid_p_fewer", exact.mid_at_most);
    value_number(out, "level", level);
    return NULL;
}
/** POST /api/v1/analytics/stat/difference */
STAT_SLOW(stat_difference, struct pair, two_rates)

struct seen {
    double count, mean, n, p;
};

FIELDS(stat_exact_body, struct seen, FIELD(struct seen, count, NUMBER, .min = 0, .max = 1000000000),
       FIELD(struct seen, mean, NUMBER, .min = 0, .max = 1000000000, .optional = true),
       FIELD(struct seen, n, NUMBER, .min = 0, .max = 1000000000, .optional = true),
       FIELD(struct seen, p, NUMBER, .min = 0, .max = 1, .optional = true));
MEMBERS(stat_exact_computed, NUMBER_MEMBER("at_least"), NUMBER_MEMBER("at_most"),
        NUMBER_MEMBER("mid_at_least"), NUMBER_MEMBER("mid_at_most"));

static const char *count_against_expected(struct arena *arena, const void *posted, struct text *out)
{
    const struct seen *in = posted;
    bool poisson = !isnan(in->mean), binomial = !isnan(in->n) && !isnan(in->p), fine;
    int64_t count = (int64_t)in->count;
    struct exact exact;

    (void)arena;
    if (poisson == binomial || in->count != floor(in->count))
        return "It takes a whole count, and either a mean or both n and p.";
    fine = poisson ? exact_poisson(count, in->mean, &exact)
                   : exact_binomial(count, (int64_t)in->n, in->p, &exact);
    if (!fine)
        return "The count is above n.";
    value_number(out, "at_least", exact.at_least);
    value_number(out, "at_most", exact.at_most);
    value_number(out, "mid_at_least", exact.mid_at_least);
    value_number(out, "mid_at_most", exact.mid_at_most);
    return NULL;
}
/** POST /api/v1/analytics/stat/exact */
STAT(stat_exact, struct seen, count_against_expected)
