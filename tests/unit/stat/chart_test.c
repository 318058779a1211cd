/* Control charts. */
#include "unit.h"

#include "stat/chart.h"
#include "stat/near.h"
#include "stat/pcg.h"

/* NIST/Montgomery: nonconforming cans (wafers), 50 a sample. */
static const double wafers[] = {12, 15, 8, 10, 4,  7,  16, 9,  14, 10, 5,  6, 17, 12, 22,
                                8,  10, 5, 13, 11, 20, 18, 24, 15, 9,  12, 7, 13, 9,  6};

static void the_wafers_have_the_limits_that_montgomery_prints(void **state)
{
    struct chart_point points[30];
    struct p_chart chart;
    double n[30];

    (void)state;
    for (size_t i = 0; i < 30; i++)
        n[i] = 50;
    assert_true(p_chart(wafers, n, 30, false, &chart, points));
    assert_within(chart.centre, .2313, 5e-5);
    assert_within(points[0].low, .0524, 5e-5);
    assert_within(points[0].high, .4102, 5e-5);
    for (size_t i = 0; i < 30; i++)
        assert_int_equal(points[i].signal, i == 14 || i == 22);
}

static void without_the_two_points_the_wafers_have_the_limits_of_qicharts2(void **state)
{
    struct chart_point points[28];
    struct p_chart chart;
    double x[28], n[28];
    size_t k = 0;

    (void)state;
    for (size_t i = 0; i < 30; i++)
        if (i != 14 && i != 22) {
            x[k] = wafers[i];
            n[k++] = 50;
        }
    assert_true(p_chart(x, n, 28, false, &chart, points));
    assert_within(chart.centre, .2150, 5e-5);
    assert_within(points[0].low, .0407, 5e-5);
    assert_within(points[0].high, .3893, 5e-5);
    for (size_t i = 0; i < 28; i++) /* point 21 of the thirty is the twentieth left */
        assert_int_equal(points[i].signal, i == 19);
}

static void laneys_chart_bears_what_varies_more_than_chance(void **state)
{
    struct chart_point points[100];
    struct p_chart chart;
    double x[100], n[100];
    int plain = 0, laney = 0;
    struct pcg pcg;

    (void)state;
    pcg_seed(&pcg, 1, 1);
    for (size_t i = 0; i < 100; i++) {
        n[i] = 100000;
        x[i] = floor(n[i] * (0.045 + 0.01 * pcg_uniform(&pcg)));
    }
    assert_true(p_chart(x, n, 100, false, &chart, points));
    assert_true(chart.sigma_z > CHART_LANEY_MIN);
    for (size_t i = 0; i < 100; i++)
        plain += points[i].signal;
    assert_true(p_chart(x, n, 100, true, &chart, points));
    for (size_t i = 0; i < 100; i++)
        laney += points[i].signal;
    assert_true(plain > 20);
    assert_int_equal(laney, 0);
}

/* Montgomery's data, target 10, sigma 1; the mean moves to 11 after the twentieth. */
static const double means[] = {9.45,  7.99,  9.29,  11.66, 12.16, 10.18, 8.04,  11.46,
                               9.20,  10.34, 9.03,  11.47, 10.51, 9.40,  10.08, 9.37,
                               10.62, 10.31, 8.52,  10.84, 10.90, 9.33,  12.29, 11.50,
                               10.60, 11.08, 10.38, 11.62, 11.31, 10.52};

static void the_cusum_signals_at_29_as_in_montgomery(void **state)
{
    struct chart_point points[30];

    (void)state;
    assert_true(cusum_chart(means, 30, (struct cusum){10, 1, .5, 5}, points));
    assert_within(points[28].value, 5.28, 5e-3 + 1e-9);
    assert_within(points[29].value, 5.30, 5e-3 + 1e-9);
    for (size_t i = 0; i < 30; i++)
        assert_int_equal(points[i].signal, i >= 28);
}

static void the_ewma_is_out_at_29_as_in_montgomery(void **state)
{
    struct chart_point points[30];

    (void)state;
    assert_true(ewma_chart(means, 30, (struct ewma){10, 1, .1, 2.7}, points));
    assert_within(points[0].value, 9.945, 5e-4);
    assert_within(points[1].value, 9.7495, 5e-5);
    assert_within(points[27].value, 10.57314, 5e-6);
    assert_within(points[28].value, 10.64682, 5e-6);
    assert_within(points[28].high, 10.61873, 5e-6);
    for (size_t i = 0; i < 29; i++)
        assert_int_equal(points[i].signal, i == 28);
}

static void a_count_cusum_rises_only_above_its_reference(void **state)
{
    static const double x[] = {1, 1, 3, 3, 3, 0}, e[] = {1, 1, 1, 1, 1, 1};
    struct chart_point points[6];
    double k = 1 / log(2.0), sum = 0;

    (void)state;
    assert_true(cusum_counts(x, e, 6, 2, 4, points));
    for (size_t i = 0; i < 6; i++) {
        sum = fmax(0, sum + x[i] - k);
        assert_near(points[i].value, sum, 1e-12);
        assert_int_equal(points[i].signal, sum > 4);
    }
    assert_true(points[4].signal && !points[3].signal);
}

static void a_bernoulli_cusum_adds_log_likelihoods(void **state)
{
    static const double x[] = {0, 1, 1, 0, 1};
    struct chart_point points[5];
    double hit = log(2.0), miss = log(.90 / .95);

    (void)state;
    assert_true(cusum_bernoulli(x, 5, .05, .10, 1.5, points));
    assert_true(points[0].value == 0);
    assert_near(points[2].value, 2 * hit, 1e-12);
    assert_near(points[4].value, 3 * hit + miss, 1e-12);
    assert_true(points[4].signal && !points[3].signal);
}

static void charts_of_nonsense_are_refused(void **state)
{
    static const double x[] = {1, 2}, n[] = {1, 1}, half[] = {0.5, 1};
    struct chart_point points[2] = {{.value = 7}};
    struct p_chart chart;

    (void)state;
    assert_false(p_chart(x, n, 2, false, &chart, points));
    assert_false(p_chart(n, x, 0, false, &chart, points));
    assert_false(ewma_chart(x, 2, (struct ewma){0, 0, .1, 3}, points));
    assert_false(ewma_chart(x, 2, (struct ewma){0, 1, 1.1, 3}, points));
    assert_false(cusum_chart(x, 2, (struct cusum){0, 1, .5, 0}, points));
    assert_false(cusum_counts(x, n, 2, 1, 4, points));
    assert_false(cusum_bernoulli(half, 2, .1, .2, 3, points));
    assert_true(points[0].value == 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_wafers_have_the_limits_that_montgomery_prints),
        cmocka_unit_test(without_the_two_points_the_wafers_have_the_limits_of_qicharts2),
        cmocka_unit_test(laneys_chart_bears_what_varies_more_than_chance),
        cmocka_unit_test(the_cusum_signals_at_29_as_in_montgomery),
        cmocka_unit_test(the_ewma_is_out_at_29_as_in_montgomery),
        cmocka_unit_test(a_count_cusum_rises_only_above_its_reference),
        cmocka_unit_test(a_bernoulli_cusum_adds_log_likelihoods),
        cmocka_unit_test(charts_of_nonsense_are_refused),
    };

    RUN(tests);
}
