/* How many units of a line will come back in the periods to come. */
#include "api/forecast.h"
#include "http/reply.h"
#include "queries.h"

#include <math.h>
#include <string.h>

#define PERIODS_DEFAULT  6
#define WARRANTY_DEFAULT "24m"
#define SEED_DEFAULT     1
/* Runner-ups whose forecast differs by more than this share are told. */
#define DISAGREEMENT    0.2
#define TEXT_OF(number) #number
#define AS_TEXT(number) TEXT_OF(number)

struct forecast_query {
    struct scope scope;
    double periods, seed;
    const char *warranty, *convention, *production, *model;
    struct forecast_terms terms;
};

FIELDS(line_forecast_list_query, struct forecast_query, SCOPE_FIELDS,
       FIELD(struct forecast_query, periods, NUMBER, .min = 1, .max = PROSPECT_PERIODS_MAX,
             .optional = true),
       FIELD(struct forecast_query, warranty, TEXT, .min = 2, .max = 8, .optional = true),
       FIELD(struct forecast_query, convention, TEXT, .one_of = "interval exact", .optional = true),
       FIELD(struct forecast_query, production, TEXT, .min = 1, .max = 1000, .optional = true),
       FIELD(struct forecast_query, model, TEXT,
             .one_of = "auto weibull lognormal exponential mixture", .optional = true),
       FIELD(struct forecast_query, seed, NUMBER, .min = 0, .max = 1000000000, .optional = true));

MEMBERS(line_forecast_list_computed, ANALYSIS_MEMBERS, NUMBER_MEMBER("x"), NUMBER_MEMBER("n"),
        WORD_MEMBER("reason"), MATURITY_MEMBER, WORD_MEMBER("status"), WORD_MEMBER("source"),
        WORD_MEMBER("model"), WORD_MEMBER("convention"), NUMBER_MEMBER("periods"),
        NUMBER_MEMBER("warranty"), NUMBER_MEMBER("eta"), NUMBER_MEMBER("beta"),
        NUMBER_MEMBER("expected"), NUMBER_MEMBER("process_variance"),
        NUMBER_MEMBER("parameter_variance"), NUMBER_MEMBER("error"), INTERVAL_MEMBER("interval"),
        INTERVAL_MEMBER("poisson"), INTERVAL_MEMBER("calibrated"), NUMBER_MEMBER("seed"),
        NUMBER_MEMBER("at_most"), WORD_MEMBER("runner_up"), NUMBER_MEMBER("runner_up_expected"),
        FORECAST_TABLE_MEMBERS);

static rows_fn lifetimes_found;
static analysis_fn tell_forecast;

static unsigned model_of(const char *word)
{
    for (unsigned model = 0; word && model < LIFE_MODELS; model++)
        if (!strcmp(word, line_model_name((enum life_model)model)))
            return model;
    return MODEL_BEST;
}

/* What the query means, or why it means nothing. */
static const char *read_terms(const struct forecast_query *asked, struct forecast_terms *terms)
{
    const char *warranty = asked->warranty ? asked->warranty : WARRANTY_DEFAULT;

    *terms = (struct forecast_terms){
        .periods = isnan(asked->periods) ? PERIODS_DEFAULT : asked->periods,
        .exact = asked->convention && *asked->convention == 'e',
        .model = model_of(asked->model),
        .seed = isnan(asked->seed) ? SEED_DEFAULT : floor(asked->seed),
    };
    if (terms->periods != floor(terms->periods))
        return "periods must be a whole number.";
    if (!warranty_read(warranty, &terms->warranty))
        return "warranty must be months or days, as 24m or 730d, of at most 100 years.";
    if (asked->production &&
        !production_read(asked->production, terms->production, &terms->shipped))
        return "production must be at most 60 numbers of units with commas between them.";
    return NULL;
}

/** GET /api/v1/analytics/lines/:id/forecast: by period, by cohort, and how sure that is. */
void line_forecast_list(struct request *req)
{
    struct forecast_query *asked = REQ_STATE(req, struct forecast_query);
    const struct scope *scope = &asked->scope;
    const char *fault;

    if (!QUERY_READ(req, asked))
        return;
    fault = read_terms(asked, &asked->terms);
    if (fault)
        return reply_problem(req, INVALID_VALUE, fault);
    q_line_life_list(req, lifetimes_found, req->param[0], SCOPE_ASKED(scope), "false",
                     AS_TEXT(LIFE_FAILURES_MIN));
}

static void lifetimes_found(struct request *req, const PGresult *rows)
{
    analysis_answer(req, rows, tell_forecast);
}

struct forecast_plan outlook_plan(const struct outlook *outlook, double periods, bool by_month)
{
    const struct prospect *prospect = &outlook->prospect;

