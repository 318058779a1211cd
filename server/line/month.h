#ifndef LINE_MONTH_H
#define LINE_MONTH_H

#include "base/arena.h"

#include <stdbool.h>

/** Calendar months as numbers, twelve to a year, so that they can be counted and subtracted. */

#define MONTH_SIZE sizeof "2026-01-01"

/** The month of a day: "2026-03-17", or "2026-03". */
int month_read(const char *date);
/** Write its first day: "2026-03-01"; returns `out`. */
char *month_write(char out[MONTH_SIZE], int month);
/** The same in the arena. */
const char *month_day(struct arena *arena, int month);
/** Days from 1970 to its first day. */
long month_begins(int month);
/** Days from 1970 to a day: "2026-03-17". */
long day_read(const char *date);
/** Write a day from its days since 1970; returns `out`. */
char *day_write(char out[MONTH_SIZE], long day);

/** When something is judged: at the end of a day. */
struct moment {
    long day;
    int month;   /* the first that is not over */
    double part; /* how much of that is over, if what has happened in it is known; else 0 */
    int shipped; /* the first of whose shipments nothing is known */
};

/** At the end of the day `date`; `current`: what has happened in its month is known. */
struct moment moment_on(const char *date, bool current);
/** At the end of a month, with nothing known of the next. */
struct moment moment_after(int month);

#endif
