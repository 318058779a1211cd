/* Calendar months. */
#include "line/month.h"
#include "base/calendar.h"

#include <stdio.h>
#include <stdlib.h>

int month_read(const char *date)
{
    char *end;
    long year = strtol(date, &end, 10), month = strtol(*end ? end + 1 : end, NULL, 10);

    return (int)(12 * year + month - 1);
}

char *month_write(char out[MONTH_SIZE], int month)
{
    snprintf(out, MONTH_SIZE, "%04u-%02u-01", (unsigned)month / 12 % 10000,
             (unsigned)month % 12 + 1);
    return out;
}

const char *month_day(struct arena *arena, int month)
{
    return month_write(arena_alloc(arena, MONTH_SIZE), month);
}

long month_begins(int month)
{
    return calendar_days((struct calendar){month / 12, month % 12 + 1, 1});
}

long day_read(const char *date)
{
    return month_begins(month_read(date)) + strtol(date + sizeof "2026-01", NULL, 10) - 1;
}

/* Months have at most 31 days, so the guess is not too late; it is early by a year a century. */
char *day_write(char out[MONTH_SIZE], long day)
{
    int month = month_read("1970-01-01") + (int)(day / 31);

    while (month_begins(month + 1) <= day)
        month++;
    snprintf(out, MONTH_SIZE, "%04u-%02u-%02u", (unsigned)month / 12 % 10000,
             (unsigned)month % 12 + 1, (unsigned)(day - month_begins(month)) % 31 + 1);
    return out;
}

struct moment moment_on(const char *date, bool current)
{
    long day = day_read(date), begins;
    int month = month_read(date);

    if (day + 1 == month_begins(month + 1))
        month++;
    begins = month_begins(month);
    return (struct moment){
        .day = day,
        .month = month,
        .part =
            current ? (double)(day + 1 - begins) / (double)(month_begins(month + 1) - begins) : 0,
        .shipped = month_read(date) + 1,
    };
}

struct moment moment_after(int month)
{
    return (struct moment){
        .day = month_begins(month + 1) - 1,
        .month = month + 1,
        .part = 0,
        .shipped = month + 1,
    };
}
