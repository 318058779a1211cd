#ifndef STAT_QUANTILE_H
#define STAT_QUANTILE_H

/** The search that all quantiles of special.h share. */

/**
 * A tail of a distribution on a scale `u` where its density is log-concave, so
 * that the logarithm of the tail is concave too. The tail rises with u.
 */
struct tail_point {
    double log_tail;
    double ratio; /* tail divided by its derivative in u: 1 / (d log_tail / du) */
};

struct tail_curve {
    struct tail_point (*at)(const struct tail_curve *curve, double u);
    double a, b; /* parameters of the distribution, for `at` */
};

/**
 * The u within +-QUANTILE_RANGE where the tail is `p`, 0 < p < 1, from the guess
 * `u`; p should not exceed about 1/2, where one minus p would lose digits.
 * NAN if the curve gives NAN or the search does not settle.
 */
double quantile_search(const struct tail_curve *curve, double p, double u);

/** Logarithms beyond this leave the range of a double. */
#define QUANTILE_RANGE 700.0

#endif
