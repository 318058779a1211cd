/* The beta-binomial model: families whose lines differ, and those whose lines do not. */
#include "unit.h"

#include "stat/beta_binomial.h"
#include "stat/families.h"
#include "stat/near.h"

#include <string.h>

/* Bayesian Data Analysis, chapter 5: mean .136, sd .103, and the prior (1.4, 8.6). */
static void the_rat_tumours_have_the_moments_that_the_book_prints(void **state)
{
    struct family_moments moments;

    (void)state;
    assert_int_equal(family_moments(rat_tumours(), &moments), FIT_OK);
    assert_within(moments.mean, 0.136, 5e-4);
    assert_within(moments.sd, 0.103, 5e-4);
    assert_within(moments.prior.a, 1.4, 5e-2);
    assert_within(moments.prior.b, 8.6, 5e-2);
    assert_near(moments.mean, 0.13600654, 1e-6);
    assert_near(moments.sd, 0.10349227, 1e-6);
    assert_near(moments.prior.a, 1.3561494, 1e-6);
    assert_near(moments.prior.b, 8.6150579, 1e-6);
}

/* The same data in R 4.2.2, VGAM. */
static void the_rat_tumours_have_the_greatest_likelihood_that_r_finds(void **state)
{
    struct beta_prior prior;
    double height, z;

    (void)state;
    assert_int_equal(beta_binomial_fit(rat_tumours(), &prior, &height), FIT_OK);
    /* R's search stops 2.5 parts in a million short of the top: ours must be no lower. */
    assert_near(prior.a, 2.3047776, 3e-6);
    assert_near(prior.b, 14.079775, 3e-6);
    assert_near(height, -154.14025, 1e-6);
    assert_true(height >= beta_binomial_log_likelihood(rat_tumours(),
                                                       (struct beta_prior){2.3047776, 14.079775}));
    assert_int_equal(family_tarone(rat_tumours(), &z), FIT_OK);
    assert_near(z, 7.17607, 1e-6);
}

/* The book's new group: 4 of 14 with the moment prior: mean .223, sd .083. */
static void a_new_group_is_estimated_as_in_the_book(void **state)
{
    struct family_moments moments;
    double a, b, mean;

    (void)state;
    assert_int_equal(family_moments(rat_tumours(), &moments), FIT_OK);
    a = moments.prior.a + 4;
    b = moments.prior.b + 10;
    mean = a / (a + b);
    assert_within(mean, 0.223, 5e-4);
    assert_within(sqrt(mean * (1 - mean) / (a + b + 1)), 0.083, 5e-4);
}

/* Efron and Morris 1977: the batters differ less than chance alone would make them. */
static void the_batters_do_not_differ_measurably(void **state)
{
    struct beta_prior prior;
    double height, z;

    (void)state;
    assert_int_equal(family_tarone(batters(), &z), FIT_OK);
    assert_near(z, 0.173128517, 1e-6); /* by the definition, calculated apart */
    assert_int_equal(beta_binomial_fit(batters(), &prior, &height), FIT_NOT_IDENTIFIED);
}

static void the_fit_does_not_depend_on_the_order_of_the_lines(void **state)
{
    struct family family = rat_tumours();
    double x[70], n[70], height, turned_height;
    struct beta_prior prior, turned;

    (void)state;
    for (size_t i = 0; i < 70; i++) {
        x[i] = family.x[(i * 37 + 11) % 70];
        n[i] = family.n[(i * 37 + 11) % 70];
    }
    assert_int_equal(beta_binomial_fit(family, &prior, &height), FIT_OK);
    assert_int_equal(beta_binomial_fit((struct family){x, n, 70}, &turned, &turned_height), FIT_OK);
    assert_near(turned.a, prior.a, 1e-8);
    assert_near(turned.b, prior.b, 1e-8);
    assert_near(turned_height, height, 1e-12);
}

static void the_fit_is_a_top_from_which_every_way_leads_down(void **state)
{
    static const double turn[][2] = {
        {1.01, 1   },
        {0.99, 1   },
        {1,    1.01},
        {1,    0.99},
        {1.01, 1.01}
    };
    struct family family = rat_tumours();
    struct beta_prior prior;
    double height;

    (void)state;
    assert_int_equal(beta_binomial_fit(family, &prior, &height), FIT_OK);
    for (size_t i = 0; i < COUNT(turn); i++)
        assert_true(beta_binomial_log_likelihood(
                        family, (struct beta_prior){prior.a * turn[i][0], prior.b * turn[i][1]}) <
                    height);
}

