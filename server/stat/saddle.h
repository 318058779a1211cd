#ifndef STAT_SADDLE_H
#define STAT_SADDLE_H

/**
 * Densities of counts without cancellation.
 *
 * The textbook forms subtract logarithms of gamma functions as large as the
 * counts times their logarithm, and lose the digits that matter. C. Loader, "Fast
 * and accurate computation of binomial probabilities" (2000), writes the same
 * densities as the error of Stirling's formula and a deviance, both small where
 * the density is not. Arguments may be any real numbers in the ranges given.
 */

/** log Gamma(x + 1) less Stirling's (x + 1/2) log x - x + log(2 pi)/2; x > 0. */
double stirling_error(double x);

/** x log(x / mean) + mean - x, which is 0 at x = mean and positive elsewhere; x, mean > 0. */
double deviance(double x, double mean);

/** log P(X = x), X Poisson distributed; 0 <= x, 0 < mean. */
double poisson_log_density(double x, double mean);

/** log P(X = x), X binomial(n, p) distributed; 0 <= x <= n, 0 < p < 1. */
double binomial_log_density(double x, double n, double p);

#endif
