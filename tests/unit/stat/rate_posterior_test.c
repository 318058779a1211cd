/* The posterior of a Poisson rate. */
#include "unit.h"

#include "stat/interval.h"
#include "stat/near.h"
#include "stat/rate_posterior.h"

static const struct rate_prior flat = {.shape = 1};

/*
 * tlatorre.com on Backblaze's third quarter of 2025: 50 failures in 3,555,491
 * drive-days; annual rate 0.51 %, posterior mean 0.52 %, 95 % limit 0.65 %.
 */
static void the_posterior_is_the_one_published_for_hard_disks(void **state)
{
    struct rate_posterior posterior;
    double percent_a_year = 100 * 365;

    (void)state;
    assert_true(rate_posterior(50, 3555491, flat, 0.95, &posterior));
    assert_within(50 / 3555491.0 * percent_a_year, 0.51, 0.005);
    assert_within(posterior.mean * percent_a_year, 0.52, 0.005);
    assert_within(posterior.at_most * percent_a_year, 0.65, 0.005);
    assert_near(posterior.mean * percent_a_year, 0.523556381, 1e-6);
    assert_near(posterior.at_most * percent_a_year, 0.649693166, 1e-6);
}

/* P(Gamma(x + 1) <= m) is P(Poisson(m) > x): the flat prior's limit is the exact upper limit. */
static void the_flat_priors_limit_is_the_exact_one(void **state)
{
    struct rate_posterior posterior;
    struct interval interval;

    (void)state;
    for (double x = 0; x < 2000; x = 2 * x + 1) {
        assert_true(rate_posterior(x, 40, flat, 0.975, &posterior));
        assert_true(interval_poisson(x, 40, 0.95, &interval));
        assert_near(posterior.at_most, interval.high, 1e-12);
        assert_true(posterior.at_least < posterior.mean && posterior.mean < posterior.at_most);
    }
}

static void a_prior_is_worth_its_exposure(void **state)
{
    struct rate_prior prior = {.shape = 3, .exposure = 100};
    struct rate_posterior once, twice;

    (void)state;
    assert_true(rate_posterior(7, 400, prior, 0.9, &once));
    assert_near(once.mean, 10.0 / 500, 1e-15);
    /* Counting in two steps believes the same. */
    assert_true(rate_posterior(2, 150, prior, 0.9, &twice));
    prior = (struct rate_prior){twice.shape, twice.exposure};
    assert_true(rate_posterior(5, 250, prior, 0.9, &twice));
    assert_near(twice.at_most, once.at_most, 1e-14);
}

static void nothing_seen_still_limits_the_rate(void **state)
{
    struct rate_posterior posterior;

    (void)state;
    assert_true(rate_posterior(0, 1000, flat, 0.95, &posterior));
    /* The rule of three: -log(0.05) = 2.9957. */
    assert_near(posterior.at_most, -log(0.05) / 1000, 1e-13);
}

static void nonsense_is_refused_and_nothing_written(void **state)
{
    struct rate_posterior posterior = {.mean = 7};

    (void)state;
    assert_false(rate_posterior(-1, 1, flat, 0.95, &posterior));
    assert_false(rate_posterior(NAN, 1, flat, 0.95, &posterior));
    assert_false(rate_posterior(1, 0, flat, 0.95, &posterior));
    assert_false(rate_posterior(1, INFINITY, flat, 0.95, &posterior));
    assert_false(rate_posterior(1, 1, (struct rate_prior){0, 1}, 0.95, &posterior));
    assert_false(rate_posterior(1, 1, (struct rate_prior){1, -1}, 0.95, &posterior));
    assert_false(rate_posterior(1, 1, flat, 1, &posterior));
    assert_true(posterior.mean == 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_posterior_is_the_one_published_for_hard_disks),
        cmocka_unit_test(the_flat_priors_limit_is_the_exact_one),
        cmocka_unit_test(a_prior_is_worth_its_exposure),
        cmocka_unit_test(nothing_seen_still_limits_the_rate),
        cmocka_unit_test(nonsense_is_refused_and_nothing_written),
    };

    RUN(tests);
}
