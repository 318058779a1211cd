/* Dates in the styles of reports, and the style of a column. */
#include "unit.h"

#include "read/convention.h"

#include <stdio.h>
#include <string.h>

#define BEFORE_2000 10957 /* days from 1970-01-01 */

/* A good cell: the day as Unix days, the second, and the instant if it is known. */
static struct date_value good(const char *cell, enum date_style style)
{
    struct date_value value = {0};
    const char *problem = date_cell_read(cell, style, &value);

    if (problem)
        print_error("\"%s\" is %s\n", cell, problem);
    assert_null(problem);
    return value;
}

static void check_local(const char *cell, enum date_style style, int32_t day, int32_t second)
{
    struct date_value value = good(cell, style);

    assert_int_equal(value.day + BEFORE_2000, day);
    assert_int_equal(value.second, second);
    assert_false(value.instant_known);
}

static void check_instant(const char *cell, enum date_style style, int32_t day, int64_t instant)
{
    struct date_value value = good(cell, style);

    assert_int_equal(value.day + BEFORE_2000, day);
    assert_true(value.instant_known);
    assert_int_equal(value.instant, instant);
}

/* The numbers are those of GNU date. */
static void each_style_gives_the_day_that_is_written(void **state)
{
    (void)state;
    check_local("2026-10-02", DATE_ISO, 20728, -1);
    check_local(" 2010-12-01 08:26:00 ", DATE_ISO, 14944, 30360);
    check_local("10-Jul-2025", DATE_DAY_MON, 20279, -1);
    check_local("31/12/25", DATE_DAY_SLASH, 20453, -1);
    check_local("12/31/2025", DATE_MONTH_SLASH, 20453, -1);
    check_local("15.03.2026", DATE_DAY_DOT, 20527, -1);
    check_local("31-12-2025", DATE_DAY_HYPHEN, 20453, -1);
    check_local("04-30-22", DATE_MONTH_HYPHEN, 19112, -1);
    check_local("2025/12/31", DATE_YEAR_SLASH, 20453, -1);
    check_local("Jun 8, 2025", DATE_MONTH_NAME, 20247, -1);
    check_local("2025年6月8日", DATE_YEAR_SIGNS, 20247, -1);
    check_local("29.02.2024", DATE_DAY_DOT, 19782, -1);
}

static void an_instant_is_known_with_an_offset_or_a_zone(void **state)
{
    (void)state;
    check_instant("2025-06-05T15:31:40+00:00", DATE_ISO_OFFSET, 20244, 1749137500);
    check_instant("2025-06-05T15:31:40.123Z", DATE_ISO_OFFSET, 20244, 1749137500);
    check_instant("2025-10-02 17:09:34 -0300", DATE_ISO_OFFSET, 20363, 1759435774);
    check_instant("2025-10-03 08:00:00 +0200", DATE_ISO_OFFSET, 20364, 1759471200);
    check_instant("2026-10-02 08:14:02 UTC", DATE_ISO_ZONE, 20728, 1790928842);
    check_instant("02.10.2026 08:14:02 UTC", DATE_DAY_DOT, 20728, 1790928842);
    check_instant("Jun 8, 2025 10:23:05 PM PDT", DATE_MONTH_NAME, 20247, 1749446585);
    check_instant("8 juin 2025 22:23:05 UTC", DATE_DAY_NAME, 20247, 1749421385);
    check_instant("8 Jun 2025 10:23:05 am GMT+10", DATE_DAY_NAME, 20247, 1749342185);
    check_instant("8 Jun 2025 10:23:05 GMT-9:30", DATE_DAY_NAME, 20247, 1749412385);
}

