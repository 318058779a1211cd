/* Cohorts of a product line: how many came back by each age, month by month of shipment. */
#include "api/analysis.h"
#include "stat/survival.h"

#include <math.h>

#define AGE_DEFAULT 90

struct cohort_query {
    struct scope scope;
    double age;
};

FIELDS(line_cohort_list_query, struct cohort_query, SCOPE_FIELDS,
       FIELD(struct cohort_query, age, NUMBER, .min = 30, .max = 36500, .optional = true));

MEMBERS(line_cohort_list_computed, ANALYSIS_MEMBERS, RATE_MEMBERS, MATURITY_MEMBER,
        TABLE_MEMBER("items",
                     "\"month\",\"age\",\"shipped\",\"at_risk\",\"events\",\"cumulative\","
                     "\"rate\",\"error\",\"low\",\"high\",\"immature\"",
                     "\"month\":{\"type\":\"string\",\"format\":\"date\"},"
                     "\"age\":{\"type\":\"integer\"},\"shipped\":" NULLABLE_NUMBER
                     ",\"at_risk\":" NULLABLE_NUMBER ",\"events\":" NULLABLE_NUMBER
                     ",\"cumulative\":" NULLABLE_NUMBER ",\"rate\":" NULLABLE_NUMBER
                     ",\"error\":" NULLABLE_NUMBER ",\"low\":" NULLABLE_NUMBER
                     ",\"high\":" NULLABLE_NUMBER ",\"immature\":{\"type\":\"boolean\"}"),
        TABLE_MEMBER("production", "\"month\",\"shipped\",\"rate_90\",\"rate_180\",\"rate_365\"",
                     "\"month\":{\"type\":\"string\",\"format\":\"date\"},"
                     "\"shipped\":" NULLABLE_NUMBER ",\"rate_90\":" NULLABLE_NUMBER
                     ",\"rate_180\":" NULLABLE_NUMBER ",\"rate_365\":" NULLABLE_NUMBER),
        TABLE_MEMBER("ages",
                     "\"age\",\"at_risk\",\"events\",\"hazard\",\"rate\",\"error\",\"low\","
                     "\"high\"",
                     "\"age\":{\"type\":\"integer\"},\"at_risk\":" NULLABLE_NUMBER
                     ",\"events\":" NULLABLE_NUMBER ",\"hazard\":" NULLABLE_NUMBER
                     ",\"rate\":" NULLABLE_NUMBER ",\"error\":" NULLABLE_NUMBER
                     ",\"low\":" NULLABLE_NUMBER ",\"high\":" NULLABLE_NUMBER));

static rows_fn cohorts_found;
static analysis_fn tell_cohorts;

/** GET /api/v1/analytics/lines/:id/cohorts: months in service, and months of production. */
void line_cohort_list(struct request *req)
{
    struct cohort_query *asked = REQ_STATE(req, struct cohort_query);

    if (QUERY_READ(req, asked))
        analysis_cohorts(req, &asked->scope, cohorts_found);
}

static void cohorts_found(struct request *req, const PGresult *rows)
{
    analysis_answer(req, rows, tell_cohorts);
}

/* What became of a month's units so far. */
struct so_far {
    double shipped, at_risk, events;
};

/* One cell of the table of months in service. */
static void tell_cell(struct analysis *analysis, const struct cohorts *cohorts, size_t row,
                      size_t k, struct so_far so_far)
{
    const struct cohort_table *table = &cohorts->table;
    struct text *out = analysis->out;
    double rate = so_far.events / so_far.shipped;
    struct interval interval = {NAN, NAN};

    if (!interval_wilson_real(so_far.events, so_far.shipped, interval_z(analysis->level),
                              &interval))
        rate = NAN;
    value_open(out, NULL, '{');
    value_word(out, "month", cohorts->months[row]);
    value_whole(out, "age", period_end(k));
    value_number(out, "shipped", so_far.shipped);
    value_number(out, "at_risk", so_far.at_risk);
    value_number(out, "events", table->events[row * table->columns + k]);
    value_number(out, "cumulative", so_far.events);
    value_number(out, "rate", rate);
    value_number(out, "error", sqrt(rate * (1 - rate) / so_far.shipped));
    value_number(out, "low", interval.low);
    value_number(out, "high", interval.high);
    value_flag(out, "immature", k >= table->known[row]);
    value_close(out, '}');
}

