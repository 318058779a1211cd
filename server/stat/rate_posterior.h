#ifndef STAT_RATE_POSTERIOR_H
#define STAT_RATE_POSTERIOR_H

#include <stdbool.h>

/** What is believed of a Poisson rate before counting: Gamma(shape, exposure). */
struct rate_prior {
    double shape;    /* > 0 */
    double exposure; /* >= 0; 0 for the flat prior (shape 1) and Jeffreys' (1/2) */
};

/** What is believed of it afterwards, in events per unit of exposure. */
struct rate_posterior {
    double shape, exposure;
    double mean;
    double at_least, at_most; /* each is right with probability `level` */
};

/**
 * The posterior of a rate after `x` events (a real number is allowed) in
 * `exposure`; `level` is one-sided, a fraction. False, and nothing written,
 * unless x >= 0, both exposures together > 0 and 0 < level < 1.
 */
bool rate_posterior(double x, double exposure, struct rate_prior prior, double level,
                    struct rate_posterior *posterior);

#endif
