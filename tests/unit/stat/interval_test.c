/* Interval estimates for one rate; N98 is Newcombe, Statistics in Medicine 17 (1998) 857-872. */
#include "unit.h"

#include "stat/interval.h"
#include "stat/near.h"
#include "stat/saddle.h"

typedef bool (*method_fn)(double x, double n, double level, struct interval *interval);

static bool wilson(double x, double n, double level, struct interval *interval)
{
    return interval_wilson_real(x, n, interval_z(level), interval);
}

static bool corrected(double x, double n, double level, struct interval *interval)
{
    return interval_wilson_corrected(x, n, interval_z(level), interval);
}

static const method_fn methods[] = {wilson, corrected, interval_clopper_pearson, interval_jeffreys,
                                    interval_mid_p};

struct expected {
    method_fn method;
    double x, n, level, low, high;
};

static void assert_limits(const struct expected *cases, size_t count, double unit, double part)
{
    for (size_t i = 0; i < count; i++) {
        const struct expected *expected = &cases[i];
        struct interval interval;

        assert_true(expected->method(expected->x, expected->n, expected->level, &interval));
        assert_within(interval.low, expected->low, unit + part * expected->low);
        assert_within(interval.high, expected->high, unit + part * expected->high);
    }
}

/* N98, table I: 81/263 and 0/20, to the four digits printed. */
static void intervals_are_those_newcombe_printed(void **state)
{
    static const struct expected cases[] = {
        {wilson,                   81, 263, 0.95, 0.2553, 0.3662},
        {corrected,                81, 263, 0.95, 0.2535, 0.3682},
        {interval_clopper_pearson, 81, 263, 0.95, 0.2527, 0.3676},
        {interval_mid_p,           81, 263, 0.95, 0.2544, 0.3658},
        {wilson,                   0,  20,  0.95, 0,      0.1611},
        {corrected,                0,  20,  0.95, 0,      0.2005},
        {interval_clopper_pearson, 0,  20,  0.95, 0,      0.1684},
        {interval_mid_p,           0,  20,  0.95, 0,      0.1391},
    };

    (void)state;
    assert_limits(cases, COUNT(cases), 5e-5, 0);
}

/* The same by R 4.2.2 with more digits; 4/20 is the example of NIST handbook 7.2.4.2. */
static void intervals_are_those_of_r(void **state)
{
    static const struct expected cases[] = {
        {wilson,                   81, 263,  0.95, 0.25528852,    0.36620958  },
        {interval_clopper_pearson, 81, 263,  0.95, 0.25273675,    0.36762192  },
        {interval_jeffreys,        81, 263,  0.95, 0.25452193,    0.36564750  },
        {wilson,                   0,  20,   0.95, 0,             0.16112516  },
        {corrected,                0,  20,   0.95, 0,             0.20045335  },
        {interval_clopper_pearson, 0,  20,   0.95, 0,             0.16843347  },
        {interval_mid_p,           0,  20,   0.95, 0,             0.13910834  },
        {wilson,                   29, 30,   0.95, 0.83329609,    0.99409141  },
        {interval_clopper_pearson, 4,  20,   0.90, 0.071353884,   0.401028120 },
        {wilson,                   4,  20,   0.90, 0.09311802,    0.37837669  },
        {wilson,                   0,  1,    0.95, 0,             0.79345069  },
        {wilson,                   1,  1,    0.95, 0.20654931,    1           },
        {wilson,                   0,  10,   0.95, 0,             0.27753280  },
        {wilson,                   10, 10,   0.95, 0.72246720,    1           },
        {interval_clopper_pearson, 0,  1,    0.95, 0,             0.975       },
        {interval_clopper_pearson, 1,  1,    0.95, 0.025,         1           },
        {interval_clopper_pearson, 0,  10,   0.95, 0,             0.30849711  },
        {interval_clopper_pearson, 10, 10,   0.95, 0.69150289,    1           },
        {wilson,                   3,  3000, 0.95, 0.00034014722, 0.0029361438},
        {interval_clopper_pearson, 3,  3000, 0.95, 0.00020627154, 0.0029196165},
        {interval_jeffreys,        3,  3000, 0.95, 0.00028172259, 0.0026663459},
    };

    (void)state;
    assert_limits(cases, COUNT(cases), 0, 1e-6);
}

