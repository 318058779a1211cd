#ifndef STAT_DRAW_H
#define STAT_DRAW_H

#include "stat/pcg.h"

/** Numbers drawn from distributions; the same for the same generator on every machine. */

/** How many of `n` (a whole number >= 0) happen, each with probability 0 <= p <= 1; else 0. */
double draw_binomial(struct pcg *pcg, double n, double p);

/** What somebody entered for an uncertain number; low <= likely <= high, finite. */
struct spread {
    double low, likely, high;
};

/** From the triangular distribution with that mode. */
double draw_triangular(struct pcg *pcg, struct spread spread);

#endif
