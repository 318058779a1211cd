#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/** Milliseconds of the monotonic clock: for deadlines, never shown to anyone. */
int64_t clock_ms(void);
/** Microseconds of the monotonic clock: for durations. */
int64_t clock_us(void);
/** Seconds since 1970, for records that outlive the process. */
int64_t clock_unix(void);
/** Write "2026-11-23T22:41:12.123Z" (24 characters and NUL). */
void clock_stamp(char out[25]);

#endif
