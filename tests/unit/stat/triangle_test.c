/* What is still to come of young cohorts. */
#include "unit.h"

#include "stat/near.h"
#include "stat/triangle.h"

#include <string.h>

#define MOST 10

/* A triangle with room for its chain ladder. */
struct world {
    double at[MOST * MOST];
    size_t known[MOST];
    double factors[MOST], variances[MOST], reported[MOST], ultimates[MOST], errors[MOST];
    struct triangle triangle;
    struct chain chain;
};

/* From its rows one after the other, each one shorter than the one before. */
static void make(struct world *world, const double *rows, size_t n)
{
    *world = (struct world){
        .triangle = {.rows = n, .ages = n}
    };
    for (size_t i = 0; i < n; i++) {
        world->known[i] = n - i;
        memcpy(world->at + i * n, rows, (n - i) * sizeof *rows);
        rows += n - i;
    }
    world->triangle.at = world->at;
    world->triangle.known = world->known;
    world->chain = (struct chain){world->factors,
                                  world->variances,
                                  world->reported,
                                  world->ultimates,
                                  world->errors,
                                  0,
                                  0,
                                  false,
                                  false};
}

/* Taylor and Ashe 1983, as in Mack 1993. */
static const double taylor_ashe[] = {
    357848, 1124788, 1735330, 2218270, 2745596, 3319994, 3466336, 3606286, 3833515, 3901463, //
    352118, 1236139, 2170033, 3353322, 3799067, 4120063, 4647867, 4914039, 5339085,          //
    290507, 1292306, 2218525, 3235179, 3985995, 4132918, 4628910, 4909315,                   //
    310608, 1418858, 2195047, 3757447, 4029929, 4381982, 4588268,                            //
    443160, 1136350, 2128333, 2897821, 3402672, 3873311,                                     //
    396132, 1333217, 2180715, 2985752, 3691712,                                              //
    440832, 1288463, 2419861, 3483130,                                                       //
    359480, 1421128, 2864498,                                                                //
    376686, 1363294,                                                                         //
    344014};

static void taylor_and_ashe_have_the_factors_and_reserves_that_mack_prints(void **state)
{
    static const double factors[] = {3.490607, 1.747333, 1.457413, 1.173852, 1.103824,
                                     1.086269, 1.053874, 1.076555, 1.017725};
    static const double reserves[] = {0,       94634,   469511,  709638,  984889,
                                      1419459, 2177641, 3920301, 4278972, 4625811};
    struct world w;

    (void)state;
    make(&w, taylor_ashe, 10);
    assert_int_equal(chain_ladder(&w.triangle, &w.chain), FIT_OK);
    for (size_t k = 0; k < 9; k++)
        assert_within(w.factors[k], factors[k], 5e-7);
    for (size_t i = 0; i < 10; i++)
        assert_within(w.ultimates[i] - w.at[i * 10 + 9 - i], reserves[i], 0.5);
    assert_within(w.chain.reserve, 18680856, 0.5);
    assert_false(w.chain.driven);
}

static void taylor_and_ashe_have_the_errors_that_mack_prints(void **state)
{
    static const double errors[] = {0,      75535,  121699, 133549, 261406,
                                    411010, 558317, 875328, 971258, 1363155};
    struct world w;

    (void)state;
    make(&w, taylor_ashe, 10);
    assert_int_equal(chain_ladder(&w.triangle, &w.chain), FIT_OK);
    assert_true(w.chain.has_errors);
    for (size_t i = 0; i < 10; i++)
        assert_within(w.errors[i], errors[i], 0.5);
    assert_within(w.chain.error, 2447095, 0.5);
}

/* England and Verrall 1999 print the scale 52,601 of the same triangle. */
static void taylor_and_ashe_are_dispersed_as_england_and_verrall_print(void **state)
{
    struct world w;
    double phi;

    (void)state;
    make(&w, taylor_ashe, 10);
    assert_int_equal(chain_ladder(&w.triangle, &w.chain), FIT_OK);
    assert_true(triangle_dispersion(&w.triangle, &w.chain, &phi));
    assert_within(phi, 52601, 0.5);
}

/* ReliaSoft's months as counts (W1), and Minitab's (F3), where one cell drives the last factor. */
static void the_months_of_reliasoft_and_minitab_have_the_recomputed_factors(void **state)
{
    static const double reliasoft[] = {3, 6, 11, 2, 6, 4};
    static const double minitab[] = {50, 110, 210, 510, 78, 208, 408, 275, 875, 400};
    static const double factors[] = {2.96029777, 1.94339623, 2.42857143};
    static const double ultimates[] = {510, 990.857, 4129.717, 5588.659};
    struct world w;

    (void)state;
    make(&w, reliasoft, 3);
    assert_int_equal(chain_ladder(&w.triangle, &w.chain), FIT_OK);
    assert_near(w.factors[0], 12.0 / 5, 1e-12);
    assert_near(w.factors[1], 11.0 / 6, 1e-12);
    assert_false(w.chain.has_errors);
    make(&w, minitab, 4);
    assert_int_equal(chain_ladder(&w.triangle, &w.chain), FIT_OK);
    for (size_t k = 0; k < 3; k++)
        assert_near(w.factors[k], factors[k], 1e-8);
    for (size_t i = 0; i < 4; i++)
        assert_within(w.ultimates[i], ultimates[i], 5e-4);
    assert_true(w.chain.driven && w.chain.has_errors);
}

