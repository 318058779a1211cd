/* Which model of life. */
#include "line/model.h"

#include "stat/life_model.h"

#include <math.h>

const char *line_model_name(enum life_model model)
{
    static const char *const names[] = {[LIFE_WEIBULL] = "weibull",
                                        [LIFE_LOGNORMAL] = "lognormal",
                                        [LIFE_EXPONENTIAL] = "exponential",
                                        [LIFE_MIXTURE] = "mixture"};

    return names[model];
}

struct model_cells model_cells_of(struct arena *arena, const struct period_counts *counts,
                                  enum period_convention convention)
{
    struct life_cell *cells = arena_alloc(arena, (3 * counts->n + 1) * sizeof *cells);

    return (struct model_cells){cells, period_cells(counts, convention, cells)};
}

/* The first in order of AIC that is identified, else the first. */
static const struct life_fit *best_of(const struct life_choice *choice)
{
    for (size_t i = 0; i < choice->found; i++)
        if (choice->fits[i].status == FIT_OK)
            return &choice->fits[i];
    return &choice->fits[0];
}

static void choose(struct line_model *model, struct model_cells own, unsigned wanted)
{
    if (wanted < LIFE_MODELS) {
        life_fit((enum life_model)wanted, own.at, own.n, &model->fit);
    } else if (life_select(own.at, own.n, &model->choice) != FIT_BAD_INPUT) {
        model->compared = true;
        model->fit = *best_of(&model->choice);
    }
    if (model->fit.fitted)
        model->source = MODEL_FITTED;
}

static double shape_of(struct model_cells family)
{
    struct life_fit fit = {.fitted = 0};

    if (life_fit(LIFE_WEIBULL, family.at, family.n, &fit) == FIT_BAD_INPUT || !fit.fitted)
        return NAN;
    return life_beta(&fit.curve);
}

static void lean_on_family(struct line_model *model, struct model_cells own,
                           struct model_cells family, double level)
{
    model->family_beta = shape_of(family);
    if (isnan(model->family_beta))
        return;
    life_weibayes(own.at, own.n, model->family_beta, &model->fit);
    if (model->fit.fitted)
        model->source = MODEL_WEIBAYES;
    if (!life_weibayes_bound(own.at, own.n, model->family_beta, level, &model->eta_at_least))
        model->eta_at_least = NAN;
}

void line_model_choose(struct line_model *model, struct model_cells own, struct model_cells family,
                       unsigned wanted, double level)
{
    struct life_summary summary = {0};
    enum fit_status status = life_summarise(own.at, own.n, &summary);

    *model = (struct line_model){.source = MODEL_NONE,
                                 .fit = {.status = status},
                                 .failures = summary.failures,
                                 .oldest = summary.oldest,
                                 .family_beta = NAN,
                                 .eta_at_least = NAN};
    if (!own.n)
        model->fit.status = FIT_NO_EVENTS;
    if (status == FIT_BAD_INPUT)
        return;
    if (summary.failures < LIFE_FAILURES_MIN)
        lean_on_family(model, own, family, level);
    else
        choose(model, own, wanted);
}

const struct life_fit *line_model_runner_up(const struct line_model *model)
{
    const struct life_fit *best = NULL;

    for (size_t i = 0; model->compared && i < model->choice.found && !best; i++)
        if (model->choice.fits[i].curve.model != model->fit.curve.model &&
            model->choice.fits[i].status == FIT_OK)
            best = &model->choice.fits[i];
    return best && best->aic - model->fit.aic <= LIFE_AIC_CLOSE ? best : NULL;
}

struct life_curve line_model_worst(const struct line_model *model)
{
    return life_plain(LIFE_WEIBULL, log(model->eta_at_least), -log(model->family_beta));
}
