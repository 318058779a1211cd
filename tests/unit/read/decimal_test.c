/* Amounts, exactly, and the style of a column of them. */
#include "unit.h"

#include "read/convention.h"

#include <stdio.h>
#include <string.h>

static void check(const char *cell, enum decimal_style style, int exponent, int64_t expected)
{
    int64_t minor = 7;
    const char *problem = decimal_cell_read(cell, style, exponent, &minor);

    if (problem)
        print_error("\"%s\" is %s\n", cell, problem);
    assert_null(problem);
    assert_int_equal(minor, expected);
}

static void check_bad(const char *cell, enum decimal_style style, int exponent)
{
    int64_t minor = 7;

    assert_non_null(decimal_cell_read(cell, style, exponent, &minor));
    assert_int_equal(minor, 7);
}

static void amounts_become_minor_units(void **state)
{
    (void)state;
    check("231,50", DECIMAL_COMMA, 2, 23150);
    check("1.234,50", DECIMAL_COMMA, 2, 123450);
    check("1,234,567.8", DECIMAL_DOT, 2, 123456780);
    check("-18.00", DECIMAL_DOT, 2, -1800);
    check("647.62", DECIMAL_DOT, 3, 647620);
    check("1234", DECIMAL_COMMA, 0, 1234);
    check("1500.000", DECIMAL_DOT, 0, 1500);
    check(".5", DECIMAL_DOT, 2, 50);
    check("+0", DECIMAL_DOT, 2, 0);
}

static void groups_and_signs_are_read_as_people_write_them(void **state)
{
    (void)state;
    check("1 234,50", DECIMAL_COMMA, 2, 123450);
    check("1\xc2\xa0"
          "234\xc2\xa0"
          "567,5",
          DECIMAL_COMMA, 1, 12345675);
    check("1\xe2\x80\xaf"
          "234",
          DECIMAL_COMMA, 0, 1234);
    check("1'234.50", DECIMAL_DOT, 2, 123450);
    check("12,50-", DECIMAL_COMMA, 2, -1250);
    check("- 12.50", DECIMAL_DOT, 2, -1250);
    check("\xe2\x88\x92"
          "3",
          DECIMAL_DOT, 0, -3);
    check("(1,234.50)", DECIMAL_DOT, 2, -123450);
    check(" 3 ", DECIMAL_DOT, 0, 3);
}

static void nothing_is_rounded_and_nothing_overflows(void **state)
{
    (void)state;
    check("92233720368547758.07", DECIMAL_DOT, 2, INT64_MAX);
    check_bad("92233720368547758.08", DECIMAL_DOT, 2);
    check_bad("9999999999999999999999", DECIMAL_DOT, 0);
    check_bad("1.005", DECIMAL_DOT, 2);
    check_bad("1", DECIMAL_DOT, DECIMAL_EXPONENT_MAX + 1);
    /* 0.1 and 0.7 have no binary fraction; 4.35 * 100 is 434.99999999999994 in double. */
    check("4.35", DECIMAL_DOT, 2, 435);
    check("0.7", DECIMAL_DOT, 6, 700000);
}

static void what_is_no_amount_is_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "-",
        "()",
        "1..2",
        "1.2.3",
        "1,2,3",
        "12,34,567.0",
        "1e5",
        "EUR 5",
        "1,234,5",
        "--1",
        "(-1)",
        "1234,567.00",
        "0,123.00",
        ",",
        ".",
        "1.",
        "1'23",
        "1-2",
        "1,234.567.8",
        "\xef\xbc\x91",
        "1111111111111111111111111111111111111111111111111111",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        check_bad(bad[i], DECIMAL_DOT, 2);
    check_bad("1,234.50", DECIMAL_COMMA, 2);
    check_bad("1.234,50", DECIMAL_DOT, 2);
}

static enum convention verdict(const char *cells, struct decimal_column *column,
                               enum decimal_style *style)
{
    *column = (struct decimal_column){0};
    for (uint64_t line = 2;; line++, cells++) {
        size_t len = strcspn(cells, "|");
        char cell[64];

        memcpy(cell, cells, len);
        cell[len] = '\0';
        decimal_column_add(column, cell, line);
        cells += len;
        if (!*cells)
            return decimal_column_decide(column, style);
    }
}

static void the_style_is_that_which_all_cells_allow(void **state)
{
    struct decimal_column column;
    enum decimal_style style = DECIMAL_STYLES;

    (void)state;
    assert_int_equal(verdict("231,50|1.234,50|7", &column, &style), CONVENTION_DECIDED);
    assert_int_equal(style, DECIMAL_COMMA);
    assert_int_equal(verdict("1,234|7.5", &column, &style), CONVENTION_DECIDED);
    assert_int_equal(style, DECIMAL_DOT);
    assert_int_equal(verdict("0,125", &column, &style), CONVENTION_DECIDED);
    assert_int_equal(style, DECIMAL_COMMA);
    assert_int_equal(verdict("1,234|2,345|", &column, &style), CONVENTION_AMBIGUOUS);
    assert_int_equal(column.styles, 3);
    assert_int_equal(verdict("1.50|1,50", &column, &style), CONVENTION_MIXED);
    assert_int_equal(column.first_mixed, 3);
}

static void numbers_without_marks_are_decided(void **state)
{
    struct decimal_column column;
    enum decimal_style style = DECIMAL_STYLES;

    (void)state;
    assert_int_equal(verdict("5|1 000|", &column, &style), CONVENTION_DECIDED);
    assert_true(style == DECIMAL_DOT && column.blank == 1);
    assert_int_equal(verdict("| ", &column, &style), CONVENTION_EMPTY);
    assert_int_equal(verdict("free", &column, &style), CONVENTION_UNREADABLE);
    assert_int_equal(column.first_unreadable, 2);
}

/* What one style writes the same style reads, and the other never reads as another amount. */
static void amounts_are_read_back(void **state)
{
    (void)state;
    for (int64_t minor = -2000000; minor < 2000000; minor += 997) {
        int64_t size = minor < 0 ? -minor : minor, other;
        char dot[32], comma[32];

        snprintf(dot, sizeof dot, "%s%d,%03d.%02d", minor < 0 ? "-" : "", (int)(size / 100000) + 1,
                 (int)(size / 100 % 1000), (int)(size % 100));
        snprintf(comma, sizeof comma, "%s%d.%03d,%02d", minor < 0 ? "-" : "",
                 (int)(size / 100000) + 1, (int)(size / 100 % 1000), (int)(size % 100));
        check(dot, DECIMAL_DOT, 2, minor + (minor < 0 ? -100000 : 100000));
        check(comma, DECIMAL_COMMA, 2, minor + (minor < 0 ? -100000 : 100000));
        assert_non_null(decimal_cell_read(dot, DECIMAL_COMMA, 2, &other));
        assert_non_null(decimal_cell_read(comma, DECIMAL_DOT, 2, &other));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_become_minor_units),
        cmocka_unit_test(groups_and_signs_are_read_as_people_write_them),
        cmocka_unit_test(nothing_is_rounded_and_nothing_overflows),
        cmocka_unit_test(what_is_no_amount_is_refused),
        cmocka_unit_test(the_style_is_that_which_all_cells_allow),
        cmocka_unit_test(numbers_without_marks_are_decided),
        cmocka_unit_test(amounts_are_read_back),
    };

    RUN(tests);
}
