#ifndef LINE_PROSPECT_H
#define LINE_PROSPECT_H

#include "line/lifetimes.h"
#include "stat/forecast.h"

/**
 * The units of a line that may come back yet, as forecasts take them. Ages are in periods,
 * exact to the day.
 */
struct prospect {
    struct cohort *days; /* survivors by day of shipment */
    size_t *month_of;    /* of each: its place among `months` */
    size_t ndays;
    struct cohort *months; /* the same by month of shipment, of their mean age */
    const char **names;    /* "2026-01-01" */
    size_t nmonths;
};

/** Days of shipment with survivors, the oldest first, if lots were not asked for. In the arena. */
void prospect_read(struct prospect *prospect, struct arena *arena,
                   const struct lifetimes *lifetimes);

/** The longest a warranty, and a look ahead, may be. */
#define PROSPECT_WARRANTY_MAX 1200
#define PROSPECT_PERIODS_MAX  60

/** Read "24m" or "730d" into periods of age; false if it is neither, or makes no sense. */
bool warranty_read(const char *text, double *periods);
/**
 * Read "120,120,90", units shipped at the beginning of each period to come, at most
 * PROSPECT_PERIODS_MAX numbers >= 0; false if that makes no sense.
 */
bool production_read(const char *text, double units[PROSPECT_PERIODS_MAX], size_t *n);

#endif
