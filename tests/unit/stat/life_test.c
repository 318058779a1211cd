/* Fits of ages and what their curves say: properties. */
#include "unit.h"

#include "stat/life_model.h"
#include "stat/lives.h"
#include "stat/near.h"
#include "stat/special.h"

static const enum life_model plain[] = {LIFE_WEIBULL, LIFE_LOGNORMAL, LIFE_EXPONENTIAL};

static struct life_fit fitted(enum life_model model, const struct life_cell *cells, size_t n)
{
    struct life_fit fit;

    life_fit(model, cells, n, &fit);
    assert_true(fit.fitted > 0);
    return fit;
}

/* At a curve beside the peak, for all kinds of cells, in all parameters. */
static void the_derivatives_are_those_of_the_likelihood(void **state)
{
    static const struct life_cell cells[] = {
        {0,   1.5, 4},
        {1.5, 2,   3},
        {1,   9,   2},
        FAILED(3, 2), RUNNING(4, 60), RUNNING(0, 5)
    };
    static const struct life_curve curves[] = {
        {LIFE_WEIBULL,   {2.1, -0.4, -INFINITY, INFINITY}},
        {LIFE_LOGNORMAL, {2.1, -0.1, -INFINITY, INFINITY}},
        {LIFE_MIXTURE,   {1.2, -0.4, -3, -1}             },
    };
    const double h = 1e-5;

    (void)state;
    for (size_t c = 0; c < COUNT(curves); c++) {
        struct life_slope here = life_likelihood(&curves[c], cells, COUNT(cells));
        size_t parameters = curves[c].model == LIFE_MIXTURE ? 4 : 2;

        for (size_t i = 0; i < parameters; i++) {
            struct life_curve less = curves[c], more = curves[c];
            struct life_slope below, above;

            less.at[i] -= h;
            more.at[i] += h;
            below = life_likelihood(&less, cells, COUNT(cells));
            above = life_likelihood(&more, cells, COUNT(cells));
            assert_within((above.value - below.value) / (2 * h), here.g[i], 1e-6);
            for (size_t j = 0; j < parameters; j++)
                assert_within((above.g[j] - below.g[j]) / (2 * h), here.h[j][i], 1e-6);
        }
    }
}

static void the_order_and_the_unit_of_ages_do_not_matter(void **state)
{
    struct life_cell turned[COUNT(compressors)];

    (void)state;
    for (size_t m = 0; m < COUNT(plain); m++) {
        struct life_fit months = fitted(plain[m], compressors, COUNT(compressors)), days;

        for (size_t i = 0; i < COUNT(turned); i++) {
            turned[i] = compressors[COUNT(turned) - 1 - i];
            turned[i].from *= 30;
            turned[i].to *= 30;
        }
        days = fitted(plain[m], turned, COUNT(turned));
        assert_near(days.log_likelihood, months.log_likelihood, 1e-12);
        assert_within(days.curve.at[LIFE_MU], months.curve.at[LIFE_MU] + log(30), 1e-9);
        assert_within(days.curve.at[LIFE_LOG_SIGMA], months.curve.at[LIFE_LOG_SIGMA], 1e-9);
        assert_near(days.covariance[0][0], months.covariance[0][0], 1e-6);
        assert_near(life_hazard_between(&days.curve, 90, 300),
                    life_hazard_between(&months.curve, 3, 10), 1e-8);
    }
}

static void narrow_intervals_tend_to_exact_ages(void **state)
{
    struct life_cell narrow[COUNT(nevada)];

    (void)state;
    for (size_t i = 0; i < COUNT(nevada); i++) {
        narrow[i] = nevada[i];
        if (narrow[i].to < INFINITY) {
            narrow[i].from -= 1e-5;
            narrow[i].to += 1e-5;
        }
    }
    for (size_t m = 0; m < COUNT(plain); m++) {
        struct life_fit one = fitted(plain[m], nevada, COUNT(nevada));
        struct life_fit other = fitted(plain[m], narrow, COUNT(narrow));

        assert_within(other.curve.at[LIFE_MU], one.curve.at[LIFE_MU], 1e-6);
        assert_within(other.curve.at[LIFE_LOG_SIGMA], one.curve.at[LIFE_LOG_SIGMA], 1e-6);
        assert_near(other.log_likelihood, one.log_likelihood + 21 * log(2e-5), 1e-7);
    }
}

