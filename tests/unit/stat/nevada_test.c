/* From a Nevada table to counts by age. */
#include "unit.h"

#include "stat/nevada.h"

#include <math.h>

/* Minitab's warranty example, by months after shipment. */
static const double shipped[] = {10000, 15000, 23000, 32000};
static const double by_age[] = {50,  60,  100, 300, //
                                78,  130, 200, 0,   //
                                275, 600, 0,   0,   //
                                400, 0,   0,   0};
static const double by_month[] = {50, 60, 100, 300, //
                                  0,  78, 130, 200, //
                                  0,  0,  275, 600, //
                                  0,  0,  0,   400};

static void minitabs_table_has_the_printed_intervals_and_suspensions(void **state)
{
    static const double failed[] = {803, 790, 300, 300};
    static const double withdrawn[] = {31600, 22125, 14592, 9490};
    struct age_count ages[4], same[4];
    struct nevada_cell where;

    (void)state;
    assert_int_equal(nevada_ages(&(struct nevada){shipped, by_age, 4, 4, false}, ages, &where),
                     NEVADA_FINE);
    assert_int_equal(nevada_ages(&(struct nevada){shipped, by_month, 4, 4, true}, same, &where),
                     NEVADA_FINE);
    for (size_t k = 0; k < 4; k++) {
        assert_true(ages[k].failed == failed[k] && ages[k].withdrawn == withdrawn[k]);
        assert_true(same[k].failed == failed[k] && same[k].withdrawn == withdrawn[k]);
        assert_true(same[k].at_risk == ages[k].at_risk);
    }
    assert_true(ages[0].at_risk == 80000 && ages[3].at_risk == 9790);
}

/* ReliaSoft's table (W1): what its survival curve begins with. */
static void reliasofts_table_has_the_numbers_at_risk(void **state)
{
    static const double units[] = {100, 140, 150};
    static const double returned[] = {3, 3, 5, 2, 4, 0, 4, 0, 0};
    static const double at_risk[] = {390, 235, 94}, withdrawn[] = {146, 134, 89};
    struct age_count ages[3];
    struct nevada_cell where;

    (void)state;
    assert_int_equal(nevada_ages(&(struct nevada){units, returned, 3, 3, false}, ages, &where),
                     NEVADA_FINE);
    for (size_t k = 0; k < 3; k++)
        assert_true(ages[k].at_risk == at_risk[k] && ages[k].withdrawn == withdrawn[k]);
}

static void what_cannot_be_is_told_with_its_cell(void **state)
{
    static const double units[] = {10, 10};
    static const struct {
        double returned[4];
        bool by_calendar;
        enum nevada_fault fault;
        size_t row, column;
    } cases[] = {
        {{1, 1, 1, 1},   true,  NEVADA_BEFORE_SHIPMENT, 1, 0},
        {{1, 1, 1, 1},   false, NEVADA_NOT_YET,         1, 1},
        {{1, -1, 0, 1},  true,  NEVADA_NEGATIVE,        0, 1},
        {{1, NAN, 0, 1}, true,  NEVADA_NEGATIVE,        0, 1},
        {{6, 5, 0, 1},   true,  NEVADA_TOO_MANY,        0, 1},
        {{0, 0, 0, 11},  true,  NEVADA_TOO_MANY,        1, 1},
    };
    struct age_count ages[2] = {
        {7, 7, 7},
        {7, 7, 7}
    };
    struct nevada_cell where;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct nevada table = {units, cases[i].returned, 2, 2, cases[i].by_calendar};

        assert_int_equal(nevada_ages(&table, ages, &where), cases[i].fault);
        assert_true(where.row == cases[i].row && where.column == cases[i].column);
        assert_true(ages[0].failed == 7);
    }
    assert_int_equal(nevada_ages(&(struct nevada){units, by_age, 2, 1, false}, ages, &where),
                     NEVADA_SHAPE);
    assert_int_equal(nevada_ages(&(struct nevada){units, by_age, 0, 0, false}, ages, &where),
                     NEVADA_SHAPE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(minitabs_table_has_the_printed_intervals_and_suspensions),
        cmocka_unit_test(reliasofts_table_has_the_numbers_at_risk),
        cmocka_unit_test(what_cannot_be_is_told_with_its_cell),
    };

    RUN(tests);
}
