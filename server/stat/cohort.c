/* Months of shipment and what became of their units. */
#include "stat/cohort.h"

#include <math.h>

static double cell_sum(const struct cohort_table *table, const double *cells, size_t row,
                       size_t periods)
{
    double sum = 0;

    for (size_t k = 0; k < periods && k < table->columns; k++)
        sum += cells[row * table->columns + k];
    return sum;
}

bool cohort_is_sound(const struct cohort_table *table, size_t row)
{
    const double *events = table->events + row * table->columns;
    const double *leavers = table->leavers + row * table->columns;

    for (size_t k = 0; k < table->known[row]; k++)
        if (!(events[k] >= 0 && leavers[k] >= 0))
            return false;
    return table->shipped[row] > 0 &&
           cell_sum(table, table->leavers, row, table->known[row]) <= table->shipped[row] &&
           cell_sum(table, table->events, row, table->known[row]) <= table->shipped[row];
}

struct cohort_count cohort_count(const struct cohort_table *table, size_t periods)
{
    struct cohort_count count = {0};

    for (size_t row = 0; row < table->rows; row++) {
        if (table->known[row] < periods)
            continue;
        count.shipped += table->shipped[row];
        count.events += cell_sum(table, table->events, row, periods);
        count.months++;
    }
    return count;
}

/* Add the units of a month to the counts of the periods that are over for it. */
static void row_add(const struct cohort_table *table, size_t row, struct age_count *ages)
{
    double left = table->shipped[row];

    for (size_t k = 0; k < table->known[row]; k++) {
        size_t cell = row * table->columns + k;
        bool last = k + 1 == table->known[row];

        ages[k].at_risk += left;
        ages[k].failed += table->events[cell];
        left -= table->leavers[cell];
        ages[k].withdrawn +=
            fmax(0, table->leavers[cell] - table->events[cell]) + (last ? left : 0);
    }
}

size_t cohort_ages(const struct cohort_table *table, struct age_count *ages)
{
    size_t n = 0;

    for (size_t k = 0; k < table->columns; k++)
        ages[k] = (struct age_count){0};
    for (size_t row = 0; row < table->rows; row++) {
        if (!cohort_is_sound(table, row))
            continue;
        row_add(table, row, ages);
        if (table->known[row] > n)
            n = table->known[row];
    }
    /* Of those that had an event and stay, some are also lost sight of. */
    for (size_t k = 0; k < n; k++)
        ages[k].withdrawn = fmin(ages[k].withdrawn, ages[k].at_risk - ages[k].failed);
    return n;
}
