#ifndef LINE_EXPLAIN_EXPECT_H
#define LINE_EXPLAIN_EXPECT_H

#include "line/explain.h"

/**
 * What each segment of a dimension was expected to show, scaled so that together they are
 * expected to show `expected`, and what it showed. For explain.c alone; `at` has room for one
 * more than the dimension has. Returns how many there are.
 */
size_t segments_expect(struct explained *at, const struct segments *segments,
                       const struct segments *parent, const struct segment_dimension *dimension,
                       double expected, double level, struct arena *arena);

/** Units at risk of all lags, a month each. */
double units_at_risk(const struct lag_counts *counts);

#endif