    return (struct forecast_plan){
        .cohorts = by_month ? prospect->months : prospect->days,
        .n = by_month ? prospect->nmonths : prospect->ndays,
        .periods = periods,
        .warranty = outlook->terms->warranty,
        .shipments = outlook->terms->production,
        .shipped = outlook->terms->shipped,
    };
}

static void fit(struct analysis *analysis, struct outlook *outlook,
                const struct lifetimes *lifetimes)
{
    enum period_convention convention = outlook->terms->exact ? PERIOD_EXACT : PERIOD_INTERVAL;
    struct period_counts own, family;

    period_counts_of(&own, analysis->arena, lifetimes);
    period_counts_of_cohorts(&family, analysis->arena, &lifetimes->family.table);
    line_model_choose(&outlook->model, model_cells_of(analysis->arena, &own, convention),
                      model_cells_of(analysis->arena, &family, convention), outlook->terms->model,
                      analysis->level);
}

static void look_ahead(struct analysis *analysis, struct outlook *outlook)
{
    struct forecast_plan plan = outlook_plan(outlook, outlook->terms->periods, false);

    outlook->each = arena_alloc(analysis->arena, (plan.n + 1) * sizeof(double));
    outlook->known =
        outlook->model.source && forecast_returns(&outlook->model.fit, &plan, analysis->level,
                                                  outlook->each, &outlook->total);
}

static const char *reason_of(const struct outlook *outlook, double shipped)
{
    if (outlook->known)
        return NULL;
    if (!(shipped > 0))
        return "no_shipments";
    if (!(outlook->model.failures > 0))
        return "no_events";
    return outlook->model.failures < LIFE_FAILURES_MIN ? "no_family_shape" : "not_identified";
}

static void tell_maturity(struct analysis *analysis, const struct outlook *outlook,
                          const struct lifetimes *lifetimes)
{
    double periods = fmax(1, floor(outlook->terms->warranty));
    struct maturity maturity = {.age = period_end((size_t)periods - 1)};

    for (size_t i = 0; i < lifetimes->nunits; i++) {
        const struct lifetime_units *units = &lifetimes->units[i];

        maturity.shipped += units->shipped;
        maturity.matured += units->age >= maturity.age ? units->shipped : 0;
        if (units->age > maturity.oldest_age)
            maturity.oldest_age = units->age;
    }
    for (size_t i = 0; i < outlook->prospect.nmonths; i++)
        maturity.months += outlook->prospect.months[i].age >= periods;
    analysis_maturity(analysis, &maturity);
}

static void warn(struct analysis *analysis, const struct outlook *outlook,
                 const struct lifetimes *lifetimes)
{
    const struct line_model *model = &outlook->model;

    if (model->source == MODEL_WEIBAYES)
        analysis_warn(analysis, "few_failures",
                      arena_printf(analysis->arena,
                                   "%.0f events are too few for a shape: it is the family's, %.2f.",
                                   model->failures, model->family_beta));
    if (model->source && model->fit.status == FIT_NOT_IDENTIFIED)
        analysis_warn(analysis, "not_identified",
                      arena_printf(analysis->arena,
                                   "The characteristic life is beyond %d times the oldest age: it "
                                   "is made up.",
                                   LIFE_REACH_MAX));
    if (outlook->known && outlook->total.far)
        analysis_warn(analysis, "extrapolated",
                      arena_printf(analysis->arena,
                                   "Units become more than %d times as old as any whose fate is "
                                   "known, %.0f periods: what comes then is a guess.",
                                   FORECAST_REACH, model->oldest));
    analysis_warn_unsound_days(analysis, lifetimes->unsound, lifetimes->days);
}

static const char *tell_forecast(struct analysis *analysis)
{
    const struct forecast_query *asked = analysis->asked;
    struct outlook outlook = {.terms = &asked->terms};
    struct lifetimes lifetimes;
    struct text *out = analysis->out;
    double shipped;

    lifetimes_read(&lifetimes, analysis->arena, analysis->rows);
    shipped = lifetimes_shipped(&lifetimes);
    fit(analysis, &outlook, &lifetimes);
    prospect_read(&outlook.prospect, analysis->arena, &lifetimes);
    look_ahead(analysis, &outlook);
    value_word(
        out, "method",
        asked->terms.exact
            ? "maximum likelihood, failures at the end of their period of age; exact ages "
              "of units"
            : "maximum likelihood, failures within their period of age; exact ages of units");
    value_number(out, "x", outlook.model.failures);
    value_number(out, "n", shipped);
    value_word(out, "reason", reason_of(&outlook, shipped));
    tell_maturity(analysis, &outlook, &lifetimes);
    forecast_tell_total(analysis, &outlook);
    forecast_tell_tables(analysis, &outlook);
    warn(analysis, &outlook, &lifetimes);
    return NULL;
}
