/* What reserves are made of, from rows. */
#include "line/reserves.h"
#include "line/rows.h"

#include <math.h>
#include <string.h>

static const char *const known[CLOSINGS] = {"known", "known_before"};
static const char *const left_all[CLOSINGS] = {"left_all", "left_all_before"};
static const char *const left_over[CLOSINGS] = {"left_over", "left_over_before"};
static const char *const days[CLOSINGS] = {"days", "days_before"};
static const char *const events[CLOSINGS] = {"events", "events_before"};
static const char *const others[CLOSINGS] = {"others", "others_before"};
static const char *const costs[CLOSINGS] = {"cost", "cost_before"};

static const char *word(struct arena *arena, const PGresult *rows, int row, const char *column)
{
    return cell_is_null(rows, row, column) ? NULL
                                           : arena_strdup(arena, cell_text(rows, row, column));
}

/* One more than the last row of the line that begins at `row`, and its periods. */
static int line_end(const PGresult *rows, int row, size_t *periods)
{
    int id = PQfnumber(rows, "id"), end = row;

    *periods = 0;
    for (; end < PQntuples(rows) && !strcmp(PQgetvalue(rows, end, id), PQgetvalue(rows, row, id));
         end++) {
        size_t at_least = (size_t)cell_number(rows, end, "known");

        if (!cell_is_null(rows, end, "period"))
            at_least = (size_t)cell_number(rows, end, "period") + 1;
        if (at_least > *periods)
            *periods = at_least;
    }
    return end;
}

static struct reserve_month month_of_row(struct arena *arena, const PGresult *rows, int row)
{
    struct reserve_month month = {
        .month = word(arena, rows, row, "month"),
        .shipped = cell_number(rows, row, "shipped"),
        .claims = NAN,
        .amount = NAN,
    };

    for (size_t c = 0; c < CLOSINGS; c++) {
        double since_first = cell_number(rows, row, days[c]);

        month.is_there[c] = since_first >= 0;
        month.age[c] =
            period_age(fmax(0, since_first - (cell_number(rows, row, "month_days") - 1) / 2));
        month.left[c] = cell_number(rows, row, left_all[c]);
        month.left_in_period[c] = cell_number(rows, row, left_over[c]);
        month.place[c] = (size_t)cell_number(rows, row, known[c]);
    }
    return month;
}

static void add_month(struct line_reserve *line, struct arena *arena, const PGresult *rows, int row)
{
    struct reserve_month month = month_of_row(arena, rows, row);

    line->settled_claims += cell_number(rows, row, "settled");
    if (*PQgetvalue(rows, row, PQfnumber(rows, "unsound")) == 't') {
        line->unsound++;
        return;
    }
    for (size_t c = 0; c < CLOSINGS; c++)
        if (month.is_there[c])
            line->counts[c].running[month.place[c]] += month.shipped - month.left_in_period[c];
    line->months[line->nmonths++] = month;
}

static void add_period(struct line_reserve *line, const PGresult *rows, int row)
{
    size_t period = (size_t)cell_number(rows, row, "period");

    for (size_t c = 0; c < CLOSINGS; c++) {
        line->counts[c].events[period] += cell_number(rows, row, events[c]);
        line->counts[c].others[period] += cell_number(rows, row, others[c]);
    }
}

static void read_line(struct line_reserve *line, struct arena *arena, const PGresult *rows, int row,
                      int end, size_t periods)
{
    *line = (struct line_reserve){
        .id = word(arena, rows, row, "id"),
        .code = word(arena, rows, row, "code"),
        .name = word(arena, rows, row, "name"),
        .family = word(arena, rows, row, "family"),
        .currency = word(arena, rows, row, "currency"),
        .months = arena_alloc(arena, (size_t)(end - row) * sizeof *line->months),
    };
    for (size_t c = 0; c < CLOSINGS; c++) {
        line->cost[c] = cell_is_null(rows, row, costs[c]) ? NAN : cell_number(rows, row, costs[c]);
        period_counts_prepare(&line->counts[c], arena, periods);
    }
    for (; row < end; row++)
        if (!cell_is_null(rows, row, "month"))
            add_month(line, arena, rows, row);
        else if (!cell_is_null(rows, row, "period"))
            add_period(line, rows, row);
}

void reserves_read(struct reserves *reserves, struct arena *arena, const PGresult *rows)
{
    int row = 0;

    *reserves = (struct reserves){
        .lines = arena_alloc(arena, (size_t)PQntuples(rows) * sizeof *reserves->lines)};
    while (row < PQntuples(rows) && !cell_is_null(rows, row, "id")) {
        size_t periods;
        int end = line_end(rows, row, &periods);

        read_line(&reserves->lines[reserves->n++], arena, rows, row, end, periods);
        row = end;
    }
}
