/* The Nevada table of a product line: month of shipment by month of return. */
#include "api/analysis.h"
#include "line/month.h"
#include "line/warranty_table.h"
#include "queries.h"

#include <math.h>

struct nevada_query {
    struct scope scope;
};

FIELDS(line_nevada_list_query, struct nevada_query, SCOPE_FIELDS);

MEMBERS(line_nevada_list_computed, ANALYSIS_MEMBERS, NUMBER_MEMBER("x"), NUMBER_MEMBER("n"),
        {"maturity",
         "{\"type\":\"object\",\"required\":[\"months\",\"oldest_lag\",\"partial\"],"
         "\"properties\":{\"months\":{\"type\":\"integer\"},\"oldest_lag\":{\"type\":[\"integer\","
         "\"null\"]},\"partial\":{\"type\":\"boolean\"}}}",
         true},
        TABLE_MEMBER("items",
                     "\"month\",\"event_month\",\"lag\",\"shipped\",\"at_risk\",\"returned\","
                     "\"partial\"",
                     "\"month\":{\"type\":\"string\",\"format\":\"date\"},"
                     "\"event_month\":{\"type\":\"string\",\"format\":\"date\"},"
                     "\"lag\":{\"type\":\"integer\"},\"shipped\":{\"type\":\"number\"},"
                     "\"at_risk\":{\"type\":\"number\"},\"returned\":{\"type\":\"number\"},"
                     "\"partial\":{\"type\":\"boolean\"}"),
        /* A column lag_0, lag_1 ... for each month since. */
        {"rows",
         "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"month\",\"shipped\"],"
         "\"properties\":{\"month\":{\"type\":\"string\",\"format\":\"date\"},"
         "\"shipped\":{\"type\":\"number\"}},\"additionalProperties\":{\"type\":\"number\"}}}",
         true});

static rows_fn table_found;
static analysis_fn tell_table;

/** GET /api/v1/analytics/lines/:id/nevada: in which month units of each month came back. */
void line_nevada_list(struct request *req)
{
    struct nevada_query *asked = REQ_STATE(req, struct nevada_query);
    const struct scope *scope = &asked->scope;

    if (QUERY_READ(req, asked))
        q_line_nevada_list(req, table_found, req->param[0], SCOPE_ASKED(scope));
}

static void table_found(struct request *req, const PGresult *rows)
{
    analysis_answer(req, rows, tell_table);
}

static bool is_last(const struct warranty_table *table, size_t row, size_t lag)
{
    return lag + 1 == warranty_table_lags(table, row);
}

/* A month's cells down to the last month, those with nothing too. */
static void tell_cells(struct analysis *analysis, const struct warranty_table *table, size_t row)
{
    struct text *out = analysis->out;
    double at_risk = table->shipped[row];
    int month = table->first + (int)row;

    for (size_t lag = 0; lag < warranty_table_lags(table, row); lag++) {
        value_open(out, NULL, '{');
        value_word(out, "month", month_day(analysis->arena, month));
        value_word(out, "event_month", month_day(analysis->arena, month + (int)lag));
        value_whole(out, "lag", (int64_t)lag);
        value_number(out, "shipped", table->shipped[row]);
        value_number(out, "at_risk", at_risk);
        value_number(out, "returned", table->events[row * table->n + lag]);
        value_flag(out, "partial", table->partial && is_last(table, row, lag));
        value_close(out, '}');
        at_risk -= table->leavers[row * table->n + lag];
    }
}

/* The same as a sheet is kept: a column for each lag. */
static void tell_row(struct analysis *analysis, const struct warranty_table *table, size_t row)
{
    struct text *out = analysis->out;

    value_open(out, NULL, '{');
    value_word(out, "month", month_day(analysis->arena, table->first + (int)row));
    value_number(out, "shipped", table->shipped[row]);
    for (size_t lag = 0; lag < warranty_table_lags(table, row); lag++)
        value_number(out, arena_printf(analysis->arena, "lag_%zu", lag),
                     table->events[row * table->n + lag]);
    value_close(out, '}');
}

static void tell_totals(struct analysis *analysis, const struct warranty_table *table)
{
    struct text *out = analysis->out;
    double shipped = 0, events = 0;
    size_t months = 0;

    for (size_t row = 0; row < table->n; row++) {
        months += warranty_table_holds(table, row);
        shipped += table->shipped[row];
        for (size_t lag = 0; lag < warranty_table_lags(table, row); lag++)
            events += table->events[row * table->n + lag];
    }
    value_number(out, "x", events);
    value_number(out, "n", shipped);
    value_open(out, "maturity", '{');
    value_whole(out, "months", (int64_t)months);
    value_number(out, "oldest_lag", table->n ? (double)(table->n - 1) : NAN);
    value_flag(out, "partial", table->partial);
    value_close(out, '}');
}

static void warn(struct analysis *analysis, const struct warranty_table *table)
{
    struct arena *arena = analysis->arena;
    size_t unsound = 0;

    for (size_t row = 0; row < table->n; row++)
        unsound += !warranty_table_is_sound(table, row);
    if (unsound)
        analysis_warn(
            analysis, "returns_exceed_shipments",
            arena_printf(arena, "In %zu months more came back than was shipped.", unsound));
    if (table->trimmed)
        analysis_warn(analysis, "trimmed",
                      arena_printf(arena, "The oldest %zu months are left out: a table has %d.",
                                   table->trimmed, WARRANTY_TABLE_MAX));
}

static const char *tell_table(struct analysis *analysis)
{
    struct text *out = analysis->out;
    struct warranty_table table;

    warranty_table_read(&table, analysis->arena, analysis->rows);
    value_word(out, "method",
               "counts by month of shipment and calendar month of the event; lag is "
               "the months between, and says of an age only that it is within a "
               "month of it");
    tell_totals(analysis, &table);
    value_open(out, "items", '[');
    for (size_t row = 0; row < table.n; row++)
        if (warranty_table_holds(&table, row))
            tell_cells(analysis, &table, row);
    value_close(out, ']');
    value_open(out, "rows", '[');
    for (size_t row = 0; row < table.n; row++)
        if (warranty_table_holds(&table, row))
            tell_row(analysis, &table, row);
    value_close(out, ']');
    warn(analysis, &table);
    return NULL;
}