/* By the definition: sums of exp(lgamma ...) over all counts. */
static double at_least_by_definition(int x, int n, struct beta_prior prior)
{
    double sum = 0;

    for (int k = x; k <= n; k++)
        sum += exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + lgamma(prior.a + k) +
                   lgamma(prior.b + n - k) - lgamma(prior.a + prior.b + n) +
                   lgamma(prior.a + prior.b) - lgamma(prior.a) - lgamma(prior.b));
    return sum;
}

static void tails_are_sums_of_the_definition_for_priors_of_every_form(void **state)
{
    static const struct beta_prior priors[] = {
        {2,   14 },
        {0.5, 0.5},
        {0.3, 9  },
        {7,   0.4},
        {1,   1  }
    };

    (void)state;
    for (size_t i = 0; i < COUNT(priors); i++)
        for (int x = 0; x <= 40; x++)
            assert_near(beta_binomial_at_least(x, 40, priors[i]),
                        at_least_by_definition(x, 40, priors[i]), 1e-11);
    assert_true(beta_binomial_at_least(41, 40, priors[0]) == 0);
    assert_true(beta_binomial_at_least(-1, 40, priors[0]) == 1);
}

static void a_quantile_is_the_first_count_that_reaches_its_share(void **state)
{
    static const struct beta_prior priors[] = {
        {2,   14  },
        {0.5, 0.5 },
        {0.3, 9   },
        {7,   0.4 },
        {104, 1256}
    };

    (void)state;
    for (size_t i = 0; i < COUNT(priors); i++)
        for (double q = 0.013; q < 1; q += 0.049) {
            double k = beta_binomial_quantile(q, 200, priors[i]);

            assert_true(1 - beta_binomial_at_least(k + 1, 200, priors[i]) >= q - 1e-12);
            assert_true(k == 0 || 1 - beta_binomial_at_least(k, 200, priors[i]) < q + 1e-12);
        }
}

static void a_long_walk_and_the_betas_own_quantile_meet(void **state)
{
    struct beta_prior prior = {104, 1256};
    double walked = beta_binomial_quantile(0.95, 100000, prior);
    double scaled = beta_binomial_quantile(0.95, 100001, prior);

    (void)state;
    assert_near(walked, scaled, 2e-3);
    assert_near(beta_binomial_at_least(8000, 100000, prior),
                beta_binomial_at_least(8000, 100001, prior), 1e-2);
}

static void families_that_say_nothing_are_told_apart(void **state)
{
    static const double none[] = {0, 0, 0}, units[] = {10, 20, 30}, bad[] = {11, 0, 0};
    struct beta_prior prior = {1, 1};
    double height = 7, z = 7;

    (void)state;
    assert_int_equal(beta_binomial_fit((struct family){none, units, 3}, &prior, &height),
                     FIT_NO_EVENTS);
    assert_int_equal(beta_binomial_fit((struct family){units, units, 3}, &prior, &height),
                     FIT_NO_EVENTS);
    assert_int_equal(family_tarone((struct family){bad, units, 3}, &z), FIT_BAD_INPUT);
    assert_int_equal(family_tarone((struct family){bad, units, 0}, &z), FIT_BAD_INPUT);
    assert_true(prior.a == 1 && prior.b == 1 && height == 7 && z == 7);
    assert_true(isnan(beta_binomial_quantile(0, 10, prior)));
    assert_true(isnan(beta_binomial_at_least(1, 10, (struct beta_prior){0, 1})));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rat_tumours_have_the_moments_that_the_book_prints),
        cmocka_unit_test(the_rat_tumours_have_the_greatest_likelihood_that_r_finds),
        cmocka_unit_test(a_new_group_is_estimated_as_in_the_book),
        cmocka_unit_test(the_batters_do_not_differ_measurably),
        cmocka_unit_test(the_fit_does_not_depend_on_the_order_of_the_lines),
        cmocka_unit_test(the_fit_is_a_top_from_which_every_way_leads_down),
        cmocka_unit_test(tails_are_sums_of_the_definition_for_priors_of_every_form),
        cmocka_unit_test(a_quantile_is_the_first_count_that_reaches_its_share),
        cmocka_unit_test(a_long_walk_and_the_betas_own_quantile_meet),
        cmocka_unit_test(families_that_say_nothing_are_told_apart),
    };

    RUN(tests);
}
