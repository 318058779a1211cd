#ifndef STAT_LIFE_H
#define STAT_LIFE_H

#include "stat/interval.h"
#include "stat/status.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * How long units last: maximum likelihood for ages that are known exactly, only
 * within an interval, or only to exceed the age reached.
 *
 * Every model is F(t) = p0 + (1 - p0) p1 G((ln t - mu) / sigma): a mass p0 dead on
 * arrival, a share p1 of the others that can fail at all, and a distribution G of
 * the logarithm of age. Meeker and Escobar, Statistical Methods for Reliability
 * Data (1998), chapters 7, 8 and 11. Ages have any one unit, that of the cells.
 */

/** Units of one fate. Exact if from == to; never failed if `to` is INFINITY; else in (from, to]. */
struct life_cell {
    double from, to; /* 0 <= from <= to; 0 < to */
    double count;    /* >= 0, any real number */
};

enum life_model { LIFE_WEIBULL, LIFE_LOGNORMAL, LIFE_EXPONENTIAL, LIFE_MIXTURE };
#define LIFE_MODELS 4

/** Places in `life_curve.at`; all are free to be any real number. */
enum { LIFE_MU, LIFE_LOG_SIGMA, LIFE_DEAD, LIFE_DEFECTIVE, LIFE_PARAMETERS };

/**
 * A distribution of ages: mu (ln eta of a Weibull, the mean of ln t of a
 * lognormal), ln sigma (-ln beta of a Weibull), logit p0 (-INFINITY: none is dead
 * on arrival), logit p1 (INFINITY: all can fail).
 */
struct life_curve {
    enum life_model model;
    double at[LIFE_PARAMETERS];
};

struct life_fit {
    enum fit_status status;
    struct life_curve curve;
    /* of `curve.at`, from the observed information; rows of what was not fitted are 0 */
    double covariance[LIFE_PARAMETERS][LIFE_PARAMETERS];
    double log_likelihood, aic;
    size_t fitted;   /* parameters that were */
    double failures; /* counted */
    double oldest;   /* the greatest age in the cells */
};

/** With fewer failures no shape is fitted: take life_weibayes with the shape of the family. */
#define LIFE_FAILURES_MIN 3
/** A characteristic life of this many times the oldest age is made up, not measured. */
#define LIFE_REACH_MAX 100

/**
 * The curve of `model` that makes the cells most likely. Exact and right-censored
 * ages by the profile equation of beta, others by Newton's method with closed-form
 * derivatives. Units censored at age 0 count for nothing.
 *
 * FIT_BAD_INPUT, and nothing written, for cells that make no sense; FIT_NO_EVENTS
 * without failures; FIT_NOT_IDENTIFIED if a shape is asked of fewer than
 * LIFE_FAILURES_MIN failures, if the likelihood has no peak, or if eta (of the
 * lognormal, the median) passes LIFE_REACH_MAX times the oldest age: in that last
 * case the fit is complete and only warns. Without a peak all numbers but the
 * counts are 0.
 */
enum fit_status life_fit(enum life_model model, const struct life_cell *cells, size_t n,
                         struct life_fit *fit);

/** A Weibull fit with the shape `beta` > 0 given; one failure is enough. */
enum fit_status life_weibayes(const struct life_cell *cells, size_t n, double beta,
                              struct life_fit *fit);

/**
 * The eta that is exceeded with the one-sided confidence `level` when `beta` is
 * known, also without a failure: (sum t^beta / -ln(1 - level))^(1/beta) then, and
 * the chi-squared bound with 2 r + 2 degrees of freedom else. An age known within
 * an interval counts as its beginning. False, and nothing written, for cells that
 * make no sense or no age above 0.
 */
bool life_weibayes_bound(const struct life_cell *cells, size_t n, double beta, double level,
                         double *eta);

/** With fewer failures the errors of the covariance are too small: take the interval below. */
#define LIFE_FAILURES_FEW 10

/**
 * The values of one fitted parameter of `fit->curve.at` that the likelihood ratio does not
 * refuse at the two-sided `level`: with the others at their best, twice the log-likelihood
 * lost stays below the quantile of chi-squared with one degree of freedom, 3.841459 for
 * 0.95 (Meeker and Escobar, chapter 8). `fit` is that of these cells. An end without a
 * limit is -INFINITY or INFINITY. False, and nothing written, for a parameter that was not
 * fitted or a level that makes no sense.
 */
bool life_likelihood_interval(const struct life_cell *cells, size_t n, const struct life_fit *fit,
                              size_t parameter, double level, struct interval *interval);

/** All models, the best first. */
struct life_choice {
    struct life_fit fits[LIFE_MODELS]; /* by AIC; those without a peak come last */
    size_t found;                      /* with a peak */
    bool close;                        /* the second is within LIFE_AIC_CLOSE of the first */
};

#define LIFE_AIC_CLOSE 2.0

/** Fit all; the status is that of the best. FIT_BAD_INPUT and FIT_NO_EVENTS write nothing. */
enum fit_status life_select(const struct life_cell *cells, size_t n, struct life_choice *choice);

/** Characteristic life and shape of a Weibull, and the shares of a mixture. */
double life_eta(const struct life_curve *curve);
double life_beta(const struct life_curve *curve);
double life_dead(const struct life_curve *curve);
double life_defective(const struct life_curve *curve);

/** F(age): the share that has failed by `age` >= 0; INFINITY is allowed. */
double life_cdf(const struct life_curve *curve, double age);

/**
 * The share of the units alive at age `from` that fails by age `to`,
 * (F(to) - F(from)) / (1 - F(from)), without the loss of digits in small hazards;
 * 0 unless from < to. Units of age 0 have yet to arrive: it is F(to).
 */
double life_hazard_between(const struct life_curve *curve, double from, double to);

/** Mean and standard deviation; false where units live for ever or the numbers overflow. */
bool life_moments(const struct life_curve *curve, double *mean, double *sd);

/** The age by which a share 0 < p < 1 has failed (B10: 0.1); false where it never has. */
bool life_quantile(const struct life_curve *curve, double p, double *age);

#endif
