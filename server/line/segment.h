#ifndef LINE_SEGMENT_H
#define LINE_SEGMENT_H

#include "base/arena.h"
#include "line/history.h"

#include <libpq-fe.h>

/**
 * The events of a line by its dimensions (country, channel, product, lot, reason), in a window
 * of months and in the baseline before it.
 */
struct line_segment {
    const char *key;
    struct lag_counts window, baseline; /* of a reason events alone, at no lag: see `counts` */
    double counts[2];                   /* events of the window and of the baseline */
};

/** A dimension: its segments have all events of the line but those of which it is not known. */
struct segment_dimension {
    const char *name;
    bool exposed; /* units are shipped by it; reasons are only told of what comes back */
    struct line_segment *at;
    size_t n;
};

#define SEGMENT_DIMENSIONS 5
/** What segment_cell_list told. */
struct segments {
    struct line_segment whole;
    struct segment_dimension dimensions[SEGMENT_DIMENSIONS];
    size_t n;
    struct lag_span window, baseline;
};

/** Read the rows of segment_cell_list; all is in the arena. */
void segments_read(struct segments *segments, struct arena *arena, const PGresult *rows,
                   int window_months, int baseline_months);

#endif
