/* The beta and the binomial distribution. */
#include "unit.h"

#include "stat/near.h"
#include "stat/saddle.h"
#include "stat/special.h"

#include <stdbool.h>

/* Reference values by the hypergeometric series in 40 digits of arithmetic. */
static void the_beta_tails_agree_with_forty_digit_values(void **state)
{
    static const struct {
        double x, a, b, lower, upper;
    } cases[] = {
        {0.49995,  1e8, 1e8,  0.078649603265723236,  0.92135039673427676  },
        {0.50001,  1e8, 1e8,  0.61135129448007033,   0.38864870551992967  },
        {0.990125, 1e8, 1e6,  0.99585534288029677,   0.0041446571197032295},
        {0.00985,  1e6, 1e8,  1.0848359509458277e-7, 0.99999989151640491  },
        {1e-08,    0.5, 1e8,  0.84270079346859925,   0.15729920653140075  },
        {3e-08,    2,   1e8,  0.80085173549021647,   0.19914826450978353  },
        {0.0915,   1e4, 1e5,  0.75277842585764081,   0.24722157414235919  },
        {0.05,     225, 3879, 0.084291135413863133,  0.91570886458613687  },
        {0.2,      0.5, 0.5,  0.29516723530086656,   0.70483276469913344  },
        {0.085,    104, 1256, 0.87983357754002992,   0.12016642245997008  },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct tails tails = beta_tails(cases[i].x, cases[i].a, cases[i].b);

        assert_near(tails.lower, cases[i].lower, 1e-11);
        assert_near(tails.upper, cases[i].upper, 1e-11);
    }
}

static void the_beta_tails_have_their_closed_forms(void **state)
{
    (void)state;
    for (double x = 0.05; x < 1; x += 0.05) {
        assert_near(beta_tails(x, 1, 1).lower, x, 1e-14);
        assert_near(beta_tails(x, 7.5, 1).lower, pow(x, 7.5), 1e-13);
        assert_near(beta_tails(x, 1, 3.25).upper, pow(1 - x, 3.25), 1e-13);
        assert_near(beta_tails(x, 0.5, 0.5).lower, 2 / M_PI * asin(sqrt(x)), 1e-13);
    }
}

static void the_two_tails_sum_to_one_and_mirror_each_other(void **state)
{
    (void)state;
    for (double a = 0.5; a <= 1e8; a *= 9)
        for (double b = 0.5; b <= 1e8; b *= 9)
            for (double x = 0.125; x < 1; x += 0.125) {
                struct tails tails = beta_tails(x, a, b), mirror = beta_tails(1 - x, b, a);

                assert_within(tails.lower + tails.upper, 1, 2e-16);
                assert_within(tails.lower, mirror.upper, 1e-13);
            }
}

/* I_x(a, b) - I_x(a + 1, b) is x^a (1 - x)^b / (a B(a, b)), DLMF 8.17.20. */
static void the_beta_tails_step_by_the_recurrence(void **state)
{
    (void)state;
    for (double a = 1; a <= 1e7; a *= 10)
        for (double b = 1; b <= 1e7; b *= 10) {
            double x = a / (a + b) * 0.999;
            double step = exp(binomial_log_density(a, a + b - 1, x)) * (1 - x);

            assert_within(beta_tails(x, a, b).lower - beta_tails(x, a + 1, b).lower, step, 1e-12);
        }
}

/*
 * Near 1 doubles lie so far apart in 1 - x that no double has just this tail:
 * there the neighbours must enclose it. The mirrored quantile keeps all digits.
 */
static bool inverts(double x, double a, double b, struct tails wanted)
{
    struct tails here = beta_tails(x, a, b);
    struct tails under = beta_tails(nextafter(x, 0), a, b),
                 over = beta_tails(nextafter(x, 1), a, b);

    if (wanted.lower > 0)
        return fabs(here.lower - wanted.lower) <= 1e-9 * wanted.lower ||
               (x > 0.9 && under.lower <= wanted.lower && wanted.lower <= over.lower);
    return fabs(here.upper - wanted.upper) <= 1e-9 * wanted.upper ||
           (x > 0.9 && under.upper >= wanted.upper && wanted.upper >= over.upper);
}

static void beta_quantiles_invert_the_tails_for_parameters_to_a_hundred_million(void **state)
{
    static const double p[] = {1e-12, 1e-4, 0.025, 0.3, 0.5, 0.9};
    static const double sizes[] = {0.5, 1, 1.5, 2, 7, 100, 1e4, 1e6, 1e8};

    (void)state;
    for (size_t i = 0; i < COUNT(sizes); i++)
        for (size_t j = 0; j < COUNT(sizes); j++)
            for (size_t k = 0; k < COUNT(p); k++) {
                double a = sizes[i], b = sizes[j], low = beta_quantile(p[k], a, b);
                double high = beta_quantile_upper(p[k], a, b);

                assert_true(inverts(low, a, b, (struct tails){.lower = p[k]}));
                assert_true(inverts(high, a, b, (struct tails){.upper = p[k]}));
                assert_within(high, 1 - beta_quantile(p[k], b, a), 2e-15);
            }
}

