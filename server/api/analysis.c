/* What all analyses of a product line have in common. */
#include "api/analysis.h"
#include "http/reply.h"
#include "http/versioned.h"
#include "line/rows.h"
#include "queries.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LEVEL_DEFAULT 0.95

/* A request while its analysis is made. */
struct pending {
    struct analysis analysis;
    struct text out;
    analysis_fn *calculate;
    const char *fault;
};

bool scope_by_shipment(const struct scope *scope)
{
    return !scope->clock || !strcmp(scope->clock, "ship");
}

bool scope_has_serials(const struct scope *scope)
{
    return scope->serial_from || scope->serial_to;
}

/* On a helper thread. */
static void calculate(struct request *req)
{
    struct pending *pending = req->state;
    struct analysis *analysis = &pending->analysis;

    pending->fault = pending->calculate(analysis);
    if (analysis->ask)
        return;
    value_open(&pending->out, "warnings", '[');
    text_add(&pending->out, analysis->warnings.bytes, analysis->warnings.len);
    value_close(&pending->out, ']');
    value_close(&pending->out, '}');
}

static handler_fn calculated;

static void more_found(struct request *req, const PGresult *rows)
{
    struct pending *pending = req->state;

    req_keep(req, rows);
    pending->analysis.rows = rows;
    req_offload(req, OFFLOAD_CALCULATIONS, calculate, calculated);
}

static void calculated(struct request *req)
{
    struct pending *pending = req->state;
    analysis_ask_fn *ask = pending->analysis.ask;

    if (pending->fault)
        return reply_problem(req, INVALID_VALUE, pending->fault);
    if (!ask)
        return versioned_reply(req, &pending->out);
    pending->calculate = pending->analysis.then;
    pending->analysis.ask = NULL;
    ask(req, &pending->analysis, more_found);
}

static void open_answer(struct pending *pending, const PGresult *rows, const struct scope *scope)
{
    struct text *out = &pending->out;

    value_open(out, NULL, '{');
    value_whole(out, "data_version", strtoll(cell_text(rows, 0, "data_version"), NULL, 10));
    value_whole(out, "settings_version", strtoll(cell_text(rows, 0, "settings_version"), NULL, 10));
    value_word(out, "as_of", cell_text(rows, 0, "as_of"));
    value_word(out, "clock", scope->clock ? scope->clock : "ship");
    /* Nobody tells when units arrived or were first used: times of channels are entered. */
    value_word(out, "clock_quality", scope_by_shipment(scope) ? "known" : "assumed");
}

static void warn_of_serials(struct analysis *analysis, const struct scope *scope)
{
    if (scope_has_serials(scope))
        analysis_warn(analysis, "serials_only",
                      "Only units of the registry are counted, and what was filed here with their "
                      "serial: marketplaces tell none.");
}

void analysis_answer(struct request *req, const PGresult *rows, analysis_fn *fn)
{
    struct pending *pending = arena_alloc(&req->arena, sizeof *pending);
    struct scope *scope = req->state;
    double level = isnan(scope->conf) ? LEVEL_DEFAULT : scope->conf;

    if (!(level > 0 && level < 1))
        return reply_problem(req, INVALID_VALUE, "conf must be above 0 and below 1.");
    req_keep(req, rows);
    pending->out = text_new(&req->arena);
    pending->calculate = fn;
    pending->analysis = (struct analysis){
        .arena = &req->arena,
        .asked = scope,
        .rows = rows,
        .out = &pending->out,
        .level = level,
        .warnings = text_new(&req->arena),
    };
    open_answer(pending, rows, scope);
    warn_of_serials(&pending->analysis, scope);
    req->state = pending;
    req_offload(req, OFFLOAD_CALCULATIONS, calculate, calculated);
}

void analysis_cohorts(struct request *req, const struct scope *scope, rows_fn *done)
{
    q_cohort_cell_list(req, done, req->param[0], SCOPE_ASKED(scope));
}

void analysis_warn(struct analysis *analysis, const char *code, const char *detail)
{
    struct text *out = &analysis->warnings;

    if (out->len)
        text_putc(out, ',');
    text_puts(out, "{\"code\":");
    text_json(out, code);
    text_puts(out, ",\"detail\":");
    text_json(out, detail);
    text_putc(out, '}');
}

