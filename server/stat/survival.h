#ifndef STAT_SURVIVAL_H
#define STAT_SURVIVAL_H

#include "stat/interval.h"
#include "stat/status.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * The share of units that has failed by each age, from units that are watched for
 * different lengths of time. Pure functions on arrays that the caller owns.
 */

/** What happened at one age, or between two: units at risk, of them failed, of them lost sight of.
 */
struct age_count {
    double at_risk, failed, withdrawn; /* failed <= at_risk */
};

enum survival_interval {
    SURVIVAL_PLAIN,   /* F -/+ z se, as printed in old books; cut at 0 and 1 */
    SURVIVAL_LOG_LOG, /* on ln(-ln(1 - F)) */
    SURVIVAL_LOGIT    /* on ln(F / (1 - F)), Meeker and Escobar, chapter 3 */
};

struct survival_point {
    double hazard;            /* q: share of those at risk that failed here */
    double failed;            /* F: share that has failed by the end of this age */
    double error;             /* Greenwood's standard error of F; 0 unless has_error */
    struct interval interval; /* of F; equal to F where there is no error */
    bool has_error;           /* false once all at risk have failed */
};

/** Whether those withdrawn left at the end of the age, or evenly during it. */
enum withdrawal { WITHDRAWN_AFTER, WITHDRAWN_DURING };

/**
 * Kaplan and Meier (JASA 53 (1958)) for WITHDRAWN_AFTER, the actuarial estimate for
 * WITHDRAWN_DURING, where half of those withdrawn count as not at risk. `points`
 * has room for n; `known` is how many were written: the curve stops where nobody is
 * at risk. FIT_BAD_INPUT, and nothing written, for counts or a level that make no
 * sense; FIT_NO_EVENTS, with the points written, if nothing failed.
 */
enum fit_status survival_curve(const struct age_count *ages, size_t n, enum withdrawal withdrawal,
                               enum survival_interval method, double level,
                               struct survival_point *points, size_t *known);

/**
 * Units that failed, and units still running, as `n` ages with their numbers, sorted
 * by age with failures first where both are equal, become counts at each distinct
 * failure age. `counts` and `at` have room for n. Returns how many there are.
 */
struct lifetime {
    double age, units;
    bool failed;
};
size_t survival_counts(const struct lifetime *lives, size_t n, struct age_count *counts,
                       double *at);
/** For qsort(): the order that survival_counts() takes. */
int lifetime_compare(const void *a, const void *b);

/**
 * Cumulative incidence of several classes of failure (Kalbfleisch and Prentice): by age
 * k, class j has taken the share sum S(k-1) d[j][k] / n[k]. `failed` is classes x n, row
 * after row, as is `incidence`. The classes' shares sum to 1 - S; 1 - KM of each class alone
 * would sum to more. FIT_BAD_INPUT, and nothing written, unless the classes' failures are
 * at most at_risk[k]; ages after which nobody is at risk add nothing.
 */
enum fit_status survival_incidence(const double *at_risk, const double *failed, size_t classes,
                                   size_t n, double *incidence);

/** The same for one class against all others, with what is not known of it. */
struct incidence_point {
    double share, error;      /* taken by the end of this age; its standard error */
    struct interval interval; /* on ln(-ln(1 - share)), within 0 and 1 */
};
/**
 * Errors by the delta method (Marubini and Valsecchi, Analysing Survival Data from Clinical
 * Trials and Observational Studies (1995), 10.2); without others they are Greenwood's.
 * FIT_BAD_INPUT as above, or unless 0 < level < 1; FIT_NO_EVENTS, with the points written,
 * if the class took nothing.
 */
enum fit_status survival_incidence_of(const double *at_risk, const double *failed,
                                      const double *others, size_t n, double level,
                                      struct incidence_point *points);

/** The mean number of repairs per unit by an age. */
struct mcf_point {
    double age, mean, variance;
    struct interval interval; /* of the mean: log-normal */
};
/**
 * Mean cumulative number of repairs per unit (MCF), a point for each of the `n` repairs
 * of all units, whose ages come sorted; ends[i] is the age until which unit i was watched,
 * inclusive. Variance as by Nelson, Recurrent Events Data Analysis (2003), each repair
 * taken by itself. False, and nothing written, for ages out of order, below 0 or beyond
 * the last end, or unless 0 < level < 1.
 */
bool mcf_curve(const double *repairs, size_t n, const double *ends, size_t units, double level,
               struct mcf_point *points);

#endif
