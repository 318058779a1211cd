/* Days of the calendar. */
#include "unit.h"

#include "base/calendar.h"

#include <time.h>

static bool exists(int year, int month, int day)
{
    return calendar_exists((struct calendar){year, month, day});
}

static void only_some_years_have_a_leap_day(void **state)
{
    (void)state;
    assert_true(exists(2024, 2, 29));
    assert_true(exists(2000, 2, 29));
    assert_false(exists(2100, 2, 29));
    assert_false(exists(2026, 2, 29));
}

static void days_that_are_not_there_do_not_exist(void **state)
{
    (void)state;
    assert_true(exists(2026, 12, 31));
    assert_false(exists(2026, 4, 31));
    assert_false(exists(2026, 13, 1));
    assert_false(exists(2026, 0, 1));
    assert_false(exists(2026, 1, 0));
    assert_false(exists(2026, 1, -5));
}

/* The C library's calendar is the witness. */
static void days_are_counted_as_the_system_counts_them(void **state)
{
    (void)state;
    for (long day = -200L * 365; day < 300L * 365; day++) {
        time_t second = day * 86400;
        struct tm tm;

        gmtime_r(&second, &tm);
        assert_int_equal(
            calendar_days((struct calendar){tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday}), day);
    }
    assert_int_equal(calendar_days((struct calendar){2000, 1, 1}), CALENDAR_DAYS_2000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_some_years_have_a_leap_day),
        cmocka_unit_test(days_that_are_not_there_do_not_exist),
        cmocka_unit_test(days_are_counted_as_the_system_counts_them),
    };

    RUN(tests);
}
