#ifndef STAT_SPECIAL_H
#define STAT_SPECIAL_H

/**
 * Special functions and the distributions made of them.
 *
 * Pure, thread-safe, bounded loops. Probabilities are kept as both tails where
 * one minus the other would lose digits. Outside its domain a function returns
 * NAN, which callers must not let out of server/stat.
 */

/** Natural logarithm of the gamma function, x > 0 (lgamma_r: lgamma is not thread-safe). */
double log_gamma(double x);
/** Derivative of log_gamma, x > 0. */
double digamma(double x);
/** Second derivative of log_gamma, x > 0. */
double trigamma(double x);

/** The two tails of a distribution at a point; each is right to its own last digits. */
struct tails {
    double lower, upper; /* P(X <= x), P(X > x) */
};

/** Regularised incomplete beta function I_x(a, b) and its complement; a, b > 0, 0 <= x <= 1. */
struct tails beta_tails(double x, double a, double b);
/** x with I_x(a, b) = p; 0 <= p <= 1. */
double beta_quantile(double p, double a, double b);
/** x with 1 - I_x(a, b) = p, without the loss of 1 - p. */
double beta_quantile_upper(double p, double a, double b);

/** Regularised incomplete gamma functions P(a, x) and Q(a, x); a > 0, x >= 0. */
struct tails gamma_tails(double x, double a);
/** x with P(a, x) = p. */
double gamma_quantile(double p, double a);
/** x with Q(a, x) = p. */
double gamma_quantile_upper(double p, double a);
/** Quantile of the chi-squared distribution; `df` may be any real number > 0. */
double chi2_quantile(double p, double df);
double chi2_quantile_upper(double p, double df);

/** Standard normal distribution. */
struct tails normal_tails(double z);
/** Wichura's AS 241 (PPND16). */
double normal_quantile(double p);

/** P(X <= k) and P(X > k) of binomial(n, p); n may be large. */
struct tails binomial_tails(double k, double n, double p);
/** P(X <= k) and P(X > k) of Poisson(mean). */
struct tails poisson_tails(double k, double mean);

#endif
