#ifndef LINE_SPLIT_H
#define LINE_SPLIT_H

#include "base/arena.h"

#include <libpq-fe.h>
#include <stdbool.h>

/**
 * A line split into segments of one dimension, and each segment against all others.
 */

/** One segment; by class, all units are at risk of each. */
struct split_part {
    const char *key;   /* "DE", "2026-01"; "" for units whose lot is not known */
    double shipped;    /* all its units */
    double n, x;       /* those of months that are old enough, and their events by the age */
    double expected;   /* events, did the segment come back like all; NAN: not tested */
    double p, q;       /* one-sided, of so many events or more; adjusted for the segments */
    bool returns_only; /* the segment is of events: no units were shipped by it */
};

struct split {
    struct split_part *parts;
    size_t n;
    double shipped, matured, events; /* of all together */
    double months, oldest;           /* months that are old enough; periods over for the oldest */
    double covered, uncovered;       /* all events so far, of cohorts and of none */
};

/** Read the rows of line_rate_split; what holds neither units nor events is left out. */
void split_read(struct split *split, struct arena *arena, const PGresult *rows);

/** Read the rows of line_flow_split: `n` are units sold, `x` units that came back meanwhile. */
void split_read_flow(struct split *split, struct arena *arena, const PGresult *rows);

/** Segments of which fewer events would be expected are not tested. */
#define SPLIT_EXPECTED_MIN 1

/**
 * Test each segment against all others by the one-sided mid-p of two_rates_exact(), and
 * adjust by Benjamini and Hochberg for as many tests as there are. Segments of events, a
 * single segment, and counts that make no sense are not tested: `expected`, `p` and `q`
 * are NAN then.
 */
void split_test(struct split *split, struct arena *arena);

#endif
