#ifndef LINE_MODEL_H
#define LINE_MODEL_H

#include "line/period_cells.h"
#include "stat/life.h"

/**
 * The model of life that a line's data allow: fitted, or with the shape of the family's, or
 * none but a bound.
 */
enum model_source { MODEL_NONE, MODEL_FITTED, MODEL_WEIBAYES };

struct line_model {
    enum model_source source;
    struct life_fit fit;       /* the one to use; its `status` tells why there is none */
    struct life_choice choice; /* of all models, if they were compared */
    bool compared;
    double failures, oldest;
    double family_beta;  /* NAN: not asked for, or the family has none either */
    double eta_at_least; /* with the family's shape, at the one-sided level; NAN without */
};

/** Cells of ages in any unit; the family's may be in another one. */
struct model_cells {
    const struct life_cell *at;
    size_t n;
};

/** Counts by period as cells, in the arena. */
struct model_cells model_cells_of(struct arena *arena, const struct period_counts *counts,
                                  enum period_convention convention);

/** What model_choose() is to fit: one of enum life_model, or the best of all. */
#define MODEL_BEST LIFE_MODELS

/**
 * From LIFE_FAILURES_MIN failures on the model asked for, or the best by AIC that is
 * identified before one that is not; with fewer a Weibull with the shape that the
 * family's failures have; without any the bound of its scale alone.
 */
void line_model_choose(struct line_model *model, struct model_cells own, struct model_cells family,
                       unsigned wanted, double level);

/** The next best if it is within LIFE_AIC_CLOSE of the one to use, else NULL. */
const struct life_fit *line_model_runner_up(const struct line_model *model);
/** A curve with the least scale that the data do not refuse, where eta_at_least is known. */
struct life_curve line_model_worst(const struct line_model *model);

/** "weibull", "lognormal", "exponential", "mixture". */
const char *line_model_name(enum life_model model);

#endif
