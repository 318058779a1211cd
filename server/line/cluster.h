#ifndef LINE_CLUSTER_H
#define LINE_CLUSTER_H

#include "base/arena.h"
#include "line/month.h"
#include "stat/cohort.h"
#include "stat/scan.h"

#include <libpq-fe.h>

/**
 * Clusters of returns along serials or days of shipment (stat/scan.h). What a bin lets expect is
 * its units times the share that has come back by their age: young units are not taken for
 * good ones.
 */

/** A line is scanned in so many bins of nearly equal size. */
#define CLUSTER_BINS 200
/** So many models and prefixes, the largest. */
#define CLUSTER_GROUPS     20
#define CLUSTER_REPLICATES 999
#define CLUSTER_SEED       20260101

/** The share of units that has come back by each age, of all months of a line together. */
struct age_curve {
    double *shares; /* by the end of each period of age */
    size_t n;
};
struct age_curve age_curve_make(const struct cohort_table *table, struct arena *arena);
/** By an age of so many days, between the ends of periods along a line; more than 0. */
double age_curve_at(const struct age_curve *curve, double days);

struct cluster_bin {
    const char *first, *last;           /* serials, or days */
    const char *first_back, *last_back; /* of units that came back; NULL: none did */
    double units, events, exposure;
};

/** One run of serials, or of days, and its worst window. */
struct cluster {
    const char *model, *prefix; /* NULL for days */
    struct cluster_bin *bins;
    size_t n;
    double units, events;
    bool found; /* some window has more than its share */
    struct scan_window window;
    double q; /* of all runs that were scanned; NAN unless found */
};
struct clusters {
    struct cluster *at;
    size_t n;
};

/** Read the rows of scan_unit_list, and scan them. */
void clusters_of_serials(struct clusters *clusters, struct arena *arena, const PGresult *rows,
                         const struct age_curve *curve);
/** Read the rows of scan_day_list, and scan them. */
void clusters_of_days(struct clusters *clusters, struct arena *arena, const PGresult *rows,
                      const struct age_curve *curve);

/** Of the worst window: where it begins and ends with a return, and its units. */
const char *cluster_first(const struct cluster *cluster);
const char *cluster_last(const struct cluster *cluster);
double cluster_units(const struct cluster *cluster);

#endif
