#ifndef STAT_FORECAST_H
#define STAT_FORECAST_H

#include "stat/interval.h"
#include "stat/life.h"

#include <stdint.h>

/**
 * How many units will fail in the periods to come, from a curve of ages fitted to
 * those that did: Escobar and Meeker, Statistical Prediction Based on Censored Life
 * Data, Technometrics 41 (1999). A period is the unit of the curve's ages.
 */

/** Units of one age, still in use. */
struct cohort {
    double survivors; /* >= 0 */
    double age;       /* now, >= 0 */
};

struct forecast_plan {
    const struct cohort *cohorts;
    size_t n;
    double periods;          /* to look ahead, > 0 */
    double warranty;         /* an age > 0 after which failures do not count; INFINITY: none */
    const double *shipments; /* units shipped at the beginning of each period to come, or NULL */
    size_t shipped;          /* how many such periods; those beyond `periods` are left out */
};

struct forecast {
    double expected;
    double process_variance;   /* were the curve known */
    double parameter_variance; /* from what is not known of it, to first order */
    struct interval interval;  /* log-normal, of both variances; at most all units */
    struct interval poisson;   /* Minitab's: exact Poisson about the expected number */
    bool far; /* some units will be more than FORECAST_REACH times as old as any yet */
};

/** Ages beyond this many times the oldest age seen are extrapolated too far to go unsaid. */
#define FORECAST_REACH 2

/** The expected number alone. False, and nothing written, for a plan that makes no sense. */
bool forecast_expected(const struct life_curve *curve, const struct forecast_plan *plan,
                       double *expected);

/**
 * The forecast by `fit`, which must have a peak (fitted > 0), at the two-sided
 * `level`; what each cohort adds goes to `each`, room for plan->n numbers, or NULL.
 * False, and nothing written, for a plan or level that make no sense.
 */
bool forecast_returns(const struct life_fit *fit, const struct forecast_plan *plan, double level,
                      double *each, struct forecast *forecast);

/** Below this many failures take forecast_bootstrap's interval. */
#define FORECAST_FEW   10
#define FORECAST_DRAWS 2000
/** Failures one replicate may hold; with more there is no need of a bootstrap. */
#define FORECAST_FAILURES_MAX 256

/** What the bootstrap works in. */
struct forecast_room {
    struct life_cell *cells; /* plan->n + FORECAST_FAILURES_MAX of them */
    double *draws;           /* 2 * FORECAST_DRAWS */
};

struct forecast_bounds {
    struct interval interval; /* whole numbers */
    size_t used;              /* replicates with a failure, and so with a fit */
};

/**
 * Prediction bounds for few failures, calibrated by FORECAST_DRAWS replicates of
 * the past and the future, the same for the same `seed`.
 *
 * A replicate draws the past of every cohort from the fitted curve (as many units
 * as must have set out to leave those that survived, failure ages known exactly),
 * fits it as the data were fitted, with the shape kept where it is not identified,
 * and draws its future from the fitted curve; where that falls in the distribution
 * predicted by its own fit tells which quantile of the prediction from the data to
 * take. Replicates without failures are left out.
 *
 * FIT_BAD_INPUT, and nothing written, for plans and levels that make no sense, a
 * mixture, or more than FORECAST_FAILURES_MAX / 2 expected failures;
 * FIT_NOT_IDENTIFIED if fewer than half of the replicates can be used.
 */
enum fit_status forecast_bootstrap(const struct life_fit *fit, const struct forecast_plan *plan,
                                   double level, uint64_t seed, struct forecast_room room,
                                   struct forecast_bounds *bounds);

#endif
