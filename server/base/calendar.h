#ifndef BASE_CALENDAR_H
#define BASE_CALENDAR_H

#include <stdbool.h>

/** A day in the calendar's own numbers: the month from 1, the day from 1. */
struct calendar {
    int year, month, day;
};

/** The years that a date of business may have. */
#define CALENDAR_YEAR_MIN 1990
#define CALENDAR_YEAR_MAX 2199

/** Days from 1970-01-01 to 2000-01-01, from where PostgreSQL counts. */
#define CALENDAR_DAYS_2000 10957

/** Whether the Gregorian calendar has such a day; any numbers may be asked for. */
bool calendar_exists(struct calendar day);
/** Days from 1970-01-01 to a day that exists; of a year from 0 on. */
long calendar_days(struct calendar day);

#endif
