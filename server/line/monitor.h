#ifndef LINE_MONITOR_H
#define LINE_MONITOR_H

#include "line/history.h"

/** Months of a line one after the other, for charts. */
struct monitor_point {
    int month;
    double observed, n; /* events, of units: shipped, or at risk at the month's beginning */
    double expected;    /* by the baseline; NAN where it is the chart that tells */
};

/**
 * Months of shipment of which `periods` of age are over, from `first` to before `end`: how many
 * of those shipped had an event by then. Returns how many there are; months that make no sense
 * are left out. `points` has room for all.
 */
size_t monitor_cohorts(struct monitor_point *points, const struct line_history *line, int first,
                       int end, size_t periods, struct moment now, struct arena *arena);

/**
 * Months of events in `span` that are over, against what the months of `baseline` let expect of
 * the same units by lag. Months of which nothing can be expected are left out.
 */
size_t monitor_events(struct monitor_point *points, const struct line_history *line,
                      struct lag_span span, struct lag_span baseline, struct moment now);

#endif
