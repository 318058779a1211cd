/* How often intervals hold the truth, by simulation; seeded, so that it is the same each time. */
#include "unit.h"

#include "stat/draw.h"
#include "stat/forecast.h"
#include "stat/near.h"
#include "stat/shrink.h"
#include "stat/special.h"
#include "stat/survival.h"

#define ROUNDS 1500

/* Three ages with these hazards, of two classes; a third of those left is lost sight of at each. */
static const double own[] = {.05, .08, .10}, other[] = {.10, .05, .02};

struct watched {
    struct age_count ages[3];
    double at_risk[3], failed[3], others[3];
};

static void watch(struct pcg *pcg, struct watched *w)
{
    double left = 120;

    for (size_t k = 0; k < 3; k++) {
        double failed = draw_binomial(pcg, left, own[k]);
        double others = draw_binomial(pcg, left - failed, other[k] / (1 - own[k]));
        double lost = floor((left - failed - others) / 3);

        w->at_risk[k] = left;
        w->failed[k] = failed;
        w->others[k] = others;
        w->ages[k] = (struct age_count){left, failed + others, lost};
        left -= failed + others + lost;
    }
}

static void curves_cover_what_they_promise(void **state)
{
    double survival = 1, share = 0;
    size_t covered = 0, of_class = 0;
    struct pcg pcg;

    (void)state;
    for (size_t k = 0; k < 3; k++) {
        share += survival * own[k];
        survival *= 1 - own[k] - other[k];
    }
    pcg_seed(&pcg, 21, 1);
    for (size_t round = 0; round < ROUNDS; round++) {
        struct survival_point points[3];
        struct incidence_point shares[3];
        struct watched w;
        size_t known;

        watch(&pcg, &w);
        survival_curve(w.ages, 3, WITHDRAWN_AFTER, SURVIVAL_LOG_LOG, .9, points, &known);
        survival_incidence_of(w.at_risk, w.failed, w.others, 3, .9, shares);
        covered +=
            points[2].interval.low <= 1 - survival && 1 - survival <= points[2].interval.high;
        of_class += shares[2].interval.low <= share && share <= shares[2].interval.high;
    }
    assert_within((double)covered / ROUNDS, .9, .025);
    assert_within((double)of_class / ROUNDS, .9, .025);
}

/* 24 months of 400 units that last as a Weibull of beta 1.4, eta 150 says; the next six months. */
static double draw_history(struct pcg *pcg, struct life_cell *cells, struct cohort *cohorts)
{
    const struct life_curve truth = {
        LIFE_WEIBULL, {5.010635294096256, -0.3364722366212129, -INFINITY, INFINITY}
    };
    double future = 0;

    for (size_t k = 0; k < 24; k++)
        cells[k] = (struct life_cell){(double)k, (double)k + 1, 0};
    for (size_t i = 0; i < 24; i++) {
        double left = 400;

        for (size_t k = 0; k <= i; k++) {
            double hazard = life_hazard_between(&truth, (double)k, (double)k + 1);
            double failed = draw_binomial(pcg, left, hazard);

            cells[k].count += failed;
            left -= failed;
        }
        cells[24 + i] = (struct life_cell){(double)i + 1, INFINITY, left};
        cohorts[i] = (struct cohort){left, (double)i + 1};
        future +=
            draw_binomial(pcg, left, life_hazard_between(&truth, (double)i + 1, (double)i + 7));
    }
    return future;
}

static void forecasts_cover_what_they_promise(void **state)
{
    size_t covered = 0, poisson = 0, rounds = 500;
    struct pcg pcg;

    (void)state;
    pcg_seed(&pcg, 22, 1);
    for (size_t round = 0; round < rounds; round++) {
        struct life_cell cells[48];
        struct cohort cohorts[24];
        double future = draw_history(&pcg, cells, cohorts);
        struct forecast_plan plan = {cohorts, 24, 6, INFINITY, NULL, 0};
        struct forecast forecast;
        struct life_fit fit;

        assert_int_equal(life_fit(LIFE_WEIBULL, cells, 48, &fit), FIT_OK);
        assert_true(forecast_returns(&fit, &plan, .9, NULL, &forecast));
        covered += forecast.interval.low <= future && future <= forecast.interval.high;
        poisson += forecast.poisson.low <= future && future <= forecast.poisson.high;
    }
    assert_within((double)covered / (double)rounds, .9, .035);
    /* Minitab's leaves out that the curve is not known. */
    assert_true(poisson < covered);
}

/* 40 lines of a family whose rates are Beta(6, 94): of small lines and large ones. */
static double draw_rate(struct pcg *pcg)
{
    return beta_quantile(pcg_uniform(pcg), 6, 94);
}

static void shrunk_rates_cover_what_they_promise_and_err_less(void **state)
{
    double raw_error = 0, shrunk_error = 0;
    size_t covered = 0, told = 0;
    struct pcg pcg;

    (void)state;
    pcg_seed(&pcg, 24, 1);
    for (size_t round = 0; round < 60; round++) {
        double x[40], n[40], truth[40], scratch[80];
        struct family family = {x, n, 40};
        struct shrinkage shrinkage;

        for (size_t i = 0; i < 40; i++) {
            truth[i] = draw_rate(&pcg);
            n[i] = i % 2 ? 60 : 600;
            x[i] = draw_binomial(&pcg, n[i], truth[i]);
        }
        assert_int_equal(shrink_family(family, SHRINK_UNITS_MIN, scratch, &shrinkage), FIT_OK);
        for (size_t i = 0; i < 40 && !shrinkage.pooled; i++) {
            struct shrunk line;

            assert_true(shrink_line(&shrinkage, family, x[i], n[i], .9, &line));
            covered += line.interval.low <= truth[i] && truth[i] <= line.interval.high;
            raw_error += fabs(x[i] / n[i] - truth[i]);
            shrunk_error += fabs(line.rate - truth[i]);
            told++;
        }
    }
    assert_true(told > 2000);
    assert_within((double)covered / (double)told, .9, .03);
    assert_true(shrunk_error < .85 * raw_error);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(curves_cover_what_they_promise),
        cmocka_unit_test(forecasts_cover_what_they_promise),
        cmocka_unit_test(shrunk_rates_cover_what_they_promise_and_err_less),
    };

    RUN(tests);
}