static void a_triangle_that_says_nothing_is_refused_and_a_wrong_one_too(void **state)
{
    static const double two[] = {1, 2, 1}, nothing[] = {0, 1, 2, 0, 1, 0},
                        wrong[] = {1, 2, -3, 1, 2, 1};
    struct world w;

    (void)state;
    make(&w, two, 2);
    assert_int_equal(chain_ladder(&w.triangle, &w.chain), FIT_NOT_IDENTIFIED);
    make(&w, nothing, 3);
    assert_int_equal(chain_ladder(&w.triangle, &w.chain), FIT_NOT_IDENTIFIED);
    make(&w, wrong, 3);
    assert_int_equal(chain_ladder(&w.triangle, &w.chain), FIT_BAD_INPUT);
    make(&w, taylor_ashe, 10);
    w.known[4] = 9;
    assert_int_equal(chain_ladder(&w.triangle, &w.chain), FIT_BAD_INPUT);
    w.known[4] = 0;
    assert_int_equal(chain_ladder(&w.triangle, &w.chain), FIT_BAD_INPUT);
}

static void cape_cod_gives_cohorts_of_one_rate_that_rate_at_every_age(void **state)
{
    static const double shipped[] = {1000, 2000, 500}, fraction[] = {1, .5, .1};
    static const double returned[] = {100, 100, 5};
    struct cohort_ultimate ultimates[3];
    double rate;

    (void)state;
    assert_int_equal(cape_cod(returned, shipped, fraction, 3, &rate, ultimates), FIT_OK);
    assert_near(rate, .1, 1e-12);
    for (size_t i = 0; i < 3; i++) {
        assert_near(ultimates[i].chain_ladder, shipped[i] * .1, 1e-12);
        assert_near(ultimates[i].bornhuetter_ferguson, shipped[i] * .1, 1e-12);
        assert_near(ultimates[i].benktander, shipped[i] * .1, 1e-12);
        assert_near(ultimates[i].chosen, shipped[i] * .1, 1e-12);
    }
}

static void the_estimate_shown_moves_from_the_prior_to_the_data_as_a_cohort_ages(void **state)
{
    static const double shipped[] = {1000, 1000, 1000}, fraction[] = {.9, .5, .2};
    static const double returned[] = {90, 80, 0};
    struct cohort_ultimate ultimates[3];
    double rate;

    (void)state;
    assert_int_equal(cape_cod(returned, shipped, fraction, 3, &rate, ultimates), FIT_OK);
    assert_near(rate, 170.0 / 1600, 1e-12);
    assert_near(ultimates[0].chosen, 100, 1e-12);
    assert_near(ultimates[1].chosen, 80 + 500 * rate, 1e-12);
    assert_near(ultimates[2].chosen, 1000 * rate, 1e-12);
    assert_near(ultimates[1].benktander, .5 * ultimates[1].chain_ladder + .5 * ultimates[1].chosen,
                1e-12);
    assert_int_equal(ultimate_method(.7), ULTIMATE_BORNHUETTER_FERGUSON);
    assert_int_equal(ultimate_method(.3), ULTIMATE_BORNHUETTER_FERGUSON);
    assert_int_equal(cape_cod(shipped, returned, fraction, 3, &rate, ultimates), FIT_BAD_INPUT);
    assert_int_equal(cape_cod(returned, shipped, fraction, 0, &rate, ultimates), FIT_BAD_INPUT);
}

static void the_interval_widens_with_dispersion_and_never_below_chance(void **state)
{
    struct interval plain, wide, narrow;

    (void)state;
    assert_true(triangle_interval(10, 1, .95, &plain));
    assert_true(triangle_interval(10, 4, .95, &wide));
    assert_true(triangle_interval(10, .2, .95, &narrow));
    assert_within(plain.low, 4.7953887, 1e-6);
    assert_within(plain.high, 18.390356, 1e-5);
    assert_true(wide.low < plain.low && wide.high > plain.high);
    assert_true(narrow.low == plain.low && narrow.high == plain.high);
    assert_false(triangle_interval(10, NAN, .95, &plain));
    assert_false(triangle_interval(-1, 1, .95, &plain));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(taylor_and_ashe_have_the_factors_and_reserves_that_mack_prints),
        cmocka_unit_test(taylor_and_ashe_have_the_errors_that_mack_prints),
        cmocka_unit_test(taylor_and_ashe_are_dispersed_as_england_and_verrall_print),
        cmocka_unit_test(the_months_of_reliasoft_and_minitab_have_the_recomputed_factors),
        cmocka_unit_test(a_triangle_that_says_nothing_is_refused_and_a_wrong_one_too),
        cmocka_unit_test(cape_cod_gives_cohorts_of_one_rate_that_rate_at_every_age),
        cmocka_unit_test(the_estimate_shown_moves_from_the_prior_to_the_data_as_a_cohort_ages),
        cmocka_unit_test(the_interval_widens_with_dispersion_and_never_below_chance),
    };

    RUN(tests);
}
