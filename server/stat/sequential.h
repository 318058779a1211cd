#ifndef STAT_SEQUENTIAL_H
#define STAT_SEQUENTIAL_H

#include <stdbool.h>

/**
 * Tests that may be looked at after every event.
 *
 * Means are expected counts under the baseline; a plan watches until the
 * expected count has reached `length`.
 */

/** LLR = O ln(O/E) - (O - E) where O > E, else 0; 0 also unless 0 < E. */
double maxsprt_llr(double observed, double expected);

/** A Poisson MaxSPRT: Kulldorff et al., Sequential Analysis 30 (2011). */
struct maxsprt_plan {
    double length; /* T, the expected count at which watching ends; 0 < T <= 200 */
    int least;     /* M, no signal before so many events; 1 to 50 */
};

/**
 * The flat boundary at which the chance of a false signal in the whole plan is
 * `alpha`, by an exact recursion over the times at which k events would signal;
 * to 1e-9, at most 30. False if the plan or alpha (0 < alpha <= 0.5) is out of range, or no
 * boundary has that alpha.
 */
bool maxsprt_boundary(struct maxsprt_plan plan, double alpha, double *boundary);

/** The chance that a plan with that boundary, at most 100, gives a false signal; NAN out of range.
 */
double maxsprt_chance(struct maxsprt_plan plan, double boundary);

struct maxsprt_power {
    double power;       /* chance of a signal when events come `ratio` times as often */
    double signal_time; /* expected count, by the baseline, at the signal, given there is one */
    double length;      /* the same until the plan ends, with a signal or without */
};

/** What a plan with that boundary does at a ratio > 0; false out of range. */
bool maxsprt_power(struct maxsprt_plan plan, double boundary, double ratio,
                   struct maxsprt_power *power);

/** Wald's test of a share p1 against p2 > p1: lines over the number of trials n. */
struct sprt {
    double accept,
        reject; /* accept at or below -accept + slope n, reject at or above reject + slope n */
    double slope, k;
};

/** `alpha`: chance to reject at p1, `beta`: to accept at p2. False unless 0 < p1 < p2 < 1 and both
 * in (0, 1/2). */
bool sprt_lines(double p1, double p2, double alpha, double beta, struct sprt *sprt);
/** Events that reject after n trials; may be more than n: then none can. */
double sprt_reject_at(const struct sprt *sprt, double n);
/** Events up to which it accepts after n trials; -1 if it cannot yet. */
double sprt_accept_at(const struct sprt *sprt, double n);

#endif