void analysis_warn_currencies(struct analysis *analysis, const PGresult *rows)
{
    const char *wanted = ((const struct scope *)analysis->asked)->currency;
    int column = PQfnumber(rows, "currency");

    for (int row = 0; wanted && row < PQntuples(rows); row++) {
        const char *told = PQgetvalue(rows, row, column);
        int first = 0;

        while (strcmp(PQgetvalue(rows, first, column), told) != 0)
            first++;
        if (first == row && *told && strcmp(told, wanted) != 0)
            analysis_warn(analysis, "unknown_rate",
                          arena_printf(analysis->arena,
                                       "No exchange rate is known from %s to %s: amounts in %s are "
                                       "left as they are.",
                                       told, wanted, told));
    }
}

void analysis_rate(struct analysis *analysis, double x, double n)
{
    analysis_rate_or(analysis, x, n, "no_shipments");
}

void analysis_rate_or(struct analysis *analysis, double x, double n, const char *without)
{
    struct text *out = analysis->out;
    struct interval interval;
    bool known = interval_wilson_real(x, n, interval_z(analysis->level), &interval);

    value_number(out, "x", x);
    value_number(out, "n", n);
    value_number(out, "rate", known ? x / n : NAN);
    if (known)
        value_interval(out, "interval", interval, analysis->level, "wilson");
    else
        value_word(out, "interval", NULL);
    value_word(out, "reason", known ? NULL : n > 0 ? "returns_exceed_shipments" : without);
}

void analysis_maturity(struct analysis *analysis, const struct maturity *maturity)
{
    struct text *out = analysis->out;

    value_open(out, "maturity", '{');
    value_whole(out, "age", maturity->age);
    value_number(out, "shipped", maturity->shipped);
    value_number(out, "matured", maturity->matured);
    value_whole(out, "months", (int64_t)maturity->months);
    if (maturity->oldest_age)
        value_whole(out, "oldest_age", maturity->oldest_age);
    else
        value_word(out, "oldest_age", NULL);
    value_close(out, '}');
}

void analysis_warn_immature(struct analysis *analysis, const struct maturity *maturity)
{
    if (!maturity->months)
        analysis_warn(analysis, "immature",
                      arena_printf(analysis->arena, "No month of shipment is %d days old yet.",
                                   maturity->age));
}

void analysis_warn_unsound_days(struct analysis *analysis, double unsound, double days)
{
    if (unsound > 0)
        analysis_warn(analysis, "returns_exceed_shipments",
                      arena_printf(analysis->arena,
                                   "On %.0f of %.0f days more came back than was shipped: they are "
                                   "left out.",
                                   unsound, days));
}

static void warn_of_unsound(struct analysis *analysis, const struct cohorts *cohorts)
{
    size_t unsound = 0;

    for (size_t row = 0; row < cohorts->table.rows; row++)
        unsound += !cohort_is_sound(&cohorts->table, row);
    if (unsound)
        analysis_warn(analysis, "returns_exceed_shipments",
                      arena_printf(analysis->arena,
                                   "In %zu of %zu months more came back than was shipped, or "
                                   "nothing was shipped: curves leave them out.",
                                   unsound, cohorts->table.rows));
}

void analysis_cohort_rate(struct analysis *analysis, const struct cohorts *cohorts, size_t periods)
{
    const struct cohort_table *table = &cohorts->table;
    struct cohort_count matured = cohort_count(table, periods);
    struct maturity maturity = {
        .age = period_end(periods - 1), .matured = matured.shipped, .months = matured.months};
    size_t oldest = 0;

    for (size_t row = 0; row < table->rows; row++) {
        maturity.shipped += table->shipped[row];
        if (table->known[row] > oldest)
            oldest = table->known[row];
    }
    if (oldest)
        maturity.oldest_age = period_end(oldest - 1);
    analysis_rate(analysis, matured.events, matured.shipped);
    warn_of_unsound(analysis, cohorts);
    analysis_maturity(analysis, &maturity);
    analysis_warn_immature(analysis, &maturity);
}
