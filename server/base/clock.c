/* The two clocks: one that only moves forward, one that people read. */
#include "base/clock.h"

#include <string.h>
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
    /* Calendars are slow, and a second is long: each thread keeps its last one. */
    static _Thread_local time_t second;
    static _Thread_local char kept[25];
    struct timespec now;
    struct tm day;
    unsigned ms;

    clock_gettime(CLOCK_REALTIME, &now);
    if (now.tv_sec != second) {
        gmtime_r(&now.tv_sec, &day);
        strftime(kept, sizeof kept, "%Y-%m-%dT%H:%M:%S.000Z", &day);
        second = now.tv_sec;
    }
    ms = (unsigned)(now.tv_nsec / 1000000);
    memcpy(out, kept, sizeof kept);
    out[20] = (char)('0' + ms / 100);
    out[21] = (char)('0' + ms / 10 % 10);
    out[22] = (char)('0' + ms % 10);
}
