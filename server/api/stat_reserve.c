/* The stat endpoint: reserves, and profit when costs are uncertain. */
#include "api/stat_life.h"
#include "stat/reserve.h"
#include "stat/uncertain.h"

#include <math.h>

struct aside {
    struct lives lives;
    struct number_table cohorts;
    double eta, beta, periods, warranty, cost, discount, periods_per_year;
};

FIELDS(stat_reserve_body, struct aside, LIVES(struct aside),
       FIELD(struct aside, cohorts, TABLE, .min = 0, .max = LIVES_ROWS_MAX),
       FIELD(struct aside, eta, NUMBER, .optional = true),
       FIELD(struct aside, beta, NUMBER, .optional = true),
       FIELD(struct aside, periods, NUMBER, .min = 1, .max = RESERVE_PERIODS_MAX),
       FIELD(struct aside, warranty, NUMBER, .min = 0, .max = 1000000, .optional = true),
       FIELD(struct aside, cost, NUMBER),
       FIELD(struct aside, discount, NUMBER, .min = 0, .max = 1, .optional = true),
       FIELD(struct aside, periods_per_year, NUMBER, .optional = true));
MEMBERS(stat_reserve_computed, WORD_MEMBER("status"), NUMBER_MEMBER("eta"), NUMBER_MEMBER("beta"),
        NUMBER_MEMBER("claims"), NUMBER_MEMBER("undiscounted"), NUMBER_MEMBER("reserve"),
        NUMBERS_MEMBER("claims_by_period"), NUMBERS_MEMBER("reserve_by_period"));

static void add_periods(struct arena *arena, struct text *out, const struct reserve_period *each,
                        size_t n)
{
    double *claims = arena_alloc(arena, (2 * n + 1) * sizeof *claims), *amounts = claims + n;

    for (size_t i = 0; i < n; i++) {
        claims[i] = each[i].claims;
        amounts[i] = each[i].amount;
    }
    value_numbers(out, "claims_by_period", claims, n);
    value_numbers(out, "reserve_by_period", amounts, n);
}

static const char *put_aside(struct arena *arena, const void *posted, struct text *out)
{
    const struct aside *in = posted;
    struct reserve_terms terms = {in->cost, stat_or(in->periods_per_year, 12),
                                  stat_or(in->discount, 0)};
    struct reserve_period *each = arena_alloc(arena, ((size_t)in->periods + 1) * sizeof *each);
    struct forecast_plan plan = {.periods = in->periods,
                                 .warranty = stat_or(in->warranty, INFINITY)};
    struct reserve reserve;
    struct life_fit fit;
    const char *fault = stat_curve_read(arena, &in->lives, LIFE_WEIBULL, in->eta, in->beta, &fit);

    if (fault)
        return fault;
    value_word(out, "status", stat_status((int)fit.status));
    if (!fit.fitted)
        return "Too few failures for a curve: it takes eta and beta, or beta and a failure.";
    if (!stat_cohorts_read(arena, &in->cohorts, &plan) ||
        !reserve_estimate(&fit.curve, &plan, terms, each, &reserve))
        return "It takes cohorts as [survivors, age], none negative, whole periods, 0 < warranty, "
               "0 <= cost and 0 < periods_per_year.";
    value_number(out, "eta", life_eta(&fit.curve));
    value_number(out, "beta", life_beta(&fit.curve));
    value_number(out, "claims", reserve.claims);
    value_number(out, "undiscounted", reserve.undiscounted);
    value_number(out, "reserve", reserve.amount);
    add_periods(arena, out, each, (size_t)in->periods);
    return NULL;
}
/** POST /api/v1/analytics/stat/reserve */
STAT_SLOW(stat_reserve, struct aside, put_aside)

struct roll {
    double opening, accrued, settled, closing;
};