/* The exponential in closed form; without censoring the lognormal too. */
static void what_has_a_closed_form_is_found(void **state)
{
    static const struct life_cell complete[] = {FAILED(2, 1), FAILED(5, 3), FAILED(11, 2)};
    struct life_fit fit = fitted(LIFE_EXPONENTIAL, nevada, COUNT(nevada));
    double mean = (log(2) + 3 * log(5) + 2 * log(11)) / 6, sum = 0;

    (void)state;
    assert_near(life_eta(&fit.curve), (9 + 14 + 15 + 3 * 89 + 2 * 134 + 146) / 21.0, 1e-12);
    assert_near(fit.covariance[LIFE_MU][LIFE_MU], 1 / 21.0, 1e-9);
    assert_true(fit.fitted == 1 && fit.covariance[LIFE_LOG_SIGMA][LIFE_LOG_SIGMA] == 0);
    fit = fitted(LIFE_LOGNORMAL, complete, COUNT(complete));
    for (size_t i = 0; i < COUNT(complete); i++)
        sum += complete[i].count * pow(log(complete[i].from) - mean, 2) / 6;
    assert_near(fit.curve.at[LIFE_MU], mean, 1e-9);
    assert_near(exp(fit.curve.at[LIFE_LOG_SIGMA]), sqrt(sum), 1e-9);
}

static void a_given_shape_gives_the_scale_and_its_bound(void **state)
{
    static const struct life_cell running[] = {RUNNING(10, 5), RUNNING(20, 3)};
    struct life_fit fit;
    double eta, rest;

    (void)state;
    assert_int_equal(life_weibayes(nevada, COUNT(nevada), 2, &fit), FIT_OK);
    assert_near(life_eta(&fit.curve), sqrt((9 + 28 + 45 + 9 * 89 + 4 * 134 + 146) / 21.0), 1e-12);
    assert_int_equal(fit.fitted, 1);
    assert_near(life_beta(&fit.curve), 2, 1e-15);
    assert_int_equal(life_weibayes(running, COUNT(running), 2, &fit), FIT_NO_EVENTS);
    assert_true(life_weibayes_bound(running, COUNT(running), 2, 0.95, &eta));
    assert_near(eta, sqrt((500 + 1200) / -log(0.05)), 1e-12);
    assert_true(life_weibayes_bound(nevada, COUNT(nevada), 2, 0.5, &rest));
    assert_near(rest, sqrt(2 * (9 + 28 + 45 + 801 + 536 + 146) / chi2_quantile(0.5, 44)), 1e-12);
}

static void too_little_is_not_fitted(void **state)
{
    static const struct life_cell running[] = {RUNNING(3, 89)};
    static const struct life_cell two[] = {FAILED(2, 2), RUNNING(3, 89)};
    static const struct life_cell same[] = {FAILED(3, 7), RUNNING(3, 89)};
    static const struct life_cell once[] = {
        {0, 3, 7},
        RUNNING(3, 89)
    };
    /* All may have failed at one age, at which the likelihood tends to 1. */
    static const struct life_cell overlapping[] = {
        {5,  46, 1  },
        {20, 30, 295},
        {0,  50, 27 }
    };
    struct life_fit fit;

    (void)state;
    for (enum life_model m = 0; m < LIFE_MODELS; m++)
        assert_int_equal(life_fit(m, running, 1, &fit), FIT_NO_EVENTS);
    assert_int_equal(life_fit(LIFE_WEIBULL, two, 2, &fit), FIT_NOT_IDENTIFIED);
    assert_true(fit.fitted == 0 && fit.failures == 2 && fit.oldest == 3);
    assert_int_equal(life_fit(LIFE_EXPONENTIAL, two, 2, &fit), FIT_OK);
    for (enum life_model m = 0; m < LIFE_MODELS; m++)
        if (m != LIFE_EXPONENTIAL) {
            assert_int_equal(life_fit(m, same, 2, &fit), FIT_NOT_IDENTIFIED);
            assert_int_equal(life_fit(m, once, 2, &fit), FIT_NOT_IDENTIFIED);
            assert_true(fit.fitted == 0 && fit.log_likelihood == 0);
        }
    assert_int_equal(life_fit(LIFE_WEIBULL, overlapping, 3, &fit), FIT_NOT_IDENTIFIED);
    assert_int_equal(life_fit(LIFE_LOGNORMAL, overlapping, 3, &fit), FIT_NOT_IDENTIFIED);
    assert_int_equal(life_fit(LIFE_EXPONENTIAL, once, 2, &fit), FIT_OK);
    assert_near(life_cdf(&fit.curve, 3), 7 / 96.0, 1e-9);
}

