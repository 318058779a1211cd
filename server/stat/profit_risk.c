/* From what is known of a return rate to what it may cost. */
#include "stat/profit_risk.h"

#include "stat/special.h"

#include <math.h>

static bool valid(struct beta_prior rate, struct unit_profit unit)
{
    return rate.a > 0 && rate.b > 0 && isfinite(rate.a + rate.b) && isfinite(unit.margin) &&
           isfinite(unit.loss) && unit.claims_cost >= 0 && isfinite(unit.claims_cost);
}

double unit_break_even(struct unit_profit unit)
{
    double earned = unit.margin - unit.claims_cost, swing = unit.margin + unit.loss;

    if (earned <= 0)
        return 0;
    return swing <= earned ? 1 : earned / swing;
}

bool profit_risk(struct beta_prior rate, struct unit_profit unit, struct profit_risk *risk)
{
    double limit, swing = unit.margin + unit.loss, mean = rate.a / (rate.a + rate.b);
    struct profit_risk found;

    if (!valid(rate, unit))
        return false;
    limit = unit_break_even(unit);
    found = (struct profit_risk){
        .break_even = limit,
        .p_above = beta_tails(limit, rate.a, rate.b).upper,
        .profit = unit.margin - unit.claims_cost - mean * swing,
    };
    found.excess =
        fmax(0, mean * beta_tails(limit, rate.a + 1, rate.b).upper - limit * found.p_above);
    found.shortfall = fmax(0, swing) * found.excess;
    if (isnan(found.p_above) || isnan(found.excess))
        return false;
    *risk = found;
    return true;
}

bool profit_at_risk(struct beta_prior rate, struct unit_profit unit, double units, double quantile,
                    struct profit_at_risk *risk)
{
    double swing = unit.margin + unit.loss, expected, bad;

    if (!valid(rate, unit) || !(units >= 0 && units == floor(units) && isfinite(units)) ||
        !(quantile > 0 && quantile < 1))
        return false;
    expected = units * rate.a / (rate.a + rate.b);
    bad = beta_binomial_quantile(quantile, units, rate);
    if (isnan(bad))
        return false;
    *risk = (struct profit_at_risk){
        .expected_returns = expected,
        .bad_returns = bad,
        .at_risk = fmax(0, (bad - expected) * swing),
        .money_per_point = units * swing / 100,
    };
    return true;
}

bool fee_judge(struct fee_rule rule, double shipped, double returned, struct fee_verdict *verdict)
{
    double allowed = rule.threshold * shipped;

    if (!(shipped > 0 && isfinite(shipped) && returned >= 0 && returned <= shipped &&
          rule.threshold >= 0 && rule.threshold <= 1))
        return false;
    verdict->exempt = shipped < rule.units_min;
    verdict->rate = returned / shipped;
    /* Products of decimals such as .07 * 100 fall a hair off the whole number. */
    verdict->fee_units = verdict->exempt ? 0 : fmax(0, floor(returned - allowed + 1e-9));
    verdict->p_above = beta_tails(rule.threshold, 1 + returned, 1 + shipped - returned).upper;
    return true;
}
