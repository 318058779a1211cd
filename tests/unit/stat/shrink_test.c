/* When small lines lean on their family, and when all have one rate. */
#include "unit.h"

#include "stat/families.h"
#include "stat/near.h"
#include "stat/shrink.h"

static void lines_that_differ_keep_a_share_of_their_own(void **state)
{
    /* Eight lines of 400 with rates from 2 to 16 %, and one of 10 with nothing back. */
    static const double x[] = {8, 16, 22, 30, 36, 44, 52, 64, 0};
    static const double n[] = {400, 400, 400, 400, 400, 400, 400, 400, 10};
    struct family family = {x, n, 9};
    struct shrinkage shrinkage;
    struct shrunk large, small;
    double scratch[18];

    (void)state;
    assert_int_equal(shrink_family(family, SHRINK_UNITS_MIN, scratch, &shrinkage), FIT_OK);
    assert_false(shrinkage.pooled);
    assert_int_equal(shrinkage.lines, 8);
    assert_true(shrink_line(&shrinkage, family, 8, 400, 0.95, &large));
    assert_true(shrink_line(&shrinkage, family, 0, 10, 0.95, &small));
    assert_true(large.weight > 0.8 && small.weight < 0.3);
    assert_true(large.rate > 0.02 && large.rate < 0.04);
    assert_true(small.rate > 0.03 && small.interval.low > 0);
    assert_near(large.rate, (shrinkage.prior.a + 8) / (shrinkage.prior.a + shrinkage.prior.b + 400),
                1e-12);
}

/* Efron and Morris 1977: our rule pools them; the published shrinkage .212 is nearly that. */
static void the_batters_are_pooled(void **state)
{
    struct shrinkage shrinkage;
    struct shrunk first;
    double scratch[36];

    (void)state;
    assert_int_equal(shrink_family(batters(), SHRINK_UNITS_MIN, scratch, &shrinkage), FIT_OK);
    assert_true(shrinkage.pooled);
    assert_int_equal(shrinkage.status, FIT_NOT_IDENTIFIED);
    assert_true(shrink_line(&shrinkage, batters(), 18, 45, 0.95, &first));
    assert_near(first.rate, 0.26543210, 1e-6);
    assert_near(first.weight, 1.0 / 18, 1e-12);
}

static void four_lines_are_too_few_to_tell_how_lines_differ(void **state)
{
    static const double x[] = {1, 50, 2, 90}, n[] = {500, 500, 500, 500};
    struct shrinkage shrinkage;
    double scratch[8];

    (void)state;
    assert_int_equal(shrink_family((struct family){x, n, 4}, SHRINK_UNITS_MIN, scratch, &shrinkage),
                     FIT_OK);
    assert_true(shrinkage.pooled && shrinkage.status == FIT_NO_EVENTS);
}

static void one_catastrophic_line_does_not_drag_the_prior(void **state)
{
    static const double x[] = {40, 42, 38, 60, 25, 31, 55, 47, 36, 52, 900};
    static const double n[] = {1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000};
    struct family family = {x, n, 11};
    struct shrinkage with, without;
    struct shrunk bad;
    double scratch[22];

    (void)state;
    assert_int_equal(shrink_family(family, SHRINK_UNITS_MIN, scratch, &with), FIT_OK);
    assert_int_equal(shrink_family((struct family){x, n, 10}, SHRINK_UNITS_MIN, scratch, &without),
                     FIT_OK);
    assert_int_equal(with.outliers, 1);
    assert_int_equal(without.outliers, 0);
    assert_near(with.prior.a, without.prior.a, 1e-6);
    assert_near(with.prior.b, without.prior.b, 1e-6);
    assert_true(shrink_line(&with, family, 900, 1000, 0.95, &bad));
    assert_true(bad.rate > 0.55); /* left out of the fit, never of the report */
}

static void nothing_back_anywhere_is_a_rate_of_zero_for_all(void **state)
{
    static const double x[] = {0, 0, 0, 0, 0, 0}, n[] = {100, 200, 300, 100, 50, 60};
    struct family family = {x, n, 6};
    struct shrinkage shrinkage;
    struct shrunk line;
    double scratch[12];

    (void)state;
    assert_int_equal(shrink_family(family, SHRINK_UNITS_MIN, scratch, &shrinkage), FIT_OK);
    assert_true(shrinkage.pooled && shrinkage.status == FIT_NO_EVENTS);
    assert_true(shrink_line(&shrinkage, family, 0, 100, 0.95, &line));
    assert_true(line.rate == 0 && line.interval.high > 0 && line.interval.high < 0.01);
    assert_false(shrink_line(&shrinkage, family, 2, 1, 0.95, &line));
    assert_int_equal(shrink_family((struct family){n, x, 6}, SHRINK_UNITS_MIN, scratch, &shrinkage),
                     FIT_BAD_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_that_differ_keep_a_share_of_their_own),
        cmocka_unit_test(the_batters_are_pooled),
        cmocka_unit_test(four_lines_are_too_few_to_tell_how_lines_differ),
        cmocka_unit_test(one_catastrophic_line_does_not_drag_the_prior),
        cmocka_unit_test(nothing_back_anywhere_is_a_rate_of_zero_for_all),
    };

    RUN(tests);
}