/* Whole amounts of money, told apart by a double. */
#define AMOUNT(member) FIELD(struct roll, member, NUMBER, .min = 0, .max = 1000000000000000)
FIELDS(stat_roll_forward_body, struct roll, AMOUNT(opening), AMOUNT(accrued), AMOUNT(settled),
       AMOUNT(closing));
MEMBERS(stat_roll_forward_computed, NUMBER_MEMBER("opening"), NUMBER_MEMBER("accrued"),
        NUMBER_MEMBER("change"), NUMBER_MEMBER("settled"), NUMBER_MEMBER("closing"));

static const char *roll_forward(struct arena *arena, const void *posted, struct text *out)
{
    const struct roll *in = posted;
    struct reserve_roll roll;

    (void)arena;
    if (in->opening != floor(in->opening) || in->accrued != floor(in->accrued) ||
        in->settled != floor(in->settled) || in->closing != floor(in->closing) ||
        !reserve_roll_forward((int64_t)in->opening, (int64_t)in->accrued, (int64_t)in->settled,
                              (int64_t)in->closing, &roll))
        return "It takes whole amounts in minor units.";
    value_whole(out, "opening", roll.opening);
    value_whole(out, "accrued", roll.accrued);
    value_whole(out, "change", roll.change);
    value_whole(out, "settled", roll.settled);
    value_whole(out, "closing", roll.closing);
    return NULL;
}
/** POST /api/v1/analytics/stat/roll-forward */
STAT(stat_roll_forward, struct roll, roll_forward)

struct entered {
    double a, b, seed;
    struct numbers margin, loss, claims_cost;
};

#define ENTERED(member, ...) FIELD(struct entered, member, NUMBERS, .min = 3, .max = 3, __VA_ARGS__)
FIELDS(stat_uncertain_profit_body, struct entered, FIELD(struct entered, a, NUMBER),
       FIELD(struct entered, b, NUMBER), ENTERED(margin), ENTERED(loss),
       ENTERED(claims_cost, .optional = true),
       FIELD(struct entered, seed, NUMBER, .min = 0, .max = 1000000000, .optional = true));
MEMBERS(stat_uncertain_profit_computed, NUMBER_MEMBER("p_loss"), NUMBER_MEMBER("p_error"),
        NUMBER_MEMBER("shortfall"), NUMBER_MEMBER("profit"), NUMBER_MEMBER("profit_low"),
        NUMBER_MEMBER("profit_high"), NUMBER_MEMBER("draws"), NUMBER_MEMBER("seed"));

static struct spread spread_of(const struct numbers *numbers)
{
    return numbers->n ? (struct spread){numbers->at[0], numbers->at[1], numbers->at[2]}
                      : (struct spread){0, 0, 0};
}

static const char *uncertain(struct arena *arena, const void *posted, struct text *out)
{
    const struct entered *in = posted;
    struct uncertain_unit unit = {spread_of(&in->margin), spread_of(&in->loss),
                                  spread_of(&in->claims_cost)};
    double seed = floor(stat_or(in->seed, 1));
    double *scratch = arena_alloc(arena, UNCERTAIN_DRAWS * sizeof *scratch);
    struct uncertain_risk risk;

    if (!uncertain_risk((struct beta_prior){in->a, in->b}, &unit, (uint64_t)seed, scratch, &risk))
        return "It takes 0 < a, 0 < b, money as [low, likely, high] in that order, and claims that "
               "cost nothing or more.";
    value_number(out, "p_loss", risk.p_loss);
    value_number(out, "p_error", risk.p_error);
    value_number(out, "shortfall", risk.shortfall);
    value_number(out, "profit", risk.profit);
    value_number(out, "profit_low", risk.profit_low);
    value_number(out, "profit_high", risk.profit_high);
    value_number(out, "draws", UNCERTAIN_DRAWS);
    value_number(out, "seed", seed);
    return NULL;
}
/** POST /api/v1/analytics/stat/uncertain-profit */
STAT_SLOW(stat_uncertain_profit, struct entered, uncertain)
