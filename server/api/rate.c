/* The return rate of one line, split into segments. */
#include "api/analysis.h"
#include "http/reply.h"
#include "line/rows.h"
#include "line/split.h"
#include "queries.h"

#include <math.h>
#include <string.h>

#define AGE_DEFAULT 90

struct rate_query {
    struct scope scope;
    const char *by, *basis;
    double age;
    size_t periods; /* of age; 0: by flow */
};

FIELDS(line_rate_split_query, struct rate_query, SCOPE_FIELDS,
       FIELD(struct rate_query, by, TEXT, .one_of = "country channel month product lot class"),
       FIELD(struct rate_query, basis, TEXT, .one_of = "cohort flow", .optional = true),
       FIELD(struct rate_query, age, NUMBER, .min = 30, .max = 36500, .optional = true));

MEMBERS(line_rate_split_computed, ANALYSIS_MEMBERS, WORD_MEMBER("basis"), WORD_MEMBER("by"),
        RATE_MEMBERS, MATURITY_MEMBER, NUMBER_MEMBER("covered"), NUMBER_MEMBER("uncovered"),
        TABLE_MEMBER("items",
                     "\"key\",\"shipped\",\"mature_share\",\"x\",\"n\",\"rate\",\"interval\","
                     "\"reason\",\"expected\",\"p\",\"q\",\"sold\",\"returned\",\"partial\"",
                     "\"key\":{\"type\":\"string\"},\"shipped\":" NULLABLE_NUMBER
                     ",\"mature_share\":" NULLABLE_NUMBER ",\"x\":{\"type\":\"number\"},"
                     "\"n\":{\"type\":\"number\"},\"rate\":" NULLABLE_NUMBER
                     ",\"interval\":" INTERVAL_SCHEMA
                     ",\"reason\":{\"type\":[\"string\",\"null\"]},\"expected\":" NULLABLE_NUMBER
                     ",\"p\":" NULLABLE_NUMBER ",\"q\":" NULLABLE_NUMBER
                     ",\"sold\":" NULLABLE_NUMBER ",\"returned\":" NULLABLE_NUMBER
                     ",\"partial\":{\"type\":\"boolean\"}"));

static rows_fn cohorts_split, flow_split;
static analysis_fn tell_split, tell_flow;

/** GET /api/v1/analytics/lines/:id/rate: by cohorts at an age, or as money flows. */
void line_rate_split(struct request *req)
{
    struct rate_query *asked = REQ_STATE(req, struct rate_query);
    const struct scope *scope = &asked->scope;

    if (!QUERY_READ(req, asked))
        return;
    if (asked->basis && !strcmp(asked->basis, "flow")) {
        q_line_flow_split(req, flow_split, req->param[0], asked->by, SCOPE_ASKED(scope));
        return;
    }
    if (!periods_of_age(isnan(asked->age) ? AGE_DEFAULT : asked->age, &asked->periods))
        return reply_problem(req, INVALID_VALUE, AGE_FAULT);
    q_line_rate_split(req, cohorts_split, req->param[0], asked->by, SCOPE_ASKED(scope),
                      arena_printf(&req->arena, "%d", period_end(asked->periods - 1)));
}

static void cohorts_split(struct request *req, const PGresult *rows)
{
    analysis_answer(req, rows, tell_split);
}

static void flow_split(struct request *req, const PGresult *rows)
{
    analysis_answer(req, rows, tell_flow);
}

static void tell_part(struct analysis *analysis, const struct split_part *part)
{
    struct text *out = analysis->out;

    value_open(out, NULL, '{');
    value_word(out, "key", part->key);
    value_number(out, "shipped", part->shipped);
    value_number(out, "mature_share", part->n / part->shipped);
    analysis_rate_or(analysis, part->x, part->n, part->shipped > 0 ? "immature" : "no_shipments");
    value_number(out, "expected", part->expected);
    value_number(out, "p", part->p);
    value_number(out, "q", part->q);
    value_word(out, "sold", NULL);
    value_word(out, "returned", NULL);
    value_flag(out, "partial", false);
    value_close(out, '}');
}

