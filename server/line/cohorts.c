/* From rows of counts to cohorts. */
#include "line/cohorts.h"
#include "line/rows.h"

#include <math.h>
#include <string.h>

/* A century. */
#define AGE_PERIODS_MAX 1200

/* Columns of the statement. */
struct places {
    int month, known, period, shipped, events, leavers;
};

int period_end(size_t period)
{
    int periods = (int)period + 1;

    return 365 * (periods / 12) + 30 * (periods % 12);
}

double period_age(double days)
{
    double years = floor(days / 365), rest = days - 365 * years;

    /* The last period of a year has 35 days. */
    return 12 * years + (rest <= 330 ? rest / 30 : 11 + (rest - 330) / 35);
}

size_t periods_within(long days)
{
    long of_year = days % 365 / 30;

    return days > 0 ? (size_t)(12 * (days / 365) + (of_year < 11 ? of_year : 11)) : 0;
}

bool periods_of_age(double days, size_t *periods)
{
    for (*periods = 1; *periods <= AGE_PERIODS_MAX; ++*periods)
        if (period_end(*periods - 1) == days)
            return true;
    return false;
}

static struct places places_find(const PGresult *rows)
{
    return (struct places){
        PQfnumber(rows, "month"),   PQfnumber(rows, "known"),  PQfnumber(rows, "period"),
        PQfnumber(rows, "shipped"), PQfnumber(rows, "events"), PQfnumber(rows, "leavers"),
    };
}

/* Rows of a result that are read. */
struct part {
    const PGresult *rows;
    int first, end;
};

/* Whether a row begins a month; they come in order, behind rows without one. */
static bool begins(const struct part *part, int row, int month)
{
    return row == part->first || PQgetisnull(part->rows, row - 1, month) ||
           strcmp(PQgetvalue(part->rows, row, month), PQgetvalue(part->rows, row - 1, month)) != 0;
}

/* How many months there are, and periods of any of them. */
static void measure(const struct part *part, struct places at, size_t *months, size_t *periods)
{
    *months = *periods = 0;
    for (int row = part->first; row < part->end; row++) {
        size_t known = (size_t)cell_number_at(part->rows, row, at.known);
        size_t begun = (size_t)cell_number_at(part->rows, row, at.period) + 1;

        if (PQgetisnull(part->rows, row, at.month))
            continue;
        *months += begins(part, row, at.month);
        if (known > *periods)
            *periods = known;
        if (begun > *periods)
            *periods = begun;
    }
}

void cohorts_read(struct cohorts *cohorts, struct arena *arena, const PGresult *rows)
{
    cohorts_read_part(cohorts, arena, rows, 0, PQntuples(rows));
}

void cohorts_read_part(struct cohorts *cohorts, struct arena *arena, const PGresult *rows,
                       int first, int end)
{
    const struct part part = {rows, first, end};
    struct places at = places_find(rows);
    size_t months, periods, cell, begun = 0, i;
    double *shipped, *events, *leavers;
    size_t *known;

    measure(&part, at, &months, &periods);
    cohorts->months = arena_alloc(arena, (months + 1) * sizeof *cohorts->months);
    shipped = arena_alloc(arena, (months + 1) * sizeof *shipped);
    known = arena_alloc(arena, (months + 1) * sizeof *known);
    events = arena_alloc(arena, (months * periods + 1) * sizeof *events);
    leavers = arena_alloc(arena, (months * periods + 1) * sizeof *leavers);
    for (int row = first; row < end; row++) {
        if (PQgetisnull(rows, row, at.month))
            continue;
        begun += begins(&part, row, at.month);
        i = begun - 1;
        cohorts->months[i] = arena_strdup(arena, PQgetvalue(rows, row, at.month));
        known[i] = (size_t)cell_number_at(rows, row, at.known);
        if (PQgetisnull(rows, row, at.period)) {
            shipped[i] = cell_number_at(rows, row, at.shipped);
            continue;
        }
        cell = i * periods + (size_t)cell_number_at(rows, row, at.period);
        events[cell] = cell_number_at(rows, row, at.events);
        leavers[cell] = cell_number_at(rows, row, at.leavers);
    }
    cohorts->table = (struct cohort_table){months, periods, shipped, known, events, leavers};
}
