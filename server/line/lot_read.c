/* Lots among the rows of a line. */
#include "line/history_rows.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static int compare(const struct history_rows *rows, int a, int b, int column)
{
    return strcmp(PQgetvalue(rows->rows, a, column), PQgetvalue(rows->rows, b, column));
}

/* By line, then by name. */
static int by_lot(const void *left, const void *right, void *context)
{
    const struct history_rows *rows = context;
    int a = *(const int *)left, b = *(const int *)right;
    int order = compare(rows, a, b, rows->line);

    if (!order)
        order = compare(rows, a, b, rows->key);
    return order ? order : (a > b) - (a < b);
}

static bool is_shipment(const struct history_rows *rows, int row)
{
    return row_is(rows, row, "lot") && PQgetisnull(rows->rows, row, rows->event_month);
}

/* The months in which the lot was shipped; none if only a restart is told of it. */
static struct month_counts months_of(const struct history_rows *rows, const int *numbers, size_t n)
{
    struct month_counts months = {0, 0, NULL};

    for (size_t i = 0; i < n; i++)
        if (row_is(rows, numbers[i], "lot"))
            months_reach(&months, row_month(rows, numbers[i], rows->month));
    return months;
}

static void take(struct lot_history *lot, const struct history_rows *rows, int row)
{
    int month = row_month(rows, row, rows->month);
    size_t cell;

    if (row_is(rows, row, "restart")) {
        lot->restarted = month;
    } else if (is_shipment(rows, row)) {
        lot->lags.shipped[lag_row(&lot->lags, month)] = row_number(rows, row, rows->units);
    } else {
        cell = lag_cell(&lot->lags, month, row_month(rows, row, rows->event_month));
        if (cell < lot->lags.rows * lot->lags.columns) {
            lot->lags.suspect[cell] = row_number(rows, row, rows->suspect);
            lot->lags.leavers[cell] = row_number(rows, row, rows->leavers);
        }
    }
}

/* A lot from its rows; false if nothing of it was shipped. */
static bool read_lot(struct lot_history *lot, const struct line_histories *all, struct arena *arena,
                     const struct history_rows *rows, const int *numbers, size_t n)
{
    struct month_counts months = months_of(rows, numbers, n);

    if (!months.n || months.n > HISTORY_MONTHS_MAX)
        return false;
    *lot = (struct lot_history){
        .name = arena_strdup(arena, PQgetvalue(rows->rows, numbers[0], rows->key))};
    lag_cells_make(&lot->lags, arena, months.first, months.n, all);
    for (size_t i = 0; i < n; i++)
        take(lot, rows, numbers[i]);
    return true;
}

/* How many rows from `i` on have the same line and, if asked, the same name. */
static size_t run_of(const struct history_rows *rows, const int *numbers, size_t n, size_t i,
                     bool named)
{
    size_t end = i + 1;

    while (end < n && !compare(rows, numbers[i], numbers[end], rows->line) &&
           (!named || !compare(rows, numbers[i], numbers[end], rows->key)))
        end++;
    return end - i;
}

void lots_read(struct line_histories *all, struct arena *arena, const struct history_rows *rows,
               int *numbers, size_t n)
{
    struct line_history *line = NULL;

    qsort_r(numbers, n, sizeof *numbers, by_lot, (void *)(uintptr_t)rows);
    for (size_t i = 0, run; i < n; i += run) {
        run = run_of(rows, numbers, n, i, true);
        line = row_line(rows, numbers[i], all, line);
        if (!line)
            continue;
        if (!line->lots)
            line->lots =
                arena_alloc(arena, run_of(rows, numbers, n, i, false) * sizeof *line->lots);
        line->nlots += read_lot(&line->lots[line->nlots], all, arena, rows, numbers + i, run);
    }
}
