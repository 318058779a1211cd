/* Shares of units that have failed by an age, and repairs per unit. */
#include "unit.h"

#include "stat/near.h"
#include "stat/survival.h"

#include <stdlib.h>

/* Krivtsov and Case, cars: the survival at each failure, as the reliability documentation prints.
 */
static void the_cars_have_the_survival_that_is_printed(void **state)
{
    static const double failures[] = {5248,  7454,  16890, 17200, 38700,
                                      45000, 49390, 69040, 72280, 131900};
    static const double running[] = {3961,  4007,  4734,  6054,  7298,   10190,  23060,
                                     27160, 28690, 37100, 40060, 45670,  53000,  67000,
                                     69630, 77350, 78470, 91680, 105700, 106300, 150400};
    static const double survival[] = {.964286, .925714, .885466, .845217, .795499,
                                      .742465, .685353, .616817, .539715, .269858};
    struct lifetime lives[31];
    struct age_count counts[31];
    struct survival_point points[31];
    double at[31];
    size_t n, known;

    (void)state;
    for (size_t i = 0; i < 31; i++)
        lives[i] = i < 10 ? (struct lifetime){failures[i], 1, true}
                          : (struct lifetime){running[i - 10], 1, false};
    qsort(lives, 31, sizeof *lives, lifetime_compare);
    n = survival_counts(lives, 31, counts, at);
    assert_int_equal(n, 10);
    assert_int_equal(
        survival_curve(counts, n, WITHDRAWN_AFTER, SURVIVAL_PLAIN, .95, points, &known), FIT_OK);
    assert_int_equal(known, 10);
    for (size_t k = 0; k < 10; k++) {
        assert_true(at[k] == failures[k]);
        assert_within(1 - points[k].failed, survival[k], 5e-7);
    }
    assert_within(1 - points[5].interval.high, .560893, 5e-7);
    assert_within(1 - points[5].interval.low, .924037, 5e-7);
}

/* Meeker and Escobar, chapter 3: heat exchanger tubes, three plants of 100. */
static void the_tubes_have_the_errors_and_intervals_of_meeker_and_escobar(void **state)
{
    static const struct age_count years[] = {
        {300, 4, 99},
        {197, 5, 95},
        {97,  2, 95}
    };
    static const double failed[] = {.013333333, .038375635, .058202941};
    static const double error[] = {.0066, .0128, .0187};
    static const double low[] = {.0050, .0198, .0307}, high[] = {.0350, .0730, .1076};
    struct survival_point points[3];
    size_t known;

    (void)state;
    assert_int_equal(survival_curve(years, 3, WITHDRAWN_AFTER, SURVIVAL_LOGIT, .95, points, &known),
                     FIT_OK);
    for (size_t k = 0; k < 3; k++) {
        assert_near(points[k].failed, failed[k], 1e-7);
        assert_within(points[k].error, error[k], 5e-5);
        assert_within(points[k].interval.low, low[k], 5e-5);
        assert_within(points[k].interval.high, high[k], 5e-5);
    }
}

/* ReliaSoft's Nevada table (W1) by months of age. */
static void reliasofts_months_have_the_recomputed_shares(void **state)
{
    static const struct age_count months[] = {
        {390, 9, 146},
        {235, 7, 134},
        {94,  5, 89 }
    };
    static const double failed[] = {.02307692, .05217676, .10259289};
    static const double error[] = {.00760303, .01310655, .02520536};
    struct survival_point points[3];
    size_t known;

    (void)state;
    assert_int_equal(
        survival_curve(months, 3, WITHDRAWN_AFTER, SURVIVAL_LOG_LOG, .95, points, &known), FIT_OK);
    for (size_t k = 0; k < 3; k++) {
        assert_near(points[k].failed, failed[k], 1e-6);
        assert_near(points[k].error, error[k], 1e-6);
        assert_true(points[k].interval.low > 0 && points[k].interval.low < points[k].failed);
        assert_true(points[k].interval.high > points[k].failed && points[k].interval.high < 1);
    }
}

