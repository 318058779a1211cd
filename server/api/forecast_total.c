/* A forecast of all periods together: by which model, how many, and how sure that is. */
#include "api/forecast.h"
#include "api/stat.h"

#include <math.h>

/* Runner-ups whose forecast differs by more than this share are told. */
#define DISAGREEMENT 0.2

static double known(bool is_known, double number)
{
    return is_known ? number : NAN;
}

static void tell_interval(struct analysis *analysis, const char *name, bool is_known,
                          struct interval interval, const char *method)
{
    if (is_known)
        value_interval(analysis->out, name, interval, analysis->level, method);
    else
        value_word(analysis->out, name, NULL);
}

/* With few failures the normal theory is too sure of itself: replicates of past and future. */
static void tell_calibrated(struct analysis *analysis, const struct outlook *outlook)
{
    struct forecast_plan plan = outlook_plan(outlook, outlook->terms->periods, true);
    struct forecast_bounds bounds = {.used = 0};
    enum fit_status status = FIT_NO_EVENTS;
    struct forecast_room room;

    if (outlook->known && outlook->model.failures < FORECAST_FEW) {
        room.cells =
            arena_alloc(analysis->arena, (plan.n + FORECAST_FAILURES_MAX) * sizeof *room.cells);
        room.draws = arena_alloc(analysis->arena, 2 * FORECAST_DRAWS * sizeof *room.draws);
        status = forecast_bootstrap(&outlook->model.fit, &plan, analysis->level,
                                    (uint64_t)outlook->terms->seed, room, &bounds);
    }
    tell_interval(analysis, "calibrated", !status, bounds.interval, "bootstrap");
    value_number(analysis->out, "seed", known(!status, outlook->terms->seed));
}

/* What the least scale that the data allow would let come back, where there is no fit. */
static double at_most(const struct outlook *outlook)
{
    struct forecast_plan plan = outlook_plan(outlook, outlook->terms->periods, false);
    struct life_curve worst;
    double expected;

    if (isnan(outlook->model.eta_at_least))
        return NAN;
    worst = line_model_worst(&outlook->model);
    return forecast_expected(&worst, &plan, &expected) ? expected : NAN;
}

static void tell_runner_up(struct analysis *analysis, const struct outlook *outlook)
{
    const struct life_fit *second = line_model_runner_up(&outlook->model);
    struct forecast_plan plan = outlook_plan(outlook, outlook->terms->periods, false);
    double expected = NAN, first = outlook->total.expected;

    if (second && !forecast_expected(&second->curve, &plan, &expected))
        expected = NAN;
    value_word(analysis->out, "runner_up", second ? line_model_name(second->curve.model) : NULL);
    value_number(analysis->out, "runner_up_expected", expected);
    if (outlook->known && fabs(expected - first) > DISAGREEMENT * first)
        analysis_warn(analysis, "models_disagree",
                      arena_printf(analysis->arena,
                                   "The model %s explains the data as well as %s and expects %.1f, "
                                   "not %.1f.",
                                   line_model_name(second->curve.model),
                                   line_model_name(outlook->model.fit.curve.model), expected,
                                   first));
}

static void tell_model(struct analysis *analysis, const struct outlook *outlook)
{
    static const char *const sources[] = {
        [MODEL_NONE] = "none", [MODEL_FITTED] = "fitted", [MODEL_WEIBAYES] = "weibayes"};
    const struct line_model *model = &outlook->model;
    const struct forecast_terms *terms = outlook->terms;
    bool shape = model->source && model->fit.curve.model != LIFE_LOGNORMAL;
    struct text *out = analysis->out;

    value_word(out, "status", stat_status((int)model->fit.status));
    value_word(out, "source", sources[model->source]);
    value_word(out, "model", model->source ? line_model_name(model->fit.curve.model) : NULL);
    value_word(out, "convention", terms->exact ? "exact" : "interval");
    value_number(out, "periods", terms->periods);
    value_number(out, "warranty", terms->warranty);
    value_number(out, "eta", known(shape, life_eta(&model->fit.curve)));
    value_number(out, "beta", known(shape, life_beta(&model->fit.curve)));
}

void forecast_tell_total(struct analysis *analysis, const struct outlook *outlook)
{
    const struct forecast *total = &outlook->total;
    struct text *out = analysis->out;
    bool is_known = outlook->known;

    tell_model(analysis, outlook);
    value_number(out, "expected", known(is_known, total->expected));
    value_number(out, "process_variance", known(is_known, total->process_variance));
    value_number(out, "parameter_variance", known(is_known, total->parameter_variance));
    value_number(out, "error",
                 known(is_known, sqrt(total->process_variance + total->parameter_variance)));
    tell_interval(analysis, "interval", is_known, total->interval, "log_normal");
    tell_interval(analysis, "poisson", is_known, total->poisson, "exact_poisson");
    tell_calibrated(analysis, outlook);
    value_number(out, "at_most", at_most(outlook));
    tell_runner_up(analysis, outlook);
}
