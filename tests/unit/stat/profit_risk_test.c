/* What a return rate that is known only so well may cost. */
#include "unit.h"

#include "stat/near.h"
#include "stat/profit_risk.h"
#include "stat/special.h"

#include <string.h>

/* Prior Beta(8, 152), 96 losses of 1200; break-even .085 = M / (M + L). R 4.2.2. */
static const struct beta_prior posterior = {104, 1256};
static const struct unit_profit unit = {.margin = 8500, .loss = 91500};

static void the_worked_case_has_the_figures_of_r(void **state)
{
    struct profit_risk risk;

    (void)state;
    assert_near(beta_quantile(0.025, 104, 1256), 0.0629530322, 1e-6);
    assert_near(beta_quantile(0.975, 104, 1256), 0.0911674021, 1e-6);
    assert_true(profit_risk(posterior, unit, &risk));
    assert_near(risk.break_even, 0.085, 1e-12);
    assert_near(risk.p_above, 0.120166422, 1e-6);
    assert_near(risk.excess, 0.000465051651, 1e-6);
    assert_near(risk.shortfall, 46.5051651, 1e-6);
    assert_near(risk.profit, 8500 - 0.0764705882 * 100000, 1e-6);
}

/* By the definition: the posterior density summed over a fine grid. */
static void the_excess_is_the_integral_it_stands_for(void **state)
{
    static const double limits[] = {0.02, 0.0764, 0.085, 0.12};

    (void)state;
    for (size_t i = 0; i < COUNT(limits); i++) {
        struct unit_profit at = {limits[i], 1 - limits[i], 0};
        double sum = 0, step = 1e-5;
        struct profit_risk risk;

        for (double p = limits[i]; p < 0.4; p += step)
            sum += beta_tails(p + step / 2, posterior.a, posterior.b).upper * step;
        assert_true(profit_risk(posterior, at, &risk));
        assert_within(risk.excess, sum, 1e-8);
    }
}

static void a_line_without_margin_loses_at_any_rate_and_one_beyond_harm_at_none(void **state)
{
    struct profit_risk risk;

    (void)state;
    assert_true(profit_risk(posterior, (struct unit_profit){-5, 100, 0}, &risk));
    assert_true(risk.break_even == 0 && risk.p_above == 1 && risk.profit < 0);
    assert_true(profit_risk(posterior, (struct unit_profit){100, -150, 0}, &risk));
    assert_true(risk.break_even == 1 && risk.p_above == 0 && risk.shortfall == 0);
}

static void claims_eat_margin_before_returns_do(void **state)
{
    struct profit_risk plain, claimed;

    (void)state;
    assert_true(profit_risk(posterior, unit, &plain));
    assert_true(profit_risk(posterior, (struct unit_profit){8500, 91500, 1500}, &claimed));
    assert_near(claimed.break_even, 0.07, 1e-12);
    assert_true(claimed.p_above > plain.p_above);
    assert_near(plain.profit - claimed.profit, 1500, 1e-9);
}

static void profit_at_risk_is_the_distance_to_a_bad_quarter(void **state)
{
    struct profit_at_risk risk;

    (void)state;
    assert_true(profit_at_risk(posterior, unit, 1000, 0.95, &risk));
    assert_near(risk.expected_returns, 1000 * 104.0 / 1360, 1e-12);
    assert_true(risk.bad_returns == beta_binomial_quantile(0.95, 1000, posterior));
    assert_near(risk.at_risk, (risk.bad_returns - risk.expected_returns) * 100000, 1e-12);
    assert_near(risk.money_per_point, 1000 * 100000 / 100.0, 1e-12);
    assert_true(profit_at_risk(posterior, unit, 0, 0.95, &risk) && risk.at_risk == 0);
}

/* The announcement's example: 1000 shipped, 120 returned, threshold 10 %. */
static void the_marketplace_charges_for_twenty_units(void **state)
{
    struct fee_verdict verdict;

    (void)state;
    assert_true(fee_judge((struct fee_rule){0.10, 25}, 1000, 120, &verdict));
    assert_true(!verdict.exempt && verdict.fee_units == 20);
    assert_within(verdict.rate, 0.12, 1e-15);
    assert_true(verdict.p_above > 0.97);
    assert_true(fee_judge((struct fee_rule){0.07, 25}, 100, 7, &verdict) && !verdict.fee_units);
    assert_true(fee_judge((struct fee_rule){0.07, 25}, 100, 8, &verdict));
    assert_true(verdict.fee_units == 1);
}

static void a_month_with_few_units_is_exempt(void **state)
{
    struct fee_verdict verdict;

    (void)state;
    assert_true(fee_judge((struct fee_rule){0.10, 25}, 24, 24, &verdict));
    assert_true(verdict.exempt && verdict.fee_units == 0);
    assert_true(fee_judge((struct fee_rule){0.10, 25}, 25, 25, &verdict));
    assert_true(!verdict.exempt && verdict.fee_units == 22);
}

static void nonsense_is_refused(void **state)
{
    struct profit_risk risk;
    struct profit_at_risk at_risk;
    struct fee_verdict verdict;

    (void)state;
    assert_false(profit_risk((struct beta_prior){0, 1}, unit, &risk));
    assert_false(profit_risk(posterior, (struct unit_profit){NAN, 1, 0}, &risk));
    assert_false(profit_risk(posterior, (struct unit_profit){1, 1, -1}, &risk));
    assert_false(profit_at_risk(posterior, unit, 1.5, 0.95, &at_risk));
    assert_false(profit_at_risk(posterior, unit, 10, 1, &at_risk));
    assert_false(fee_judge((struct fee_rule){0.1, 25}, 0, 0, &verdict));
    assert_false(fee_judge((struct fee_rule){0.1, 25}, 10, 11, &verdict));
    assert_false(fee_judge((struct fee_rule){1.1, 25}, 10, 1, &verdict));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worked_case_has_the_figures_of_r),
        cmocka_unit_test(the_excess_is_the_integral_it_stands_for),
        cmocka_unit_test(a_line_without_margin_loses_at_any_rate_and_one_beyond_harm_at_none),
        cmocka_unit_test(claims_eat_margin_before_returns_do),
        cmocka_unit_test(profit_at_risk_is_the_distance_to_a_bad_quarter),
        cmocka_unit_test(the_marketplace_charges_for_twenty_units),
        cmocka_unit_test(a_month_with_few_units_is_exempt),
        cmocka_unit_test(nonsense_is_refused),
    };

    RUN(tests);
}