/* A month's row: every age that is over, and the one that is under way. */
static void tell_month(struct analysis *analysis, const struct cohorts *cohorts, size_t row)
{
    const struct cohort_table *table = &cohorts->table;
    struct so_far so_far = {table->shipped[row], table->shipped[row], 0};

    for (size_t k = 0; k <= table->known[row] && k < table->columns; k++) {
        so_far.events += table->events[row * table->columns + k];
        tell_cell(analysis, cohorts, row, k, so_far);
        so_far.at_risk -= table->leavers[row * table->columns + k];
    }
}

/* The rate of one month by an age, NAN before that. */
static double rate_by(const struct cohort_table *table, size_t row, size_t periods)
{
    struct cohort_table month = {
        .rows = 1,
        .columns = table->columns,
        .shipped = table->shipped + row,
        .known = table->known + row,
        .events = table->events + row * table->columns,
        .leavers = table->leavers + row * table->columns,
    };
    struct cohort_count count = cohort_count(&month, periods);

    return count.months && count.shipped > 0 && count.events <= count.shipped
               ? count.events / count.shipped
               : NAN;
}

/* A batch with a fault is a step in this table. */
static void tell_production(struct analysis *analysis, const struct cohorts *cohorts)
{
    struct text *out = analysis->out;

    value_open(out, "production", '[');
    for (size_t row = 0; row < cohorts->table.rows; row++) {
        value_open(out, NULL, '{');
        value_word(out, "month", cohorts->months[row]);
        value_number(out, "shipped", cohorts->table.shipped[row]);
        value_number(out, "rate_90", rate_by(&cohorts->table, row, 3));
        value_number(out, "rate_180", rate_by(&cohorts->table, row, 6));
        value_number(out, "rate_365", rate_by(&cohorts->table, row, 12));
        value_close(out, '}');
    }
    value_close(out, ']');
}

static void tell_age(struct text *out, size_t k, const struct age_count *age,
                     const struct survival_point *point)
{
    value_open(out, NULL, '{');
    value_whole(out, "age", period_end(k));
    value_number(out, "at_risk", age->at_risk);
    value_number(out, "events", age->failed);
    value_number(out, "hazard", point->hazard);
    value_number(out, "rate", point->failed);
    value_number(out, "error", point->has_error ? point->error : NAN);
    value_number(out, "low", point->has_error ? point->interval.low : NAN);
    value_number(out, "high", point->has_error ? point->interval.high : NAN);
    value_close(out, '}');
}

/* All months together, each as far as it is known. */
static void tell_ages(struct analysis *analysis, const struct cohort_table *table)
{
    struct age_count *ages = arena_alloc(analysis->arena, (table->columns + 1) * sizeof *ages);
    struct survival_point *points =
        arena_alloc(analysis->arena, (table->columns + 1) * sizeof *points);
    size_t n = cohort_ages(table, ages), known = 0;

    if (n && survival_curve(ages, n, WITHDRAWN_AFTER, SURVIVAL_LOG_LOG, analysis->level, points,
                            &known) == FIT_BAD_INPUT)
        known = 0;
    value_open(analysis->out, "ages", '[');
    for (size_t k = 0; k < known; k++)
        tell_age(analysis->out, k, &ages[k], &points[k]);
    value_close(analysis->out, ']');
}

static const char *tell_cohorts(struct analysis *analysis)
{
    const struct cohort_query *asked = analysis->asked;
    struct text *out = analysis->out;
    struct cohorts cohorts;
    size_t periods;

    if (!periods_of_age(isnan(asked->age) ? AGE_DEFAULT : asked->age, &periods))
        return AGE_FAULT;
    cohorts_read(&cohorts, analysis->arena, analysis->rows);
    value_word(out, "method", "cohorts of months of shipment, by ages that are over");
    analysis_cohort_rate(analysis, &cohorts, periods);
    value_open(out, "items", '[');
    for (size_t row = 0; row < cohorts.table.rows; row++)
        tell_month(analysis, &cohorts, row);
    value_close(out, ']');
    tell_production(analysis, &cohorts);
    tell_ages(analysis, &cohorts.table);
    return NULL;
}
