/* A line by its dimensions. */
#include "line/segment.h"
#include "line/history_rows.h"

#include <stdlib.h>
#include <string.h>

#define WHOLE  "line"
#define REASON "reason"

/* Rows on their way into segments. */
struct reading {
    struct segments *segments;
    struct arena *arena;
    const PGresult *rows;
    struct line_histories span; /* of which months cells are kept */
};

static const char *text_at(const struct reading *reading, int row, const char *name)
{
    int column = PQfnumber(reading->rows, name);

    return PQgetisnull(reading->rows, row, column) ? NULL : PQgetvalue(reading->rows, row, column);
}

static double number_at(const struct reading *reading, int row, const char *name)
{
    return strtod(PQgetvalue(reading->rows, row, PQfnumber(reading->rows, name)), NULL);
}

static bool same(const struct reading *reading, int row, int other, const char *name)
{
    return !strcmp(text_at(reading, row, name), text_at(reading, other, name));
}

static void take_row(struct lag_cells *cells, const struct reading *reading, int row)
{
    int month = month_read(text_at(reading, row, "month"));
    const char *event_month = text_at(reading, row, "event_month");
    size_t place = lag_row(cells, month), cell;

    if (place == cells->rows)
        return;
    if (!event_month) {
        cells->shipped[place] += number_at(reading, row, "shipped");
        cells->left[place] += number_at(reading, row, "leavers");
        return;
    }
    cell = lag_cell(cells, month, month_read(event_month));
    if (cell < cells->rows * cells->columns) {
        cells->counted[cell] += number_at(reading, row, "events");
        cells->leavers[cell] += number_at(reading, row, "leavers");
    }
}

static double events_in(const struct lag_cells *cells, struct lag_span span)
{
    double sum = 0;

    for (size_t row = 0; row < cells->rows; row++)
        for (size_t j = 0; j < cells->columns; j++) {
            int month = cells->origin + (int)j, lag = month - cells->first - (int)row;

            if (month >= span.first && month < span.end && lag >= 0 && lag < LAGS)
                sum += cells->counted[row * cells->columns + j];
        }
    return sum;
}

/* A segment from its rows, `row` to before `end`. */
static struct line_segment read_segment(const struct reading *reading, int row, int end)
{
    const struct segments *segments = reading->segments;
    struct line_segment segment = {.key =
                                       arena_strdup(reading->arena, text_at(reading, row, "key"))};
    struct lag_cells cells;

    lag_cells_make(&cells, reading->arena, reading->span.since - (LAGS - 1),
                   (size_t)(reading->span.now.month - reading->span.since + LAGS), &reading->span);
    for (; row < end; row++)
        take_row(&cells, reading, row);
    history_lags(&segment.window, &cells, cells.counted, segments->window, reading->span.now);
    history_lags(&segment.baseline, &cells, cells.counted, segments->baseline, reading->span.now);
    segment.counts[0] = events_in(&cells, segments->window);
    segment.counts[1] = events_in(&cells, segments->baseline);
    return segment;
}

/* How many rows from `row` on are of its dimension, and of its segment if asked. */
static int run_of(const struct reading *reading, int row, bool of_key)
{
    int end = row + 1;

    while (end < PQntuples(reading->rows) && same(reading, row, end, "dimension") &&
           (!of_key || same(reading, row, end, "key")))
        end++;
    return end;
}

static void read_dimension(const struct reading *reading, int row, int end)
{
    struct segments *segments = reading->segments;
    const char *name = text_at(reading, row, "dimension");
    struct segment_dimension dimension = {
        .name = arena_strdup(reading->arena, name),
        .exposed = strcmp(name, REASON) != 0,
        .at = arena_alloc(reading->arena, (size_t)(end - row) * sizeof *dimension.at),
    };

    for (int next; row < end; row = next) {
        next = run_of(reading, row, true);
        dimension.at[dimension.n++] = read_segment(reading, row, next);
    }
    if (!strcmp(name, WHOLE))
        segments->whole = dimension.at[0];
    else if (segments->n < SEGMENT_DIMENSIONS)
        segments->dimensions[segments->n++] = dimension;
}

void segments_read(struct segments *segments, struct arena *arena, const PGresult *rows,
                   int window_months, int baseline_months)
{
    struct reading reading = {.segments = segments, .arena = arena, .rows = rows};
    struct moment now = moment_on(text_at(&reading, 0, "as_of"), false);

    *segments = (struct segments){
        .window = {now.month - window_months,                   now.month                },
        .baseline = {now.month - window_months - baseline_months, now.month - window_months}
    };
    reading.span =
        (struct line_histories){.since = month_read(text_at(&reading, 0, "since")), .now = now};
    for (int row = 0, end; row < PQntuples(rows) && text_at(&reading, row, "dimension");
         row = end) {
        end = run_of(&reading, row, false);
        read_dimension(&reading, row, end);
    }
}
