#ifndef STAT_RESERVE_H
#define STAT_RESERVE_H

#include "stat/forecast.h"

/**
 * What must be put aside for claims to come on units already shipped, and how that
 * amount moves from one report to the next. Money is in minor units.
 */

struct reserve_terms {
    double cost;             /* of one claim, >= 0; in minor units, need not be whole */
    double periods_per_year; /* > 0: 12 for months */
    double discount;         /* a year's interest, a fraction > -1; 0 for none */
};

struct reserve_period {
    double claims; /* expected in the period */
    double amount; /* their cost, discounted if it is due after the first year */
};

struct reserve {
    double claims;       /* expected in all periods */
    double undiscounted; /* their cost */
    double amount;       /* the reserve: what that cost is worth now */
};

/** The most periods a reserve may reach: a century of months. */
#define RESERVE_PERIODS_MAX 1200

/**
 * The reserve for the cohorts of `plan` over its whole number of periods; shipments
 * to come are not reserved for, since their accrual is booked when they are sold.
 * Periods that end within a year count in full, later ones are discounted from
 * their middle. `each`, room for plan->periods, or NULL. False, and nothing
 * written, for a plan or terms that make no sense.
 */
bool reserve_estimate(const struct life_curve *curve, const struct forecast_plan *plan,
                      struct reserve_terms terms, struct reserve_period *each,
                      struct reserve *reserve);

/** opening + accrued + change - settled = closing, to the minor unit. */
struct reserve_roll {
    int64_t opening, accrued, change, settled, closing;
};

/**
 * Roll a reserve forward from `opening` to the new estimate `closing`: what was
 * neither accrued on new sales nor settled is a change of estimate. False, and
 * nothing written, if an amount but the change is negative or the sum overflows.
 */
bool reserve_roll_forward(int64_t opening, int64_t accrued, int64_t settled, int64_t closing,
                          struct reserve_roll *roll);

#endif
