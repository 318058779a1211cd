/* Two proportions against each other. */
#include "unit.h"

#include "stat/near.h"
#include "stat/saddle.h"
#include "stat/two_rates.h"

/* Newcombe, Statistics in Medicine 17 (1998) 873-890: 56/70 against 48/80. */
static void the_hybrid_difference_is_that_newcombe_printed(void **state)
{
    struct interval difference;

    (void)state;
    assert_true(
        two_rates_difference((struct sample){56, 70}, (struct sample){48, 80}, Z_95, &difference));
    assert_within(difference.low, 0.0524, 5e-5);
    assert_within(difference.high, 0.3339, 5e-5);
    assert_near(difference.low, 0.052431472, 1e-6);
    assert_near(difference.high, 0.333872654, 1e-6);
}

/* The documentation of the Python package reliability: 490 of 500 against 770 of 800. */
static void walds_difference_is_that_of_the_package_reliability(void **state)
{
    struct interval difference;

    (void)state;
    assert_true(
        two_rates_wald((struct sample){490, 500}, (struct sample){770, 800}, Z_95, &difference));
    assert_within(difference.low, -0.0004972498915, 5e-14);
    assert_within(difference.high, 0.03549724989, 5e-12);
}

/* The same counts in R 4.2.2: prop.test without correction, fisher.test. */
static void the_tests_are_those_of_r(void **state)
{
    struct sample first = {490, 500}, second = {770, 800};
    double p;

    (void)state;
    assert_true(two_rates_z_test(first, second, &p));
    assert_within(p, 0.0754760, 5e-8);
    assert_true(two_rates_fisher(first, second, &p));
    assert_within(p, 0.0977520, 5e-8);
}

/* Fisher's own tea: 3 of 4 cups told right against 1 of 4 gives 34/70. */
static void the_lady_tasting_tea_is_not_proved_right(void **state)
{
    double p;

    (void)state;
    assert_true(two_rates_fisher((struct sample){3, 4}, (struct sample){1, 4}, &p));
    assert_near(p, 34.0 / 70, 1e-13);
    assert_true(two_rates_fisher((struct sample){4, 4}, (struct sample){0, 4}, &p));
    assert_near(p, 2.0 / 70, 1e-13);
}

static double choose(int n, int k)
{
    double product = 1;

    for (int i = 1; i <= k; i++)
        product = product * (n - k + i) / i;
    return product;
}

/* P(X >= x) or P(X <= x) of the first sample's events, with `half` of P(X = x). */
static double tail_by_enumeration(int x, int n, int y, int m, int sign, double half)
{
    double sum = 0;

    for (int k = 0; k <= n && k <= x + y; k++)
        if (x + y - k <= m && sign * (k - x) >= 0)
            sum += choose(n, k) * choose(m, x + y - k) * (k == x ? half : 1);
    return sum / choose(n + m, x + y);
}

static void one_sided_p_values_are_sums_over_the_tables(void **state)
{
    struct exact exact;

    (void)state;
    for (int x = 0; x <= 9; x++)
        for (int y = 0; y <= 14; y++) {
            assert_true(two_rates_exact((struct sample){x, 9}, (struct sample){y, 14}, &exact));
            assert_within(exact.at_least, tail_by_enumeration(x, 9, y, 14, 1, 1), 1e-13);
            assert_within(exact.at_most, tail_by_enumeration(x, 9, y, 14, -1, 1), 1e-13);
            assert_within(exact.mid_at_least, tail_by_enumeration(x, 9, y, 14, 1, 0.5), 1e-13);
            assert_within(exact.mid_at_least + exact.mid_at_most, 1, 1e-13);
        }
    /* Fisher's tea: 17/70 of all orders tell three cups right at least. */
    assert_true(two_rates_exact((struct sample){3, 4}, (struct sample){1, 4}, &exact));
    assert_near(exact.at_least, 17.0 / 70, 1e-13);
}

static void one_sided_p_values_keep_their_digits_and_mirror_each_other(void **state)
{
    struct sample many = {900, 1000}, few = {100, 1000000};
    struct exact one, other;

    (void)state;
    assert_true(two_rates_exact(many, few, &one) && two_rates_exact(few, many, &other));
    assert_true(one.at_least > 0 || one.at_most == 1);
    assert_near(one.mid_at_least, other.mid_at_most, 1e-9);
    assert_true(one.mid_at_least < 1e-300 && one.mid_at_most == 1);
    assert_true(two_rates_exact((struct sample){0, 5}, (struct sample){0, 9}, &one));
    assert_true(one.at_least == 1 && one.at_most == 1 && one.mid_at_least == 0.5);
    assert_false(two_rates_exact((struct sample){6, 5}, (struct sample){0, 9}, &one));
}

static double fisher_by_enumeration(int x, int n, int y, int m)
{
    double sum = 0, seen = choose(n, x) * choose(m, y);

    for (int k = 0; k <= n; k++) {
        int rest = x + y - k;
        double ways = rest < 0 || rest > m ? 0 : choose(n, k) * choose(m, rest);

        if (ways <= seen * (1 + 1e-7))
            sum += ways;
    }
    return sum / choose(n + m, x + y);
}

