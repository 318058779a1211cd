/* Nevada tables, from rows of counts. */
#include "line/warranty_table.h"
#include "line/month.h"
#include "line/rows.h"

/* The months from the first row's to the last that is known, but for the oldest of too many. */
static void measure(struct warranty_table *table, const PGresult *rows)
{
    int last = month_read(cell_text(rows, 0, "last_month"));

    *table = (struct warranty_table){.first = last + 1,
                                     .partial = *cell_text(rows, 0, "partial") == 't'};
    if (!cell_is_null(rows, 0, "month"))
        table->first = month_read(cell_text(rows, 0, "month"));
    if (last - table->first >= WARRANTY_TABLE_MAX) {
        table->trimmed = (size_t)(last - table->first - WARRANTY_TABLE_MAX + 1);
        table->first = last - WARRANTY_TABLE_MAX + 1;
    }
    table->n = (size_t)(last - table->first + 1);
}

void warranty_table_read(struct warranty_table *table, struct arena *arena, const PGresult *rows)
{
    measure(table, rows);
    table->shipped = arena_alloc(arena, (table->n + 1) * sizeof(double));
    table->events = arena_alloc(arena, (table->n * table->n + 1) * sizeof(double));
    table->leavers = arena_alloc(arena, (table->n * table->n + 1) * sizeof(double));
    for (int row = 0; table->n && row < PQntuples(rows); row++) {
        int month = month_read(cell_text(rows, row, "month"));
        size_t i = (size_t)(month - table->first), cell;

        if (month < table->first)
            continue;
        if (cell_is_null(rows, row, "event_month")) {
            table->shipped[i] = cell_number(rows, row, "shipped");
            continue;
        }
        cell = i * table->n + (size_t)(month_read(cell_text(rows, row, "event_month")) - month);
        table->events[cell] = cell_number(rows, row, "events");
        table->leavers[cell] = cell_number(rows, row, "leavers");
    }
}

size_t warranty_table_lags(const struct warranty_table *table, size_t row)
{
    return table->n - row;
}

bool warranty_table_holds(const struct warranty_table *table, size_t row)
{
    for (size_t lag = 0; lag < warranty_table_lags(table, row); lag++)
        if (table->events[row * table->n + lag] != 0 || table->leavers[row * table->n + lag] != 0)
            return true;
    return table->shipped[row] != 0;
}

bool warranty_table_is_sound(const struct warranty_table *table, size_t row)
{
    double left = table->shipped[row], events = left;

    for (size_t lag = 0; lag < warranty_table_lags(table, row); lag++) {
        double seen = table->events[row * table->n + lag];
        double gone = table->leavers[row * table->n + lag];

        left -= gone;
        events -= seen;
        if (!(seen >= 0 && gone >= 0))
            return false;
    }
    return left >= 0 && events >= 0;
}
