/* The stat endpoint: the lines of a family, and what a rate costs. */
#include "api/stat.h"
#include "stat/profit_risk.h"
#include "stat/shrink.h"
#include "stat/special.h"

#include <math.h>

struct lines {
    struct numbers x, n;
    double level, units_min;
};

FIELDS(stat_beta_binomial_body, struct lines, FIELD(struct lines, x, NUMBERS, .min = 1, .max = 500),
       FIELD(struct lines, n, NUMBERS, .min = 1, .max = 500),
       FIELD(struct lines, level, NUMBER, .min = 0, .max = 1, .optional = true),
       FIELD(struct lines, units_min, NUMBER, .optional = true));
MEMBERS(stat_beta_binomial_computed, WORD_MEMBER("status"), FLAG_MEMBER("pooled"),
        NUMBER_MEMBER("a"), NUMBER_MEMBER("b"), NUMBER_MEMBER("log_likelihood"),
        NUMBER_MEMBER("tarone"), NUMBER_MEMBER("mean"), NUMBER_MEMBER("sd"),
        NUMBER_MEMBER("moment_a"), NUMBER_MEMBER("moment_b"), NUMBER_MEMBER("pooled_rate"),
        NUMBER_MEMBER("outliers"), NUMBERS_MEMBER("rates"), NUMBERS_MEMBER("low"),
        NUMBERS_MEMBER("high"), NUMBERS_MEMBER("weights"));

static void add_fit(struct text *out, struct family family)
{
    struct beta_prior prior = {NAN, NAN};
    double height = NAN, tarone = NAN;
    enum fit_status status = beta_binomial_fit(family, &prior, &height);

    family_tarone(family, &tarone);
    value_word(out, "status", stat_status((int)status));
    value_number(out, "a", status ? NAN : prior.a);
    value_number(out, "b", status ? NAN : prior.b);
    value_number(out, "log_likelihood", status ? NAN : height);
    value_number(out, "tarone", tarone);
}

static void add_moments(struct text *out, struct family family)
{
    struct family_moments moments;
    bool found = family_moments(family, &moments) == FIT_OK;

    value_number(out, "mean", moments.mean);
    value_number(out, "sd", moments.sd);
    value_number(out, "moment_a", found ? moments.prior.a : NAN);
    value_number(out, "moment_b", found ? moments.prior.b : NAN);
}

static bool add_lines(struct arena *arena, struct text *out, struct family family,
                      const struct shrinkage *shrinkage, double level)
{
    double *rates = arena_alloc(arena, 4 * family.k * sizeof *rates);
    double *low = rates + family.k, *high = low + family.k, *weights = high + family.k;

    for (size_t i = 0; i < family.k; i++) {
        struct shrunk line;

        if (!shrink_line(shrinkage, family, family.x[i], family.n[i], level, &line))
            return false;
        rates[i] = line.rate;
        low[i] = line.interval.low;
        high[i] = line.interval.high;
        weights[i] = line.weight;
    }
    value_numbers(out, "rates", rates, family.k);
    value_numbers(out, "low", low, family.k);
    value_numbers(out, "high", high, family.k);
    value_numbers(out, "weights", weights, family.k);
    return true;
}

static const char *shrink(struct arena *arena, const void *posted, struct text *out)
{
    const struct lines *in = posted;
    struct family family = {in->x.at, in->n.at, in->x.n};
    double level = stat_or(in->level, LEVEL_DEFAULT);
    struct shrinkage shrinkage;

    if (in->x.n != in->n.n)
        return "It takes as many x as n.";
    if (shrink_family(family, stat_or(in->units_min, SHRINK_UNITS_MIN),
                      arena_alloc(arena, 2 * family.k * sizeof(double)), &shrinkage))
        return "It takes 0 <= x <= n and 0 < n for each line.";
    add_fit(out, family);
    add_moments(out, family);
    value_flag(out, "pooled", shrinkage.pooled);
    value_number(out, "pooled_rate", shrinkage.mean);
    value_number(out, "outliers", (double)shrinkage.outliers);
    return add_lines(arena, out, family, &shrinkage, level) ? NULL : "It takes 0 < level < 1.";
}
/** POST /api/v1/analytics/stat/beta-binomial */
STAT_SLOW(stat_beta_binomial, struct lines, shrink)

