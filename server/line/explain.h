#ifndef LINE_EXPLAIN_H
#define LINE_EXPLAIN_H

#include "base/text.h"
#include "line/segment.h"
#include "stat/interval.h"

/**
 * Which segments explain a change of returns: Adtributor (stat/attribution.h) on what each was
 * expected to show by the ages of its units and by its own level before, not on what it showed
 * last; a segment that was always worse explains no rise.
 */
struct explained {
    const struct segment_dimension *dimension;
    const char *key; /* NULL: the rest, of which the dimension is not known */
    double observed, expected, ratio;
    struct interval interval;
    double power, surprise;         /* share of the change; of the shares before and after */
    double rate_effect, mix_effect; /* on the rate per unit and month at risk; NAN for reasons */
    double p, q;                    /* one-sided; adjusted for all segments; NAN if not tested */
    bool chosen;
};

struct explanation {
    struct lag_span window, baseline;
    double observed, expected, counted, ratio, p;
    struct interval interval;
    double change; /* of events per unit and month at risk; NAN if not known */
    struct explained *segments;
    size_t n;
    const struct segment_dimension *dimension; /* whose chosen segments explain it; or NULL */
    const struct segment_dimension *reasons;   /* likewise, of reasons alone */
};

/** Fewer expected events are not taken apart. */
#define EXPLAIN_EXPECTED_MIN 5

/**
 * Explain the window of `segments`. All is in the arena, and lives as long as the segments do.
 * With `inside` they are those of one segment of `parent`: what is expected of it is settled, its
 * dimension as well, and curve and reasons are those of the parent as far as it has none.
 */
void explain(struct explanation *explanation, const struct segments *segments,
             const struct segments *parent, const struct explained *inside, double level,
             struct arena *arena);

/** The segment to look into: the chosen one with the greatest excess; NULL if it is too small. */
const struct explained *explain_deeper(const struct explanation *explanation);

/**
 * What explains the change, as a sentence that ends with a full stop; `deeper` is the explanation
 * of explain_deeper()'s segment, or NULL. NULL if nothing explains it.
 */
const char *explain_sentence(const struct explanation *explanation,
                             const struct explanation *deeper, struct arena *arena);

#endif
