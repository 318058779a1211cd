/* The two clocks: one that only moves forward, one that people read. */
#include "base/clock.h"

#include <stdio.h>
#include <time.h>

int64_t clock_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t clock_ms(void)
{
    return clock_us() / 1000;
}

int64_t clock_unix(void)
{
    return (int64_t)time(NULL);
}

void clock_stamp(char out[25])
{
    struct timespec now;
    struct tm day;
    size_t len;

    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &day);
    len = strftime(out, 25, "%Y-%m-%dT%H:%M:%S", &day);
    snprintf(out + len, 25 - len, ".%03uZ", (unsigned)(now.tv_nsec / 1000000) % 1000);
}
