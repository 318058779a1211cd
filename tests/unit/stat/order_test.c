/* The order in which lines and cohorts come does not change what is said of them. */
#include "unit.h"

#include "stat/attribution.h"
#include "stat/cluster.h"
#include "stat/cohort.h"
#include "stat/expected.h"
#include "stat/families.h"
#include "stat/lives.h"
#include "stat/multiple.h"
#include "stat/near.h"
#include "stat/pcg.h"
#include "stat/reserve.h"
#include "stat/shrink.h"
#include "stat/triangle.h"

#include <string.h>

#define MOST   128
#define ROUNDS 20

/* Places 0 to n - 1 in some other order. */
static void shuffle(struct pcg *pcg, size_t *places, size_t n)
{
    for (size_t i = 0; i < n; i++)
        places[i] = i;
    for (size_t i = n; i-- > 1;) {
        size_t k = (size_t)(pcg_uniform(pcg) * (double)(i + 1)), place = places[i];

        places[i] = places[k];
        places[k] = place;
    }
}

static void deal(const double *from, const size_t *places, double *to, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] = from[places[i]];
}

static void a_family_is_the_same_in_any_order(void **state)
{
    struct family family = rat_tumours();
    size_t k = family.k, places[MOST];
    double x[MOST], n[MOST], scratch[2 * MOST], height, z, dealt_height, dealt_z;
    struct family dealt = {x, n, k};
    struct shrinkage shrinkage, other;
    struct beta_prior prior, dealt_prior;
    struct shrunk line, dealt_line;
    struct pcg pcg;

    (void)state;
    assert_true(k <= MOST);
    pcg_seed(&pcg, 1, 1);
    beta_binomial_fit(family, &prior, &height);
    family_tarone(family, &z);
    shrink_family(family, 1, scratch, &shrinkage);
    shrink_line(&shrinkage, family, 4, 14, .95, &line);
    for (size_t round = 0; round < ROUNDS; round++) {
        shuffle(&pcg, places, k);
        deal(family.x, places, x, k);
        deal(family.n, places, n, k);
        beta_binomial_fit(dealt, &dealt_prior, &dealt_height);
        family_tarone(dealt, &dealt_z);
        shrink_family(dealt, 1, scratch, &other);
        shrink_line(&other, dealt, 4, 14, .95, &dealt_line);
        assert_near(dealt_height, height, 1e-13);
        assert_near(dealt_z, z, 1e-12);
        /* The top of the likelihood is flat: a part in 10^12 of it is one in 10^8 of the place. */
        assert_near(dealt_prior.a, prior.a, 1e-8);
        assert_near(dealt_line.rate, line.rate, 1e-8);
        assert_true(other.pooled == shrinkage.pooled && other.outliers == shrinkage.outliers);
    }
}

static const struct cohort cohorts[] = {
    {998,  1   },
    {999,  2   },
    {994,  5   },
    {988,  7   },
    {979,  10.5},
    {1000, 12  },
    {3,    0.25}
};

static void forecasts_and_reserves_are_the_same_in_any_order(void **state)
{
    struct cohort dealt[COUNT(cohorts)];
    struct forecast_plan plan = {cohorts, COUNT(cohorts), 6, 14, NULL, 0};
    struct forecast_plan other = {dealt, COUNT(cohorts), 6, 14, NULL, 0};
    struct reserve_terms terms = {5000, 12, 0.05};
    struct forecast forecast, dealt_forecast;
    struct reserve reserve, dealt_reserve;
    size_t places[COUNT(cohorts)];
    struct life_fit fit;
    struct pcg pcg;

    (void)state;
    pcg_seed(&pcg, 2, 1);
    life_fit(LIFE_WEIBULL, compressors, COUNT(compressors), &fit);
    assert_true(forecast_returns(&fit, &plan, .95, NULL, &forecast));
    assert_true(reserve_estimate(&fit.curve, &plan, terms, NULL, &reserve));
    for (size_t round = 0; round < ROUNDS; round++) {
        shuffle(&pcg, places, COUNT(cohorts));
        for (size_t i = 0; i < COUNT(cohorts); i++)
            dealt[i] = cohorts[places[i]];
        assert_true(forecast_returns(&fit, &other, .95, NULL, &dealt_forecast));
        assert_true(reserve_estimate(&fit.curve, &other, terms, NULL, &dealt_reserve));
        assert_near(dealt_forecast.expected, forecast.expected, 1e-12);
        assert_near(dealt_forecast.process_variance, forecast.process_variance, 1e-12);
        assert_near(dealt_forecast.interval.high, forecast.interval.high, 1e-10);
        assert_near(dealt_reserve.amount, reserve.amount, 1e-12);
    }
}

