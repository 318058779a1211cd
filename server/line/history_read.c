/* From the rows of two statements to the history of lines. */
#include "line/history.h"
#include "line/history_rows.h"

#include <stdlib.h>
#include <string.h>

static const char *text_of(const PGresult *rows, int row, const char *name)
{
    int column = PQfnumber(rows, name);

    return PQgetisnull(rows, row, column) ? NULL : PQgetvalue(rows, row, column);
}

static bool same_line(const PGresult *facts, int row, int other)
{
    int line = PQfnumber(facts, "line");

    return !strcmp(PQgetvalue(facts, row, line), PQgetvalue(facts, other, line));
}

/* A line and its costs, which are the rows from `row` to before `end`. */
static struct line_history line_of(struct arena *arena, const PGresult *facts, int row, int end)
{
    size_t n = text_of(facts, row, "valid_from") ? (size_t)(end - row) : 0;
    struct unit_cost *costs = arena_alloc(arena, (n + 1) * sizeof *costs);
    struct line_history line = {
        .key = arena_strdup(arena, text_of(facts, row, "line")),
        .id = arena_strdup(arena, text_of(facts, row, "id")),
        .code = arena_strdup(arena, text_of(facts, row, "code")),
        .name = arena_strdup(arena, text_of(facts, row, "name")),
        .family = arena_strdup(arena, text_of(facts, row, "family")),
        .status = arena_strdup(arena, text_of(facts, row, "status")),
        .since = arena_strdup(arena, text_of(facts, row, "since")),
        .fee_category = arena_strdup(arena, text_of(facts, row, "category")),
        .costs = {costs, n},
    };

    for (size_t i = 0; i < n; i++)
        costs[i] = unit_cost_read(arena, facts, row + (int)i);
    if (line.fee_category) {
        line.fee.threshold = strtod(text_of(facts, row, "threshold"), NULL);
        line.fee.units_min = strtod(text_of(facts, row, "units_min"), NULL);
    }
    return line;
}

static void read_facts(struct line_histories *all, struct arena *arena, const PGresult *facts)
{
    int rows = PQntuples(facts);

    all->at = arena_alloc(arena, ((size_t)rows + 1) * sizeof *all->at);
    for (int row = 0, end; row < rows; row = end) {
        for (end = row + 1; end < rows && same_line(facts, row, end);)
            end++;
        if (text_of(facts, row, "line"))
            all->at[all->n++] = line_of(arena, facts, row, end);
    }
}

static void reach(struct line_history *line, const struct history_rows *rows, int row)
{
    if (row_is(rows, row, "shipped") || row_is(rows, row, "age"))
        months_reach(&line->shipped, row_month(rows, row, rows->month));
    else if (row_is(rows, row, "uncovered"))
        months_reach(&line->uncovered, row_month(rows, row, rows->event_month));
    else if (row_is(rows, row, "danger"))
        months_reach(&line->danger, row_month(rows, row, rows->event_month));
    else if (row_is(rows, row, "fee"))
        months_reach(&line->fee_shipped, row_month(rows, row, rows->month));
    else if (row_is(rows, row, "lots"))
        months_reach(&line->lots_begun, row_month(rows, row, rows->month));
}

static void make_room(struct line_history *line, struct arena *arena,
                      const struct line_histories *all, size_t periods)
{
    months_make(&line->shipped, arena);
    months_make(&line->uncovered, arena);
    months_make(&line->danger, arena);
    months_make(&line->lots_begun, arena);
    line->fee_returned = line->fee_shipped;
    months_make(&line->fee_shipped, arena);
    months_make(&line->fee_returned, arena);
    line->periods = periods;
    for (size_t i = 0; i < NTALLIES; i++)
        line->ages[i] = arena_alloc(arena, (line->shipped.n * periods + 1) * sizeof **line->ages);
    lag_cells_make(&line->lags, arena, all->since - (LAGS - 1),
                   (size_t)(all->now.month - all->since + LAGS), all);
}

static void take_shipped(struct line_history *line, const struct history_rows *rows, int row)
{
    int month = row_month(rows, row, rows->month);
    double units = row_number(rows, row, rows->units);
    size_t place = lag_row(&line->lags, month);

    if (!months_add(&line->shipped, month, units))
        line->trimmed += units;
    if (place < line->lags.rows)
        line->lags.shipped[place] = units;
    line->returned += row_number(rows, row, rows->ages[TALLY_GROSS]);
}

