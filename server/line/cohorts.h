#ifndef LINE_COHORTS_H
#define LINE_COHORTS_H

#include "base/arena.h"
#include "stat/cohort.h"

#include <libpq-fe.h>

/**
 * The cohorts of one line, as the statement cohort_cell_list tells them: a row for each month
 * that has shipments, or events of units shipped in it.
 */
struct cohorts {
    struct cohort_table table;
    const char **months; /* "2026-01-01" */
};

/**
 * Read the rows of cohort_cell_list, or those of other statements that have a month; cells from
 * `known` on are not over yet, and nothing of stat/cohort.h looks at them. All is in the arena.
 */
void cohorts_read(struct cohorts *cohorts, struct arena *arena, const PGresult *rows);
/** The same of the rows from `first` to before `end`. */
void cohorts_read_part(struct cohorts *cohorts, struct arena *arena, const PGresult *rows,
                       int first, int end);

/** How many periods of age end with that day: 3 for 90; false if none does. */
bool periods_of_age(double days, size_t *periods);
/** The last day of age that a period holds, as age_period_end() in SQL: 30, 60, 90 ... 365. */
int period_end(size_t period);
/** How many periods old a unit of so many days >= 0 is: 1 at 30, 1.5 at 45, 12 at 365. */
double period_age(double days);
/** How many periods are over within so many days of age, as age_periods_within() in SQL. */
size_t periods_within(long days);

#endif
