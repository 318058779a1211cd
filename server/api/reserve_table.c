/* Reserves line by line, by month of shipment, and summed by currency. */
#include "api/reserve.h"
#include "api/stat.h"

#include <math.h>
#include <string.h>

static double known(bool is_known, double number)
{
    return is_known ? number : NAN;
}

static const char *reason_of(const struct line_reserve *line)
{
    const struct reserve_estimate *now = &line->at[CLOSING_NOW];

    if (!line->nmonths)
        return "no_shipments";
    if (!now->known)
        return now->model.failures < LIFE_FAILURES_MIN ? "no_family_shape" : "not_identified";
    if (isnan(line->cost[CLOSING_NOW]))
        return "no_costs";
    if (line->cost[CLOSING_NOW] == 0)
        return "no_claim_cost";
    return now->model.failures > 0 ? NULL : "no_events";
}

static void tell_roll(struct text *out, bool is_known, const struct reserve_roll *roll)
{
    value_number(out, "opening_minor", known(is_known, (double)roll->opening));
    value_number(out, "accrued_minor", known(is_known, (double)roll->accrued));
    value_number(out, "change_minor", known(is_known, (double)roll->change));
    value_number(out, "settled_minor", known(is_known, (double)roll->settled));
    value_number(out, "closing_minor", known(is_known, (double)roll->closing));
}

static void tell_estimate(struct text *out, const struct line_reserve *line)
{
    static const char *const sources[] = {
        [MODEL_NONE] = "none", [MODEL_FITTED] = "fitted", [MODEL_WEIBAYES] = "weibayes"};
    const struct reserve_estimate *now = &line->at[CLOSING_NOW];
    const struct line_model *model = &now->model;
    bool priced = now->known && !isnan(line->cost[CLOSING_NOW]);

    value_word(out, "status", stat_status((int)model->fit.status));
    value_word(out, "source", sources[model->source]);
    value_word(out, "model", model->source ? line_model_name(model->fit.curve.model) : NULL);
    value_number(out, "claims", known(now->known, now->reserve.claims));
    value_number(out, "claims_low", now->claims.low);
    value_number(out, "claims_high", now->claims.high);
    value_number(out, "undiscounted_minor", known(priced, round(now->reserve.undiscounted)));
    value_number(out, "reserve_minor", known(priced, round(now->reserve.amount)));
    value_number(out, "at_most_minor", ceil(now->at_most));
    value_number(out, "settled_claims", line->settled_claims);
    value_number(out, "accrued_claims", known(line->has_roll, line->accrued_claims));
}

static double in_warranty(const struct line_reserve *line, double warranty)
{
    double sum = 0;

    for (size_t i = 0; i < line->nmonths; i++)
        if (line->months[i].age[CLOSING_NOW] < warranty)
            sum += line->months[i].shipped - line->months[i].left[CLOSING_NOW];
    return sum;
}

static double shipped(const struct line_reserve *line)
{
    double sum = 0;

    for (size_t i = 0; i < line->nmonths; i++)
        sum += line->months[i].shipped;
    return sum;
}

static void tell_line(struct text *out, const struct line_reserve *line, double warranty)
{
    value_open(out, NULL, '{');
    value_word(out, "line", line->id);
    value_word(out, "code", line->code);
    value_word(out, "name", line->name);
    value_word(out, "currency", line->currency);
    value_number(out, "claim_cost_minor", line->cost[CLOSING_NOW]);
    value_number(out, "x", line->at[CLOSING_NOW].model.failures);
    value_number(out, "n", shipped(line));
    value_number(out, "in_warranty", in_warranty(line, warranty));
    tell_estimate(out, line);
    tell_roll(out, line->has_roll, &line->roll);
    value_word(out, "reason", reason_of(line));
    value_close(out, '}');
}

static void tell_cohorts(struct text *out, const struct line_reserve *line)
{
    bool priced = !isnan(line->cost[CLOSING_NOW]);

    for (size_t i = 0; i < line->nmonths; i++) {
        const struct reserve_month *month = &line->months[i];

        if (isnan(month->claims))
            continue;
        value_open(out, NULL, '{');
        value_word(out, "line", line->id);
        value_word(out, "code", line->code);
        value_word(out, "month", month->month);
        value_number(out, "survivors", month->shipped - month->left[CLOSING_NOW]);
        value_number(out, "age", month->age[CLOSING_NOW]);
        value_number(out, "claims", month->claims);
        value_number(out, "reserve_minor", known(priced, month->amount));
        value_close(out, '}');
    }
}

/* The sum of the lines of one currency, as rolled: `from` is the first of them. */
static void tell_total(struct text *out, const struct line_reserve *lines, size_t n, size_t from)
{
    const char *currency = lines[from].currency;
    struct reserve_roll sum = {0, 0, 0, 0, 0};
    size_t summed = 0;

    for (size_t i = from; i < n; i++) {
        const struct line_reserve *line = &lines[i];

        if (!line->has_roll || strcmp(line->currency, currency) != 0)
            continue;
        sum.opening += line->roll.opening;
        sum.accrued += line->roll.accrued;
        sum.change += line->roll.change;
        sum.settled += line->roll.settled;
        sum.closing += line->roll.closing;
        summed++;
    }
    value_open(out, NULL, '{');
    value_word(out, "currency", currency);
    value_number(out, "lines", (double)summed);
    tell_roll(out, true, &sum);
    value_close(out, '}');
}

/* A line that is rolled forward has a cost, and so a currency. */
static bool is_first_of_currency(const struct line_reserve *lines, size_t i)
{
    if (!lines[i].has_roll)
        return false;
    for (size_t k = 0; k < i; k++)
        if (lines[k].has_roll && !strcmp(lines[k].currency, lines[i].currency))
            return false;
    return true;
}

void reserve_tell_tables(struct analysis *analysis, const struct reserves *reserves, size_t n,
                         double warranty)
{
    struct text *out = analysis->out;
    double events = 0, units = 0;

    for (size_t i = 0; i < n; i++) {
        events += reserves->lines[i].at[CLOSING_NOW].model.failures;
        units += shipped(&reserves->lines[i]);
    }
    value_number(out, "x", events);
    value_number(out, "n", units);
    value_open(out, "items", '[');
    for (size_t i = 0; i < n; i++)
        tell_line(out, &reserves->lines[i], warranty);
    value_close(out, ']');
    value_open(out, "cohorts", '[');
    for (size_t i = 0; i < n; i++)
        tell_cohorts(out, &reserves->lines[i]);
    value_close(out, ']');
    value_open(out, "totals", '[');
    for (size_t i = 0; i < n; i++)
        if (is_first_of_currency(reserves->lines, i))
            tell_total(out, reserves->lines, n, i);
    value_close(out, ']');
}
