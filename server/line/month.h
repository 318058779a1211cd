#ifndef LINE_MONTH_H
#define LINE_MONTH_H

#include "base/arena.h"

/** Calendar months as numbers that are counted on: months since the year 0. */

/** Of a day as PostgreSQL writes it: "2026-03-01" is 24314. */
int month_of(const char *day);
/** Its first day; in the arena. */
const char *month_day(struct arena *arena, int month);

#endif