static void fits_are_the_same_in_any_order(void **state)
{
    struct life_cell dealt[COUNT(compressors)];
    struct life_choice choice, other;
    size_t places[COUNT(compressors)];
    struct pcg pcg;

    (void)state;
    pcg_seed(&pcg, 3, 1);
    life_select(compressors, COUNT(compressors), &choice);
    for (size_t round = 0; round < ROUNDS; round++) {
        shuffle(&pcg, places, COUNT(compressors));
        for (size_t i = 0; i < COUNT(compressors); i++)
            dealt[i] = compressors[places[i]];
        life_select(dealt, COUNT(compressors), &other);
        assert_true(other.found == choice.found && other.close == choice.close);
        for (size_t m = 0; m < choice.found; m++) {
            assert_int_equal(other.fits[m].curve.model, choice.fits[m].curve.model);
            assert_near(other.fits[m].log_likelihood, choice.fits[m].log_likelihood, 1e-12);
        }
    }
}

/* Counts are whole, so sums of them are the same to the last bit. */
static void cohorts_are_counted_the_same_in_any_order(void **state)
{
    static const double shipped[] = {100, 200, 300, 50},
                        events[] = {10, 5, 2, 20, 10, 0, 30, 0, 0, 1, 2, 3};
    static const size_t known[] = {3, 2, 1, 3};
    double dealt_shipped[4], dealt_events[12];
    size_t dealt_known[4], places[4];
    const struct cohort_table table = {4, 3, shipped, known, events, events};
    const struct cohort_table dealt = {4,           3, dealt_shipped, dealt_known, dealt_events,
                                       dealt_events};
    struct age_count ages[3], others[3];
    struct pcg pcg;

    (void)state;
    pcg_seed(&pcg, 4, 1);
    cohort_ages(&table, ages);
    for (size_t round = 0; round < ROUNDS; round++) {
        shuffle(&pcg, places, 4);
        deal(shipped, places, dealt_shipped, 4);
        for (size_t i = 0; i < 4; i++) {
            dealt_known[i] = known[places[i]];
            memcpy(dealt_events + 3 * i, events + 3 * places[i], 3 * sizeof *events);
        }
        assert_int_equal(cohort_ages(&dealt, others), 3);
        assert_memory_equal(ages, others, sizeof ages);
        assert_true(cohort_count(&dealt, 2).events == cohort_count(&table, 2).events);
    }
}

static void young_cohorts_and_segments_are_the_same_in_any_order(void **state)
{
    static const double returned[] = {90, 80, 12, 3}, shipped[] = {1000, 900, 700, 800};
    static const double fraction[] = {.9, .5, .31, .1}, hazard[] = {.01, .02, .005, .001};
    double a[4], b[4], c[4], rate, other;
    struct cohort_ultimate each[4], dealt[4];
    struct observed_expected seen, dealt_seen;
    struct cluster_rate cluster, dealt_cluster;
    size_t places[4];
    struct pcg pcg;

    (void)state;
    pcg_seed(&pcg, 5, 1);
    cape_cod(returned, shipped, fraction, 4, &rate, each);
    observed_expected(20, shipped, hazard, 4, .95, &seen);
    cluster_interval(returned, shipped, 4, .95, &cluster);
    for (size_t round = 0; round < ROUNDS; round++) {
        shuffle(&pcg, places, 4);
        deal(returned, places, a, 4);
        deal(shipped, places, b, 4);
        deal(fraction, places, c, 4);
        cape_cod(a, b, c, 4, &other, dealt);
        assert_near(other, rate, 1e-14);
        for (size_t i = 0; i < 4; i++)
            assert_near(dealt[i].chosen, each[places[i]].chosen, 1e-14);
        deal(hazard, places, c, 4);
        observed_expected(20, b, c, 4, .95, &dealt_seen);
        assert_near(dealt_seen.p_more, seen.p_more, 1e-12);
        cluster_interval(a, b, 4, .95, &dealt_cluster);
        assert_near(dealt_cluster.interval.low, cluster.interval.low, 1e-13);
    }
}

static void adjusted_p_values_follow_their_tests(void **state)
{
    static const double p[] = {.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .5, 1};
    double dealt[COUNT(p)], adjusted[COUNT(p)], others[COUNT(p)];
    size_t places[COUNT(p)], order[COUNT(p)];
    struct pcg pcg;

    (void)state;
    pcg_seed(&pcg, 6, 1);
    assert_true(fdr_adjust(p, COUNT(p), FDR_BH, adjusted, order));
    for (size_t round = 0; round < ROUNDS; round++) {
        shuffle(&pcg, places, COUNT(p));
        deal(p, places, dealt, COUNT(p));
        assert_true(fdr_adjust(dealt, COUNT(p), FDR_BH, others, order));
        for (size_t i = 0; i < COUNT(p); i++)
            assert_true(others[i] == adjusted[places[i]]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_family_is_the_same_in_any_order),
        cmocka_unit_test(forecasts_and_reserves_are_the_same_in_any_order),
        cmocka_unit_test(fits_are_the_same_in_any_order),
        cmocka_unit_test(cohorts_are_counted_the_same_in_any_order),
        cmocka_unit_test(young_cohorts_and_segments_are_the_same_in_any_order),
        cmocka_unit_test(adjusted_p_values_follow_their_tests),
    };

    RUN(tests);
}
