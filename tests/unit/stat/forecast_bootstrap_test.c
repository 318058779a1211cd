/* Bounds for few failures, and the draws they are made of. */
#include "unit.h"

#include "stat/draw.h"
#include "stat/forecast.h"
#include "stat/lives.h"
#include "stat/near.h"
#include "stat/special.h"

#define COHORTS 6

static struct life_cell cells[COHORTS + FORECAST_FAILURES_MAX];
static double draws[2 * FORECAST_DRAWS];
static const struct forecast_room room = {cells, draws};

/* Six shipments of 200, seen for 6, 5 ... 1 months; five failures. */
static const struct cohort cohorts[COHORTS] = {
    {197, 6},
    {199, 5},
    {199, 4},
    {200, 3},
    {200, 2},
    {200, 1}
};
static const struct life_cell few[] = {FAILED(3.5, 1),  FAILED(5.2, 1),  FAILED(5.9, 1),
                                       FAILED(4.1, 1),  FAILED(3.8, 1),  RUNNING(6, 197),
                                       RUNNING(5, 199), RUNNING(4, 199), RUNNING(3, 200),
                                       RUNNING(2, 200), RUNNING(1, 200)};
static const struct forecast_plan quarter = {
    .cohorts = cohorts, .n = COHORTS, .periods = 3, .warranty = INFINITY};

static struct life_fit fit_of_few(void)
{
    struct life_fit fit;

    life_fit(LIFE_WEIBULL, few, COUNT(few), &fit);
    assert_true(fit.fitted == 2);
    return fit;
}

static void the_same_seed_gives_the_same_bounds(void **state)
{
    struct life_fit fit = fit_of_few();
    struct forecast_bounds one, same, other;
    double expected;

    (void)state;
    assert_true(forecast_expected(&fit.curve, &quarter, &expected));
    assert_int_equal(forecast_bootstrap(&fit, &quarter, 0.95, 1, room, &one), FIT_OK);
    assert_int_equal(forecast_bootstrap(&fit, &quarter, 0.95, 1, room, &same), FIT_OK);
    assert_int_equal(forecast_bootstrap(&fit, &quarter, 0.95, 2, room, &other), FIT_OK);
    assert_memory_equal(&one, &same, sizeof one);
    assert_true(one.used > FORECAST_DRAWS * 9 / 10);
    assert_true(one.interval.low <= expected && expected <= one.interval.high);
    assert_true(other.interval.low <= expected && expected <= other.interval.high);
}

/* The plug-in Poisson interval knows the curve; the calibrated one does not. */
static void the_bounds_are_wider_than_if_the_curve_were_known(void **state)
{
    struct life_fit fit = fit_of_few();
    struct forecast_bounds wide, narrow;
    struct forecast forecast;

    (void)state;
    assert_true(forecast_returns(&fit, &quarter, 0.95, NULL, &forecast));
    assert_int_equal(forecast_bootstrap(&fit, &quarter, 0.95, 1, room, &wide), FIT_OK);
    assert_int_equal(forecast_bootstrap(&fit, &quarter, 0.5, 1, room, &narrow), FIT_OK);
    assert_true(wide.interval.low <= forecast.poisson.low);
    assert_true(wide.interval.high >= forecast.poisson.high);
    assert_true(wide.interval.low <= narrow.interval.low);
    assert_true(narrow.interval.high <= wide.interval.high);
}

/* A curve known from very many failures: the bounds are the quantiles of the binomial. */
static void a_known_future_has_the_bounds_of_its_own_distribution(void **state)
{
    static const struct cohort one = {1e5, 1e-3};
    struct life_fit fit = {
        .curve = {LIFE_EXPONENTIAL, {0, 0, -INFINITY, INFINITY}},
          .fitted = 1
    };
    struct forecast_plan plan = {&one, 1, 1e-4, INFINITY, NULL, 0};
    struct forecast_bounds bounds;
    double mean = 1e5 * -expm1(-1e-4);

    (void)state;
    assert_int_equal(forecast_bootstrap(&fit, &plan, 0.9, 5, room, &bounds), FIT_OK);
    assert_true(fabs(bounds.interval.high - mean) < 10 && bounds.interval.high > mean);
    assert_true(poisson_tails(bounds.interval.low - 1, mean).lower < 0.06);
    assert_true(poisson_tails(bounds.interval.high, mean).upper < 0.06);
}

static void what_cannot_be_calibrated_is_refused(void **state)
{
    struct life_fit fit = fit_of_few(), mixture = fit, many = fit;
    struct forecast_plan plan = quarter;
    struct forecast_bounds bounds = {.used = 7};

    (void)state;
    mixture.curve.model = LIFE_MIXTURE;
    many.curve.at[LIFE_MU] -= 2;
    plan.periods = NAN;
    assert_int_equal(forecast_bootstrap(&mixture, &quarter, 0.9, 1, room, &bounds), FIT_BAD_INPUT);
    assert_int_equal(forecast_bootstrap(&many, &quarter, 0.9, 1, room, &bounds), FIT_BAD_INPUT);
    assert_int_equal(forecast_bootstrap(&fit, &plan, 0.9, 1, room, &bounds), FIT_BAD_INPUT);
    assert_int_equal(forecast_bootstrap(&fit, &quarter, 1, 1, room, &bounds), FIT_BAD_INPUT);
    fit.curve.at[LIFE_MU] += 4;
    assert_int_equal(forecast_bootstrap(&fit, &quarter, 0.9, 1, room, &bounds), FIT_NOT_IDENTIFIED);
    assert_true(bounds.used == 7);
}

/* Means and variances of 20000 draws, within 5 standard errors; the ends in one draw. */
static void binomial_draws_have_the_moments_of_the_binomial(void **state)
{
    static const double sizes[] = {1, 12, 500, 1e4, 1e7}, shares[] = {1e-4, 0.1, 0.5, 0.93};
    const double times = 20000;

    (void)state;
    for (size_t i = 0; i < COUNT(sizes); i++)
        for (size_t j = 0; j < COUNT(shares); j++) {
            double n = sizes[i], p = shares[j], v = n * p * (1 - p), sum = 0, squares = 0;
            struct pcg pcg;

            pcg_seed(&pcg, 11, i * 10 + j);
            for (int k = 0; k < (int)times; k++) {
                double x = draw_binomial(&pcg, n, p);

                assert_true(0 <= x && x <= n && x == floor(x));
                sum += x - n * p;
                squares += (x - n * p) * (x - n * p);
            }
            assert_within(sum / times, 0, 5 * sqrt(v / times));
            assert_within(squares / times, v, 5 * sqrt((2 * v * v + v) / times));
        }
}

static void draws_at_the_edge_are_certain(void **state)
{
    struct pcg pcg;

    (void)state;
    pcg_seed(&pcg, 1, 1);
    assert_true(draw_binomial(&pcg, 9, 0) == 0 && draw_binomial(&pcg, 9, 1) == 9);
    assert_true(draw_binomial(&pcg, 0, 0.4) == 0 && draw_binomial(&pcg, NAN, 0.4) == 0);
    assert_true(draw_binomial(&pcg, 5, NAN) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_seed_gives_the_same_bounds),
        cmocka_unit_test(the_bounds_are_wider_than_if_the_curve_were_known),
        cmocka_unit_test(a_known_future_has_the_bounds_of_its_own_distribution),
        cmocka_unit_test(what_cannot_be_calibrated_is_refused),
        cmocka_unit_test(binomial_draws_have_the_moments_of_the_binomial),
        cmocka_unit_test(draws_at_the_edge_are_certain),
    };

    RUN(tests);
}
