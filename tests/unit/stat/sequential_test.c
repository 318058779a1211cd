/* Tests that may be looked at after every event. */
#include "unit.h"

#include "stat/near.h"
#include "stat/pcg.h"
#include "stat/sequential.h"

/* R package Sequential, alpha .05, M = 1. It prints the last digits a little off: 1e-6. */
static void boundaries_are_those_of_the_package_sequential(void **state)
{
    static const double cases[][2] = {
        {1,  2.853937149},
        {2,  3.046977463},
        {3,  3.162105817},
        {5,  3.297182797},
        {8,  3.41378225 },
        {10, 3.46795158 },
        {20, 3.628123016}
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        double boundary;

        assert_true(maxsprt_boundary((struct maxsprt_plan){cases[i][0], 1}, 0.05, &boundary));
        assert_near(boundary, cases[i][1], 1e-6);
    }
}

/* The same package: T = 10, twice as many events as expected. */
static void power_and_times_are_those_of_the_package_sequential(void **state)
{
    struct maxsprt_plan plan = {10, 1};
    struct maxsprt_power power;
    double boundary;

    (void)state;
    assert_true(maxsprt_boundary(plan, 0.05, &boundary));
    assert_true(maxsprt_power(plan, boundary, 2, &power));
    assert_near(power.power, .6850634, 1e-6);
    assert_near(power.signal_time, 4.130985, 1e-6);
    assert_near(power.length, 5.979353, 1e-6);
    assert_true(maxsprt_power(plan, boundary, 1, &power));
    assert_within(power.power, 0.05, 1e-9);
}

static void log_likelihood_ratios_are_those_of_r(void **state)
{
    (void)state;
    assert_near(maxsprt_llr(4, .5), 4.81776617, 1e-8);
    assert_near(maxsprt_llr(6, 2), 2.59167373, 1e-8);
    assert_near(maxsprt_llr(12, 5), 3.50562485, 1e-8);
    assert_true(maxsprt_llr(2, 2) == 0 && maxsprt_llr(1, 2) == 0 && maxsprt_llr(1, 0) == 0);
}

/* Poisson processes, looked at after every event: the share that signals. */
static void simulated_plans_signal_as_often_as_promised(void **state)
{
    struct maxsprt_plan plan = {5, 4};
    double boundary;
    struct pcg pcg;
    int signals = 0, runs = 20000;

    (void)state;
    assert_true(maxsprt_boundary(plan, 0.05, &boundary));
    pcg_seed(&pcg, 20260301, 1);
    for (int run = 0; run < runs; run++) {
        double time = 0;

        for (int count = 1; (time -= log(pcg_uniform(&pcg))) < plan.length; count++)
            if (count >= plan.least && maxsprt_llr(count, time) >= boundary) {
                signals++;
                break;
            }
    }
    assert_within(signals / (double)runs, 0.05, 4 * sqrt(.05 * .95 / runs));
}

static void a_plan_that_needs_more_events_first_has_a_lower_boundary(void **state)
{
    double one, four;

    (void)state;
    assert_true(maxsprt_boundary((struct maxsprt_plan){10, 1}, 0.05, &one));
    assert_true(maxsprt_boundary((struct maxsprt_plan){10, 4}, 0.05, &four));
    assert_true(four < one);
}

static void plans_out_of_range_are_refused(void **state)
{
    struct maxsprt_power power;
    double boundary = 7;

    (void)state;
    assert_false(maxsprt_boundary((struct maxsprt_plan){0, 1}, 0.05, &boundary));
    assert_false(maxsprt_boundary((struct maxsprt_plan){201, 1}, 0.05, &boundary));
    assert_false(maxsprt_boundary((struct maxsprt_plan){10, 0}, 0.05, &boundary));
    assert_false(maxsprt_boundary((struct maxsprt_plan){10, 1}, 0, &boundary));
    assert_false(maxsprt_boundary((struct maxsprt_plan){0.01, 4}, 0.05, &boundary));
    assert_false(maxsprt_power((struct maxsprt_plan){10, 1}, 3, NAN, &power));
    assert_true(boundary == 7);
    assert_true(maxsprt_boundary((struct maxsprt_plan){200, 1}, 0.05, &boundary));
    assert_true(boundary > 3.6 && boundary < 4.5);
}

/* NIST/SEMATECH e-Handbook 6.2.6; figures as in the reliability documentation. */
static void walds_lines_are_those_of_nist(void **state)
{
    struct sprt sprt;

    (void)state;
    assert_true(sprt_lines(.01, .10, .05, .10, &sprt));
    assert_near(sprt.k, 2.3978953, 1e-7);
    assert_near(sprt.accept, .9388616, 1e-6);
    assert_near(sprt.reject, 1.2053786, 1e-6);
    assert_near(sprt.slope, .03974743, 1e-6);
    for (int n = 2; n <= 19; n++)
        assert_true(sprt_reject_at(&sprt, n) == 2);
    assert_true(sprt_reject_at(&sprt, 20) == 3);
    assert_true(sprt_accept_at(&sprt, 23) == -1 && sprt_accept_at(&sprt, 24) == 0);
    assert_false(sprt_lines(.10, .01, .05, .10, &sprt));
    assert_false(sprt_lines(.01, .10, .05, .5, &sprt));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(boundaries_are_those_of_the_package_sequential),
        cmocka_unit_test(power_and_times_are_those_of_the_package_sequential),
        cmocka_unit_test(log_likelihood_ratios_are_those_of_r),
        cmocka_unit_test(simulated_plans_signal_as_often_as_promised),
        cmocka_unit_test(a_plan_that_needs_more_events_first_has_a_lower_boundary),
        cmocka_unit_test(plans_out_of_range_are_refused),
        cmocka_unit_test(walds_lines_are_those_of_nist),
    };

    RUN(tests);
}
