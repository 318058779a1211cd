#ifndef LINE_COST_H
#define LINE_COST_H

#include "base/arena.h"
#include "stat/profit_risk.h"
#include "stat/uncertain.h"

#include <libpq-fe.h>
#include <stdbool.h>

/**
 * What one unit of a line earns and costs, from a day on; money in minor units of the
 * currency, net of VAT.
 */
struct unit_cost {
    long from; /* days since 1970 */
    const char *valid_from, *currency;
    double price, cogs, outbound, fees, inbound, inspect, repair, recovery;
    double advertising, fees_kept, disposal;
    double claims_per_unit, claim_cost;
    bool margin_is_uncertain, loss_is_uncertain;
    double margin_low, margin_high, loss_low, loss_high; /* where it is */
};

/** The costs of a line, the oldest first. */
struct unit_costs {
    const struct unit_cost *at;
    size_t n;
};

/** Read the columns of line_fact_list, or of any other that tells costs by the same names. */
struct unit_cost unit_cost_read(struct arena *arena, const PGresult *rows, int row);

/** Those in force on a day; NULL if none are yet. */
const struct unit_cost *unit_cost_on(struct unit_costs costs, long day);

/** All that it costs to sell a unit. */
double unit_cost_sold(const struct unit_cost *cost);
/**
 * What remains of a unit that stays sold, what one that comes back costs beyond the margin it
 * does not earn, and its warranty claims:
 *   margin = price - cogs - outbound - fees - advertising
 *   loss   = cogs + outbound + advertising + fees kept + inbound + inspection + repair
 *            + disposal - recovery
 */
struct unit_profit unit_profit_of(const struct unit_cost *cost);
/** The same with what was entered as uncertain; false if nothing was. */
bool unit_profit_uncertain(const struct unit_cost *cost, struct uncertain_unit *unit);

#endif
