/* Dead on arrival, defective, or ageing: the mixture and the choice of a model. */
#include "unit.h"

#include "stat/lives.h"
#include "stat/near.h"

#define MONTHS 24

/* What a curve expects of `units` seen for MONTHS months, in intervals of one. */
static size_t expected_cells(const struct life_curve *curve, double units, struct life_cell *cells)
{
    for (size_t i = 0; i < MONTHS; i++) {
        double from = (double)i, to = from + 1;
        double before = i ? life_cdf(curve, from) : 0;

        cells[i] = (struct life_cell){from, to, units * (life_cdf(curve, to) - before)};
    }
    cells[MONTHS] = (struct life_cell)RUNNING(MONTHS, units * (1 - life_cdf(curve, MONTHS)));
    return MONTHS + 1;
}

/* Expected counts have their peak at the curve they come from. */
static void the_mixture_that_made_the_counts_is_found(void **state)
{
    static const struct life_curve curves[] = {
        {LIFE_MIXTURE, {3.2, -0.6, -4.5, INFINITY} },
        {LIFE_MIXTURE, {1.6, -0.6, -INFINITY, -2.5}},
        {LIFE_MIXTURE, {1.6, -0.6, -4.5, -2.5}     },
    };
    struct life_cell cells[MONTHS + 1];

    (void)state;
    for (size_t c = 0; c < COUNT(curves); c++) {
        size_t n = expected_cells(&curves[c], 1e5, cells);
        struct life_fit fit;

        assert_int_equal(life_fit(LIFE_MIXTURE, cells, n, &fit), FIT_OK);
        assert_int_equal(fit.fitted, c == 2 ? 4 : 3);
        assert_within(life_dead(&fit.curve), life_dead(&curves[c]), 1e-6);
        assert_within(life_defective(&fit.curve), life_defective(&curves[c]), 1e-6);
        assert_within(fit.curve.at[LIFE_MU], 1.6 + 1.6 * (c == 0), 1e-5);
        assert_within(fit.curve.at[LIFE_LOG_SIGMA], -0.6, 1e-5);
        for (size_t i = 0; i < LIFE_PARAMETERS; i++)
            assert_true(fit.covariance[i][i] > 0 || !isfinite(fit.curve.at[i]));
    }
}

static void the_model_that_made_the_counts_is_chosen(void **state)
{
    static const struct life_curve curves[] = {
        {LIFE_EXPONENTIAL, {4, 0, -INFINITY, INFINITY}     },
        {LIFE_WEIBULL,     {3.4, -0.7, -INFINITY, INFINITY}},
        {LIFE_LOGNORMAL,   {3.4, -0.2, -INFINITY, INFINITY}},
        {LIFE_MIXTURE,     {1.6, -0.6, -4.5, -2.5}         },
    };
    struct life_cell cells[MONTHS + 1];

    (void)state;
    for (size_t c = 0; c < COUNT(curves); c++) {
        size_t n = expected_cells(&curves[c], 1e5, cells);
        struct life_choice choice;

        assert_int_equal(life_select(cells, n, &choice), FIT_OK);
        assert_int_equal(choice.fits[0].curve.model, curves[c].model);
        for (size_t i = 1; i < choice.found; i++)
            assert_true(choice.fits[i - 1].aic <= choice.fits[i].aic);
        /* The Weibull holds the exponential: one parameter more for nothing is AIC + 2. */
        if (curves[c].model == LIFE_EXPONENTIAL)
            assert_true(choice.close);
    }
}

static void more_parameters_are_never_less_likely(void **state)
{
    struct life_fit simple, weibull, mixture;

    (void)state;
    assert_int_equal(life_fit(LIFE_EXPONENTIAL, compressors, COUNT(compressors), &simple), FIT_OK);
    assert_int_equal(life_fit(LIFE_WEIBULL, compressors, COUNT(compressors), &weibull), FIT_OK);
    life_fit(LIFE_MIXTURE, compressors, COUNT(compressors), &mixture);
    assert_true(simple.log_likelihood <= weibull.log_likelihood);
    assert_true(!mixture.fitted || weibull.log_likelihood <= mixture.log_likelihood + 1e-9);
    assert_near(weibull.aic, 4 - 2 * weibull.log_likelihood, 1e-15);
}

/* Nobody is dead on arrival where all ages are exact and above 0. */
static void exact_ages_show_none_dead_on_arrival(void **state)
{
    struct life_fit fit;

    (void)state;
    life_fit(LIFE_MIXTURE, nevada, COUNT(nevada), &fit);
    assert_true(fit.fitted == 0 || life_dead(&fit.curve) == 0);
}

static void the_choice_without_failures_is_none(void **state)
{
    static const struct life_cell running[] = {RUNNING(3, 89)},
                                  few[] = {FAILED(1, 2), RUNNING(3, 89)};
    static const struct life_cell bad[] = {
        {3, 1, 1}
    };
    struct life_choice choice = {.found = 7};

    (void)state;
    assert_int_equal(life_select(running, 1, &choice), FIT_NO_EVENTS);
    assert_int_equal(life_select(bad, 1, &choice), FIT_BAD_INPUT);
    assert_true(choice.found == 7);
    assert_int_equal(life_select(few, 2, &choice), FIT_OK);
    assert_int_equal(choice.fits[0].curve.model, LIFE_EXPONENTIAL);
    assert_true(choice.found == 1 && !choice.close);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_mixture_that_made_the_counts_is_found),
        cmocka_unit_test(the_model_that_made_the_counts_is_chosen),
        cmocka_unit_test(more_parameters_are_never_less_likely),
        cmocka_unit_test(exact_ages_show_none_dead_on_arrival),
        cmocka_unit_test(the_choice_without_failures_is_none),
    };

    RUN(tests);
}
