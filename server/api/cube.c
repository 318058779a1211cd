/* What came back of a line, taken apart by country, channel and reason at once. */
#include "api/analysis.h"
#include "base/settings.h"
#include "http/reply.h"
#include "line/rows.h"
#include "queries.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define AGE_DEFAULT 90

struct cube_query {
    struct scope scope;
    double age;
    char periods[16]; /* the same, as the statement takes it */
};

FIELDS(line_cube_list_query, struct cube_query, SCOPE_FIELDS,
       FIELD(struct cube_query, age, NUMBER, .min = 30, .max = 36500, .optional = true));

MEMBERS(line_cube_list_computed, ANALYSIS_MEMBERS, RATE_MEMBERS, INTEGER_MEMBER("age"),
        WORD_MEMBER("currency"),
        TABLE_MEMBER("items",
                     "\"country\",\"channel\",\"class\",\"reason\",\"n\",\"x\",\"rate\",\"low\","
                     "\"high\",\"money_minor\"",
                     "\"country\":{\"type\":\"string\"},\"channel\":{\"type\":\"string\"},"
                     "\"class\":{\"type\":[\"string\",\"null\"]},"
                     "\"reason\":{\"type\":[\"string\",\"null\"]},\"n\":" NULLABLE_NUMBER
                     ",\"x\":" NULLABLE_NUMBER ",\"rate\":" NULLABLE_NUMBER
                     ",\"low\":" NULLABLE_NUMBER ",\"high\":" NULLABLE_NUMBER
                     ",\"money_minor\":" NULLABLE_NUMBER));

static rows_fn cube_found;
static analysis_fn tell_cube;

/** GET /api/v1/analytics/lines/:id/cube: country by channel by reason. */
void line_cube_list(struct request *req)
{
    struct cube_query *asked = REQ_STATE(req, struct cube_query);
    const struct scope *scope = &asked->scope;
    size_t periods;

    if (!QUERY_READ(req, asked))
        return;
    if (isnan(asked->age))
        asked->age = AGE_DEFAULT;
    if (!periods_of_age(asked->age, &periods))
        return reply_problem(req, INVALID_VALUE, AGE_FAULT);
    snprintf(asked->periods, sizeof asked->periods, "%zu", periods);
    q_line_cube_list(req, cube_found, req->param[0], SCOPE_ASKED(scope), asked->periods,
                     scope->currency, settings.reporting_currency);
}

static void cube_found(struct request *req, const PGresult *rows)
{
    analysis_answer(req, rows, tell_cube);
}

/* Columns of the statement. */
struct places {
    int country, channel, class, reason, shipped, returned, money;
};

static const char *text_or_null(const PGresult *rows, int row, int column)
{
    return PQgetisnull(rows, row, column) ? NULL : PQgetvalue(rows, row, column);
}

static void tell_cell(struct analysis *analysis, struct places at, int row)
{
    const PGresult *rows = analysis->rows;
    struct text *out = analysis->out;
    double n = cell_number_at(rows, row, at.shipped), x = cell_number_at(rows, row, at.returned);
    struct interval interval = {NAN, NAN};
    bool known = interval_wilson_real(x, n, interval_z(analysis->level), &interval);

    value_open(out, NULL, '{');
    value_word(out, "country", PQgetvalue(rows, row, at.country));
    value_word(out, "channel", PQgetvalue(rows, row, at.channel));
    value_word(out, "class", text_or_null(rows, row, at.class));
    value_word(out, "reason", text_or_null(rows, row, at.reason));
    value_number(out, "n", n);
    value_number(out, "x", x);
    value_number(out, "rate", known ? x / n : NAN);
    value_number(out, "low", interval.low);
    value_number(out, "high", interval.high);
    value_number(out, "money_minor", cell_number_at(rows, row, at.money));
    value_close(out, '}');
}

static bool is_first_of_its_place(const PGresult *rows, struct places at, int row)
{
    return !row ||
           strcmp(PQgetvalue(rows, row, at.country), PQgetvalue(rows, row - 1, at.country)) ||
           strcmp(PQgetvalue(rows, row, at.channel), PQgetvalue(rows, row - 1, at.channel));
}

static const char *tell_cube(struct analysis *analysis)
{
    const struct cube_query *asked = analysis->asked;
    const PGresult *rows = analysis->rows;
    struct places at = {
        PQfnumber(rows, "country"),     PQfnumber(rows, "channel"), PQfnumber(rows, "class"),
        PQfnumber(rows, "reason"),      PQfnumber(rows, "shipped"), PQfnumber(rows, "returned"),
        PQfnumber(rows, "money_minor"),
    };
    double x = 0, n = 0;

    value_word(analysis->out, "method", "counts by an age, of months that are so old; Wilson");
    value_whole(analysis->out, "age", (int64_t)asked->age);
    value_word(analysis->out, "currency", cell_text(rows, 0, "currency"));
    value_open(analysis->out, "items", '[');
    for (int row = 0; row < PQntuples(rows); row++) {
        if (PQgetisnull(rows, row, at.country))
            continue;
        tell_cell(analysis, at, row);
        x += cell_number_at(rows, row, at.returned);
        if (is_first_of_its_place(rows, at, row))
            n += cell_number_at(rows, row, at.shipped);
    }
    value_close(analysis->out, ']');
    analysis_rate(analysis, x, n);
    analysis_warn_currencies(analysis, analysis->rows);
    return NULL;
}