static void the_curve_stops_where_nobody_is_left_and_tells_when_all_have_failed(void **state)
{
    static const struct age_count all[] = {
        {2, 1, 0},
        {1, 1, 0},
        {0, 0, 0}
    };
    static const struct age_count half[] = {
        {100, 5, 10}
    };
    static const struct age_count none[] = {
        {100, 0, 10}
    };
    static const struct age_count wrong[] = {
        {1, 2, 0}
    };
    struct survival_point points[3];
    size_t known;

    (void)state;
    assert_int_equal(survival_curve(all, 3, WITHDRAWN_AFTER, SURVIVAL_LOG_LOG, .95, points, &known),
                     FIT_OK);
    assert_int_equal(known, 2);
    assert_true(points[0].has_error && !points[1].has_error && points[1].failed == 1);
    assert_true(points[1].error == 0 && points[1].interval.low == 1);
    assert_int_equal(survival_curve(half, 1, WITHDRAWN_DURING, SURVIVAL_LOGIT, .95, points, &known),
                     FIT_OK);
    assert_near(points[0].failed, 5.0 / 95, 1e-12);
    assert_int_equal(survival_curve(none, 1, WITHDRAWN_AFTER, SURVIVAL_LOGIT, .95, points, &known),
                     FIT_NO_EVENTS);
    assert_true(points[0].failed == 0 && points[0].interval.high == 0);
    assert_int_equal(survival_curve(wrong, 1, WITHDRAWN_AFTER, SURVIVAL_LOGIT, .95, points, &known),
                     FIT_BAD_INPUT);
    assert_int_equal(survival_curve(half, 1, WITHDRAWN_AFTER, SURVIVAL_LOGIT, 1, points, &known),
                     FIT_BAD_INPUT);
}

static void classes_share_what_has_failed_and_no_more(void **state)
{
    static const double at_risk[] = {1000, 800, 500, 0};
    static const double failed[] = {10, 20, 5, 0, 40, 8, 10, 0}; /* two classes of four ages */
    static const struct age_count together[] = {
        {1000, 50, 0},
        {800,  28, 0},
        {500,  15, 0}
    };
    static const double wrong[] = {500, 0, 0, 0, 600, 0, 0, 0};
    struct survival_point points[3];
    double incidence[8];
    size_t known;

    (void)state;
    assert_int_equal(survival_incidence(at_risk, failed, 2, 4, incidence), FIT_OK);
    survival_curve(together, 3, WITHDRAWN_AFTER, SURVIVAL_PLAIN, .95, points, &known);
    for (size_t k = 0; k < 3; k++)
        assert_near(incidence[k] + incidence[4 + k], points[k].failed, 1e-12);
    assert_true(incidence[3] == incidence[2] && incidence[7] == incidence[6]);
    assert_near(incidence[1], .01 + .95 * 20 / 800, 1e-12);
    assert_int_equal(survival_incidence(at_risk, wrong, 2, 4, incidence), FIT_BAD_INPUT);
}

/* ReliaWiki: repairs of five units, the last entry of each being its retirement. */
static void repairs_per_unit_are_those_that_reliawiki_prints(void **state)
{
    static const double repairs[] = {5, 6, 10, 12, 13, 13, 15, 15, 16, 17, 20, 22, 25, 25};
    static const double ends[] = {17, 19, 26, 24, 28};
    static const double mean[] = {.2,  .4,  .6, .8,      1,       1.2,     1.4,
                                  1.6, 1.8, 2,  2.33333, 2.66667, 3.16667, 3.66667};
    static const double variance[] = {.032, .064, .096, .128,    .16,     .192,    .224,
                                      .256, .288, .32,  .394074, .468148, .593148, .718148};
    struct mcf_point points[14];

    (void)state;
    assert_true(mcf_curve(repairs, 14, ends, 5, .9, points));
    for (size_t i = 0; i < 14; i++) {
        assert_within(points[i].mean, mean[i], 5e-6);
        assert_within(points[i].variance, variance[i], 5e-7);
    }
    assert_within(points[0].interval.low, .0459299, 5e-8);
    assert_within(points[0].interval.high, .870893, 5e-7);
}

