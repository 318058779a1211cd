/* Events by the months since shipment. */
#include "stat/lag.h"

#include <math.h>

static bool is_sound(const struct lag_table *table, size_t row)
{
    double left = table->left[row];

    for (size_t j = 0; j < table->columns; j++)
        left += table->leavers[row * table->columns + j];
    return table->shipped[row] > 0 && table->left[row] >= 0 && left <= table->shipped[row];
}

static void add_row(struct lag_counts *counts, const struct lag_table *table, size_t row,
                    size_t first, size_t end, double last)
{
    double here = table->shipped[row] - table->left[row];

    for (size_t j = 0; j < end; j++) {
        size_t cell = row * table->columns + j;
        long lag = table->lead + (long)j - (long)row;

        if (j >= first && lag >= 0 && lag < LAGS) {
            counts->at_risk[lag] += fmax(0, here) * (j + 1 == end ? last : 1);
            counts->events[lag] += fmax(0, table->events[cell]);
        }
        here -= table->leavers[cell];
    }
}

void lag_add(struct lag_counts *counts, const struct lag_table *table, size_t first, size_t end,
             double last)
{
    for (size_t row = 0; row < table->rows; row++)
        if (is_sound(table, row))
            add_row(counts, table, row, first, end, last);
}

void lag_subtract(struct lag_counts *whole, const struct lag_counts *part)
{
    for (size_t k = 0; k < LAGS; k++) {
        whole->at_risk[k] = fmax(0, whole->at_risk[k] - part->at_risk[k]);
        whole->events[k] = fmax(0, whole->events[k] - part->events[k]);
    }
}

void lag_join(struct lag_counts *whole, const struct lag_counts *part)
{
    for (size_t k = 0; k < LAGS; k++) {
        whole->at_risk[k] += part->at_risk[k];
        whole->events[k] += part->events[k];
    }
}

double lag_events(const struct lag_counts *counts)
{
    double sum = 0;

    for (size_t k = 0; k < LAGS; k++)
        sum += counts->events[k];
    return sum;
}

struct lag_compared lag_compare(const struct lag_counts *counts, const struct lag_counts *baseline)
{
    struct lag_compared compared = {0, 0, 0};

    for (size_t k = 0; k < LAGS; k++) {
        double at_risk = baseline->at_risk[k];

        if (at_risk <= 0)
            continue;
        compared.observed += counts->events[k];
        compared.expected += counts->at_risk[k] * fmin(1, baseline->events[k] / at_risk);
        compared.counted += baseline->events[k];
    }
    return compared;
}
