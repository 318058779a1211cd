/* Lifetimes in periods of age. */
#include "line/period_cells.h"

#include <math.h>

void period_counts_prepare(struct period_counts *counts, struct arena *arena, size_t n)
{
    counts->n = n;
    counts->events = arena_alloc(arena, (3 * n + 2) * sizeof(double));
    counts->others = counts->events + n;
    counts->running = counts->others + n;
}

/* The period that an age falls into, as age_period() in SQL: it ends on its last day. */
static size_t period_at(int days)
{
    return days > 0 ? (size_t)floor(period_age(days - 1)) : 0;
}

void period_counts_of(struct period_counts *counts, struct arena *arena,
                      const struct lifetimes *lifetimes)
{
    size_t oldest = 0;

    for (size_t i = 0; i < lifetimes->nunits; i++)
        if (periods_within(lifetimes->units[i].age) > oldest)
            oldest = periods_within(lifetimes->units[i].age);
    period_counts_prepare(counts, arena, oldest);
    for (size_t i = 0; i < lifetimes->nunits; i++)
        counts->running[periods_within(lifetimes->units[i].age)] +=
            lifetimes->units[i].shipped - lifetimes->units[i].left_in_period;
    for (size_t i = 0; i < lifetimes->nevents; i++) {
        const struct lifetime_event *event = &lifetimes->events[i];
        size_t period = period_at(event->age);

        if (period >= oldest)
            continue;
        counts->events[period] += event->counted ? event->in_period : 0;
        counts->others[period] += !event->counted && !event->stays ? event->in_period : 0;
    }
}

void period_counts_of_cohorts(struct period_counts *counts, struct arena *arena,
                              const struct cohort_table *table)
{
    period_counts_prepare(counts, arena, table->columns);
    for (size_t row = 0; row < table->rows; row++) {
        double left = table->shipped[row];

        if (!cohort_is_sound(table, row))
            continue;
        for (size_t k = 0; k < table->known[row]; k++) {
            double events = table->events[row * table->columns + k];
            double leavers = table->leavers[row * table->columns + k];

            counts->events[k] += events;
            counts->others[k] += fmax(0, leavers - events);
            left -= leavers;
        }
        counts->running[table->known[row]] += left;
    }
}

size_t period_cells(const struct period_counts *counts, enum period_convention convention,
                    struct life_cell *cells)
{
    size_t n = 0;

    for (size_t k = 0; k <= counts->n; k++) {
        double from = (double)k, to = from + 1;

        if (k > 0 && counts->running[k] > 0)
            cells[n++] = (struct life_cell){from, INFINITY, counts->running[k]};
        if (k == counts->n)
            break;
        if (counts->events[k] > 0)
            cells[n++] =
                (struct life_cell){convention == PERIOD_EXACT ? to : from, to, counts->events[k]};
        if (counts->others[k] > 0)
            cells[n++] = (struct life_cell){from + 0.5, INFINITY, counts->others[k]};
    }
    return n;
}
