/* A forecast by period, by month of shipment, and of units yet to be shipped. */
#include "api/forecast.h"

#include <math.h>

static void tell_period(struct analysis *analysis, const struct outlook *outlook, size_t period,
                        double *before)
{
    struct forecast_plan plan = outlook_plan(outlook, (double)period, false);
    struct forecast sum = {.far = false};
    bool known =
        outlook->known && forecast_returns(&outlook->model.fit, &plan, analysis->level, NULL, &sum);
    struct text *out = analysis->out;

    value_open(out, NULL, '{');
    value_whole(out, "period", (int64_t)period);
    value_whole(out, "days", period_end(period - 1));
    value_number(out, "expected", known ? sum.expected - *before : NAN);
    value_number(out, "cumulative", known ? sum.expected : NAN);
    value_number(out, "process_variance", known ? sum.process_variance : NAN);
    value_number(out, "parameter_variance", known ? sum.parameter_variance : NAN);
    value_number(out, "low", known ? sum.interval.low : NAN);
    value_number(out, "high", known ? sum.interval.high : NAN);
    value_number(out, "poisson_low", known ? sum.poisson.low : NAN);
    value_number(out, "poisson_high", known ? sum.poisson.high : NAN);
    value_flag(out, "extrapolated", sum.far);
    value_close(out, '}');
    *before = sum.expected;
}

/* What the days of a month add up to. */
static void tell_cohorts(struct analysis *analysis, const struct outlook *outlook)
{
    const struct prospect *prospect = &outlook->prospect;
    double *expected = arena_alloc(analysis->arena, (prospect->nmonths + 1) * sizeof *expected);
    struct text *out = analysis->out;

    for (size_t i = 0; outlook->known && i < prospect->ndays; i++)
        expected[prospect->month_of[i]] += outlook->each[i];
    value_open(out, "cohorts", '[');
    for (size_t i = 0; i < prospect->nmonths; i++) {
        value_open(out, NULL, '{');
        value_word(out, "month", prospect->names[i]);
        value_number(out, "survivors", prospect->months[i].survivors);
        value_number(out, "age", prospect->months[i].age);
        value_number(out, "expected", outlook->known ? expected[i] : NAN);
        value_close(out, '}');
    }
    value_close(out, ']');
}

static void tell_shipments(struct analysis *analysis, const struct outlook *outlook)
{
    const struct forecast_terms *terms = outlook->terms;
    struct text *out = analysis->out;

    value_open(out, "shipments", '[');
    for (size_t i = 0; i < terms->shipped && (double)i < terms->periods; i++) {
        double age = fmin(terms->periods - (double)i, terms->warranty);

        value_open(out, NULL, '{');
        value_whole(out, "period", (int64_t)i + 1);
        value_number(out, "units", terms->production[i]);
        value_number(
            out, "expected",
            outlook->known ? terms->production[i] * life_cdf(&outlook->model.fit.curve, age) : NAN);
        value_close(out, '}');
    }
    value_close(out, ']');
}

void forecast_tell_tables(struct analysis *analysis, const struct outlook *outlook)
{
    double before = 0;

    value_open(analysis->out, "items", '[');
    for (size_t period = 1; (double)period <= outlook->terms->periods; period++)
        tell_period(analysis, outlook, period, &before);
    value_close(analysis->out, ']');
    tell_cohorts(analysis, outlook);
    tell_shipments(analysis, outlook);
}
