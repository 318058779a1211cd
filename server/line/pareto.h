#ifndef LINE_PARETO_H
#define LINE_PARETO_H

#include "base/arena.h"

#include <libpq-fe.h>
#include <stdbool.h>
#include <stddef.h>

/**
 * The vital few of many causes: sorted by what they take, with what they take together
 * (Juran). What is not known is a cause like any other.
 */
struct pareto_bar {
    const char *key;
    double units, money;
    double uncovered;                /* units of these whose day of shipment is not known */
    double units_share, money_share; /* of all; NAN where there is nothing to share */
    double units_sum, money_sum;     /* the shares of this bar and those before it */
    bool vital;                      /* among the first that take PARETO_LINE together */
};

/** The share that the vital few take. */
#define PARETO_LINE 0.8

struct pareto {
    struct pareto_bar *bars;
    size_t n;
    double units, money, uncovered; /* of all */
};

/**
 * Read the rows of line_pareto_list and sort them by units, or by money; of equals the one
 * whose key comes first. All is in the arena.
 */
void pareto_read(struct pareto *pareto, struct arena *arena, const PGresult *rows, bool by_money);

#endif
