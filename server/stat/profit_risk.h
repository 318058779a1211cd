#ifndef STAT_PROFIT_RISK_H
#define STAT_PROFIT_RISK_H

#include "stat/beta_binomial.h"

/**
 * How likely and how dear it is that a line's loss-causing return rate lies
 * above break-even, when what is known of the rate is Beta(a, b).
 */

/** One unit in money, any one unit of it. */
struct unit_profit {
    double margin;      /* M: price less costs of a unit that stays sold */
    double loss;        /* L: what a returned unit costs, without the margin it does not earn */
    double claims_cost; /* w K: warranty claims per unit times their cost */
};

/**
 * The rate at which a unit earns nothing: (M - wK) / (M + L), within 0 and 1; 0 if the line
 * loses money without any return, 1 if no rate can hurt it.
 */
double unit_break_even(struct unit_profit unit);

struct profit_risk {
    double break_even; /* (M - wK) / (M + L), within 0 and 1 */
    double p_above;    /* P(rate > break-even), which is P(profit per unit < 0) */
    double excess;     /* E[(rate - break-even)+] */
    double shortfall;  /* (M + L) excess: money per shipped unit */
    double profit;     /* expected, per shipped unit: (1-p) M - p L - wK */
};

/** False, and nothing written, unless a, b > 0 and the money is finite. */
bool profit_risk(struct beta_prior rate, struct unit_profit unit, struct profit_risk *risk);

/** What the next `units` sold may cost. */
struct profit_at_risk {
    double expected_returns, bad_returns; /* bad: the `quantile` of the beta-binomial */
    double at_risk;                       /* expected profit less the profit with bad_returns */
    double money_per_point; /* of one percentage point more returns: units (M + L) / 100 */
};

/** `units` a whole number >= 0, 0 < quantile < 1 (0.95 is usual). */
bool profit_at_risk(struct beta_prior rate, struct unit_profit unit, double units, double quantile,
                    struct profit_at_risk *risk);

/** A marketplace's fee for products that come back too often. */
struct fee_rule {
    double threshold; /* share of units shipped in a month, of its category */
    double units_min; /* shipped; with fewer the month is exempt */
};

struct fee_verdict {
    bool exempt;
    double rate, fee_units; /* units above the threshold, whole ones */
    double p_above;         /* P(true rate > threshold), from Beta(1, 1) */
};

/**
 * Units shipped in a month, and those of them returned in that month or the two
 * after it. False unless 0 <= returned <= shipped, 0 < shipped.
 */
bool fee_judge(struct fee_rule rule, double shipped, double returned, struct fee_verdict *verdict);

#endif
