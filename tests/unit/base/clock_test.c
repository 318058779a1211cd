/* The two clocks: one that only moves forward, one that people read. */
#include "unit.h"

#include "base/clock.h"

#include <string.h>
#include <time.h>

static void the_monotonic_clock_never_goes_back(void **state)
{
    int64_t before = clock_us();

    (void)state;
    for (int i = 0; i < 1000; i++) {
        int64_t now = clock_us();

        assert_true(now >= before);
        before = now;
    }
}

static void milliseconds_are_thousandths_of_microseconds(void **state)
{
    int64_t us = clock_us(), ms = clock_ms(), later = clock_us();

    (void)state;
    assert_true(us / 1000 <= ms && ms <= later / 1000);
}

static void the_calendar_clock_is_that_of_the_system(void **state)
{
    time_t before = time(NULL);
    int64_t now = clock_unix();

    (void)state;
    assert_true(before <= now && now <= time(NULL) + 1);
}

static void a_stamp_is_the_present_second_in_utc(void **state)
{
    char stamp[25];
    struct tm day = {0};
    time_t before = time(NULL), told;

    (void)state;
    clock_stamp(stamp);
    assert_int_equal(strlen(stamp), 24);
    assert_int_equal(stamp[19], '.');
    assert_int_equal(strspn(stamp + 20, "0123456789"), 3);
    assert_string_equal(stamp + 23, "Z");
    assert_non_null(strptime(stamp, "%Y-%m-%dT%H:%M:%S", &day));
    told = timegm(&day);
    assert_true(before <= told && told <= time(NULL) + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_monotonic_clock_never_goes_back),
        cmocka_unit_test(milliseconds_are_thousandths_of_microseconds),
        cmocka_unit_test(the_calendar_clock_is_that_of_the_system),
        cmocka_unit_test(a_stamp_is_the_present_second_in_utc),
    };

    RUN(tests);
}
