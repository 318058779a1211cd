/* The stat endpoint: how many units will come back. */
#include "api/stat_life.h"

#include <math.h>

struct ahead {
    struct lives lives;
    struct number_table cohorts;
    struct numbers shipments;
    const char *model;
    double periods, warranty, level, eta, beta, seed;
};

FIELDS(stat_forecast_body, struct ahead, LIVES(struct ahead),
       FIELD(struct ahead, cohorts, TABLE, .min = 0, .max = LIVES_ROWS_MAX),
       FIELD(struct ahead, shipments, NUMBERS, .min = 0, .max = LIVES_ROWS_MAX, .optional = true),
       FIELD(struct ahead, model, TEXT, .one_of = "weibull lognormal exponential mixture",
             .optional = true),
       FIELD(struct ahead, periods, NUMBER, .min = 0, .max = 100000),
       FIELD(struct ahead, warranty, NUMBER, .min = 0, .max = 1000000, .optional = true),
       FIELD(struct ahead, level, NUMBER, .min = 0, .max = 1, .optional = true),
       FIELD(struct ahead, eta, NUMBER, .optional = true),
       FIELD(struct ahead, beta, NUMBER, .min = 0, .max = 100, .optional = true),
       FIELD(struct ahead, seed, NUMBER, .min = 0, .max = 1000000000, .optional = true));
MEMBERS(stat_forecast_computed, WORD_MEMBER("status"), NUMBER_MEMBER("expected"),
        NUMBER_MEMBER("process_variance"), NUMBER_MEMBER("parameter_variance"),
        NUMBER_MEMBER("low"), NUMBER_MEMBER("high"), NUMBER_MEMBER("poisson_low"),
        NUMBER_MEMBER("poisson_high"), NUMBER_MEMBER("calibrated_low"),
        NUMBER_MEMBER("calibrated_high"), NUMBER_MEMBER("replicates"), NUMBER_MEMBER("seed"),
        FLAG_MEMBER("far"), NUMBERS_MEMBER("by_cohort"));

static bool read_plan(struct arena *arena, const struct ahead *in, struct forecast_plan *plan)
{
    *plan = (struct forecast_plan){.periods = in->periods,
                                   .warranty = stat_or(in->warranty, INFINITY),
                                   .shipments = in->shipments.at,
                                   .shipped = in->shipments.n};
    return stat_cohorts_read(arena, &in->cohorts, plan);
}

static enum life_model model_of(const char *word)
{
    switch (word ? *word : 'w') {
    case 'l':
        return LIFE_LOGNORMAL;
    case 'e':
        return LIFE_EXPONENTIAL;
    case 'm':
        return LIFE_MIXTURE;
    default:
        return LIFE_WEIBULL;
    }
}

/* Few failures get calibrated bounds too; where there are none the members are null. */
static void add_bounds(struct arena *arena, struct text *out, const struct life_fit *fit,
                       const struct forecast_plan *plan, double level, double seed)
{
    struct forecast_bounds bounds = {.used = 0};
    enum fit_status status = FIT_NO_EVENTS;
    struct forecast_room room;

    if (fit->fitted && fit->failures < FORECAST_FEW) {
        room.cells = arena_alloc(arena, (plan->n + FORECAST_FAILURES_MAX) * sizeof *room.cells);
        room.draws = arena_alloc(arena, 2 * FORECAST_DRAWS * sizeof *room.draws);
        status = forecast_bootstrap(fit, plan, level, (uint64_t)seed, room, &bounds);
    }
    value_number(out, "calibrated_low", stat_known(!status, bounds.interval.low));
    value_number(out, "calibrated_high", stat_known(!status, bounds.interval.high));
    value_number(out, "replicates", stat_known(!status, (double)bounds.used));
    value_number(out, "seed", stat_known(!status, seed));
}

static void add_forecast(struct text *out, bool known, const struct forecast *forecast)
{
    value_number(out, "expected", stat_known(known, forecast->expected));
    value_number(out, "process_variance", stat_known(known, forecast->process_variance));
    value_number(out, "parameter_variance", stat_known(known, forecast->parameter_variance));
    value_number(out, "low", stat_known(known, forecast->interval.low));
    value_number(out, "high", stat_known(known, forecast->interval.high));
    value_number(out, "poisson_low", stat_known(known, forecast->poisson.low));
    value_number(out, "poisson_high", stat_known(known, forecast->poisson.high));
    value_flag(out, "far", forecast->far);
}

static const char *ahead(struct arena *arena, const void *posted, struct text *out)
{
    const struct ahead *in = posted;
    double level = stat_or(in->level, LEVEL_DEFAULT);
    double *each = arena_alloc(arena, (in->cohorts.n + 1) * sizeof *each);
    struct forecast forecast = {.far = false};
    struct forecast_plan plan;
    struct life_fit fit;
    bool known;
    const char *fault =
        stat_curve_read(arena, &in->lives, model_of(in->model), in->eta, in->beta, &fit);

    if (fault)
        return fault;
    if (!read_plan(arena, in, &plan) || !(level > 0 && level < 1) ||
        !forecast_expected(&fit.curve, &plan, &forecast.expected))
        return "It takes cohorts as [survivors, age], none negative, 0 < periods, 0 < warranty, "
               "shipments that are not negative, and 0 < level < 1.";
    known = forecast_returns(&fit, &plan, level, each, &forecast);
    value_word(out, "status", stat_status((int)fit.status));
    add_forecast(out, known, &forecast);
    add_bounds(arena, out, &fit, &plan, level, stat_or(in->seed, 1));
    value_numbers(out, "by_cohort", each, known ? plan.n : 0);
    return NULL;
}
/** POST /api/v1/analytics/stat/forecast */
STAT_SLOW(stat_forecast, struct ahead, ahead)
