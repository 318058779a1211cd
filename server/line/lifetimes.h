#ifndef LINE_LIFETIMES_H
#define LINE_LIFETIMES_H

#include "line/cohorts.h"

/**
 * How long the units of a line lasted, by days of age, as line_life_list tells it. All is in
 * the arena.
 */

/** Units that are of one age today; of one lot, if that was asked for. */
struct lifetime_units {
    const char *lot;
    int age;           /* days since they were shipped, or first used */
    const char *month; /* in which that was: "2026-01-01" */
    double shipped;
    double left, left_in_period; /* for whatever reason; of these in a period of age that is over */
};

/** What happened at one age to units of any age. */
struct lifetime_event {
    const char *lot, *class;
    int age;
    bool counted, stays;     /* is of the classes asked for; the unit remains */
    double units, in_period; /* of these in a period of age that is over for the unit */
};

struct lifetimes {
    struct lifetime_units *units;
    size_t nunits;
    struct lifetime_event *events;
    size_t nevents;
    struct cohorts family; /* of all lines of the family, if it was needed */
    double days, unsound;  /* of shipment; left out, since more left than was shipped */
};

void lifetimes_read(struct lifetimes *lifetimes, struct arena *arena, const PGresult *rows);

/** Units shipped, and counted events, of all lots. */
double lifetimes_shipped(const struct lifetimes *lifetimes);
double lifetimes_counted(const struct lifetimes *lifetimes);

#endif