static void repairs_that_nobody_saw_are_refused(void **state)
{
    static const double late[] = {30}, unordered[] = {3, 2}, ends[] = {10, 20};
    struct mcf_point points[2];

    (void)state;
    assert_false(mcf_curve(late, 1, ends, 2, .9, points));
    assert_false(mcf_curve(unordered, 2, ends, 2, .9, points));
    assert_false(mcf_curve(late, 1, ends, 0, .9, points));
    assert_true(mcf_curve(late, 0, ends, 2, .9, points));
}

/* Where no other class takes any, it is one less Kaplan and Meier's survival. */
static void the_errors_of_a_single_class_are_greenwoods(void **state)
{
    static const double at_risk[] = {300, 197, 97}, failed[] = {4, 5, 2}, others[] = {0, 0, 0};
    static const struct age_count years[] = {
        {300, 4, 0},
        {197, 5, 0},
        {97,  2, 0}
    };
    struct incidence_point shares[3];
    struct survival_point points[3];
    size_t known;

    (void)state;
    survival_curve(years, 3, WITHDRAWN_AFTER, SURVIVAL_LOG_LOG, .9, points, &known);
    assert_int_equal(survival_incidence_of(at_risk, failed, others, 3, .9, shares), FIT_OK);
    for (size_t k = 0; k < 3; k++) {
        assert_near(shares[k].share, points[k].failed, 1e-12);
        assert_near(shares[k].error, points[k].error, 1e-10);
        assert_near(shares[k].interval.high, points[k].interval.high, 1e-10);
    }
}

/* Without censoring a share is that of a binomial: 10 + 30 of 1000, whatever else was taken. */
static void without_censoring_a_share_has_the_errors_of_a_binomial(void **state)
{
    static const double at_risk[] = {1000, 790, 500}, failed[] = {10, 30, 0};
    static const double others[] = {200, 260, 500};
    struct incidence_point points[3];

    (void)state;
    assert_int_equal(survival_incidence_of(at_risk, failed, others, 3, .95, points), FIT_OK);
    assert_near(points[0].error, sqrt(.01 * .99 / 1000), 1e-10);
    assert_near(points[1].share, .04, 1e-12);
    assert_near(points[1].error, sqrt(.04 * .96 / 1000), 1e-10);
    assert_near(points[2].error, sqrt(.04 * .96 / 1000), 1e-9);
    assert_true(points[1].interval.low < .04 && .04 < points[1].interval.high);
}

static void shares_of_one_class_need_counts_that_can_be(void **state)
{
    static const double at_risk[] = {10}, failed[] = {6}, others[] = {5}, none[] = {0};
    struct incidence_point point = {.share = 9};

    (void)state;
    assert_int_equal(survival_incidence_of(at_risk, failed, others, 1, .95, &point), FIT_BAD_INPUT);
    assert_int_equal(survival_incidence_of(at_risk, failed, none, 1, 1, &point), FIT_BAD_INPUT);
    assert_true(point.share == 9);
    assert_int_equal(survival_incidence_of(at_risk, none, others, 1, .95, &point), FIT_NO_EVENTS);
    assert_true(point.share == 0 && point.error == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cars_have_the_survival_that_is_printed),
        cmocka_unit_test(the_tubes_have_the_errors_and_intervals_of_meeker_and_escobar),
        cmocka_unit_test(reliasofts_months_have_the_recomputed_shares),
        cmocka_unit_test(the_curve_stops_where_nobody_is_left_and_tells_when_all_have_failed),
        cmocka_unit_test(classes_share_what_has_failed_and_no_more),
        cmocka_unit_test(repairs_per_unit_are_those_that_reliawiki_prints),
        cmocka_unit_test(repairs_that_nobody_saw_are_refused),
        cmocka_unit_test(the_errors_of_a_single_class_are_greenwoods),
        cmocka_unit_test(without_censoring_a_share_has_the_errors_of_a_binomial),
        cmocka_unit_test(shares_of_one_class_need_counts_that_can_be),
    };

    RUN(tests);
}
