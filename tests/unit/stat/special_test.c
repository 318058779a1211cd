/* The gamma function's relatives, the normal and the gamma distribution. */
#include "unit.h"

#include "stat/near.h"
#include "stat/saddle.h"
#include "stat/special.h"

/* Reference values by series in 40 digits of arithmetic. */
static void the_gamma_functions_agree_with_forty_digit_values(void **state)
{
    static const struct {
        double x, log_gamma, digamma, trigamma;
    } cases[] = {
        {0.001, 6.9071788853838537,   -1000.5755719318103,  1000001.6425331958   },
        {0.25,  1.2880225246980775,   -4.2274535333762654,  17.197329154507111   },
        {1,     0.0,                  -0.57721566490153286, 1.6449340668482264   },
        {1.5,   -0.12078223763524522, 0.036489973978576521, 0.93480220054467931  },
        {3.7,   1.4280723266653881,   1.1671535393615114,   0.3100378576700383   },
        {10,    12.80182748008147,    2.2517525890667211,   0.10516633568168575  },
        {1e5,   1051287.7089736569,   11.512920464961895,   1.0000050000166667e-5},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_within(log_gamma(cases[i].x), cases[i].log_gamma,
                      1e-14 * (1 + fabs(cases[i].log_gamma)));
        assert_within(digamma(cases[i].x), cases[i].digamma, 1e-14 * (1 + fabs(cases[i].digamma)));
        assert_near(trigamma(cases[i].x), cases[i].trigamma, 1e-14);
    }
}

static void digamma_and_trigamma_step_by_the_recurrence(void **state)
{
    (void)state;
    for (double x = 0.01; x < 50; x *= 1.3) {
        assert_near(digamma(x + 1), digamma(x) + 1 / x, 1e-12 * (1 + 1 / x));
        assert_near(trigamma(x), trigamma(x + 1) + 1 / (x * x), 1e-13);
    }
}

static void stirlings_error_is_what_stirling_leaves_of_the_factorial(void **state)
{
    (void)state;
    for (double x = 1; x <= 20; x++) {
        double left = log_gamma(x + 1) - (x + 0.5) * log(x) + x - 0.5 * log(2 * M_PI);

        assert_within(stirling_error(x), left, 1e-13);
    }
}

static void a_deviance_is_zero_at_its_mean_and_smooth_where_the_methods_meet(void **state)
{
    (void)state;
    assert_true(deviance(7, 7) == 0 && deviance(1e8, 1e8) == 0);
    /* (x - mean) / (x + mean) is a tenth at x = 11, mean = 9. */
    assert_near(deviance(11, 9), 11 * log(11.0 / 9) - 2, 1e-13);
    assert_near(deviance(11, 9 * (1 + 1e-12)), deviance(11, 9 * (1 - 1e-12)), 1e-10);
}

static void the_densities_of_counts_sum_to_one(void **state)
{
    double poisson = 0, binomial = 0;

    (void)state;
    for (int k = 0; k <= 60; k++) {
        poisson += exp(poisson_log_density(k, 9.5));
        binomial += exp(binomial_log_density(k, 60, 0.37));
    }
    assert_within(poisson, 1, 1e-14);
    assert_within(binomial, 1, 1e-14);
}

