/* The stat endpoint: how long units last. */
#include "api/stat_life.h"
#include "stat/interval.h"

#include <math.h>
#include <string.h>

const char stat_lives_unreadable[] =
    "It takes failures as [age, count] or [from, to, count] and running as [age, count], "
    "0 <= from <= to, 0 < to, 0 <= count, with a unit at least.";

/* An age without a range is exact, or that of the period which ends with it. */
static bool read_failure(const struct numbers *row, bool periods, struct life_cell *cell)
{
    if (row->n == 3)
        *cell = (struct life_cell){row->at[0], row->at[1], row->at[2]};
    else if (row->n == 2 && periods)
        *cell = (struct life_cell){fmax(0, row->at[0] - 1), row->at[0], row->at[1]};
    else if (row->n == 2)
        *cell = (struct life_cell){row->at[0], row->at[0], row->at[1]};
    return row->n == 2 || row->n == 3;
}

bool stat_lives_read(struct arena *arena, const struct lives *lives, struct life_cells *cells)
{
    bool periods = lives->convention && !strcmp(lives->convention, "interval");
    size_t n = lives->failures.n + lives->running.n;

    *cells = (struct life_cells){arena_alloc(arena, (n + 1) * sizeof *cells->at), n};
    for (size_t i = 0; i < lives->failures.n; i++)
        if (!read_failure(&lives->failures.at[i], periods, &cells->at[i]))
            return false;
    for (size_t i = 0; i < lives->running.n; i++) {
        const struct numbers *row = &lives->running.at[i];

        if (row->n != 2)
            return false;
        cells->at[lives->failures.n + i] = (struct life_cell){row->at[0], INFINITY, row->at[1]};
    }
    return true;
}

static struct life_fit given_curve(double eta, double beta)
{
    return (struct life_fit){
        .status = FIT_OK,
        .curve = {LIFE_WEIBULL, {log(eta), -log(beta), -INFINITY, INFINITY}},
        .fitted = 2,
        .failures = INFINITY,
        .oldest = INFINITY,
    };
}

const char *stat_curve_read(struct arena *arena, const struct lives *lives, enum life_model model,
                            double eta, double beta, struct life_fit *fit)
{
    struct life_cells cells;
    enum fit_status status;

    if (!isnan(beta) && (model != LIFE_WEIBULL || !(beta >= 0.01 && beta <= 100)))
        return "It takes 0.01 <= beta <= 100, and for the model weibull only.";
    if (!isnan(eta)) {
        if (!(eta > 0) || isnan(beta))
            return "It takes 0 < eta, and beta beside it.";
        *fit = given_curve(eta, beta);
        return NULL;
    }
    if (!stat_lives_read(arena, lives, &cells))
        return stat_lives_unreadable;
    status = isnan(beta) ? life_fit(model, cells.at, cells.n, fit)
                         : life_weibayes(cells.at, cells.n, beta, fit);
    return status == FIT_BAD_INPUT ? stat_lives_unreadable : NULL;
}

bool stat_cohorts_read(struct arena *arena, const struct number_table *rows,
                       struct forecast_plan *plan)
{
    struct cohort *cohorts = arena_alloc(arena, (rows->n + 1) * sizeof *cohorts);

    for (size_t i = 0; i < rows->n; i++) {
        if (rows->at[i].n != 2)
            return false;
        cohorts[i] = (struct cohort){rows->at[i].at[0], rows->at[i].at[1]};
    }
    plan->cohorts = cohorts;
    plan->n = rows->n;
    return true;
}

double stat_known(bool known, double number)
{
    return known ? number : NAN;
}

/* An estimate > 0 with the standard error of its logarithm and the limits of that. */
static void add_estimate(struct text *out, const char *const names[4], double at, double variance,
                         struct interval log_limits)
{
    value_number(out, names[0], at);
    value_number(out, names[1], variance > 0 ? at * sqrt(variance) : NAN);
    value_number(out, names[2], exp(log_limits.low));
    value_number(out, names[3], exp(log_limits.high));
}

