#ifndef STAT_UNCERTAIN_H
#define STAT_UNCERTAIN_H

#include "stat/draw.h"
#include "stat/profit_risk.h"

/**
 * The risk of a line when not only its return rate is uncertain but also its costs:
 * what profit_risk says, averaged over seeded draws of the costs.
 */

#define UNCERTAIN_DRAWS 4000

/** One unit in money, as unit_profit has it, each number entered as low, likely and high. */
struct uncertain_unit {
    struct spread margin, loss, claims_cost;
};

struct uncertain_risk {
    double p_loss;    /* P(profit per unit < 0) */
    double p_error;   /* its standard error from the number of draws */
    double shortfall; /* money per shipped unit */
    double profit;    /* expected, per shipped unit */
    double profit_low,
        profit_high; /* the 5 % and 95 % quantiles over the costs, at the mean rate */
};

/**
 * The same for the same seed; `scratch` has room for UNCERTAIN_DRAWS numbers. False,
 * and nothing written, unless a, b > 0, low <= likely <= high are finite and the
 * claims cost nothing or more.
 */
bool uncertain_risk(struct beta_prior rate, const struct uncertain_unit *unit, uint64_t seed,
                    double *scratch, struct uncertain_risk *risk);

#endif
