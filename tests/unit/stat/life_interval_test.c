/* Intervals by the likelihood ratio; recomputed limits are from forty digits and bisection. */
#include "unit.h"

#include "stat/life_model.h"
#include "stat/lives.h"
#include "stat/near.h"
#include "stat/pcg.h"

/* Half the quantile 3.841459 of chi-squared. */
#define DROP 1.9207294103470621

static struct interval interval_of(const struct life_cell *cells, size_t n, size_t parameter)
{
    struct interval interval = {NAN, NAN};
    struct life_fit fit;

    life_fit(LIFE_WEIBULL, cells, n, &fit);
    assert_true(life_likelihood_interval(cells, n, &fit, parameter, 0.95, &interval));
    return interval;
}

static void assert_weibull(const struct life_cell *cells, size_t n, struct interval beta,
                           struct interval eta)
{
    struct interval log_sigma = interval_of(cells, n, LIFE_LOG_SIGMA);
    struct interval mu = interval_of(cells, n, LIFE_MU);

    assert_near(exp(-log_sigma.high), beta.low, 1e-7);
    assert_near(exp(-log_sigma.low), beta.high, 1e-7);
    assert_near(exp(mu.low), eta.low, 1e-7);
    assert_near(exp(mu.high), eta.high, 1e-7);
}

static void limits_of_a_weibull_are_those_of_its_profile(void **state)
{
    /* Meeker and Escobar's bearing cages, and their shock absorbers. */
    static const struct life_cell cages[] = {
        FAILED(230, 1),     FAILED(334, 1),    FAILED(423, 1),    FAILED(990, 1),
        FAILED(1009, 1),    FAILED(1510, 1),   RUNNING(50, 288),  RUNNING(150, 148),
        RUNNING(250, 124),  RUNNING(350, 111), RUNNING(450, 106), RUNNING(550, 99),
        RUNNING(650, 110),  RUNNING(750, 114), RUNNING(850, 119), RUNNING(950, 127),
        RUNNING(1050, 123), RUNNING(1150, 93), RUNNING(1250, 47), RUNNING(1350, 41),
        RUNNING(1450, 27),  RUNNING(1550, 11), RUNNING(1650, 6),  RUNNING(1850, 1),
        RUNNING(2050, 2)};
    static const double failed[] = {6700,  9120,  12200, 13150, 14300, 17520,
                                    20100, 20900, 22700, 26510, 27490};
    static const double running[] = {6950,  7820,  8790,  9660,  9820,  11310, 11690, 11850, 11880,
                                     12140, 12870, 13330, 13470, 14040, 17540, 17890, 18450, 18960,
                                     18980, 19410, 20100, 20150, 20320, 23490, 27410, 27890, 28100};
    struct life_cell cells[AGES_MAX];
    size_t n = cells_of((struct ages){failed, running, COUNT(failed), COUNT(running)}, cells);

    (void)state;
    assert_weibull(cages, COUNT(cages), (struct interval){0.970931797526, 3.57953830035},
                   (struct interval){4044.99395019, 213597.102515});
    assert_weibull(cells, n, (struct interval){1.89853217001, 4.77139078064},
                   (struct interval){23330.0661133, 37961.9108358});
    assert_weibull(nevada, COUNT(nevada), (struct interval){1.72057564518, 3.4322931061},
                   (struct interval){4.95723834568, 11.2401346813});
}

/* A shape held at a limit loses half of 3.841459, found by another fit. */
static void the_likelihood_at_a_limit_is_what_the_ratio_allows(void **state)
{
    struct interval interval = interval_of(compressors, COUNT(compressors), LIFE_LOG_SIGMA);
    struct life_fit best, held;

    (void)state;
    life_fit(LIFE_WEIBULL, compressors, COUNT(compressors), &best);
    life_weibayes(compressors, COUNT(compressors), exp(-interval.low), &held);
    assert_within(best.log_likelihood - held.log_likelihood, DROP, 1e-7);
    life_weibayes(compressors, COUNT(compressors), exp(-interval.high), &held);
    assert_within(best.log_likelihood - held.log_likelihood, DROP, 1e-7);
}

