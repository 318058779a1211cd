/* Ranges of serial numbers. */
#include "unit.h"

#include "read/serial_range.h"

#include <stdio.h>
#include <string.h>

static struct serial_list list;

/* What is read: "first..last" of each range, and how many units there are. */
static void check(const char *from, const char *to, const char *expected, uint64_t units)
{
    const char *problem = serial_cells_read(from, to, &list);
    char told[512] = "";
    size_t used = 0;

    if (problem)
        print_error("\"%s\" \"%s\" has %s\n", from, to, problem);
    assert_null(problem);
    for (size_t i = 0; i < list.nranges; i++) {
        char first[SERIAL_MAX + 1], last[SERIAL_MAX + 1];

        serial_write(first, &list.ranges[i], list.ranges[i].first);
        serial_write(last, &list.ranges[i], list.ranges[i].last);
        used += (size_t)snprintf(told + used, sizeof told - used, "%s%s..%s", i ? " " : "", first,
                                 last);
    }
    assert_string_equal(told, expected);
    assert_int_equal(list.units, units);
}

static void check_bad(const char *from, const char *to, const char *expected)
{
    const char *problem = serial_cells_read(from, to, &list);

    assert_non_null(problem);
    assert_non_null(strstr(problem, expected));
}

/* The rows of shared/data/b2b_shipments_template.csv. */
static void the_rows_of_the_template_have_as_many_units_as_they_say(void **state)
{
    (void)state;
    check("GX20A2603000101", "GX20A2603000148", "GX20A2603000101..GX20A2603000148", 48);
    check("TL52-26C-00981", "TL52-26C-01000", "TL52-26C-00981..TL52-26C-01000", 20);
    check("GX20A2603000149-GX20A2603000160, GX20A2604000001-GX20A2604000018", "",
          "GX20A2603000149..GX20A2603000160 GX20A2604000001..GX20A2604000018", 30);
}

static void a_range_is_read_in_all_its_notations(void **state)
{
    static const char *const cells[] = {
        "GX0098..GX0101",       "GX0098 .. GX0101",
        "GX0098...GX0101",      "GX0098-GX0101",
        "GX0098 - GX0101",      "GX0098 – GX0101",
        "GX0098 to GX0101",     "GX0098 bis GX0101",
        "GX0098 à GX0101",      "GX0098 al GX0101",
        "GX0098至GX0101",       " GX0098\tto\tGX0101 ",
        "GX0098;GX0099-GX0101", "GX0098\nGX0099\r\nGX0100,GX0101,",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cells); i++)
        check(cells[i], "", "GX0098..GX0101", 4);
}

static void hyphens_in_a_serial_number_are_its_own(void **state)
{
    (void)state;
    check("TL52-26C-00981", "", "TL52-26C-00981..TL52-26C-00981", 1);
    check("TL52-26C-00981-TL52-26C-01000", "", "TL52-26C-00981..TL52-26C-01000", 20);
    check("2603-0001", "", "2603-0001..2603-0001", 1);
    check("0001-0003", "", "0001..0003", 3);
    check("AB-CD", "", "AB-CD..AB-CD", 1);
    check("7-7", "", "7-7..7-7", 1);
    check("to-and-a", "", "to-and-a..to-and-a", 1);
}

static void a_number_may_have_no_digits_or_a_great_many(void **state)
{
    (void)state;
    check("PROTOTYPE", "", "PROTOTYPE..PROTOTYPE", 1);
    check("PROTOTYPE", "PROTOTYPE", "PROTOTYPE..PROTOTYPE", 1);
    check("123456789012345678901234..123456789012345678901299", "",
          "123456789012345678901234..123456789012345678901299", 66);
    check("999999999999999998..999999999999999999", "", "999999999999999998..999999999999999999",
          2);
    check("", " ", "", 0);
    check(",;", "", "", 0);
}

static void what_is_no_range_is_told(void **state)
{
    (void)state;
    check_bad("GX10..GX9", "", "equally long");
    check_bad("GX10..GY12", "", "differ");
    check_bad("GX12..GX10", "", "backwards");
    check_bad("GX12", "GX10", "backwards");
    check_bad("GX12..", "", "without one of its ends");
    check_bad("", "GX10", "without one of its ends");
    check_bad("A..B", "", "differ");
    check_bad("GX 12", "", "a blank inside");
    check_bad("GX10,GX12", "GX14", "beside the end");
    check_bad("GX10-GX12", "GX14", "equally long");
    check_bad("1234567890123456789012345678901234567890123456789012345678901234X", "", "64");
}

static void a_number_may_stand_in_a_row_once(void **state)
{
    (void)state;
    check_bad("GX10..GX20, GX20", "", "twice");
    check_bad("GX10,GX11,GX10", "", "twice");
    check_bad("ONE,ONE", "", "twice");
    check("GX10, GX010", "", "GX10..GX10 GX010..GX010", 2);
}

static void a_row_has_limits(void **state)
{
    static char cell[64 * SERIAL_RANGES_MAX];
    size_t used = 0;

    (void)state;
    check("A000001..A100000", "", "A000001..A100000", SERIAL_UNITS_MAX);
    check_bad("A000001..A100001", "", "100,000 units");
    check_bad("A000001..A100000,B1", "", "100,000 serial numbers");
    check_bad("000000000000000000..999999999999999999", "", "100,000 units");
    for (int i = 0; i <= SERIAL_RANGES_MAX; i++)
        used += (size_t)snprintf(cell + used, sizeof cell - used, "N%05d,", 2 * i);
    check_bad(cell, "", "1,000 ranges");
}

static void ranges_are_compared(void **state)
{
    static const struct serial_range a = {"GX", 4, 10, 20}, b = {"GX", 4, 20, 30},
                                     c = {"GX", 4, 25, 26}, d = {"GX", 5, 10, 20},
                                     e = {"GY", 4, 10, 20};

    (void)state;
    assert_true(serial_range_overlaps(&a, &b) && serial_range_overlaps(&b, &c));
    assert_false(serial_range_overlaps(&a, &c) || serial_range_overlaps(&a, &d) ||
                 serial_range_overlaps(&a, &e));
    assert_int_equal(serial_range_gap(&a, &c), 4);
    assert_int_equal(serial_range_gap(&a, &b), 0);
    assert_int_equal(serial_range_gap(&a, &e), 0);
    assert_true(serial_range_compare(&a, &b) < 0 && serial_range_compare(&b, &a) > 0);
    assert_true(serial_range_compare(&c, &d) < 0 && serial_range_compare(&d, &e) < 0);
    assert_int_equal(serial_range_compare(&a, &a), 0);
    assert_int_equal(serial_range_size(&a), 11);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rows_of_the_template_have_as_many_units_as_they_say),
        cmocka_unit_test(a_range_is_read_in_all_its_notations),
        cmocka_unit_test(hyphens_in_a_serial_number_are_its_own),
        cmocka_unit_test(a_number_may_have_no_digits_or_a_great_many),
        cmocka_unit_test(what_is_no_range_is_told),
        cmocka_unit_test(a_number_may_stand_in_a_row_once),
        cmocka_unit_test(a_row_has_limits),
        cmocka_unit_test(ranges_are_compared),
    };

    RUN(tests);
}
