#ifndef STAT_LIFE_MODEL_H
#define STAT_LIFE_MODEL_H

#include "stat/life.h"

/** What the fits of life.h share. */

/** A log-likelihood as a function of (mu, ln sigma, logit p0, logit p1), bent to second order. */
struct life_slope {
    double value; /* -INFINITY where the cells are impossible */
    double g[LIFE_PARAMETERS], h[LIFE_PARAMETERS][LIFE_PARAMETERS];
};

/** What the cells hold altogether. */
struct life_summary {
    double units, failures, oldest;
    bool exact; /* no cell is an interval */
};

/** FIT_BAD_INPUT, FIT_NO_EVENTS or FIT_OK; the summary is written unless the input is bad. */
enum fit_status life_summarise(const struct life_cell *cells, size_t n,
                               struct life_summary *summary);

/** The age that stands for a cell where one is needed: the middle of an interval. */
double life_middle(const struct life_cell *cell);

/** ln of the probability (of an exact age, the density) of a cell in a plain model. */
struct life_slope life_cell_slope(const struct life_curve *curve, const struct life_cell *cell);

/** The log-likelihood of all cells, with derivatives. */
struct life_slope life_likelihood(const struct life_curve *curve, const struct life_cell *cells,
                                  size_t n);

/**
 * Climb from `fit->curve` to a peak, moving the parameters whose bits are set in
 * `free_bits`; fills curve, covariance, likelihood, AIC and `fitted`. Newton's method,
 * damped where the likelihood is not concave. A peak without curvature is
 * FIT_NOT_IDENTIFIED.
 */
enum fit_status life_climb(const struct life_cell *cells, size_t n, unsigned free_bits,
                           struct life_fit *fit);

#define LIFE_FREE(parameter) (1U << (parameter))

/**
 * mu and ln sigma of a Weibull by the profile equation, intervals standing at their
 * middle. False if there is no peak: all failures at the oldest age.
 */
bool life_profile(const struct life_cell *cells, size_t n, struct life_curve *curve);

/** ln eta of a Weibull whose shape is given, intervals standing at their middle. */
double life_scale(const struct life_cell *cells, size_t n, double beta);

/** The mixture of life.h: dead on arrival, defective, or both, by AIC. */
enum fit_status life_mixture(const struct life_cell *cells, size_t n, struct life_fit *fit);

/** A plain curve: none dead on arrival, all can fail. */
struct life_curve life_plain(enum life_model model, double mu, double log_sigma);

#endif