/* Where quantiles are small enough for doubles to hold them, none needs its neighbours. */
static void small_beta_quantiles_invert_the_tails_to_nine_digits(void **state)
{
    (void)state;
    for (double a = 0.5; a <= 1e8; a *= 11)
        for (double b = a + 1; b <= 1e8; b *= 11) {
            assert_near(beta_tails(beta_quantile(0.025, a, b), a, b).lower, 0.025, 1e-9);
            assert_near(beta_tails(beta_quantile(0.5, a, b), a, b).lower, 0.5, 1e-9);
            assert_near(beta_tails(beta_quantile_upper(0.025, a, b), a, b).upper, 0.025, 1e-9);
        }
}

/* Posterior quantiles of the worked profit case in the design, by R 4.2.2. */
static void beta_quantiles_are_those_of_r(void **state)
{
    (void)state;
    assert_near(beta_quantile(0.025, 104, 1256), 0.0629530322, 1e-8);
    assert_near(beta_quantile_upper(0.025, 104, 1256), 0.0911674021, 1e-8);
    assert_near(beta_tails(0.085, 104, 1256).upper, 0.120166422, 1e-8);
}

static void quantiles_rise_with_their_probability(void **state)
{
    (void)state;
    for (double a = 0.5; a <= 1e6; a *= 20) {
        double before = 0;

        for (double p = 0.01; p < 1; p += 0.01) {
            double x = beta_quantile(p, a, 3 * a);

            assert_true(x > before && x < 1);
            before = x;
        }
    }
}

/* 36 sizes from 100 to 10^7 by 17 rates; another library fails on a fifth of such a grid. */
static void a_grid_of_612_real_counts_has_its_quantiles(void **state)
{
    static const double rates[] = {0,     1e-5, 1e-4, 5e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.02,
                                   0.055, 0.1,  0.2,  0.3,  0.5,  0.75, 0.95, 1};
    int count = 0;

    (void)state;
    for (int i = 0; i < 36; i++)
        for (size_t j = 0; j < COUNT(rates); j++, count++) {
            double n = round(100 * pow(1e5, i / 35.0)), x = round(n * rates[j]);
            double low = beta_quantile(0.025, x + 0.5, n - x + 0.5);
            double high = beta_quantile_upper(0.025, x + 0.5, n - x + 0.5);

            assert_true(0 < low && low < high && high < 1);
            assert_true(inverts(low, x + 0.5, n - x + 0.5, (struct tails){.lower = 0.025}));
            assert_true(inverts(high, x + 0.5, n - x + 0.5, (struct tails){.upper = 0.025}));
        }
    assert_int_equal(count, 612);
    assert_near(beta_tails(beta_quantile(0.025, 225, 3879), 225, 3879).lower, 0.025, 1e-12);
}

static void binomial_tails_are_sums_of_the_probabilities(void **state)
{
    double sum = 0;

    (void)state;
    for (int k = 0; k < 50; k++) {
        struct tails tails = binomial_tails(k, 50, 0.22);

        sum += exp(binomial_log_density(k, 50, 0.22));
        assert_within(tails.lower, sum, 1e-14);
    }
    assert_true(binomial_tails(-1, 5, 0.5).upper == 1 && binomial_tails(5, 5, 0.5).lower == 1);
    assert_true(binomial_tails(0, 5, 0).lower == 1 && binomial_tails(4, 5, 1).upper == 1);
}

static void what_lies_outside_the_domain_is_no_number(void **state)
{
    (void)state;
    assert_true(isnan(beta_tails(1.1, 1, 1).lower) && isnan(beta_tails(0.5, 0, 1).upper));
    assert_true(isnan(beta_tails(NAN, 1, 1).lower) && isnan(beta_tails(0.5, INFINITY, 1).lower));
    assert_true(isnan(beta_quantile(-0.1, 1, 1)) && isnan(beta_quantile_upper(0.5, NAN, 1)));
    assert_true(isnan(binomial_tails(1, -1, 0.5).lower) && isnan(binomial_tails(1, 2, 2).lower));
    /* Too large to be summed in bounded time; never a wrong number instead. */
    assert_true(isnan(beta_tails(0.5, 1e22, 1e22).lower));
    assert_true(beta_quantile(0, 2, 3) == 0 && beta_quantile_upper(0, 2, 3) == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_beta_tails_agree_with_forty_digit_values),
        cmocka_unit_test(the_beta_tails_have_their_closed_forms),
        cmocka_unit_test(the_two_tails_sum_to_one_and_mirror_each_other),
        cmocka_unit_test(the_beta_tails_step_by_the_recurrence),
        cmocka_unit_test(beta_quantiles_invert_the_tails_for_parameters_to_a_hundred_million),
        cmocka_unit_test(small_beta_quantiles_invert_the_tails_to_nine_digits),
        cmocka_unit_test(beta_quantiles_are_those_of_r),
        cmocka_unit_test(quantiles_rise_with_their_probability),
        cmocka_unit_test(a_grid_of_612_real_counts_has_its_quantiles),
        cmocka_unit_test(binomial_tails_are_sums_of_the_probabilities),
        cmocka_unit_test(what_lies_outside_the_domain_is_no_number),
    };

    RUN(tests);
}
