#ifndef STAT_ATTRIBUTION_H
#define STAT_ATTRIBUTION_H

#include <stdbool.h>
#include <stddef.h>

/** Which segment explains a change. */

/** A segment in the window before and in the one after: units shipped, units returned. */
struct segment {
    double shipped0, returned0, shipped1, returned1;
};

/** How a segment moved the rate of all. */
struct segment_effect {
    double rate;   /* s1 (r1 - r0): it returns more or less than it did */
    double mix;    /* (s1 - s0) (r0 - R0): it is a larger or smaller share of what is shipped */
    double excess; /* units: returned1 - shipped1 r0 */
};

/**
 * Split R1 - R0 into effects whose sum it is, exactly. A new segment counts with
 * r0 = R0, one that is gone with its mix alone. False unless both windows have
 * shipments and 0 <= returned <= shipped.
 */
bool rate_mix(const struct segment *segments, size_t n, struct segment_effect *effects,
              double *change);

/** A product count x value, before and after, split into the change of either. */
struct product_split {
    double inner; /* old count, change of value */
    double mix;   /* change of count, new value */
};
struct product_split product_split(double count0, double value0, double count1, double value1);

/** One value of a dimension: what was expected of it and what came. */
struct element {
    double expected, actual;
    double power, surprise; /* written: share of the whole change; see below */
    bool chosen;            /* written: belongs to its dimension's explanation */
};

/** A dimension with its elements. */
struct dimension {
    struct element *elements;
    size_t n;
    double power, surprise; /* written: of the chosen ones together */
    bool explains;          /* written: they reach ADTRIBUTOR_POWER_ALL */
};

#define ADTRIBUTOR_POWER_ONE 0.10 /* an element with less is no explanation */
#define ADTRIBUTOR_POWER_ALL 0.67 /* elements that explain so much together are enough */

/**
 * Bhagwan et al., "Adtributor" (NSDI 2014): explanatory power (A_i - F_i)/(A - F)
 * and surprise, the Jensen-Shannon term of the shares before and after, in nats.
 * Within each dimension the most surprising elements with enough power of their
 * own are taken until they explain enough. `order` is scratch as long as the
 * longest dimension. Writes the index of the most surprising dimension that
 * explains; false if none does, or the sums make no sense or did not change.
 */
bool adtributor(struct dimension *dimensions, size_t n, size_t *order, size_t *best);

#endif
