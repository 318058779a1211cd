#ifndef STAT_TRIANGLE_H
#define STAT_TRIANGLE_H

#include "stat/interval.h"
#include "stat/status.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * How much is still to come of cohorts that are not fully aged (IBNR): what older
 * cohorts did after the same age. Pure functions on arrays that the caller owns.
 */

/** Cumulative returns of `rows` cohorts, the oldest first, by age. */
struct triangle {
    const double *at;    /* row after row, `ages` each; what is not known yet is not looked at */
    const size_t *known; /* ages known of each row: the first row's all, no row's more than the
                            row's before it, at least 1 */
    size_t rows, ages;
};

/** Fewer ages seen of the oldest cohort refuse the chain ladder. */
#define TRIANGLE_DIAGONALS_MIN 3
/** A last factor that rests on one row and adds more than this share is told. */
#define TRIANGLE_DRIVEN 0.2

struct chain {
    double *factors;   /* ages - 1: by how much an age's returns grow to the next */
    double *variances; /* ages - 1: Mack's sigma squared; 0 where `has_errors` is false */
    double *reported;  /* ages: the share G of all returns that has come by that age */
    double *ultimates; /* rows */
    double *errors;    /* rows: standard errors of the ultimates; 0 without has_errors */
    double reserve;    /* all that is to come */
    double error;      /* its standard error; 0 without has_errors */
    bool has_errors;   /* every factor has a variance */
    bool driven;       /* one cell drives the last factor, see TRIANGLE_DRIVEN */
};

/**
 * The chain ladder with the standard errors of Mack, ASTIN Bulletin 23 (1993)
 * and 29 (1999). The last variance, of one ratio only, is min(v2^2/v1, v1, v2) of the two
 * before it. Sets all members of `chain` but its pointers.
 *
 * FIT_BAD_INPUT for a shape or numbers that make no sense (negative, not finite);
 * FIT_NOT_IDENTIFIED for fewer than TRIANGLE_DIAGONALS_MIN ages, or an age by which
 * nothing has come back at all: its factor is undefined. Then nothing is written.
 */
enum fit_status chain_ladder(const struct triangle *triangle, struct chain *chain);

/**
 * Over-dispersion of the increments against the chain ladder's fitted ones, Pearson's
 * X2 over its degrees of freedom (England and Verrall, Insurance: Mathematics and
 * Economics 25 (1999)). False, and nothing written, without degrees of freedom, or
 * where a fitted increment is not above 0 and the observed one is not 0.
 */
bool triangle_dispersion(const struct triangle *triangle, const struct chain *chain, double *phi);

/** The two-sided interval of an over-dispersed Poisson number; a phi below 1 counts as 1. */
bool triangle_interval(double expected, double phi, double level, struct interval *interval);

/** Estimates of one cohort of which `shipped` units are known. */
struct cohort_ultimate {
    double chain_ladder;         /* R / G */
    double cape_cod;             /* S p: the prior alone */
    double bornhuetter_ferguson; /* R + S p (1 - G) */
    double benktander;           /* R + (1 - G) times the one before */
    double chosen;               /* by the rule of ultimate_method() */
};

enum ultimate_method { ULTIMATE_CAPE_COD, ULTIMATE_BORNHUETTER_FERGUSON, ULTIMATE_CHAIN_LADDER };

/**
 * Which estimate to show: below a reported fraction of 0.3 the prior alone, above 0.7
 * the chain ladder, between them Bornhuetter and Ferguson's.
 */
enum ultimate_method ultimate_method(double reported_fraction);

/**
 * Ultimates of cohorts whose exposure is known: returned[i] so far of shipped[i]
 * units, of which the share fraction[i] of all returns is expected to have come;
 * `rate` is Cape Cod's, sum returned / sum (shipped fraction). FIT_BAD_INPUT, and
 * nothing written, unless 0 <= returned <= shipped, 0 < fraction <= 1 and something
 * was shipped; a rate above 1 is cut to 1.
 */
enum fit_status cape_cod(const double *returned, const double *shipped, const double *fraction,
                         size_t n, double *rate, struct cohort_ultimate *ultimates);

#endif