/* Roots of erfc in 40 digits. */
static void the_normal_quantile_agrees_with_forty_digit_values(void **state)
{
    static const double cases[][2] = {
        {1e-300, -37.047096299361199 },
        {1e-20,  -9.2623400897984076 },
        {1e-09,  -5.9978070150076869 },
        {0.001,  -3.0902323061678135 },
        {0.025,  -1.9599639845400542 },
        {0.2,    -0.84162123357291417},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_near(normal_quantile(cases[i][0]), cases[i][1], 2e-15);
    assert_true(normal_quantile(0.5) == 0);
    assert_near(normal_quantile(0.975), 1.9599639845400542, 2e-15);
}

static void the_normal_quantile_inverts_the_tails(void **state)
{
    (void)state;
    for (double p = 1e-200; p < 0.5; p *= 3) {
        assert_near(normal_tails(normal_quantile(p)).lower, p, 1e-12);
        assert_near(normal_tails(-normal_quantile(p)).upper, p, 1e-12);
    }
    for (double z = -8; z <= 8; z += 0.25)
        assert_within(normal_tails(z).lower + normal_tails(z).upper, 1, 3e-16);
}

/* Reference values by series in 40 digits of arithmetic. */
static void the_gamma_tails_agree_with_forty_digit_values(void **state)
{
    static const struct {
        double x, a, lower, upper;
    } cases[] = {
        {100020000, 1e8, 0.9772444692251448,     0.022755530774855203  },
        {99970000,  1e8, 0.0013487164491615506,  0.99865128355083845   },
        {1003000,   1e6, 0.99863825935378241,    0.0013617406462175915 },
        {0.1,       0.5, 0.34527915398142298,    0.65472084601857702   },
        {30,        2.5, 0.99999999998784543,    1.2154569777183039e-11},
        {6.5,       10,  0.12261595071018043,    0.87738404928981957   },
        {0.001,     1,   0.00099950016662500835, 0.99900049983337499   },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct tails tails = gamma_tails(cases[i].x, cases[i].a);

        assert_near(tails.lower, cases[i].lower, 2e-12);
        assert_near(tails.upper, cases[i].upper, 2e-12);
        assert_within(tails.lower + tails.upper, 1, 2e-16);
    }
}

static void gamma_quantiles_invert_the_tails_for_shapes_to_a_hundred_million(void **state)
{
    static const double p[] = {1e-12, 1e-4, 0.025, 0.3, 0.5, 0.7};

    (void)state;
    for (double a = 0.05; a <= 1e8; a *= 7)
        for (size_t i = 0; i < COUNT(p); i++) {
            assert_near(gamma_tails(gamma_quantile(p[i], a), a).lower, p[i], 1e-10);
            assert_near(gamma_tails(gamma_quantile_upper(p[i], a), a).upper, p[i], 1e-10);
        }
    assert_near(gamma_tails(gamma_quantile(0.5, 1e8), 1e8).lower, 0.5, 1e-10);
    /* A shape next to nothing: far from normal, but it settles. */
    assert_near(gamma_tails(gamma_quantile_upper(1e-200, 1e-5), 1e-5).upper, 1e-200, 1e-10);
}

/* Any table of chi-squared: 3.841459 at 1, 18.307038 at 10 degrees of freedom. */
static void chi_squared_quantiles_are_those_of_the_tables(void **state)
{
    (void)state;
    assert_within(chi2_quantile(0.95, 1), 3.841459, 5e-7);
    assert_within(chi2_quantile(0.95, 10), 18.307038, 5e-7);
    assert_near(chi2_quantile_upper(0.05, 10), chi2_quantile(0.95, 10), 1e-14);
    /* With 2 degrees of freedom it is exponential. */
    assert_near(chi2_quantile_upper(1e-9, 2), -2 * log(1e-9), 1e-14);
}

static void poisson_tails_are_sums_of_the_probabilities(void **state)
{
    double sum = 0;

    (void)state;
    for (int k = 0; k < 40; k++) {
        struct tails tails = poisson_tails(k, 12.25);

        sum += exp(poisson_log_density(k, 12.25));
        assert_within(tails.lower, sum, 1e-14);
        assert_within(tails.lower + tails.upper, 1, 2e-16);
    }
    assert_true(poisson_tails(-1, 3).lower == 0 && poisson_tails(-1, 3).upper == 1);
    assert_true(poisson_tails(0, 0).lower == 1 && poisson_tails(0, 0).upper == 0);
    assert_near(poisson_tails(2.9, 3).lower, poisson_tails(2, 3).lower, 0);
}

static void what_lies_outside_the_domain_is_no_number(void **state)
{
    (void)state;
    assert_true(isnan(log_gamma(0)) && isnan(digamma(-1)) && isnan(trigamma(NAN)));
    assert_true(isnan(normal_quantile(1.5)) && isnan(normal_quantile(NAN)));
    assert_true(isnan(gamma_tails(-1, 1).lower) && isnan(gamma_tails(1, 0).upper));
    assert_true(isnan(gamma_quantile(0.5, -1)) && isnan(gamma_quantile_upper(2, 1)));
    assert_true(isnan(poisson_tails(NAN, 1).lower) && isnan(poisson_tails(1, -1).lower));
    assert_true(gamma_quantile(0, 2) == 0 && isinf(gamma_quantile(1, 2)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_gamma_functions_agree_with_forty_digit_values),
        cmocka_unit_test(digamma_and_trigamma_step_by_the_recurrence),
        cmocka_unit_test(stirlings_error_is_what_stirling_leaves_of_the_factorial),
        cmocka_unit_test(a_deviance_is_zero_at_its_mean_and_smooth_where_the_methods_meet),
        cmocka_unit_test(the_densities_of_counts_sum_to_one),
        cmocka_unit_test(the_normal_quantile_agrees_with_forty_digit_values),
        cmocka_unit_test(the_normal_quantile_inverts_the_tails),
        cmocka_unit_test(the_gamma_tails_agree_with_forty_digit_values),
        cmocka_unit_test(gamma_quantiles_invert_the_tails_for_shapes_to_a_hundred_million),
        cmocka_unit_test(chi_squared_quantiles_are_those_of_the_tables),
        cmocka_unit_test(poisson_tails_are_sums_of_the_probabilities),
        cmocka_unit_test(what_lies_outside_the_domain_is_no_number),
    };

    RUN(tests);
}