/* r ln(theta) + T / theta falls by as much on either side: 21 failures in 719 months. */
static void one_parameter_needs_no_others(void **state)
{
    struct interval interval;
    struct life_fit fit;
    double least = 21 * (log(719 / 21.0) + 1);

    (void)state;
    life_fit(LIFE_EXPONENTIAL, nevada, COUNT(nevada), &fit);
    assert_near(life_eta(&fit.curve), (9 + 14 + 15 + 267 + 268 + 146) / 21.0, 1e-9);
    assert_true(life_likelihood_interval(nevada, COUNT(nevada), &fit, LIFE_MU, 0.95, &interval));
    assert_within(21 * interval.low + 719 / exp(interval.low) - least, DROP, 1e-7);
    assert_within(21 * interval.high + 719 / exp(interval.high) - least, DROP, 1e-7);
    assert_true(interval.low < fit.curve.at[LIFE_MU] && fit.curve.at[LIFE_MU] < interval.high);
}

static void a_limit_that_is_not_there_is_without_end(void **state)
{
    /* Of the first, few can fail and most of them have; of the second, it may be that or all can.
     */
    static const struct life_cell over[] = {
        {0, 1, 6},
        {1, 2, 9},
        {2, 3, 5},
        {3, 4, 1},
        RUNNING(4, 400)
    };
    static const struct life_cell going_on[] = {
        {0, 1, 6},
        {1, 2, 9},
        {2, 3, 8},
        {3, 4, 5},
        RUNNING(4, 400)
    };
    struct interval interval;
    struct life_fit fit;

    (void)state;
    life_fit(LIFE_MIXTURE, going_on, COUNT(going_on), &fit);
    assert_true(
        life_likelihood_interval(going_on, COUNT(going_on), &fit, LIFE_DEFECTIVE, 0.95, &interval));
    assert_true(isfinite(interval.low) && interval.high == INFINITY);
    life_fit(LIFE_MIXTURE, over, COUNT(over), &fit);
    assert_true(life_likelihood_interval(over, COUNT(over), &fit, LIFE_DEFECTIVE, 0.9, &interval));
    assert_true(interval.low < fit.curve.at[LIFE_DEFECTIVE] && isfinite(interval.high));
    assert_false(life_likelihood_interval(over, COUNT(over), &fit, LIFE_DEAD, 0.9, &interval));
    assert_false(life_likelihood_interval(over, COUNT(over), &fit, LIFE_MU, 1, &interval));
    fit.fitted = 0;
    assert_false(life_likelihood_interval(over, COUNT(over), &fit, LIFE_MU, 0.9, &interval));
}

/* Eight units of beta 1.5, eta 10, watched until 12. */
static size_t draw_units(struct pcg *pcg, struct life_cell *cells)
{
    size_t failures = 0;

    for (size_t i = 0; i < 8; i++) {
        double age = 10 * pow(-log(pcg_uniform(pcg)), 1 / 1.5);

        cells[i] = age < 12 ? (struct life_cell)FAILED(age, 1) : (struct life_cell)RUNNING(12, 1);
        failures += age < 12;
    }
    return failures;
}

/* And more often than the interval from the covariance does. */
static void with_few_failures_they_cover_what_they_promise(void **state)
{
    size_t used = 0, covered = 0, wald = 0;
    struct pcg pcg;

    (void)state;
    pcg_seed(&pcg, 7, 1);
    for (size_t i = 0; i < 1500; i++) {
        struct life_cell cells[8];
        struct interval interval;
        struct life_fit fit;

        if (draw_units(&pcg, cells) < 4)
            continue;
        life_fit(LIFE_WEIBULL, cells, 8, &fit);
        assert_true(life_likelihood_interval(cells, 8, &fit, LIFE_MU, 0.9, &interval));
        used++;
        covered += interval.low <= log(10) && log(10) <= interval.high;
        wald += fabs(fit.curve.at[LIFE_MU] - log(10)) <=
                interval_z(0.9) * sqrt(fit.covariance[LIFE_MU][LIFE_MU]);
    }
    assert_true(used > 1400);
    assert_within((double)covered / (double)used, 0.9, 0.04);
    assert_true(covered > wald);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_of_a_weibull_are_those_of_its_profile),
        cmocka_unit_test(the_likelihood_at_a_limit_is_what_the_ratio_allows),
        cmocka_unit_test(one_parameter_needs_no_others),
        cmocka_unit_test(a_limit_that_is_not_there_is_without_end),
        cmocka_unit_test(with_few_failures_they_cover_what_they_promise),
    };

    RUN(tests);
}
