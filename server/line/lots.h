#ifndef LINE_LOTS_H
#define LINE_LOTS_H

#include "line/day_bins.h"

/**
 * Whether lots last differently: a mixture of them is no one curve, and then the split is what
 * is to be reported. Each lot is fitted by itself, and all others without it; twice what the
 * likelihood gains over the fit of all is compared with chi-squared, and adjusted for the
 * number of lots by Benjamini and Hochberg.
 */
struct lot_fit {
    const char *lot;
    double n, x;                   /* units, counted events */
    struct life_curve own, others; /* Weibulls of the lot and of all others, days */
    double statistic, p; /* twice the gain; with as many degrees of freedom as parameters: 2 */
    double q;
    bool differs;
};

/** The most lots that are tested: those with the most events. */
#define LOTS_MAX 50
/** A lot differs if its q is at most this. */
#define LOTS_Q_MAX 0.05

struct lots {
    struct lot_fit *at; /* by statistic, the greatest first; only those that could be fitted */
    size_t n;
    size_t untested; /* lots with a name and events that were not */
};

/** Test the lots; units without a lot are among the others. All is in the arena. */
void lots_test(struct lots *lots, struct arena *arena, const struct lifetimes *lifetimes);

#endif
