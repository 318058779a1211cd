#ifndef STAT_SCAN_H
#define STAT_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * Where along a line of units (serials, build dates) events cluster: Kulldorff's
 * scan statistic (Communications in Statistics 26 (1997)) in one dimension.
 */
struct scan_window {
    size_t first, last; /* bins, both in it */
    double observed, expected;
    double llr; /* c ln(c/e) + (C-c) ln((C-c)/(C-e)), expected counts scaled to C */
    double p;   /* of as large an LLR anywhere by chance: rank among the replicates */
};

#define SCAN_BINS_MAX 500

struct scan_plan {
    int replicates; /* 99 or 999 are usual; at most 9999 */
    uint64_t seed;
};

/**
 * The window of at most half of all exposure whose events most exceed what its
 * share of the exposure lets expect. `events[i]`, whole numbers, and
 * `exposure[i]` > 0 of each bin; `scratch` has room for 2 n numbers. False, and
 * nothing written, unless 2 <= n <= SCAN_BINS_MAX, there are events, no more
 * than 1e6, and some window has more than expected.
 */
bool scan_line(const double *events, const double *exposure, size_t n, struct scan_plan plan,
               double *scratch, struct scan_window *window);

#endif