/* Of a parameter of the curve: by the likelihood ratio, or by its error; NAN if not fitted. */
static struct interval limits_of(const struct life_cells *cells, const struct life_fit *fit,
                                 size_t parameter, double level, bool by_profile)
{
    double at = fit->curve.at[parameter], variance = fit->covariance[parameter][parameter];
    double error = interval_z(level) * sqrt(variance);
    struct interval found;

    if (!(variance > 0))
        return (struct interval){NAN, NAN};
    if (by_profile && life_likelihood_interval(cells->at, cells->n, fit, parameter, level, &found))
        return found;
    return (struct interval){at - error, at + error};
}

static void add_fit(struct text *out, const struct life_fit *fit)
{
    double b10 = NAN, mean = NAN, sd = NAN;

    if (fit->fitted && !life_quantile(&fit->curve, 0.1, &b10))
        b10 = NAN;
    if (fit->fitted && !life_moments(&fit->curve, &mean, &sd))
        mean = sd = NAN;
    value_word(out, "status", stat_status((int)fit->status));
    value_number(out, "log_likelihood", stat_known(fit->fitted, fit->log_likelihood));
    value_number(out, "aic", stat_known(fit->fitted, fit->aic));
    value_number(out, "mean", mean);
    value_number(out, "sd", sd);
    value_number(out, "b10", b10);
}

struct weibull {
    struct lives lives;
    const char *interval; /* NULL: profile for few failures */
    double beta, level;
};

FIELDS(stat_weibull_body, struct weibull, LIVES(struct weibull),
       FIELD(struct weibull, interval, TEXT, .one_of = "wald profile", .optional = true),
       FIELD(struct weibull, beta, NUMBER, .optional = true),
       FIELD(struct weibull, level, NUMBER, .min = 0, .max = 1, .optional = true));
MEMBERS(stat_weibull_computed, WORD_MEMBER("status"), NUMBER_MEMBER("log_likelihood"),
        NUMBER_MEMBER("aic"), NUMBER_MEMBER("mean"), NUMBER_MEMBER("sd"), NUMBER_MEMBER("b10"),
        NUMBER_MEMBER("eta"), NUMBER_MEMBER("eta_error"), NUMBER_MEMBER("eta_low"),
        NUMBER_MEMBER("eta_high"), NUMBER_MEMBER("beta"), NUMBER_MEMBER("beta_error"),
        NUMBER_MEMBER("beta_low"), NUMBER_MEMBER("beta_high"), NUMBER_MEMBER("eta_at_least"),
        NUMBER_MEMBER("failures"), NUMBER_MEMBER("oldest"), WORD_MEMBER("interval"));

/* What is said of both parameters. */
static void add_parameters(struct text *out, const struct weibull *in,
                           const struct life_cells *cells, const struct life_fit *fit, double level)
{
    static const char *const eta[] = {"eta", "eta_error", "eta_low", "eta_high"};
    static const char *const beta[] = {"beta", "beta_error", "beta_low", "beta_high"};
    bool by_profile = in->interval ? *in->interval == 'p' : fit->failures < LIFE_FAILURES_FEW;
    struct interval mu = limits_of(cells, fit, LIFE_MU, level, by_profile);
    struct interval log_sigma = limits_of(cells, fit, LIFE_LOG_SIGMA, level, by_profile);

    add_estimate(out, eta, stat_known(fit->fitted, life_eta(&fit->curve)),
                 fit->covariance[LIFE_MU][LIFE_MU], mu);
    /* beta is 1 / sigma. */
    add_estimate(out, beta,
                 isnan(in->beta) ? stat_known(fit->fitted, life_beta(&fit->curve)) : in->beta,
                 fit->covariance[LIFE_LOG_SIGMA][LIFE_LOG_SIGMA],
                 (struct interval){-log_sigma.high, -log_sigma.low});
    value_word(out, "interval", by_profile ? "profile" : "wald");
}

static const char *weibull(struct arena *arena, const void *posted, struct text *out)
{
    const struct weibull *in = posted;
    double level = stat_or(in->level, LEVEL_DEFAULT), bound = NAN;
    struct life_cells cells;
    struct life_fit fit;
    const char *fault = stat_curve_read(arena, &in->lives, LIFE_WEIBULL, NAN, in->beta, &fit);

    if (fault)
        return fault;
    if (!(level > 0 && level < 1))
        return "It takes 0 < level < 1.";
    stat_lives_read(arena, &in->lives, &cells);
    if (!isnan(in->beta) && !life_weibayes_bound(cells.at, cells.n, in->beta, level, &bound))
        bound = NAN;
    add_fit(out, &fit);
    add_parameters(out, in, &cells, &fit, level);
    value_number(out, "eta_at_least", bound);
    value_number(out, "failures", fit.failures);
    value_number(out, "oldest", fit.oldest);
    return NULL;
}
/** POST /api/v1/analytics/stat/weibull */
STAT_SLOW(stat_weibull, struct weibull, weibull)

