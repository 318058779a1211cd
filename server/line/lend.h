#ifndef LINE_LEND_H
#define LINE_LEND_H

#include "base/arena.h"
#include "line/history.h"
#include "stat/shrink.h"

/**
 * What the lines of a family lend each other (empirical Bayes, see stat/shrink.h), with one
 * guard more: a few lines that demonstrably differ have no common rate, so each of them is
 * left with its own counts.
 */
enum lending {
    LENT_NOTHING, /* the only one of its family, or one of a few that differ */
    LENT_POOL,    /* the lines do not differ measurably: all have one rate */
    LENT_PRIOR    /* a prior fitted to the family */
};

/** Counts of one line. */
struct line_count {
    double x, n;
    bool known; /* 0 <= x <= n, 0 < n: else it neither lends nor gets anything */
};

struct lent {
    enum lending how;
    double rate, weight; /* the share of its own data in it */
    struct interval interval;
    struct beta_prior posterior;
    size_t lines; /* of the family, with counts */
};

/** The words that are told for `how`. */
const char *lending_word(enum lending how);

/** Lend among all lines, family by family; `counts` and `lent` have an entry for each. */
void lend(const struct line_histories *lines, const struct line_count *counts, double level,
          struct arena *arena, struct lent *lent);

#endif