static void nonsense_is_refused_and_nothing_written(void **state)
{
    static const struct life_cell bad[] = {
        {-1,       2,        3       },
        {3,        2,        1       },
        {0,        0,        1       },
        {INFINITY, INFINITY, 1       },
        {NAN,      2,        1       },
        {1,        NAN,      1       },
        {1,        2,        -1      },
        {1,        2,        NAN     },
        {1,        2,        INFINITY},
        {1,        INFINITY, NAN     }
    };
    struct life_fit fit = {.aic = 9};
    double eta = 7;

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_int_equal(life_fit(LIFE_WEIBULL, &bad[i], 1, &fit), FIT_BAD_INPUT);
        assert_int_equal(life_weibayes(&bad[i], 1, 2, &fit), FIT_BAD_INPUT);
        assert_false(life_weibayes_bound(&bad[i], 1, 2, 0.9, &eta));
    }
    assert_int_equal(life_fit(LIFE_WEIBULL, NULL, 0, &fit), FIT_BAD_INPUT);
    assert_int_equal(life_weibayes(nevada, COUNT(nevada), 0, &fit), FIT_BAD_INPUT);
    assert_int_equal(life_weibayes(nevada, COUNT(nevada), NAN, &fit), FIT_BAD_INPUT);
    assert_false(life_weibayes_bound(nevada, COUNT(nevada), 2, 1, &eta));
    assert_true(fit.aic == 9 && eta == 7);
}

static void curves_rise_from_nothing_and_quantiles_invert_them(void **state)
{
    static const struct life_curve curves[] = {
        {LIFE_WEIBULL,   {1.9, -0.9, -INFINITY, INFINITY}},
        {LIFE_LOGNORMAL, {1.9, -0.2, -INFINITY, INFINITY}},
        {LIFE_MIXTURE,   {1.9, -0.9, -4, 3}              },
    };

    (void)state;
    for (size_t c = 0; c < COUNT(curves); c++) {
        const struct life_curve *curve = &curves[c];
        double before = life_cdf(curve, 0), age;

        assert_near(before, life_dead(curve), 1e-15);
        for (double t = 0.25; t < 40; t *= 1.3) {
            double now = life_cdf(curve, t), rho = life_hazard_between(curve, 2, t);

            assert_true(before <= now && now <= 1 && 0 <= rho && rho <= 1);
            if (t > 2)
                assert_near(rho, (now - life_cdf(curve, 2)) / (1 - life_cdf(curve, 2)), 1e-12);
            if (now < 0.9) {
                assert_true(life_quantile(curve, now, &age));
                assert_near(age, t, 1e-9);
            }
            before = now;
        }
        assert_true(life_hazard_between(curve, 5, 5) == 0 && life_cdf(curve, NAN) == 0);
        assert_near(life_cdf(curve, INFINITY),
                    life_dead(curve) + (1 - life_dead(curve)) * life_defective(curve), 1e-15);
    }
}

static void small_hazards_keep_their_digits(void **state)
{
    struct life_curve curve = life_plain(LIFE_WEIBULL, log(1e9), 0);

    (void)state;
    assert_near(life_hazard_between(&curve, 1e3, 1e3 + 1e-3), 1e-12, 1e-9);
    assert_near(life_cdf(&curve, 1e-6), 1e-15, 1e-12);
    curve = life_plain(LIFE_LOGNORMAL, 20, 0);
    assert_near(life_hazard_between(&curve, 1, 2),
                normal_tails(log(2) - 20).lower - normal_tails(-20).lower, 1e-12);
}

/* By the trapezoid rule on the quantiles' scale, and where units live for ever. */
static void moments_are_those_of_the_curve(void **state)
{
    struct life_curve curve = {
        LIFE_MIXTURE, {1.9, -0.9, -2, INFINITY}
    };
    double mean, sd, first = 0, second = 0;

    (void)state;
    for (double t = 0.0005; t < 60; t += 0.001) {
        first += 0.001 * (1 - life_cdf(&curve, t));
        second += 0.002 * t * (1 - life_cdf(&curve, t));
    }
    assert_true(life_moments(&curve, &mean, &sd));
    assert_near(mean, first, 1e-6);
    assert_near(sd, sqrt(second - first * first), 1e-6);
    curve.at[LIFE_DEFECTIVE] = 5;
    assert_false(life_moments(&curve, &mean, &sd));
    assert_false(life_quantile(&curve, 0.999, &mean));
    curve = life_plain(LIFE_WEIBULL, 1, 7);
    assert_false(life_moments(&curve, &mean, &sd));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_derivatives_are_those_of_the_likelihood),
        cmocka_unit_test(the_order_and_the_unit_of_ages_do_not_matter),
        cmocka_unit_test(narrow_intervals_tend_to_exact_ages),
        cmocka_unit_test(what_has_a_closed_form_is_found),
        cmocka_unit_test(a_given_shape_gives_the_scale_and_its_bound),
        cmocka_unit_test(too_little_is_not_fitted),
        cmocka_unit_test(nonsense_is_refused_and_nothing_written),
        cmocka_unit_test(curves_rise_from_nothing_and_quantiles_invert_them),
        cmocka_unit_test(small_hazards_keep_their_digits),
        cmocka_unit_test(moments_are_those_of_the_curve),
    };

    RUN(tests);
}
