/* Reserves and how they move. */
#include "unit.h"

#include "stat/near.h"
#include "stat/reserve.h"

#include <math.h>

static const struct life_curve curve = {
    LIFE_WEIBULL, {3.5, -0.3, -INFINITY, INFINITY}
};
static const struct cohort cohorts[] = {
    {900,   10},
    {950.5, 3 },
    {1000,  0 },
    {100,   24}
};
static const struct forecast_plan three_years = {
    .cohorts = cohorts, .n = COUNT(cohorts), .periods = 36, .warranty = 24};

static void the_periods_add_up_to_the_forecast_and_to_the_reserve(void **state)
{
    static struct reserve_period each[36];
    struct reserve_terms terms = {.cost = 5000, .periods_per_year = 12, .discount = 0.04};
    struct forecast_plan until = three_years;
    double claims = 0, amount = 0, expected;
    struct reserve reserve;

    (void)state;
    assert_true(reserve_estimate(&curve, &three_years, terms, each, &reserve));
    for (size_t i = 0; i < 36; i++) {
        claims += each[i].claims;
        amount += each[i].amount;
        until.periods = (double)i + 1;
        assert_true(forecast_expected(&curve, &until, &expected));
        assert_near(claims, expected, 1e-12);
    }
    assert_near(reserve.claims, expected, 1e-12);
    assert_near(reserve.undiscounted, 5000 * expected, 1e-12);
    assert_near(reserve.amount, amount, 1e-12);
    assert_true(each[23].claims > 0 && each[24].claims == 0 && each[35].amount == 0);
}

/* Month 12 is due within the year; the middle of month 13 is 12.5 months away. */
static void only_what_is_due_after_a_year_is_discounted(void **state)
{
    static struct reserve_period each[36];
    struct reserve_terms terms = {.cost = 1, .periods_per_year = 12, .discount = 0.04};
    struct reserve reserve;

    (void)state;
    assert_true(reserve_estimate(&curve, &three_years, terms, each, &reserve));
    assert_true(each[11].amount == each[11].claims);
    assert_near(each[12].amount, each[12].claims * pow(1.04, -12.5 / 12), 1e-14);
    assert_true(reserve.amount < reserve.undiscounted);
    terms.discount = 0;
    assert_true(reserve_estimate(&curve, &three_years, terms, NULL, &reserve));
    assert_true(reserve.amount == reserve.undiscounted);
}

static void a_reserve_without_units_or_beyond_warranty_is_nothing(void **state)
{
    static const struct cohort old[] = {
        {100, 24},
        {50,  90}
    };
    struct reserve_terms terms = {.cost = 10, .periods_per_year = 12};
    struct forecast_plan plan = three_years;
    struct reserve reserve;

    (void)state;
    plan.cohorts = old;
    plan.n = COUNT(old);
    assert_true(reserve_estimate(&curve, &plan, terms, NULL, &reserve));
    assert_true(reserve.claims == 0 && reserve.amount == 0);
    plan.n = 0;
    assert_true(reserve_estimate(&curve, &plan, terms, NULL, &reserve));
    assert_true(reserve.claims == 0 && reserve.amount == 0);
}

static void terms_that_make_no_sense_are_refused(void **state)
{
    static const struct reserve_terms bad[] = {
        {-1,    12,       0  },
        {NAN,   12,       0  },
        {1,     0,        0  },
        {1,     12,       -1 },
        {1,     12,       NAN},
        {1,     INFINITY, 0  },
        {1e308, 12,       0  }
    };
    struct reserve_terms good = {1, 12, 0};
    struct reserve reserve = {.claims = 7};
    struct forecast_plan plan = three_years;

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(reserve_estimate(&curve, &three_years, bad[i], NULL, &reserve));
    for (size_t i = 0; i < 4; i++) {
        plan.periods = (double[]){0, 1.5, NAN, RESERVE_PERIODS_MAX + 1}[i];
        assert_false(reserve_estimate(&curve, &plan, good, NULL, &reserve));
    }
    assert_true(reserve.claims == 7);
}

static void a_roll_forward_closes_to_the_minor_unit(void **state)
{
    struct reserve_roll roll = {0};

    (void)state;
    assert_true(reserve_roll_forward(100000, 25000, 30001, 90000, &roll));
    assert_true(roll.change == -4999);
    assert_true(roll.opening + roll.accrued + roll.change - roll.settled == roll.closing);
    assert_true(reserve_roll_forward(0, 0, 5, 0, &roll) && roll.change == 5);
    assert_true(reserve_roll_forward(0, 0, 0, INT64_MAX, &roll) && roll.change == INT64_MAX);
    roll.change = 9;
    assert_false(reserve_roll_forward(INT64_MAX, 1, 0, 0, &roll));
    assert_false(reserve_roll_forward(0, 0, INT64_MAX, INT64_MAX, &roll));
    assert_false(reserve_roll_forward(-1, 0, 0, 0, &roll));
    assert_false(reserve_roll_forward(0, -1, 0, 0, &roll));
    assert_false(reserve_roll_forward(0, 0, -1, 0, &roll));
    assert_false(reserve_roll_forward(0, 0, 0, -1, &roll));
    assert_true(roll.change == 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_periods_add_up_to_the_forecast_and_to_the_reserve),
        cmocka_unit_test(only_what_is_due_after_a_year_is_discounted),
        cmocka_unit_test(a_reserve_without_units_or_beyond_warranty_is_nothing),
        cmocka_unit_test(terms_that_make_no_sense_are_refused),
        cmocka_unit_test(a_roll_forward_closes_to_the_minor_unit),
    };

    RUN(tests);
}
