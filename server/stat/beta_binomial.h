#ifndef STAT_BETA_BINOMIAL_H
#define STAT_BETA_BINOMIAL_H

#include "stat/status.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * Return rates of the lines of one family that differ from each other:
 * x[i] ~ Binomial(n[i], p[i]), p[i] ~ Beta(a, b).
 *
 * All functions take the counts as two arrays of `k` lines and return
 * FIT_BAD_INPUT, with nothing written, unless 0 <= x[i] <= n[i] and n[i] > 0.
 */
struct family {
    const double *x, *n;
    size_t k;
};

/** What is believed of a line's rate before its own counts are seen. */
struct beta_prior {
    double a, b;
};

/** The plain rates of the lines, and the prior that has their mean and variance. */
struct family_moments {
    double mean, sd;         /* of x / n, unweighted; sd with k - 1 */
    struct beta_prior prior; /* K = m (1 - m) / sd^2 - 1, a = m K, b = (1 - m) K */
};

/** FIT_NOT_IDENTIFIED, mean and sd written, if the lines do not vary enough for a prior. */
enum fit_status family_moments(struct family family, struct family_moments *moments);

/**
 * Tarone's score statistic for rates that vary more than chance (Biometrika 66
 * (1979) 585-590), standard normal if they do not: large means they do.
 * FIT_NO_EVENTS if nothing or everything came back.
 */
enum fit_status family_tarone(struct family family, double *z);

/**
 * The prior of greatest likelihood, by Newton's method on (log a, log b) with
 * the step halved until it climbs.
 *
 * FIT_NOT_IDENTIFIED once a + b passes 10 times the greatest n: the lines do
 * not differ measurably, and a strength that ran to infinity is no estimate.
 */
enum fit_status beta_binomial_fit(struct family family, struct beta_prior *prior,
                                  double *log_likelihood);
/** The likelihood that is maximised. */
double beta_binomial_log_likelihood(struct family family, struct beta_prior prior);

/** P(X >= x) of the beta-binomial; the beta's own tail where n > 100000 hides chance. */
double beta_binomial_at_least(double x, double n, struct beta_prior prior);
/** The smallest count k with P(X <= k) >= q, 0 < q < 1; NAN outside. */
double beta_binomial_quantile(double q, double n, struct beta_prior prior);

#endif