static void the_half_of_the_day_is_read_in_all_its_words(void **state)
{
    static const char *const evening[] = {
        "Jun 8, 2025 10:23:05 PM",    "Jun 8, 2025 10:23:05 p.m.",
        "Jun 8, 2025 10:23:05 p. m.", "Jun 8, 2025, 10:23:05\xe2\x80\xafPM",
        "Jun 8, 2025 下午10:23:05",   "Jun 8, 2025 10:23:05pm",
        "June 8, 2025 22:23:05",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(evening); i++)
        check_local(evening[i], DATE_MONTH_NAME, 20247, 80585);
    check_local("2025-6-8 上午12:05:00", DATE_ISO, 20247, 300);
    check_local("2025-6-8 12:05 PM", DATE_ISO, 20247, 43500);
    check_instant("2025年6月8日 下午10:23:05 PDT", DATE_YEAR_SIGNS, 20247, 1749446585);
}

static void months_are_known_in_five_languages(void **state)
{
    static const char *const march[] = {
        "8 mar 2025", "8 March 2025", "8 März 2025", "8 mars 2025", "8 marzo 2025", "8 mar. 2025",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(march); i++)
        check_local(march[i], DATE_DAY_NAME, 20155, -1);
    check_local("10 août 2025", DATE_DAY_NAME, 20310, -1);
    check_local("10 dic 2025", DATE_DAY_NAME, 20432, -1);
    check_local("10 gen 2025", DATE_DAY_NAME, 20098, -1);
    check_local("10-ENE-25", DATE_DAY_MON, 20098, -1);
    check_local("10\xc2\xa0gen\xc2\xa0"
                "2025",
                DATE_DAY_NAME, 20098, -1);
}

static void a_zone_that_is_several_gives_no_instant(void **state)
{
    (void)state;
    check_local("Jun 8, 2025 10:23:05 PM CST", DATE_MONTH_NAME, 20247, 80585);
    check_local("2025-06-08 10:23:05 XYZ", DATE_ISO_ZONE, 20247, 37385);
}

static void what_is_no_date_is_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "45000",
        "2025-02-29",
        "2025-13-01",
        "31/04/2025",
        "2025-1",
        "1/2/3",
        "1.1.1989",
        "1.1.2200",
        "10-Foo-2025",
        "2025-06-08T",
        "2025-06-08x",
        "2025-06-08 24:00",
        "2025-06-08 13:00 PM",
        "2025-06-08 1:60",
        "2025-06-08 10:00 +99:00",
        "Jun 8 2025 10",
        "25/12/202",
        "\xef\xbb\xbf"
        "1, 2025",
        "10 \xcc\x81\xcc\x81 2025",
        "0/1/2025",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        for (enum date_style style = 0; style < DATE_STYLES; style++) {
            struct date_value value = {.day = 7};

            assert_non_null(date_cell_read(bad[i], style, &value));
            assert_int_equal(value.day, 7);
        }
}

/* The verdict on a column whose cells are between bars. */
static enum convention verdict(const char *cells, struct date_column *column,
                               enum date_style *style)
{
    *column = (struct date_column){0};
    for (uint64_t line = 2;; line++, cells++) {
        size_t len = strcspn(cells, "|");
        char cell[64];

        memcpy(cell, cells, len);
        cell[len] = '\0';
        date_column_add(column, cell, line);
        cells += len;
        if (!*cells)
            return date_column_decide(column, style);
    }
}

static void a_value_above_twelve_decides_day_and_month(void **state)
{
    struct date_column column;
    enum date_style style;

    (void)state;
    assert_int_equal(verdict("03/04/26|05/05/26|", &column, &style), CONVENTION_AMBIGUOUS);
    assert_int_equal(column.styles, 1u << DATE_DAY_SLASH | 1u << DATE_MONTH_SLASH);
    assert_int_equal(verdict("03/04/26|13/04/26", &column, &style), CONVENTION_DECIDED);
    assert_int_equal(style, DATE_DAY_SLASH);
    assert_int_equal(verdict("04/13/2026|03/04/2026", &column, &style), CONVENTION_DECIDED);
    assert_int_equal(style, DATE_MONTH_SLASH);
    assert_int_equal(verdict("04-05-22", &column, &style), CONVENTION_AMBIGUOUS);
    assert_int_equal(verdict("04-05-22|04-30-22", &column, &style), CONVENTION_DECIDED);
    assert_int_equal(style, DATE_MONTH_HYPHEN);
}

