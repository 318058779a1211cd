/* Exact one-sided p-values. */
#include "unit.h"

#include "stat/exact.h"
#include "stat/near.h"
#include "stat/saddle.h"

/* By R 4.2.2, pbinom and ppois. */
static void the_tails_are_those_of_r(void **state)
{
    struct exact exact;

    (void)state;
    assert_true(exact_binomial(25, 500, 0.03, &exact));
    assert_near(exact.at_least, 0.010062419, 1e-6);
    assert_true(exact_poisson(20, 10, &exact));
    assert_near(exact.at_least, 0.003454342, 1e-6);
}

static void a_mid_p_value_leaves_out_half_of_what_was_seen(void **state)
{
    (void)state;
    for (int64_t k = 0; k <= 60; k++) {
        struct exact poisson, binomial;
        double x = (double)k;

        assert_true(exact_poisson(k, 22.5, &poisson) && exact_binomial(k, 60, 0.4, &binomial));
        assert_within(poisson.at_least - poisson.mid_at_least,
                      exp(poisson_log_density(x, 22.5)) / 2, 1e-14);
        assert_within(binomial.at_most - binomial.mid_at_most,
                      exp(binomial_log_density(x, 60, 0.4)) / 2, 1e-14);
        assert_within(poisson.mid_at_least + poisson.mid_at_most, 1, 1e-13);
        assert_within(binomial.mid_at_least + binomial.mid_at_most, 1, 1e-13);
    }
}

/* What makes them fit for corrections of many tests; the plain ones average above 1/2. */
static void mid_p_values_average_one_half(void **state)
{
    double mid = 0, plain = 0;

    (void)state;
    for (int64_t k = 0; k <= 80; k++) {
        double probability = exp(poisson_log_density((double)k, 6));
        struct exact exact;

        assert_true(exact_poisson(k, 6, &exact));
        mid += probability * exact.mid_at_least;
        plain += probability * exact.at_least;
    }
    assert_within(mid, 0.5, 1e-13);
    assert_true(plain > 0.55);
}

static void rare_binomial_events_are_poisson_events(void **state)
{
    struct exact binomial, poisson;

    (void)state;
    assert_true(exact_binomial(20, 100000000, 1e-7, &binomial) && exact_poisson(20, 10, &poisson));
    assert_near(binomial.at_least, poisson.at_least, 1e-5);
    assert_near(binomial.mid_at_least, poisson.mid_at_least, 1e-5);
}

static void a_far_tail_keeps_its_digits(void **state)
{
    struct exact exact;

    (void)state;
    /* 0.5^1000 is 2^-1000. */
    assert_true(exact_binomial(1000, 1000, 0.5, &exact));
    assert_near(exact.at_least, 0x1p-1000, 1e-12);
    assert_near(exact.mid_at_least, 0x1p-1001, 1e-12);
    assert_true(exact_poisson(0, 700, &exact));
    assert_near(exact.at_most, exp(-700), 1e-12);
}

static void certainties_are_certain(void **state)
{
    struct exact exact;

    (void)state;
    assert_true(exact_poisson(0, 0, &exact));
    assert_true(exact.at_least == 1 && exact.at_most == 1 && exact.mid_at_least == 0.5);
    assert_true(exact_poisson(2, 0, &exact));
    assert_true(exact.at_least == 0 && exact.at_most == 1 && exact.mid_at_most == 1);
    assert_true(exact_binomial(0, 5, 0, &exact) && exact.mid_at_least == 0.5);
    assert_true(exact_binomial(5, 5, 1, &exact) && exact.at_least == 1);
    assert_true(exact_binomial(4, 5, 1, &exact) && exact.at_most == 0);
    assert_true(exact_binomial(0, 0, 0.3, &exact) && exact.at_least == 1 && exact.at_most == 1);
}

static void nonsense_is_refused_and_nothing_written(void **state)
{
    struct exact exact = {.at_least = 7};

    (void)state;
    assert_false(exact_poisson(-1, 1, &exact));
    assert_false(exact_poisson(1, -1, &exact));
    assert_false(exact_poisson(1, NAN, &exact));
    assert_false(exact_poisson(1, INFINITY, &exact));
    assert_false(exact_binomial(-1, 1, 0.5, &exact));
    assert_false(exact_binomial(2, 1, 0.5, &exact));
    assert_false(exact_binomial(1, 2, 1.5, &exact));
    assert_false(exact_binomial(1, 2, NAN, &exact));
    assert_true(exact.at_least == 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tails_are_those_of_r),
        cmocka_unit_test(a_mid_p_value_leaves_out_half_of_what_was_seen),
        cmocka_unit_test(mid_p_values_average_one_half),
        cmocka_unit_test(rare_binomial_events_are_poisson_events),
        cmocka_unit_test(a_far_tail_keeps_its_digits),
        cmocka_unit_test(certainties_are_certain),
        cmocka_unit_test(nonsense_is_refused_and_nothing_written),
    };

    RUN(tests);
}
