/* Why units of a line come back: the vital few of many reasons. */
#include "line/pareto.h"
#include "api/analysis.h"
#include "base/settings.h"
#include "line/rows.h"
#include "queries.h"

#include <math.h>

struct pareto_query {
    struct scope scope;
    const char *by, *order;
};

FIELDS(line_pareto_list_query, struct pareto_query, SCOPE_FIELDS,
       FIELD(struct pareto_query, by, TEXT, .one_of = "reason class", .optional = true),
       FIELD(struct pareto_query, order, TEXT, .one_of = "units money", .optional = true));

MEMBERS(line_pareto_list_computed, ANALYSIS_MEMBERS, WORD_MEMBER("by"), WORD_MEMBER("order"),
        NUMBER_MEMBER("x"), NUMBER_MEMBER("n"), NUMBER_MEMBER("money_minor"),
        WORD_MEMBER("currency"), NUMBER_MEMBER("uncovered"), INTEGER_MEMBER("vital"),
        TABLE_MEMBER("items",
                     "\"rank\",\"key\",\"units\",\"units_share\",\"low\",\"high\","
                     "\"units_cumulative\",\"money_minor\",\"money_share\",\"money_cumulative\","
                     "\"uncovered\",\"vital\"",
                     "\"rank\":{\"type\":\"integer\"},\"key\":{\"type\":\"string\"},"
                     "\"units\":{\"type\":\"number\"},\"units_share\":" NULLABLE_NUMBER
                     ",\"low\":" NULLABLE_NUMBER ",\"high\":" NULLABLE_NUMBER
                     ",\"units_cumulative\":" NULLABLE_NUMBER
                     ",\"money_minor\":{\"type\":\"number\"},\"money_share\":" NULLABLE_NUMBER
                     ",\"money_cumulative\":" NULLABLE_NUMBER
                     ",\"uncovered\":{\"type\":\"number\"},\"vital\":{\"type\":\"boolean\"}"));

static rows_fn reasons_found;
static analysis_fn tell_pareto;

/** GET /api/v1/analytics/lines/:id/pareto: units and money by reason, or by class. */
void line_pareto_list(struct request *req)
{
    struct pareto_query *asked = REQ_STATE(req, struct pareto_query);
    const struct scope *scope = &asked->scope;

    if (!QUERY_READ(req, asked))
        return;
    asked->by = asked->by ? asked->by : "reason";
    asked->order = asked->order ? asked->order : "units";
    q_line_pareto_list(req, reasons_found, req->param[0], asked->by, SCOPE_ASKED(scope),
                       scope->currency, settings.reporting_currency);
}

static void reasons_found(struct request *req, const PGresult *rows)
{
    analysis_answer(req, rows, tell_pareto);
}

static void tell_bar(struct analysis *analysis, const struct pareto *pareto, size_t i)
{
    const struct pareto_bar *bar = &pareto->bars[i];
    struct interval interval = {NAN, NAN};
    struct text *out = analysis->out;

    /* Corrections may leave more of one reason than of all. */
    if (!interval_wilson_real(bar->units, pareto->units, interval_z(analysis->level), &interval))
        interval = (struct interval){NAN, NAN};
    value_open(out, NULL, '{');
    value_whole(out, "rank", (int64_t)i + 1);
    value_word(out, "key", bar->key);
    value_number(out, "units", bar->units);
    value_number(out, "units_share", bar->units_share);
    value_number(out, "low", interval.low);
    value_number(out, "high", interval.high);
    value_number(out, "units_cumulative", bar->units_sum);
    value_number(out, "money_minor", bar->money);
    value_number(out, "money_share", bar->money_share);
    value_number(out, "money_cumulative", bar->money_sum);
    value_number(out, "uncovered", bar->uncovered);
    value_flag(out, "vital", bar->vital);
    value_close(out, '}');
}

static void warn(struct analysis *analysis, const struct pareto_query *asked,
                 const struct pareto *pareto)
{
    const struct scope *scope = &asked->scope;

    if (pareto->uncovered > 0)
        analysis_warn(analysis, "uncovered",
                      arena_printf(analysis->arena,
                                   "%.0f of %.0f events are of units whose day of shipment is not "
                                   "known; they are counted here, and in no rate.",
                                   pareto->uncovered, pareto->units));
    if (scope->from || scope->to || scope->lot || scope_has_serials(scope))
        analysis_warn(analysis, "covered_only",
                      "Events of units whose day of shipment is not known have no month of "
                      "shipment, no lot and no serial: they are left out.");
    analysis_warn_currencies(analysis, analysis->rows);
}

static const char *tell_pareto(struct analysis *analysis)
{
    const struct pareto_query *asked = analysis->asked;
    const PGresult *rows = analysis->rows;
    struct text *out = analysis->out;
    struct pareto pareto;
    size_t vital = 0;

    pareto_read(&pareto, analysis->arena, rows, *asked->order == 'm');
    while (vital < pareto.n && pareto.bars[vital].vital)
        vital++;
    value_word(out, "method",
               "Pareto: the vital are the first that take 80 % together; intervals "
               "of shares of units are Wilson's");
    value_word(out, "by", asked->by);
    value_word(out, "order", asked->order);
    value_number(out, "x", pareto.units);
    value_number(out, "n", cell_number(rows, 0, "shipped"));
    value_number(out, "money_minor", pareto.money);
    value_word(out, "currency", cell_text(rows, 0, "currency"));
    value_number(out, "uncovered", pareto.uncovered);
    value_whole(out, "vital", (int64_t)vital);
    value_open(out, "items", '[');
    for (size_t i = 0; i < pareto.n; i++)
        tell_bar(analysis, &pareto, i);
    value_close(out, ']');
    warn(analysis, asked, &pareto);
    return NULL;
}