/* The documentation of the Python package reliability prints sixteen digits for 29 of 30. */
static void the_exact_interval_has_sixteen_digits(void **state)
{
    static const struct expected cases[] = {
        {interval_clopper_pearson, 29, 30, 0.95, 0.8278305443665873, 0.9991564290733695},
    };

    (void)state;
    assert_limits(cases, COUNT(cases), 1e-15, 0);
}

/* Standard tables of the Poisson distribution, and R 4.2.2. */
static void poisson_intervals_are_those_of_the_tables(void **state)
{
    static const struct expected cases[] = {
        {interval_poisson, 0,  1,       0.95, 0,                   3.68887945         },
        {interval_poisson, 1,  1,       0.95, 0.02531781,          5.57164339         },
        {interval_poisson, 3,  1,       0.95, 0.61867212,          8.7672731          },
        {interval_poisson, 10, 1,       0.95, 4.7953887,           18.390356          },
 /* 50 failures in 3,555,491 drive-days, as failures a day (Backblaze, Q3 2025). */
        {interval_poisson, 50, 3555491, 0.95, 0.00380974154 / 365, 0.00676709626 / 365},
    };
    struct interval three, between, four;

    (void)state;
    assert_limits(cases, COUNT(cases), 0, 1e-6);
    assert_true(interval_poisson(3, 1, 0.95, &three) && interval_poisson(4, 1, 0.95, &four));
    assert_true(interval_poisson(3.5, 1, 0.95, &between));
    assert_true(three.low < between.low && between.low < four.low);
    assert_true(three.high < between.high && between.high < four.high);
}

static void every_interval_holds_the_rate_and_mirrors_when_failures_become_successes(void **state)
{
    static const double sizes[] = {1, 2, 5, 30, 263, 5000};

    (void)state;
    for (size_t m = 0; m < COUNT(methods); m++)
        for (size_t i = 0; i < COUNT(sizes); i++)
            for (double x = 0, n = sizes[i]; x <= n; x += 1 + floor(n / 40)) {
                struct interval one, other;

                assert_true(methods[m](x, n, 0.95, &one) && methods[m](n - x, n, 0.95, &other));
                assert_within(one.low, 1 - other.high, 1e-13);
                assert_within(one.high, 1 - other.low, 1e-13);
                assert_true(0 <= one.low && one.low < one.high && one.high <= 1);
                if (x > 0 && x < n)
                    assert_true(one.low < x / n && x / n < one.high);
            }
}

static void a_higher_level_makes_a_wider_interval(void **state)
{
    (void)state;
    for (size_t m = 0; m < COUNT(methods); m++) {
        struct interval before = {0.5, 0.5}, interval;

        for (double level = 0.3; level < 0.9999; level += (1 - level) / 3) {
            assert_true(methods[m](31, 62, level, &interval));
            assert_true(interval.low < before.low && interval.high > before.high);
            before = interval;
        }
    }
}

static void the_methods_agree_when_there_are_many_units(void **state)
{
    struct interval first, interval;

    (void)state;
    assert_true(interval_wilson(5000000, 100000000, Z_95, &first));
    for (size_t m = 0; m < COUNT(methods); m++) {
        assert_true(methods[m](5e6, 1e8, 0.95, &interval));
        assert_near(interval.low, first.low, 1e-6);
        assert_near(interval.high, first.high, 1e-6);
        /* Rare events stay exact: about 3 of 10^8 the Poisson interval is right. */
        assert_true(methods[m](3, 1e8, 0.95, &interval));
        assert_true(interval.low > 5e-9 && interval.high < 1e-7);
    }
}

/* How often the interval of a method holds the true share `p`, by summing over all outcomes. */
static double coverage(method_fn method, int n, double p)
{
    double sum = 0;

    for (int x = 0; x <= n; x++) {
        struct interval interval;

        assert_true(method(x, n, 0.95, &interval));
        if (interval.low <= p && p <= interval.high)
            sum += exp(binomial_log_density(x, n, p));
    }
    return sum;
}

