/* Rows of counts, and the arrays they go into. */
#include "line/history_rows.h"

#include <stdlib.h>
#include <string.h>

struct history_rows history_rows_of(const PGresult *rows)
{
    return (struct history_rows){
        .rows = rows,
        .kind = PQfnumber(rows, "kind"),
        .line = PQfnumber(rows, "line"),
        .key = PQfnumber(rows, "key"),
        .month = PQfnumber(rows, "month"),
        .period = PQfnumber(rows, "period"),
        .event_month = PQfnumber(rows, "event_month"),
        .units = PQfnumber(rows, "units"),
        .suspect = PQfnumber(rows, "suspect"),
        .leavers = PQfnumber(rows, "leavers"),
        .ages = {PQfnumber(rows, "counted"), PQfnumber(rows, "gross"), PQfnumber(rows, "net"),
                 PQfnumber(rows, "recovered"), PQfnumber(rows, "quality"),
                 PQfnumber(rows, "leavers")},
    };
}

bool row_is(const struct history_rows *rows, int row, const char *kind)
{
    return !strcmp(PQgetvalue(rows->rows, row, rows->kind), kind);
}

double row_number(const struct history_rows *rows, int row, int column)
{
    return strtod(PQgetvalue(rows->rows, row, column), NULL);
}

int row_month(const struct history_rows *rows, int row, int column)
{
    return month_read(PQgetvalue(rows->rows, row, column));
}

struct line_history *row_line(const struct history_rows *rows, int row,
                              const struct line_histories *all, struct line_history *before)
{
    const char *key = PQgetvalue(rows->rows, row, rows->line);

    if (before && !strcmp(before->key, key))
        return before;
    for (size_t i = 0; i < all->n; i++)
        if (!strcmp(all->at[i].key, key))
            return &all->at[i];
    return NULL;
}

void months_reach(struct month_counts *counts, int month)
{
    int end = counts->first + (int)counts->n;

    if (!counts->n) {
        *counts = (struct month_counts){month, 1, NULL};
    } else if (month < counts->first) {
        counts->n += (size_t)(counts->first - month);
        counts->first = month;
    } else if (month >= end) {
        counts->n += (size_t)(month - end + 1);
    }
}

void months_make(struct month_counts *counts, struct arena *arena)
{
    if (counts->n > HISTORY_MONTHS_MAX) {
        counts->first += (int)(counts->n - HISTORY_MONTHS_MAX);
        counts->n = HISTORY_MONTHS_MAX;
    }
    counts->at = arena_alloc(arena, (counts->n + 1) * sizeof *counts->at);
}

bool months_add(struct month_counts *counts, int month, double units)
{
    int i = month - counts->first;

    if (i < 0 || (size_t)i >= counts->n)
        return false;
    counts->at[i] += units;
    return true;
}

void lag_cells_make(struct lag_cells *cells, struct arena *arena, int first, size_t rows,
                    const struct line_histories *all)
{
    size_t columns = (size_t)(all->now.month - all->since + 1), n = rows * columns;
    double *numbers = arena_alloc(arena, (2 * rows + 4 * n + 1) * sizeof *numbers);

    *cells = (struct lag_cells){
        .first = first,
        .origin = all->since,
        .rows = rows,
        .columns = columns,
        .shipped = numbers,
        .left = numbers + rows,
        .counted = numbers + 2 * rows,
        .gross = numbers + 2 * rows + n,
        .suspect = numbers + 2 * rows + 2 * n,
        .leavers = numbers + 2 * rows + 3 * n,
    };
}

size_t lag_row(const struct lag_cells *cells, int month)
{
    int row = month - cells->first;

    return row >= 0 && (size_t)row < cells->rows ? (size_t)row : cells->rows;
}

size_t lag_cell(const struct lag_cells *cells, int month, int event_month)
{
    size_t row = lag_row(cells, month);
    int column = event_month - cells->origin;

    if (row == cells->rows || column < 0 || (size_t)column >= cells->columns)
        return cells->rows * cells->columns;
    return row * cells->columns + (size_t)column;
}
