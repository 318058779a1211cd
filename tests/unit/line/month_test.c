/* Calendar months as numbers. */
#include "unit.h"

#include "line/month.h"
#include "stat/near.h"

static void days_are_those_of_the_calendar(void **state)
{
    (void)state;
    assert_int_equal(day_read("1970-01-01"), 0);
    assert_int_equal(day_read("2000-02-29"), 11016);
    assert_int_equal(day_read("2026-11-25"), 20782);
    assert_int_equal(day_read("2100-03-01") - day_read("2100-02-28"), 1);
    assert_int_equal(day_read("2024-03-01") - day_read("2024-02-28"), 2);
    assert_int_equal(day_read("1990-01-01"), 7305);
}

static void months_are_counted_over_the_ends_of_years(void **state)
{
    char text[MONTH_SIZE];

    (void)state;
    assert_int_equal(month_read("2027-01-01") - month_read("2026-11-25"), 2);
    assert_string_equal(month_write(text, month_read("2026-12-31") + 1), "2027-01-01");
    assert_string_equal(month_write(text, month_read("2026-01-31")), "2026-01-01");
    for (long day = day_read("1990-01-01"); day < day_read("2200-01-01"); day++)
        assert_int_equal(day_read(day_write(text, day)), day);
    assert_string_equal(day_write(text, 11016), "2000-02-29");
    for (int month = month_read("1990-01-01"); month < month_read("2200-01-01"); month++)
        assert_int_equal(day_read(month_write(text, month)), month_begins(month));
}

static void a_moment_knows_how_much_of_its_month_is_over(void **state)
{
    struct moment middle = moment_on("2026-11-15", true), past = moment_on("2026-11-15", false);
    struct moment last = moment_on("2026-11-30", true),
                  end = moment_after(month_read("2026-11-01"));

    (void)state;
    assert_int_equal(middle.month, month_read("2026-11-01"));
    assert_within(middle.part, .5, 1e-12);
    assert_true(past.month == middle.month && past.part == 0);
    assert_true(last.month == middle.month + 1 && last.part == 0);
    assert_true(end.month == last.month && end.day == last.day && end.part == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_those_of_the_calendar),
        cmocka_unit_test(months_are_counted_over_the_ends_of_years),
        cmocka_unit_test(a_moment_knows_how_much_of_its_month_is_over),
    };

    RUN(tests);
}