static void warn_of_uncovered(struct analysis *analysis, const struct split *split)
{
    double all = split->covered + split->uncovered;

    if (split->uncovered > 0)
        analysis_warn(analysis, "uncovered",
                      arena_printf(analysis->arena,
                                   "%.0f of %.0f events (%.1f %%) are of units whose day of "
                                   "shipment is not known: they are in no rate.",
                                   split->uncovered, all, 100 * split->uncovered / all));
}

static void tell_maturity(struct analysis *analysis, const struct rate_query *asked,
                          const struct split *split)
{
    struct maturity maturity = {
        .age = period_end(asked->periods - 1),
        .shipped = split->shipped,
        .matured = split->matured,
        .months = (size_t)split->months,
        .oldest_age = split->oldest > 0 ? period_end((size_t)split->oldest - 1) : 0,
    };

    analysis_maturity(analysis, &maturity);
    analysis_warn_immature(analysis, &maturity);
}

static const char *tell_split(struct analysis *analysis)
{
    const struct rate_query *asked = analysis->asked;
    struct text *out = analysis->out;
    struct split split;

    split_read(&split, analysis->arena, analysis->rows);
    if (strcmp(asked->by, "month") != 0)
        split_test(&split, analysis->arena);
    value_word(out, "method",
               "cohorts of months of shipment that are old enough, by segment; "
               "each against the others by Fisher's one-sided mid-p");
    value_word(out, "basis", "cohort");
    value_word(out, "by", asked->by);
    analysis_rate(analysis, split.events, split.matured);
    tell_maturity(analysis, asked, &split);
    value_number(out, "covered", split.covered);
    value_number(out, "uncovered", split.uncovered);
    warn_of_uncovered(analysis, &split);
    value_open(out, "items", '[');
    for (size_t i = 0; i < split.n; i++)
        tell_part(analysis, &split.parts[i]);
    value_close(out, ']');
    return NULL;
}

static void tell_flow_part(struct analysis *analysis, const struct split_part *part, bool partial)
{
    static const char *const of_cohorts[] = {"shipped", "mature_share", "expected", "p", "q"};
    struct text *out = analysis->out;

    value_open(out, NULL, '{');
    value_word(out, "key", part->key);
    analysis_rate(analysis, part->x, part->n);
    value_number(out, "sold", part->n);
    value_number(out, "returned", part->x);
    value_flag(out, "partial", partial);
    for (size_t i = 0; i < sizeof of_cohorts / sizeof *of_cohorts; i++)
        value_word(out, of_cohorts[i], NULL);
    value_close(out, '}');
}

static const char *tell_flow(struct analysis *analysis)
{
    const struct rate_query *asked = analysis->asked;
    const char *as_of = cell_text(analysis->rows, 0, "as_of");
    bool by_month = !strcmp(asked->by, "month");
    struct text *out = analysis->out;
    struct split split;

    split_read_flow(&split, analysis->arena, analysis->rows);
    analysis_warn(analysis, "mixes_cohorts",
                  "Units that came back in a month were sold in others: a growing line looks "
                  "better than it is, a shrinking one worse.");
    value_word(out, "method", "flow: units that came back over units sold in the same months");
    value_word(out, "basis", "flow");
    value_word(out, "by", asked->by);
    analysis_rate(analysis, split.events, split.matured);
    value_word(out, "maturity", NULL);
    value_word(out, "covered", NULL);
    value_word(out, "uncovered", NULL);
    value_open(out, "items", '[');
    for (size_t i = 0; i < split.n; i++)
        tell_flow_part(analysis, &split.parts[i],
                       by_month && !strncmp(split.parts[i].key, as_of, strlen("2026-01")));
    value_close(out, ']');
    return NULL;
}