struct stake {
    double a, b, margin, loss, claims_cost, units, quantile, level;
};

FIELDS(stat_profit_body, struct stake, FIELD(struct stake, a, NUMBER),
       FIELD(struct stake, b, NUMBER), FIELD(struct stake, margin, NUMBER),
       FIELD(struct stake, loss, NUMBER),
       FIELD(struct stake, claims_cost, NUMBER, .optional = true),
       FIELD(struct stake, units, NUMBER, .optional = true),
       FIELD(struct stake, quantile, NUMBER, .min = 0, .max = 1, .optional = true),
       FIELD(struct stake, level, NUMBER, .min = 0, .max = 1, .optional = true));
MEMBERS(stat_profit_computed, NUMBER_MEMBER("rate"), NUMBER_MEMBER("low"), NUMBER_MEMBER("high"),
        NUMBER_MEMBER("break_even"), NUMBER_MEMBER("p_above"), NUMBER_MEMBER("excess"),
        NUMBER_MEMBER("shortfall"), NUMBER_MEMBER("profit"), NUMBER_MEMBER("expected_returns"),
        NUMBER_MEMBER("bad_returns"), NUMBER_MEMBER("at_risk"), NUMBER_MEMBER("money_per_point"));

static const char *profit(struct arena *arena, const void *posted, struct text *out)
{
    const struct stake *in = posted;
    struct beta_prior rate = {in->a, in->b};
    struct unit_profit unit = {in->margin, in->loss, stat_or(in->claims_cost, 0)};
    double tail = (1 - stat_or(in->level, LEVEL_DEFAULT)) / 2;
    struct profit_at_risk at_risk;
    struct profit_risk risk;

    (void)arena;
    if (!profit_risk(rate, unit, &risk) ||
        !profit_at_risk(rate, unit, stat_or(in->units, 0), stat_or(in->quantile, 0.95), &at_risk))
        return "It takes 0 < a, 0 < b, whole units, and 0 < quantile < 1.";
    value_number(out, "rate", rate.a / (rate.a + rate.b));
    value_number(out, "low", beta_quantile(tail, rate.a, rate.b));
    value_number(out, "high", beta_quantile_upper(tail, rate.a, rate.b));
    value_number(out, "break_even", risk.break_even);
    value_number(out, "p_above", risk.p_above);
    value_number(out, "excess", risk.excess);
    value_number(out, "shortfall", risk.shortfall);
    value_number(out, "profit", risk.profit);
    value_number(out, "expected_returns", at_risk.expected_returns);
    value_number(out, "bad_returns", at_risk.bad_returns);
    value_number(out, "at_risk", at_risk.at_risk);
    value_number(out, "money_per_point", at_risk.money_per_point);
    return NULL;
}
/** POST /api/v1/analytics/stat/profit */
STAT(stat_profit, struct stake, profit)

struct month {
    double shipped, returned, threshold, units_min;
};

FIELDS(stat_marketplace_fee_body, struct month, FIELD(struct month, shipped, NUMBER),
       FIELD(struct month, returned, NUMBER),
       FIELD(struct month, threshold, NUMBER, .min = 0, .max = 1),
       FIELD(struct month, units_min, NUMBER, .optional = true));
MEMBERS(stat_marketplace_fee_computed, NUMBER_MEMBER("rate"), FLAG_MEMBER("exempt"),
        NUMBER_MEMBER("fee_units"), NUMBER_MEMBER("p_above"));

static const char *marketplace_fee(struct arena *arena, const void *posted, struct text *out)
{
    const struct month *in = posted;
    struct fee_rule rule = {in->threshold, stat_or(in->units_min, 25)};
    struct fee_verdict verdict;

    (void)arena;
    if (!fee_judge(rule, in->shipped, in->returned, &verdict))
        return "It takes 0 <= returned <= shipped and 0 < shipped.";
    value_number(out, "rate", verdict.rate);
    value_flag(out, "exempt", verdict.exempt);
    value_number(out, "fee_units", verdict.fee_units);
    value_number(out, "p_above", verdict.p_above);
    return NULL;
}
/** POST /api/v1/analytics/stat/marketplace-fee */
STAT(stat_marketplace_fee, struct month, marketplace_fee)