static const char *const model_words[] = {[LIFE_WEIBULL] = "weibull",
                                          [LIFE_LOGNORMAL] = "lognormal",
                                          [LIFE_EXPONENTIAL] = "exponential",
                                          [LIFE_MIXTURE] = "mixture"};

struct models {
    struct lives lives;
};

#define WORD_OR_NULL "{\"type\":[\"string\",\"null\"]}"
FIELDS(stat_life_models_body, struct models, LIVES(struct models));
MEMBERS(stat_life_models_computed, WORD_MEMBER("status"), WORD_MEMBER("chosen"),
        FLAG_MEMBER("close"), NUMBER_MEMBER("failures"), NUMBER_MEMBER("oldest"),
        TABLE_MEMBER("models",
                     "\"model\",\"status\",\"log_likelihood\",\"aic\",\"mean\",\"sd\",\"b10\","
                     "\"mu\",\"sigma\",\"dead\",\"defective\",\"fitted\"",
                     "\"model\":" WORD_OR_NULL ",\"status\":" WORD_OR_NULL
                     ",\"log_likelihood\":" NULLABLE_NUMBER ",\"aic\":" NULLABLE_NUMBER
                     ",\"mean\":" NULLABLE_NUMBER ",\"sd\":" NULLABLE_NUMBER
                     ",\"b10\":" NULLABLE_NUMBER ",\"mu\":" NULLABLE_NUMBER
                     ",\"sigma\":" NULLABLE_NUMBER ",\"dead\":" NULLABLE_NUMBER
                     ",\"defective\":" NULLABLE_NUMBER ",\"fitted\":" NULLABLE_NUMBER));

static void add_model(struct text *out, const struct life_fit *fit)
{
    const struct life_curve *curve = &fit->curve;

    value_open(out, NULL, '{');
    value_word(out, "model", model_words[curve->model]);
    add_fit(out, fit);
    value_number(out, "mu", stat_known(fit->fitted, curve->at[LIFE_MU]));
    value_number(out, "sigma", stat_known(fit->fitted, exp(curve->at[LIFE_LOG_SIGMA])));
    value_number(out, "dead", stat_known(fit->fitted, life_dead(curve)));
    value_number(out, "defective", stat_known(fit->fitted, life_defective(curve)));
    value_number(out, "fitted", (double)fit->fitted);
    value_close(out, '}');
}

/* The best that the data identify. */
static const char *chosen(const struct life_choice *choice)
{
    for (size_t i = 0; i < choice->found; i++)
        if (choice->fits[i].status == FIT_OK)
            return model_words[choice->fits[i].curve.model];
    return NULL;
}

static const char *life_models(struct arena *arena, const void *posted, struct text *out)
{
    const struct models *in = posted;
    struct life_choice choice = {.found = 0};
    struct life_cells cells;
    enum fit_status status;

    if (!stat_lives_read(arena, &in->lives, &cells))
        return stat_lives_unreadable;
    status = life_select(cells.at, cells.n, &choice);
    if (status == FIT_BAD_INPUT)
        return stat_lives_unreadable;
    value_word(out, "status", stat_status((int)status));
    value_word(out, "chosen", chosen(&choice));
    value_flag(out, "close", choice.close);
    value_number(out, "failures", stat_known(status != FIT_NO_EVENTS, choice.fits[0].failures));
    value_number(out, "oldest", stat_known(status != FIT_NO_EVENTS, choice.fits[0].oldest));
    value_open(out, "models", '[');
    for (size_t i = 0; status != FIT_NO_EVENTS && i < LIFE_MODELS; i++)
        add_model(out, &choice.fits[i]);
    value_close(out, ']');
    return NULL;
}
/** POST /api/v1/analytics/stat/life-models */
STAT_SLOW(stat_life_models, struct models, life_models)
