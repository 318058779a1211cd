/* Counts by age from months of shipment. */
#include "unit.h"

#include "stat/cohort.h"
#include "stat/near.h"

/*
 * Three months of 100, 200 and 300 units; three, two and one periods are over. What stands
 * beyond that must not count. One unit of the first month leaves for another class.
 */
static const double shipped[] = {100, 200, 300};
static const size_t known[] = {3, 2, 1};
static const double events[] = {10, 5, 2, 20, 10, 99, 30, 99, 99};
static const double leavers[] = {10, 6, 2, 20, 10, 99, 30, 99, 99};
static const struct cohort_table table = {3, 3, shipped, known, events, leavers};

static void only_months_that_are_old_enough_count(void **state)
{
    struct cohort_count first = cohort_count(&table, 1), third = cohort_count(&table, 3);

    (void)state;
    assert_true(first.shipped == 600 && first.events == 60 && first.months == 3);
    assert_true(cohort_count(&table, 2).shipped == 300 && cohort_count(&table, 2).events == 45);
    assert_true(third.shipped == 100 && third.events == 17 && third.months == 1);
    assert_int_equal(cohort_count(&table, 4).months, 0);
}

static void those_who_left_are_no_longer_at_risk(void **state)
{
    struct age_count ages[3];

    (void)state;
    assert_int_equal(cohort_ages(&table, ages), 3);
    assert_true(ages[0].at_risk == 600 && ages[0].failed == 60 && ages[0].withdrawn == 270);
    assert_true(ages[1].at_risk == 90 + 180 && ages[1].failed == 15);
    assert_true(ages[1].withdrawn == 1 + 170);
    assert_true(ages[2].at_risk == 84 && ages[2].failed == 2 && ages[2].withdrawn == 82);
}

/* Of units that all fail in the same way the pooled curve is the curve of each. */
static void the_pooled_curve_is_that_of_equal_months(void **state)
{
    static const double same_events[] = {10, 9, 81, 20, 18, 0, 30, 0, 0};
    static const struct cohort_table same = {3, 3, shipped, known, same_events, same_events};
    struct age_count ages[3];
    struct survival_point points[3];
    size_t n, found;

    (void)state;
    n = cohort_ages(&same, ages);
    assert_int_equal(
        survival_curve(ages, n, WITHDRAWN_AFTER, SURVIVAL_LOG_LOG, .95, points, &found), FIT_OK);
    assert_within(points[0].failed, .1, 1e-12);
    assert_within(points[1].failed, .19, 1e-12);
    assert_within(points[2].failed, 1, 1e-12);
}

/* A unit that is claimed for stays at risk, and its month is over at its last age. */
static void events_after_which_units_stay_have_a_curve_too(void **state)
{
    static const double claims[] = {5, 4}, none[] = {0, 0};
    static const size_t both[] = {2};
    static const double hundred[] = {100};
    static const struct cohort_table month = {1, 2, hundred, both, claims, none};
    struct survival_point points[2];
    struct age_count ages[2];
    size_t found;

    (void)state;
    assert_int_equal(cohort_ages(&month, ages), 2);
    assert_true(ages[1].at_risk == 100 && ages[1].failed == 4 && ages[1].withdrawn == 96);
    assert_int_equal(
        survival_curve(ages, 2, WITHDRAWN_AFTER, SURVIVAL_LOG_LOG, .95, points, &found), FIT_OK);
    assert_within(points[1].failed, 1 - .95 * .96, 1e-12);
}

static void a_month_that_cannot_be_is_in_no_curve(void **state)
{
    static const double few[] = {100, 15, 300};
    static const struct cohort_table odd = {3, 3, few, known, events, leavers};
    static const double nothing[] = {0, 200, 300};
    static const struct cohort_table empty = {3, 3, nothing, known, events, leavers};
    struct age_count ages[3];

    (void)state;
    assert_true(cohort_is_sound(&table, 0) && cohort_is_sound(&table, 2));
    assert_false(cohort_is_sound(&odd, 1));
    assert_false(cohort_is_sound(&empty, 0));
    assert_int_equal(cohort_ages(&odd, ages), 3);
    assert_true(ages[0].at_risk == 400);
    assert_int_equal(cohort_ages(&empty, ages), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_months_that_are_old_enough_count),
        cmocka_unit_test(those_who_left_are_no_longer_at_risk),
        cmocka_unit_test(the_pooled_curve_is_that_of_equal_months),
        cmocka_unit_test(events_after_which_units_stay_have_a_curve_too),
        cmocka_unit_test(a_month_that_cannot_be_is_in_no_curve),
    };

    RUN(tests);
}
