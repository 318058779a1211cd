#ifndef STAT_CHART_H
#define STAT_CHART_H

#include <stdbool.h>
#include <stddef.h>

/**
 * Control charts: a value and its limits for each of `k` points, in time order.
 * The caller owns all arrays. All return false, and write nothing, when counts or
 * parameters make no sense.
 */
struct chart_point {
    double value, low, high;
    bool signal; /* outside of the limits */
};

struct p_chart {
    double centre;  /* all x / all n */
    double sigma_z; /* how much more the points vary than chance lets them; 1 at least two points */
};

/**
 * x[i] of n[i], three standard errors either way, the lower limit not below 0.
 * `laney` widens the limits by sigma_z = mean |z_i - z_(i-1)| / 1.128 (Laney,
 * Quality Engineering 14 (2002)): on thousands of units the plain chart flags
 * everything. Recommended when sigma_z is above CHART_LANEY_MIN.
 */
bool p_chart(const double *x, const double *n, size_t k, bool laney, struct p_chart *chart,
             struct chart_point *points);
#define CHART_LANEY_MIN 1.2

/**
 * Exponentially weighted moving average from `target`, 0 < weight <= 1, with the
 * exact limits width sigma sqrt(w/(2-w) (1-(1-w)^2t)) (Montgomery, Introduction
 * to Statistical Quality Control).
 */
struct ewma {
    double target, sigma, weight, width;
};
bool ewma_chart(const double *x, size_t k, struct ewma ewma, struct chart_point *points);

/**
 * Tabular CUSUM of means: C+ = max(0, C+ + (x - target)/sigma - reference), C-
 * likewise below; a signal when either passes `limit`. `value` of a point is C+,
 * `low` is -C-, `high` the limit.
 */
struct cusum {
    double target, sigma, reference, limit;
};
bool cusum_chart(const double *x, size_t k, struct cusum cusum, struct chart_point *points);

/**
 * CUSUM of counts against expected counts that vary: C = max(0, C + x - r e) with
 * r = (ratio - 1) / ln ratio, best for a rise to `ratio` times (Lucas,
 * Technometrics 27 (1985)). ratio > 1.
 */
bool cusum_counts(const double *x, const double *expected, size_t k, double ratio, double limit,
                  struct chart_point *points);

/**
 * Bernoulli CUSUM of single units in order, each returned (1) or not (0): steps
 * ln(p1/p0) and ln((1-p1)/(1-p0)). 0 < p0 < p1 < 1.
 */
bool cusum_bernoulli(const double *x, size_t k, double p0, double p1, double limit,
                     struct chart_point *points);

#endif
