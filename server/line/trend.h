#ifndef LINE_TREND_H
#define LINE_TREND_H

#include "base/arena.h"
#include "line/flag_settings.h"
#include "line/history.h"
#include "stat/interval.h"

/** Months before the window that tell what is to be expected. */
#define BASELINE_MONTHS 12
/** With fewer events in them a line leans on the curve of its family. */
#define BASELINE_EVENTS 20

/**
 * Events of the newest complete months against those that the twelve months before let expect
 * of the same units, lag by lag. Where a line has too short a past, the curve is its family's,
 * at the line's own level as far as that is known.
 */
struct trend {
    struct lag_span window, baseline;
    double observed, expected;
    double counted;           /* events that the expectation stands on */
    double ratio;             /* NAN if nothing was expected */
    struct interval interval; /* of the ratio, exact Poisson; NAN likewise */
    bool borrowed;            /* from the family */
    bool tested;              /* enough was expected; else p and q are NAN */
    double p, q;              /* one-sided; adjusted for all lines that were tested */
    const char *why;          /* what explains a rise, in sentences; NULL: it was not looked into */
};

/** All lines at once; `trends` has an entry for each. */
void trends_make(struct trend *trends, const struct line_histories *lines, struct moment now,
                 const struct flag_settings *settings, double level, struct arena *arena);

/** What was counted of some units in a window and in its baseline. */
struct trend_counts {
    struct lag_counts window, baseline;
};
struct trend_counts trend_counts(const struct lag_cells *cells, const double *events,
                                 struct lag_span window, struct lag_span baseline,
                                 struct moment now);

#endif
