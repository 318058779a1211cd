/* Analyses that judge lines by their history. */
#include "api/watch.h"
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
                     scope->tz);
}

/* Rates are told at this age; what young months will come to needs a year of ages. */
static void choose_age(struct watching *watching)
{
    double age = isnan(watching->age) ? watching->settings.age : watching->age;

    if (!periods_of_age(age, &watching->periods))
        watching->periods = 0;
}

static const char *decimal(struct request *req, int64_t number)
{
    return decimal_write(arena_alloc(&req->arena, DECIMAL_SIZE), number);
}

static void facts_found(struct request *req, const PGresult *rows)
{
    struct watching *watching = req->state;
    const struct scope *scope = &watching->scope;
    const char *as_of;
    size_t periods;
    int since;

    req_keep(req, rows);
    watching->facts = rows;
    watching->settings = flag_settings_read(fact(watching, "thresholds"));
    choose_age(watching);
    as_of = fact(watching, "as_of");
    since = history_since(moment_on(as_of, false));
    if (!watching->since || since < watching->since)
        watching->since = since;
    periods = watching->periods > NOWCAST_PERIODS ? watching->periods : NOWCAST_PERIODS;
    q_line_history_list(req, history_found, watching->line, watching->relatives ? "true" : "false",
                        scope->country, scope->channel, scope->lot, scope->sku, scope->from,
                        scope->to, scope->classes, as_of,
                        month_write(arena_alloc(&req->arena, MONTH_SIZE), watching->since),
                        decimal(req, (int64_t)periods), fact(watching, "settings_version"));
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

size_t watch_find(const struct line_histories *lines, const char *id)
{
    size_t i = 0;

    while (strcmp(lines->at[i].id, id) != 0)
        i++;
    return i;
}
