#ifndef STAT_PROFIT_H
#define STAT_PROFIT_H

#include "stat/interval.h"

#include <stdbool.h>
#include <stdint.h>

/** What returns do to the profit of a product line. Money is in minor units. */

/** One unit: what it sells for, what it costs to sell, and what its return costs on top. */
struct unit_cost {
    int64_t price, cogs, outbound, fees;
    int64_t inbound, inspect, repair, recovery;
};

/**
 * The return rate at which a unit earns nothing: with margin M = price - cogs -
 * outbound - fees and loss per returned unit L = cogs + outbound + inbound +
 * inspect + repair - recovery, profit per shipped unit is (1-p) M - p L, so
 * break-even is M / (M + L). Within 0 and 1: 0 if the line loses money without
 * any return, 1 if no return rate can hurt it.
 */
double profit_break_even(const struct unit_cost *cost);

enum profit_flag { FLAG_INSUFFICIENT, FLAG_GREEN, FLAG_AMBER, FLAG_RED };

/** Fewer units sold than this are no basis for a verdict. */
#define FLAG_UNITS_MIN 30

/**
 * A first verdict on a line: red if even the lower limit of the interval is
 * above break-even, amber if the observed rate is, green otherwise.
 */
enum profit_flag profit_flag(int64_t returned, int64_t sold, struct interval interval,
                             double break_even);

#endif
