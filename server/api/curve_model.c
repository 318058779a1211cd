/* The models of a line's lifetimes: which, with what parameters, and what they say. */
#include "api/curve.h"
#include "api/stat.h"
#include "stat/forecast.h"

#include <math.h>

static double known(bool is_known, double number)
{
    return is_known ? number : NAN;
}

/* Units that still run, to look ahead. */
static struct forecast_plan plan_of(struct arena *arena, const struct day_bins *bins)
{
    struct cohort *cohorts = arena_alloc(arena, (bins->n + 1) * sizeof *cohorts);
    size_t n = 0;

    for (size_t i = 0; i < bins->n; i++)
        if (bins->running[i] > 0)
            cohorts[n++] =
                (struct cohort){bins->running[i], bins->running_age[i] / bins->running[i]};
    return (struct forecast_plan){
        .cohorts = cohorts, .n = n, .periods = CURVE_AHEAD, .warranty = INFINITY};
}

static double expected_ahead(struct analysis *analysis, const struct curve *curve,
                             const struct life_fit *fit)
{
    struct forecast_plan plan = plan_of(analysis->arena, &curve->bins);
    double expected = NAN;

    if (!fit->fitted || !forecast_expected(&fit->curve, &plan, &expected))
        return NAN;
    return expected;
}

static void tell_numbers(struct text *out, const struct life_fit *fit, bool fitted)
{
    const struct life_curve *curve = &fit->curve;
    bool weibull = fitted && curve->model != LIFE_LOGNORMAL;
    double mean = NAN, sd = NAN, b10 = NAN;

    if (fitted && !life_moments(curve, &mean, &sd))
        mean = NAN;
    if (fitted && !life_quantile(curve, 0.1, &b10))
        b10 = NAN;
    value_number(out, "mu", known(fitted, curve->at[LIFE_MU]));
    value_number(out, "sigma", known(fitted, exp(curve->at[LIFE_LOG_SIGMA])));
    value_number(out, "eta", known(weibull, life_eta(curve)));
    value_number(out, "beta", known(weibull, life_beta(curve)));
    value_number(out, "dead", known(fitted, life_dead(curve)));
    value_number(out, "defective", known(fitted, life_defective(curve)));
    value_number(out, "mean", mean);
    value_number(out, "b10", b10);
}

static void tell_model(struct analysis *analysis, const struct curve *curve,
                       const struct life_fit *fit)
{
    bool fitted = fit->fitted > 0;
    struct text *out = analysis->out;

    value_open(out, NULL, '{');
    value_word(out, "model", line_model_name(fit->curve.model));
    value_word(out, "status", stat_status((int)fit->status));
    value_number(out, "log_likelihood", known(fitted, fit->log_likelihood));
    value_number(out, "aic", known(fitted, fit->aic));
    value_number(out, "delta", known(fitted, fit->aic - curve->model.fit.aic));
    value_whole(out, "fitted", (int64_t)fit->fitted);
    tell_numbers(out, fit, fitted);
    value_number(out, "rate", known(fitted, life_cdf(&fit->curve, curve->age + 0.5)));
    value_number(out, "expected", expected_ahead(analysis, curve, fit));
    value_close(out, '}');
}

static void tell_models(struct analysis *analysis, const struct curve *curve)
{
    const struct line_model *model = &curve->model;

    value_open(analysis->out, "models", '[');
    for (size_t i = 0; model->compared && i < LIFE_MODELS; i++)
        tell_model(analysis, curve, &model->choice.fits[i]);
    if (!model->compared && model->source != MODEL_NONE)
        tell_model(analysis, curve, &model->fit);
    value_close(analysis->out, ']');
}

/* How a parameter of the likelihood is shown: it rises with it, or falls. */
struct shown {
    const char *name;
    double (*of)(double at);
    bool falls;
};

static double as_it_is(double at)
{
    return at;
}

static double exp_of_less(double at)
{
    return exp(-at);
}

static double logistic(double at)
{
    return 1 / (1 + exp(-at));
}

static struct shown shown_of(enum life_model model, size_t parameter)
{
    static const struct shown weibull[LIFE_PARAMETERS] = {
        {"eta",       exp,         false},
        {"beta",      exp_of_less, true },
        {"dead",      logistic,    false},
        {"defective", logistic,    false},
    };
    static const struct shown lognormal[] = {
        {"mu",    as_it_is, false},
        {"sigma", exp,      false},
    };

    return model == LIFE_LOGNORMAL ? lognormal[parameter] : weibull[parameter];
}

/* By the likelihood ratio where failures are few, else by the errors of the covariance. */
static struct interval limits(const struct curve *curve, const struct life_fit *fit,
                              size_t parameter, double level)
{
    double at = fit->curve.at[parameter];
    double error = interval_z(level) * sqrt(fit->covariance[parameter][parameter]);
    struct interval found;

    if (fit->failures < LIFE_FAILURES_FEW &&
        life_likelihood_interval(curve->cells.at, curve->cells.n, fit, parameter, level, &found))
        return found;
    return (struct interval){at - error, at + error};
}