static void take_age(struct line_history *line, const struct history_rows *rows, int row)
{
    int month = row_month(rows, row, rows->month) - line->shipped.first;
    size_t period = (size_t)row_number(rows, row, rows->period);

    if (month < 0 || period >= line->periods)
        return;
    for (size_t i = 0; i < NTALLIES; i++)
        line->ages[i][(size_t)month * line->periods + period] =
            row_number(rows, row, rows->ages[i]);
}

static void take_lag(struct line_history *line, const struct history_rows *rows, int row)
{
    struct lag_cells *lags = &line->lags;
    size_t cell =
        lag_cell(lags, row_month(rows, row, rows->month), row_month(rows, row, rows->event_month));

    if (cell == lags->rows * lags->columns)
        return;
    lags->counted[cell] = row_number(rows, row, rows->ages[TALLY_COUNTED]);
    lags->gross[cell] = row_number(rows, row, rows->ages[TALLY_GROSS]);
    lags->suspect[cell] = row_number(rows, row, rows->suspect);
    lags->leavers[cell] = row_number(rows, row, rows->leavers);
}

static void take_left(struct line_history *line, const struct history_rows *rows, int row)
{
    size_t place = lag_row(&line->lags, row_month(rows, row, rows->month));

    if (place < line->lags.rows)
        line->lags.left[place] = row_number(rows, row, rows->leavers);
}

static void take_fee(struct line_history *line, const struct history_rows *rows, int row)
{
    int month = row_month(rows, row, rows->month);

    months_add(&line->fee_shipped, month, row_number(rows, row, rows->units));
    months_add(&line->fee_returned, month, row_number(rows, row, rows->ages[TALLY_GROSS]));
}

static void take(struct line_history *line, const struct history_rows *rows, int row)
{
    if (row_is(rows, row, "shipped"))
        take_shipped(line, rows, row);
    else if (row_is(rows, row, "age"))
        take_age(line, rows, row);
    else if (row_is(rows, row, "lag"))
        take_lag(line, rows, row);
    else if (row_is(rows, row, "left"))
        take_left(line, rows, row);
    else if (row_is(rows, row, "fee"))
        take_fee(line, rows, row);
    else if (row_is(rows, row, "uncovered"))
        months_add(&line->uncovered, row_month(rows, row, rows->event_month),
                   row_number(rows, row, rows->ages[TALLY_GROSS]));
    else if (row_is(rows, row, "lots"))
        months_add(&line->lots_begun, row_month(rows, row, rows->month),
                   row_number(rows, row, rows->units));
    else if (row_is(rows, row, "danger"))
        months_add(&line->danger, row_month(rows, row, rows->event_month),
                   row_number(rows, row, rows->ages[TALLY_QUALITY]));
}

void histories_read(struct line_histories *histories, struct arena *arena, const PGresult *facts,
                    const PGresult *history, int since, size_t periods)
{
    const char *as_of = PQgetvalue(facts, 0, PQfnumber(facts, "as_of"));
    bool current = *PQgetvalue(facts, 0, PQfnumber(facts, "current")) == 't';
    struct history_rows rows = history_rows_of(history);
    int n = PQntuples(history), *lots = arena_alloc(arena, ((size_t)n + 1) * sizeof *lots);
    struct line_history *line = NULL;
    size_t nlots = 0;

    *histories = (struct line_histories){.since = since, .now = moment_on(as_of, current)};
    read_facts(histories, arena, facts);
    for (int row = 0; row < n; row++)
        if ((line = row_line(&rows, row, histories, line)))
            reach(line, &rows, row);
    for (size_t i = 0; i < histories->n; i++)
        make_room(&histories->at[i], arena, histories, periods);
    for (int row = 0; row < n; row++) {
        if (row_is(&rows, row, "lot") || row_is(&rows, row, "restart"))
            lots[nlots++] = row;
        else if ((line = row_line(&rows, row, histories, line)))
            take(line, &rows, row);
    }
    lots_read(histories, arena, &rows, lots, nlots);
}
