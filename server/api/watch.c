/* Analyses that judge lines by their history. */
#include "api/watch.h"
#include "base/settings.h"
#include "http/reply.h"
#include "queries.h"

#include <math.h>
#include <string.h>

static rows_fn facts_found, history_found;

static const char *fact(const struct watching *watching, const char *name)
{
    int column = PQfnumber(watching->facts, name);

    return PQgetisnull(watching->facts, 0, column) ? NULL : PQgetvalue(watching->facts, 0, column);
}

void watch_lines(struct request *req, const char *line, bool relatives, analysis_fn *calculate)
{
    struct watching *watching = req->state;
    const struct scope *scope = &watching->scope;

    watching->line = line;
    watching->relatives = relatives;
    watching->calculate = calculate;
    q_line_fact_list(req, facts_found, line, relatives ? "true" : "false", scope->sku, scope->as_of,
                     scope->tz, scope->currency, settings.reporting_currency);
}

/* Rates are told at this age; what young months will come to needs a year of ages. */
static void choose_age(struct watching *watching)
{
    double age = isnan(watching->age) ? watching->settings.age : watching->age;

    if (!periods_of_age(age, &watching->periods))
        watching->periods = 0;
}

/* Each line has a row for each of its costs. */
static size_t lines_of(const PGresult *facts)
{
    int id = PQfnumber(facts, "id");
    size_t n = 0;

    for (int row = 0; row < PQntuples(facts); row++)
        n += !PQgetisnull(facts, row, id) &&
             (!row || strcmp(PQgetvalue(facts, row, id), PQgetvalue(facts, row - 1, id)) != 0);
    return n;
}

static void facts_found(struct request *req, const PGresult *rows)
{
    struct watching *watching = req->state;
    const struct scope *scope = &watching->scope;
    const char *as_of;
    size_t periods;
    const char *fault;
    struct moment now;

    req_keep(req, rows);
    watching->facts = rows;
    watching->settings = flag_settings_read(fact(watching, "thresholds"));
    choose_age(watching);
    as_of = fact(watching, "as_of");
    now = moment_on(as_of, false);
    fault = watching->accept ? watching->accept(watching, now, lines_of(rows)) : NULL;
    if (fault)
        return reply_problem(req, INVALID_VALUE, fault);
    watching->since = history_since(now);
    if (now.month - watching->back < watching->since)
        watching->since = now.month - watching->back;
    periods = watching->periods > NOWCAST_PERIODS ? watching->periods : NOWCAST_PERIODS;
    q_line_history_list(req, history_found, watching->line, watching->relatives ? "true" : "false",
                        SCOPE_UNITS(scope), as_of, scope->clock,
                        month_write(arena_alloc(&req->arena, MONTH_SIZE), watching->since),
                        decimal_text(&req->arena, (int64_t)periods),
                        fact(watching, "settings_version"));
}

static void history_found(struct request *req, const PGresult *rows)
{
    const struct watching *watching = req->state;

    analysis_answer(req, rows, watching->calculate);
}

bool watch_read(struct analysis *analysis, struct line_histories *lines, struct assess_plan *plan)
{
    const struct watching *watching = analysis->asked;
    const struct scope *scope = &watching->scope;
    size_t periods = watching->periods > NOWCAST_PERIODS ? watching->periods : NOWCAST_PERIODS;

    analysis_warn_currencies(analysis, watching->facts);
    histories_read(lines, analysis->arena, watching->facts, analysis->rows, watching->since,
                   periods);
    *plan = (struct assess_plan){
        .settings = &watching->settings,
        .periods = watching->periods,
        .level = analysis->level,
        .from = scope->from ? month_read(scope->from) : 0,
        .to = scope->to ? month_read(scope->to) : 0,
        .drawn = true,
    };
    return watching->periods > 0;
}

struct assessment *watch_assess(struct analysis *analysis, struct line_histories *lines,
                                struct assess_plan *plan)
{
    struct assessment *assessments;

    if (!watch_read(analysis, lines, plan))
        return NULL;
    assessments = arena_alloc(analysis->arena, (lines->n + 1) * sizeof *assessments);
    assess(assessments, lines, lines->now, plan, analysis->arena);
    return assessments;
}

/* Periods of age that are over for the oldest month that counts. */
static size_t oldest_of(const struct assessment *it)
{
    const struct line_history *line = it->line;
    int first = it->first > line->shipped.first ? it->first : line->shipped.first;

    if (!line->shipped.n || first >= it->end)
        return 0;
    return periods_within(it->now.day - month_begins(first + 1) + 1);
}

void watch_rate(struct analysis *analysis, const struct assessment *it,
                const struct assess_plan *plan)
{
    struct text *out = analysis->out;
    size_t oldest = oldest_of(it);

    analysis_rate(analysis, it->net.count.x, it->net.count.n);
    value_open(out, "maturity", '{');
    value_whole(out, "age", period_end(plan->periods - 1));
    value_number(out, "shipped", it->shipped);
    value_number(out, "matured", it->matured);
    value_whole(out, "months", (int64_t)it->matured_months);
    if (oldest)
        value_whole(out, "oldest_age", period_end(oldest - 1));
    else
        value_word(out, "oldest_age", NULL);
    value_close(out, '}');
    if (!it->matured_months)
        analysis_warn(analysis, "immature",
                      arena_printf(analysis->arena, "No month of shipment is %d days old yet.",
                                   period_end(plan->periods - 1)));
    if (it->unsound_months)
        analysis_warn(analysis, "returns_exceed_shipments",
                      arena_printf(analysis->arena,
                                   "In %zu months more came back than was shipped, or nothing was.",
                                   it->unsound_months));
    if (it->nowcast.recovered_too_many)
        analysis_warn(analysis, "recovered_exceed_returns",
                      "In some months more was restocked or reimbursed than had come back.");
}

size_t watch_find(const struct line_histories *lines, const char *id)
{
    size_t i = 0;

    while (strcmp(lines->at[i].id, id) != 0)
        i++;
    return i;
}