/* Also N98's finding: the exact ones are too wide, Wilson's and mid-p right on average. */
static void intervals_cover_what_they_promise(void **state)
{
    double mean[COUNT(methods)] = {0}, least[COUNT(methods)];
    int points = 499;

    (void)state;
    for (size_t m = 0; m < COUNT(methods); m++) {
        least[m] = 1;
        for (int i = 1; i <= points; i++) {
            double covered = coverage(methods[m], 30, i / (points + 1.0));

            mean[m] += covered / points;
            least[m] = fmin(least[m], covered);
        }
    }
    assert_within(mean[0], 0.953, 0.003);
    assert_within(mean[3], 0.950, 0.003);
    assert_within(mean[4], 0.957, 0.005);
    assert_true(mean[1] > 0.965 && mean[2] > 0.965);
    assert_true(least[2] >= 0.95 && least[0] > 0.82 && least[4] > 0.92);
}

static void poisson_intervals_never_cover_less_than_they_promise(void **state)
{
    (void)state;
    for (double mean = 0.05; mean < 30; mean += 0.173) {
        double sum = 0;

        for (int x = 0; x < 120; x++) {
            struct interval interval;

            assert_true(interval_poisson(x, 2, 0.95, &interval));
            if (interval.low <= mean / 2 && mean / 2 <= interval.high)
                sum += exp(poisson_log_density(x, mean));
        }
        assert_true(sum >= 0.95 && sum <= 1 + 1e-12);
    }
}

/* Dividing x and n by a dispersion widens the interval, by about its root. */
static void counts_need_not_be_whole(void **state)
{
    (void)state;
    for (size_t m = 0; m < COUNT(methods); m++) {
        struct interval all, fewer;

        assert_true(methods[m](810, 2630, 0.95, &all));
        assert_true(methods[m](810 / 2.5, 2630 / 2.5, 0.95, &fewer));
        assert_within((fewer.high - fewer.low) / (all.high - all.low), sqrt(2.5), 0.02);
    }
}

static void nonsense_is_refused_and_nothing_written(void **state)
{
    static const double bad[][3] = {
        {-1,       10,       0.95},
        {11,       10,       0.95},
        {0,        0,        0.95},
        {NAN,      10,       0.95},
        {1,        NAN,      0.95},
        {1,        10,       0   },
        {1,        10,       1   },
        {1,        10,       NAN },
        {1,        INFINITY, 0.95},
        {INFINITY, INFINITY, 0.95}
    };
    struct interval interval = {7, 8};

    (void)state;
    for (size_t m = 0; m < COUNT(methods); m++)
        for (size_t i = 0; i < COUNT(bad); i++)
            assert_false(methods[m](bad[i][0], bad[i][1], bad[i][2], &interval));
    assert_false(interval_wilson(5, 4, Z_95, &interval));
    assert_false(interval_poisson(-1, 1, 0.95, &interval));
    assert_false(interval_poisson(1, 0, 0.95, &interval));
    assert_false(interval_poisson(NAN, 1, 0.95, &interval));
    assert_true(interval.low == 7 && interval.high == 8);
    assert_true(interval_z(0) == 0 && interval_z(NAN) == 0);
    assert_near(interval_z(0.95), Z_95, 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_are_those_newcombe_printed),
        cmocka_unit_test(intervals_are_those_of_r),
        cmocka_unit_test(the_exact_interval_has_sixteen_digits),
        cmocka_unit_test(poisson_intervals_are_those_of_the_tables),
        cmocka_unit_test(every_interval_holds_the_rate_and_mirrors_when_failures_become_successes),
        cmocka_unit_test(a_higher_level_makes_a_wider_interval),
        cmocka_unit_test(the_methods_agree_when_there_are_many_units),
        cmocka_unit_test(intervals_cover_what_they_promise),
        cmocka_unit_test(poisson_intervals_never_cover_less_than_they_promise),
        cmocka_unit_test(counts_need_not_be_whole),
        cmocka_unit_test(nonsense_is_refused_and_nothing_written),
    };

    RUN(tests);
}
