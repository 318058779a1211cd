/* What a cell of a sales file may hold. */
#include "unit.h"

#include "import/value.h"

#include <string.h>
#include <time.h>

static void a_quantity_is_a_whole_number(void **state)
{
    int32_t quantity;

    (void)state;
    assert_null(quantity_read("6", &quantity));
    assert_int_equal(quantity, 6);
    assert_null(quantity_read("-80995", &quantity));
    assert_int_equal(quantity, -80995);
    assert_null(quantity_read("+007", &quantity));
    assert_int_equal(quantity, 7);
    assert_null(quantity_read("-1000000000", &quantity));
    assert_int_equal(quantity, -1000000000);
}

static void anything_else_is_no_quantity(void **state)
{
    static const char *const bad[] = {"",   "-",  "+-1",  "1.0", "1,000", " 1",
                                      "1 ", "1x", "0x10", "1e3", "--1",   "\xef\xbc\x91"};
    int32_t quantity;

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_string_equal(quantity_read(bad[i], &quantity), "not a whole number");
    assert_string_equal(quantity_read("1000000001", &quantity), "larger than 1,000,000,000");
    assert_string_equal(quantity_read("99999999999999999999999", &quantity),
                        "larger than 1,000,000,000");
}

static void expect_price(const char *cell, char sign, int64_t expected)
{
    int64_t price = -1;

    assert_null(price_read(cell, sign, &price));
    assert_int_equal(price, expected);
}

static void a_price_has_the_decimal_sign_it_is_told(void **state)
{
    (void)state;
    expect_price("2.55", '.', 2550000);
    expect_price("2,55", ',', 2550000);
    expect_price("0", '.', 0);
    expect_price(".5", '.', 500000);
    expect_price("5.", '.', 5000000);
    expect_price("-11062.06", '.', -11062060000);
    expect_price("0.000001", '.', 1);
    expect_price("999999999999.999999", '.', 999999999999999999);
}

static void decimals_of_another_sign_are_refused(void **state)
{
    static const char *const bad[] = {"2,55",  "1,000.00", "",    ".",    "-",
                                      "1.2.3", "2.55 EUR", "1e5", "1 000"};
    int64_t price;

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_non_null(price_read(bad[i], '.', &price));
    assert_non_null(price_read("2.55", ',', &price));
    assert_non_null(price_read("1.000,00", ',', &price));
    assert_string_equal(price_read("0.0000001", '.', &price), "more than six decimals");
    assert_string_equal(price_read("1234567890123", '.', &price),
                        "more than twelve digits before the decimal sign");
}

static void expect_day(const char *cell, const char *format, int32_t expected)
{
    int32_t day = -1;

    assert_null(date_format_check(format));
    assert_null(date_read(cell, format, &day));
    assert_int_equal(day, expected);
}

static void dates_are_read_in_every_form_a_mapping_can_tell(void **state)
{
    (void)state;
    expect_day("2000-01-01", "%Y-%m-%d", 0);
    expect_day("1999-12-31", "%Y-%m-%d", -1);
    expect_day("2010-12-01 08:26:00", "%Y-%m-%d %H:%M:%S", 3987);
    expect_day("01.12.2010", "%d.%m.%Y", 3987);
    expect_day("12-01-10", "%m-%d-%y", 3987);
    expect_day("1-Dec-2010", "%-d-%b-%Y", 3987);
    expect_day("01-Dec-2010", "%-d-%b-%Y", 3987);
    expect_day("20101201", "%Y%m%d", 3987);
    expect_day("2010-12-01T23:59:60+00:00", "%Y-%m-%dT%H:%M:%S+00:00", 3987);
    expect_day("100% 2010-12-01", "100%% %Y-%m-%d", 3987);
}

/* Every day there can be, against the C library's calendar. */
static void every_day_has_its_number(void **state)
{
    const time_t year_2000 = 946684800;
    char cell[16];
    int32_t day;

    (void)state;
    for (int32_t number = -3652; number <= 73048; number++) {
        time_t seconds = year_2000 + (time_t)number * 86400;
        struct tm tm;

        gmtime_r(&seconds, &tm);
        strftime(cell, sizeof cell, "%Y-%m-%d", &tm);
        assert_null(date_read(cell, "%Y-%m-%d", &day));
        assert_int_equal(day, number);
    }
}

static void what_is_no_date_is_refused(void **state)
{
    static const char *const bad[] = {
        "",           "2010-12-1",  "2010-12-01 ", "2010-12-011", "10-12-01",   "2010/12/01",
        "2010-02-30", "2011-02-29", "2100-02-29",  "2010-00-10",  "2010-13-01", "2010-12-00",
        "1989-12-31", "2200-01-01", "0000-01-01",  "-010-12-01",  "2010-12",    "today",
    };
    int32_t day;

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_non_null(date_read(bad[i], "%Y-%m-%d", &day));
    assert_non_null(date_read("2010-12-01 24:00", "%Y-%m-%d %H:%M", &day));
    assert_non_null(date_read("2010-12-01 10:60", "%Y-%m-%d %H:%M", &day));
    assert_non_null(date_read("01 dec 2010", "%d %b %Y", &day));
    assert_non_null(date_read("01 Dez 2010", "%d %b %Y", &day));
    assert_non_null(date_read("5", "%-d", &day));
    assert_null(date_read("2096-02-29", "%Y-%m-%d", &day));
}

static void a_format_must_find_a_day(void **state)
{
    static const char *const bad[] = {
        "",          "%Y-%m",       "%d.%m.",    "%H:%M:%S", "%Y-%m-%d %Y",
        "%y %Y%m%d", "%m %b %d %Y", "%Y-%m-%d%", "%Y-%m-%q", "%-Y-%m-%-%",
        "%F",        "%Y-%j"};

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_non_null(date_format_check(bad[i]));
}

static void codes_have_their_forms(void **state)
{
    (void)state;
    assert_true(country_is_valid("DE"));
    assert_false(country_is_valid("de"));
    assert_false(country_is_valid("DEU"));
    assert_false(country_is_valid("D"));
    assert_false(country_is_valid(""));
    assert_true(code_is_valid("a"));
    assert_true(code_is_valid("uci_retail_2010"));
    assert_true(code_is_valid("a234567890123456789012345678901234567890"));
    assert_false(code_is_valid("a2345678901234567890123456789012345678901"));
    assert_false(code_is_valid("Amazon"));
    assert_false(code_is_valid("1st"));
    assert_false(code_is_valid("_a"));
    assert_false(code_is_valid("a-b"));
    assert_false(code_is_valid(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quantity_is_a_whole_number),
        cmocka_unit_test(anything_else_is_no_quantity),
        cmocka_unit_test(a_price_has_the_decimal_sign_it_is_told),
        cmocka_unit_test(decimals_of_another_sign_are_refused),
        cmocka_unit_test(dates_are_read_in_every_form_a_mapping_can_tell),
        cmocka_unit_test(every_day_has_its_number),
        cmocka_unit_test(what_is_no_date_is_refused),
        cmocka_unit_test(a_format_must_find_a_day),
        cmocka_unit_test(codes_have_their_forms),
    };

    RUN(tests);
}