static void tell_parameter(struct analysis *analysis, const struct curve *curve,
                           const struct life_fit *fit, size_t parameter)
{
    struct shown shown = shown_of(fit->curve.model, parameter);
    double at = fit->curve.at[parameter], error = sqrt(fit->covariance[parameter][parameter]);
    struct interval found = limits(curve, fit, parameter, analysis->level);
    double low = shown.of(shown.falls ? found.high : found.low);
    double high = shown.of(shown.falls ? found.low : found.high);
    double slope = (shown.of(at + 1e-5) - shown.of(at - 1e-5)) / 2e-5;
    struct text *out = analysis->out;

    value_open(out, NULL, '{');
    value_word(out, "model", line_model_name(fit->curve.model));
    value_word(out, "parameter", shown.name);
    value_number(out, "estimate", shown.of(at));
    value_number(out, "error", fabs(slope) * error);
    value_number(out, "low", low);
    value_number(out, "high", high);
    value_word(out, "method", fit->failures < LIFE_FAILURES_FEW ? "profile_likelihood" : "wald");
    value_close(out, '}');
}

static void tell_parameters_of(struct analysis *analysis, const struct curve *curve,
                               const struct life_fit *fit)
{
    for (size_t i = 0; fit->fitted && i < LIFE_PARAMETERS; i++)
        if (fit->covariance[i][i] > 0)
            tell_parameter(analysis, curve, fit, i);
}

static void tell_parameters(struct analysis *analysis, const struct curve *curve)
{
    const struct line_model *model = &curve->model;

    value_open(analysis->out, "parameters", '[');
    for (size_t i = 0; model->compared && i < model->choice.found; i++)
        tell_parameters_of(analysis, curve, &model->choice.fits[i]);
    if (!model->compared && model->source != MODEL_NONE)
        tell_parameters_of(analysis, curve, &model->fit);
    value_close(analysis->out, ']');
}

/* At ends of periods, no further than twice the oldest age. */
static void tell_fitted(struct analysis *analysis, const struct curve *curve)
{
    const struct line_model *model = &curve->model;
    const struct life_fit *second = line_model_runner_up(model);
    struct text *out = analysis->out;

    value_open(out, "fitted", '[');
    for (size_t k = 0; model->source && period_end(k) <= FORECAST_REACH * model->oldest; k++) {
        double age = period_end(k) + 0.5;

        value_open(out, NULL, '{');
        value_whole(out, "age", period_end(k));
        value_number(out, "rate", life_cdf(&model->fit.curve, age));
        value_number(out, "runner_up", second ? life_cdf(&second->curve, age) : NAN);
        value_flag(out, "extrapolated", period_end(k) > model->oldest);
        value_close(out, '}');
    }
    value_close(out, ']');
}

static void warn_of_runner_up(struct analysis *analysis, const struct curve *curve)
{
    const struct life_fit *fit = &curve->model.fit, *second = line_model_runner_up(&curve->model);
    double first, other;

    if (!second)
        return;
    first = expected_ahead(analysis, curve, fit);
    other = expected_ahead(analysis, curve, second);
    analysis_warn(
        analysis,
        fabs(other - first) > CURVE_DISAGREEMENT * first ? "models_disagree" : "runner_up",
        arena_printf(analysis->arena,
                     "The model %s explains the data as well as %s (AIC %.2f more) and expects "
                     "%.1f returns in %d days, not %.1f.",
                     line_model_name(second->curve.model), line_model_name(fit->curve.model),
                     second->aic - fit->aic, other, CURVE_AHEAD, first));
}

static void warn_of_few(struct analysis *analysis, const struct line_model *model)
{
    if (model->failures >= LIFE_FAILURES_MIN || isnan(model->failures))
        return;
    if (isnan(model->family_beta))
        analysis_warn(analysis, "no_family_shape",
                      arena_printf(analysis->arena,
                                   "%.0f events are too few for a shape, and those of the family "
                                   "too: there is no model.",
                                   model->failures));
    else
        analysis_warn(analysis, "few_failures",
                      arena_printf(analysis->arena,
                                   "%.0f events are too few for a shape: it is the family's, %.2f.",
                                   model->failures, model->family_beta));
}

static void warn(struct analysis *analysis, const struct curve *curve)
{
    const struct line_model *model = &curve->model;

    warn_of_few(analysis, model);
    warn_of_runner_up(analysis, curve);
    if (model->fit.status == FIT_NOT_IDENTIFIED && model->failures >= LIFE_FAILURES_MIN)
        analysis_warn(analysis, "not_identified",
                      arena_printf(analysis->arena,
                                   "The data determine no model: a characteristic life beyond %d "
                                   "times the oldest age is made up.",
                                   LIFE_REACH_MAX));
    if (model->source && curve->age > FORECAST_REACH * model->oldest)
        analysis_warn(analysis, "extrapolated",
                      arena_printf(analysis->arena,
                                   "No unit is older than %.0f days: what the models say of %.0f "
                                   "days is a guess.",
                                   model->oldest, curve->age));
}

void curve_tell_models(struct analysis *analysis, const struct curve *curve)
{
    static const char *const sources[] = {
        [MODEL_NONE] = "none", [MODEL_FITTED] = "fitted", [MODEL_WEIBAYES] = "weibayes"};
    const struct line_model *model = &curve->model;
    struct text *out = analysis->out;

    value_word(out, "status", stat_status((int)model->fit.status));
    value_word(out, "source", sources[model->source]);
    value_word(out, "model", model->source ? line_model_name(model->fit.curve.model) : NULL);
    value_number(out, "failures", model->failures);
    value_number(out, "family_beta", model->family_beta);
    value_number(out, "eta_at_least", model->eta_at_least);
    tell_models(analysis, curve);
    tell_parameters(analysis, curve);
    tell_fitted(analysis, curve);
    warn(analysis, curve);
}