static void a_column_of_two_styles_is_mixed(void **state)
{
    struct date_column column;
    enum date_style style;

    (void)state;
    assert_int_equal(verdict("13/04/26|04/13/26", &column, &style), CONVENTION_MIXED);
    assert_int_equal(column.first_mixed, 3);
    assert_int_equal(verdict("2026-10-02|02.10.2026", &column, &style), CONVENTION_MIXED);
    assert_int_equal(verdict("2026-10-02 08:14:02 UTC|2026-10-02T08:14:02Z", &column, &style),
                     CONVENTION_MIXED);
}

static void blank_and_unreadable_cells_decide_nothing(void **state)
{
    struct date_column column;
    enum date_style style = DATE_STYLES;

    (void)state;
    assert_int_equal(verdict(" |\xc2\xa0|", &column, &style), CONVENTION_EMPTY);
    assert_int_equal(column.blank, 3);
    assert_int_equal(verdict("soon|", &column, &style), CONVENTION_UNREADABLE);
    assert_int_equal(style, DATE_STYLES);
    assert_int_equal(verdict("|10-Jul-2025|soon", &column, &style), CONVENTION_DECIDED);
    assert_true(style == DATE_DAY_MON && column.unreadable == 1 && column.first_unreadable == 4);
}

static void what_a_person_says_of_the_order_settles_it(void **state)
{
    struct date_column column;
    enum date_style style = DATE_STYLES;

    (void)state;
    assert_int_equal(verdict("03/04/2026|05/06/2026", &column, &style), CONVENTION_AMBIGUOUS);
    assert_int_equal(column.first_read, 2);
    assert_true(date_order_pick(column.styles, DAY_FIRST, &style) && style == DATE_DAY_SLASH);
    assert_true(date_order_pick(column.styles, MONTH_FIRST, &style) && style == DATE_MONTH_SLASH);
    assert_int_equal(verdict("|04-05-22", &column, &style), CONVENTION_AMBIGUOUS);
    assert_int_equal(column.first_read, 3);
    assert_true(date_order_pick(column.styles, MONTH_FIRST, &style) && style == DATE_MONTH_HYPHEN);
    assert_false(date_order_pick(1u << DATE_ISO, DAY_FIRST, &style));
    assert_int_equal(style, DATE_MONTH_HYPHEN);
}

/* Every day of two centuries, written in every style of numbers, comes back. */
static void every_day_is_read_back(void **state)
{
    int32_t expected = -3652; /* 1990-01-01 */

    (void)state;
    for (int year = 1990; year < 2200; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= 31; day++) {
                struct date_value value;
                char cell[40];

                snprintf(cell, sizeof cell, "%04d-%02d-%02d", year, month, day);
                if (date_cell_read(cell, DATE_ISO, &value))
                    continue;
                assert_int_equal(value.day, expected++);
            }
    assert_int_equal(expected, 73049); /* 2200-01-01 */
    for (enum date_style style = 0; style < DATE_STYLES; style++)
        assert_non_null(date_style_name(style));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_style_gives_the_day_that_is_written),
        cmocka_unit_test(an_instant_is_known_with_an_offset_or_a_zone),
        cmocka_unit_test(the_half_of_the_day_is_read_in_all_its_words),
        cmocka_unit_test(months_are_known_in_five_languages),
        cmocka_unit_test(a_zone_that_is_several_gives_no_instant),
        cmocka_unit_test(what_is_no_date_is_refused),
        cmocka_unit_test(a_value_above_twelve_decides_day_and_month),
        cmocka_unit_test(a_column_of_two_styles_is_mixed),
        cmocka_unit_test(what_a_person_says_of_the_order_settles_it),
        cmocka_unit_test(blank_and_unreadable_cells_decide_nothing),
        cmocka_unit_test(every_day_is_read_back),
    };

    RUN(tests);
}
