/* Events by lag, and tests of a window against a baseline. */
#include "unit.h"

#include "stat/expected.h"
#include "stat/lag.h"
#include "stat/near.h"

/*
 * Ships in January to March; columns are February to April, so lead is 1. January: 100 units,
 * 10 of them left in January already; then 9, 8 and 7 events, and one unit that leaves without
 * one in February. February: 200 units, 20 and 18 and 16. March: 300 units, 30 and 27.
 */
static const double shipped[] = {100, 200, 300}, left[] = {10, 0, 0};
static const double events[] = {9, 8, 7, 20, 18, 16, 0, 30, 27};
static const double leavers[] = {10, 8, 7, 20, 18, 16, 0, 30, 27};
static const struct lag_table table = {3, 3, 1, shipped, left, events, leavers};

static void units_are_at_risk_until_they_leave(void **state)
{
    struct lag_counts counts = {{0}, {0}};

    (void)state;
    lag_add(&counts, &table, 0, 3, 1);
    /* Lag 0: February's in February, March's in March. */
    assert_true(counts.at_risk[0] == 200 + 300 && counts.events[0] == 20 + 30);
    /* Lag 1: January's in February, February's in March, March's in April. */
    assert_true(counts.at_risk[1] == 90 + 180 + 270 && counts.events[1] == 9 + 18 + 27);
    assert_true(counts.at_risk[2] == 80 + 162 && counts.events[2] == 8 + 16);
    assert_true(counts.at_risk[3] == 72 && counts.events[3] == 7);
    assert_true(counts.at_risk[4] == 0 && lag_events(&counts) == 135);
}

static void a_window_is_some_of_the_columns(void **state)
{
    struct lag_counts whole = {{0}, {0}}, april = {{0}, {0}}, part = {{0}, {0}};

    (void)state;
    lag_add(&whole, &table, 0, 3, 1);
    lag_add(&april, &table, 2, 3, 1);
    assert_true(april.at_risk[0] == 0 && april.at_risk[1] == 270 && april.at_risk[2] == 162);
    assert_true(april.events[3] == 7);
    lag_add(&part, &table, 0, 2, 1);
    lag_subtract(&whole, &april);
    for (size_t k = 0; k < LAGS; k++)
        assert_true(whole.at_risk[k] == part.at_risk[k] && whole.events[k] == part.events[k]);
    lag_join(&whole, &april);
    assert_true(lag_events(&whole) == 135);
}

static void of_a_month_under_way_only_the_share_that_is_over_is_exposed(void **state)
{
    struct lag_counts third = {{0}, {0}};

    (void)state;
    lag_add(&third, &table, 1, 3, .25);
    assert_within(third.at_risk[1], 180 + 270 * .25, 1e-12);
    assert_true(third.events[1] == 18 + 27);
}

/* A tenth of those at risk fails at each lag: what is expected of April is a tenth of its 504. */
static void the_baseline_tells_what_to_expect(void **state)
{
    struct lag_counts april = {{0}, {0}}, baseline = {{0}, {0}};
    struct lag_compared compared;

    (void)state;
    lag_add(&april, &table, 2, 3, 1);
    lag_add(&baseline, &table, 0, 2, 1);
    compared = lag_compare(&april, &baseline);
    /* Lag 3 was never seen before April: neither its 72 units nor its 7 events take part. */
    assert_within(compared.expected, (270 + 162) * .1, 1e-12);
    assert_true(compared.observed == 27 + 16 && compared.counted == 20 + 30 + 27 + 8);
}

static void a_month_of_which_too_many_came_back_takes_no_part(void **state)
{
    static const double few[] = {33, 200, 300};
    static const struct lag_table odd = {3, 3, 1, few, left, events, leavers};
    struct lag_counts counts = {{0}, {0}};

    (void)state;
    lag_add(&counts, &odd, 0, 3, 1);
    assert_true(counts.at_risk[3] == 0 && counts.at_risk[1] == 180 + 270);
}

/* Sums of the binomial's probabilities, in whole numbers; and the Poisson's as the limit. */
static void a_short_baseline_makes_a_test_careful(void **state)
{
    static const struct {
        double observed, expected, counted, p;
    } cases[] = {
        {20, 10,  100, .0042606498385236195},
        {8,  2.5, 30,  .00468389851764738  },
        {0,  3,   12,  .965640261632       },
    };
    double p;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_true(expected_p_more(cases[i].observed, cases[i].expected, cases[i].counted, &p));
        assert_near(p, cases[i].p, 1e-10);
    }
    assert_true(expected_p_more(20, 10, 1e9, &p));
    assert_near(p, .002521301318857321, 1e-5);
    assert_false(expected_p_more(20, 0, 100, &p));
    assert_false(expected_p_more(20, 10, 0, &p));
    assert_false(expected_p_more(-1, 10, 10, &p));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_are_at_risk_until_they_leave),
        cmocka_unit_test(a_window_is_some_of_the_columns),
        cmocka_unit_test(of_a_month_under_way_only_the_share_that_is_over_is_exposed),
        cmocka_unit_test(the_baseline_tells_what_to_expect),
        cmocka_unit_test(a_month_of_which_too_many_came_back_takes_no_part),
        cmocka_unit_test(a_short_baseline_makes_a_test_careful),
    };

    RUN(tests);
}