static void fishers_test_agrees_with_the_enumeration_of_all_small_tables(void **state)
{
    (void)state;
    for (int n = 1; n <= 9; n++)
        for (int m = 1; m <= 12; m++)
            for (int x = 0; x <= n; x++)
                for (int y = 0; y <= m; y++) {
                    double p;

                    assert_true(two_rates_fisher((struct sample){x, n}, (struct sample){y, m}, &p));
                    assert_near(p, fisher_by_enumeration(x, n, y, m), 1e-11);
                }
}

static void the_tests_do_not_care_which_sample_comes_first(void **state)
{
    (void)state;
    for (int64_t x = 0; x <= 40; x += 3)
        for (int64_t y = 0; y <= 90; y += 7) {
            struct sample first = {x, 40}, second = {y, 90};
            struct interval one, other;
            double p, q;

            assert_true(two_rates_fisher(first, second, &p) && two_rates_fisher(second, first, &q));
            assert_near(p, q, 1e-10);
            assert_true(two_rates_z_test(first, second, &p) && two_rates_z_test(second, first, &q));
            assert_true(p == q && 0 <= p && p <= 1);
            assert_true(two_rates_difference(first, second, Z_95, &one));
            assert_true(two_rates_difference(second, first, Z_95, &other));
            assert_within(one.low, -other.high, 1e-15);
            assert_true(-1 <= one.low && one.low < one.high && one.high <= 1);
        }
}

static void large_samples_bring_fishers_test_to_the_z_test(void **state)
{
    struct sample first = {250000000, 500000000}, second = {250020000, 500000000};
    double exact, normal;

    (void)state;
    assert_true(two_rates_fisher(first, second, &exact));
    assert_true(two_rates_z_test(first, second, &normal));
    assert_near(exact, normal, 1e-3);
    second.x = 300000000;
    assert_true(two_rates_fisher(first, second, &exact));
    assert_true(exact == 0);
}

/* 20 against 25: the mean over the square of true rates, and the worst corner of it. */
static void the_hybrid_difference_covers_what_it_promises(void **state)
{
    double mean = 0, least = 1;

    (void)state;
    for (double p = 0.025; p < 1; p += 0.05)
        for (double q = 0.025; q < 1; q += 0.05) {
            double covered = 0;

            for (int x = 0; x <= 20; x++)
                for (int y = 0; y <= 25; y++) {
                    struct interval interval;

                    assert_true(two_rates_difference((struct sample){x, 20}, (struct sample){y, 25},
                                                     Z_95, &interval));
                    if (interval.low <= p - q && p - q <= interval.high)
                        covered +=
                            exp(binomial_log_density(x, 20, p) + binomial_log_density(y, 25, q));
                }
            mean += covered / 400;
            least = fmin(least, covered);
        }
    assert_within(mean, 0.955, 0.01);
    assert_true(least > 0.86);
}

static void samples_without_a_difference_give_one(void **state)
{
    double p = 0;

    (void)state;
    assert_true(two_rates_z_test((struct sample){0, 5}, (struct sample){0, 9}, &p) && p == 1);
    assert_true(two_rates_fisher((struct sample){0, 5}, (struct sample){0, 9}, &p) && p == 1);
    assert_true(two_rates_z_test((struct sample){5, 5}, (struct sample){9, 9}, &p) && p == 1);
    assert_true(two_rates_fisher((struct sample){5, 5}, (struct sample){9, 9}, &p) && p == 1);
    assert_true(two_rates_fisher((struct sample){10, 20}, (struct sample){10, 20}, &p));
    assert_within(p, 1, 1e-13);
}

static void nonsense_is_refused_and_nothing_written(void **state)
{
    static const struct sample good =
                                   {
                                       1, 2
    },
                               bad[] = {{-1, 2}, {3, 2}, {0, 0}, {0, -1}};
    struct interval interval = {7, 8};
    double p = 9;

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_false(two_rates_difference(bad[i], good, Z_95, &interval));
        assert_false(two_rates_wald(good, bad[i], Z_95, &interval));
        assert_false(two_rates_z_test(bad[i], good, &p));
        assert_false(two_rates_fisher(good, bad[i], &p));
    }
    assert_false(two_rates_difference(good, good, NAN, &interval));
    assert_false(two_rates_wald(good, good, 0, &interval));
    assert_false(two_rates_fisher((struct sample){1, TWO_RATES_EXACT_MAX}, good, &p));
    assert_true(interval.low == 7 && interval.high == 8 && p == 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_hybrid_difference_is_that_newcombe_printed),
        cmocka_unit_test(walds_difference_is_that_of_the_package_reliability),
        cmocka_unit_test(the_tests_are_those_of_r),
        cmocka_unit_test(the_lady_tasting_tea_is_not_proved_right),
        cmocka_unit_test(one_sided_p_values_are_sums_over_the_tables),
        cmocka_unit_test(one_sided_p_values_keep_their_digits_and_mirror_each_other),
        cmocka_unit_test(fishers_test_agrees_with_the_enumeration_of_all_small_tables),
        cmocka_unit_test(the_tests_do_not_care_which_sample_comes_first),
        cmocka_unit_test(large_samples_bring_fishers_test_to_the_z_test),
        cmocka_unit_test(the_hybrid_difference_covers_what_it_promises),
        cmocka_unit_test(samples_without_a_difference_give_one),
        cmocka_unit_test(nonsense_is_refused_and_nothing_written),
    };

    RUN(tests);
}
