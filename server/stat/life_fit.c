/* Fits of one model. */
#include "stat/life_model.h"

#include "stat/special.h"

#include <math.h>

static bool sensible(const struct life_cell *cell)
{
    return cell->from >= 0 && isfinite(cell->from) && cell->to >= cell->from && cell->to > 0 &&
           cell->count >= 0 && isfinite(cell->count);
}

enum fit_status life_summarise(const struct life_cell *cells, size_t n,
                               struct life_summary *summary)
{
    struct life_summary found = {.exact = true};

    for (size_t i = 0; i < n; i++) {
        const struct life_cell *cell = &cells[i];
        bool failed = cell->to < INFINITY;

        if (!sensible(cell))
            return FIT_BAD_INPUT;
        if (cell->count == 0)
            continue;
        found.units += cell->count;
        found.failures += failed ? cell->count : 0;
        found.oldest = fmax(found.oldest, failed ? cell->to : cell->from);
        found.exact = found.exact && !(failed && cell->from < cell->to);
    }
    if (!n || !isfinite(found.units))
        return FIT_BAD_INPUT;
    *summary = found;
    return found.failures > 0 ? FIT_OK : FIT_NO_EVENTS;
}

struct life_curve life_plain(enum life_model model, double mu, double log_sigma)
{
    return (struct life_curve){
        model, {mu, log_sigma, -INFINITY, INFINITY}
    };
}

/* A lognormal that has failed as much as the Weibull at two points within the data. */
static struct life_curve lognormal_like(const struct life_curve *weibull, double failed)
{
    double early = 0.3 * fmin(failed, 0.95), late = 0.9 * fmin(failed, 0.95);
    double sigma = exp(weibull->at[LIFE_LOG_SIGMA]);
    double low = sigma * log(-log1p(-early)), high = sigma * log(-log1p(-late));
    double spread = (high - low) / (normal_quantile(late) - normal_quantile(early));

    return life_plain(LIFE_LOGNORMAL, weibull->at[LIFE_MU] + low - spread * normal_quantile(early),
                      log(spread));
}

/* Where to start, and what to move. */
static bool begin(enum life_model model, const struct life_cell *cells, size_t n,
                  const struct life_summary *summary, struct life_curve *curve)
{
    if (model == LIFE_EXPONENTIAL) {
        *curve = life_plain(model, life_scale(cells, n, 1), 0);
        return isfinite(curve->at[LIFE_MU]);
    }
    if (!life_profile(cells, n, curve)) {
        if (summary->exact)
            return false;
        /* The middles of intervals may have no peak where the intervals do. */
        *curve = life_plain(LIFE_WEIBULL, life_scale(cells, n, 1), 0);
    }
    if (model == LIFE_LOGNORMAL)
        *curve = lognormal_like(curve, summary->failures / summary->units);
    return isfinite(curve->at[LIFE_MU]) && isfinite(curve->at[LIFE_LOG_SIGMA]);
}

static struct life_fit nothing_yet(enum life_model model, const struct life_summary *summary)
{
    return (struct life_fit){
        .curve = {.model = model}, .failures = summary->failures, .oldest = summary->oldest};
}

static enum fit_status fit_model(enum life_model model, const struct life_cell *cells, size_t n,
                                 const struct life_summary *summary, struct life_fit *fit)
{
    unsigned free_bits = LIFE_FREE(LIFE_MU);
    struct life_fit found = *fit;
    enum fit_status status;

    if (model != LIFE_EXPONENTIAL) {
        free_bits |= LIFE_FREE(LIFE_LOG_SIGMA);
        if (summary->failures < LIFE_FAILURES_MIN)
            return FIT_NOT_IDENTIFIED;
    }
    if (model == LIFE_MIXTURE)
        status = life_mixture(cells, n, &found);
    else if (begin(model, cells, n, summary, &found.curve))
        status = life_climb(cells, n, free_bits, &found);
    else
        status = FIT_NOT_IDENTIFIED;
    if (status == FIT_OK)
        *fit = found;
    return status;
}

enum fit_status life_fit(enum life_model model, const struct life_cell *cells, size_t n,
                         struct life_fit *fit)
{
    struct life_summary summary;
    enum fit_status status = life_summarise(cells, n, &summary);

    if (status == FIT_BAD_INPUT || (unsigned)model >= LIFE_MODELS)
        return FIT_BAD_INPUT;
    *fit = nothing_yet(model, &summary);
    if (status == FIT_OK)
        status = fit_model(model, cells, n, &summary, fit);
    /* One failure tells the mean of an exponential; of the others the data show the foot only. */
    if (status == FIT_OK && model != LIFE_EXPONENTIAL &&
        fit->curve.at[LIFE_MU] > log(LIFE_REACH_MAX * summary.oldest))
        status = FIT_NOT_IDENTIFIED;
    fit->status = status;
    return status;
}

enum fit_status life_weibayes(const struct life_cell *cells, size_t n, double beta,
                              struct life_fit *fit)
{
    struct life_summary summary;
    enum fit_status status = life_summarise(cells, n, &summary);
    struct life_fit found;

    if (status == FIT_BAD_INPUT || !(beta > 0 && fabs(log(beta)) < 8))
        return FIT_BAD_INPUT;
    *fit = nothing_yet(LIFE_WEIBULL, &summary);
    if (status == FIT_OK) {
        found = *fit;
        found.curve = life_plain(LIFE_WEIBULL, life_scale(cells, n, beta), -log(beta));
        status = life_climb(cells, n, LIFE_FREE(LIFE_MU), &found);
    }
    if (status == FIT_OK)
        *fit = found;
    fit->status = status;
    return status;
}

bool life_weibayes_bound(const struct life_cell *cells, size_t n, double beta, double level,
                         double *eta)
{
    struct life_summary summary;
    double sum = 0, bound;

    if (life_summarise(cells, n, &summary) == FIT_BAD_INPUT || !(beta > 0 && isfinite(beta)) ||
        !(level > 0 && level < 1))
        return false;
    for (size_t i = 0; i < n; i++)
        if (cells[i].from > 0)
            sum += cells[i].count * pow(cells[i].from / summary.oldest, beta);
    bound = summary.oldest *
            pow(2 * sum / chi2_quantile_upper(1 - level, 2 * summary.failures + 2), 1 / beta);
    if (!(bound > 0 && isfinite(bound)))
        return false;
    *eta = bound;
    return true;
}
