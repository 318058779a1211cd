/* Returns in money. */
#include "line/money.h"

#include <math.h>
#include <string.h>

#define YEAR_DAYS 365
/* The draws of uncertain costs are the same each time. */
#define SEED          20260101
#define RISK_QUANTILE 0.95

static void risk_of(struct money *money, struct beta_prior rate, bool drawn, struct arena *arena)
{
    struct uncertain_unit unit;
    struct uncertain_risk uncertain;
    struct profit_risk risk;

    if (!profit_risk(rate, money->unit, &risk))
        return;
    money->believed = true;
    money->p_loss = risk.p_above;
    money->p_error = 0;
    money->shortfall = risk.shortfall;
    money->profit = risk.profit;
    if (!unit_profit_uncertain(money->cost, &unit) || !drawn ||
        !uncertain_risk(rate, &unit, SEED, arena_alloc(arena, UNCERTAIN_DRAWS * sizeof(double)),
                        &uncertain))
        return;
    money->uncertain = true;
    money->p_loss = uncertain.p_loss;
    money->p_error = uncertain.p_error;
    money->shortfall = uncertain.shortfall;
    money->profit = uncertain.profit;
}

static void quarter_of(struct money *money, struct beta_prior rate)
{
    struct profit_at_risk risk;

    if (!profit_at_risk(rate, money->unit, money->units, RISK_QUANTILE, &risk))
        return;
    money->expected_returns = risk.expected_returns;
    money->bad_returns = risk.bad_returns;
    money->at_risk = risk.at_risk;
    money->money_per_point = risk.money_per_point;
}

/* What a month of shipment has earned by now. */
static double month_earned(const struct cohort_table *net, const struct cohort_table *back,
                           size_t row, size_t periods, const struct unit_cost *cost)
{
    struct unit_profit unit = unit_profit_of(cost);
    double returned = 0;

    for (size_t k = 0; k < periods; k++)
        returned += net->events[row * net->columns + k] - back->events[row * net->columns + k];
    returned = fmax(0, returned);
    return (net->shipped[row] - returned) * unit.margin - returned * unit.loss -
           net->shipped[row] * unit.claims_cost;
}

static void book(struct money *money, const struct line_history *line,
                 struct money_question question, struct moment now, struct arena *arena)
{
    size_t *known = arena_alloc(arena, (line->shipped.n + 1) * sizeof *known);
    struct cohort_table net =
        history_cohorts(line, TALLY_NET, question.first, question.end, now, known);
    struct cohort_table back =
        history_cohorts(line, TALLY_RECOVERED, question.first, question.end, now, known);
    int first = question.first > line->shipped.first ? question.first : line->shipped.first;

    money->booked = 0;
    for (size_t row = 0; row < net.rows; row++) {
        const struct unit_cost *cost = unit_cost_on(line->costs, month_begins(first + (int)row));

        if (!cost || strcmp(cost->currency, money->cost->currency) != 0 ||
            known[row] < question.periods || !cohort_is_sound(&net, row))
            continue;
        money->booked += month_earned(&net, &back, row, question.periods, cost);
        money->booked_months++;
    }
    if (!money->booked_months)
        money->booked = NAN;
}

void money_make(struct money *money, const struct line_history *line,
                struct money_question question, struct moment now, struct arena *arena)
{
    struct unit_profit unit;

    *money = (struct money){.cost = unit_cost_on(line->costs, now.day),
                            .break_even = NAN,
                            .p_loss = NAN,
                            .p_error = NAN,
                            .shortfall = NAN,
                            .profit = NAN,
                            .expected_returns = NAN,
                            .bad_returns = NAN,
                            .at_risk = NAN,
                            .money_per_point = NAN,
                            .erosion = NAN,
                            .booked = NAN};
    money->units = isnan(question.units)
                       ? month_sum(&line->shipped, now.month - QUARTER_MONTHS, now.month)
                       : floor(question.units);
    if (!money->cost)
        return;
    money->cost_before = unit_cost_on(line->costs, now.day - YEAR_DAYS);
    if (!money->cost_before)
        money->cost_before = line->costs.at;
    money->unit = unit = unit_profit_of(money->cost);
    money->break_even = unit_break_even(unit);
    money->money_per_point = money->units * (unit.margin + unit.loss) / 100;
    if (unit.margin > 0)
        money->erosion = question.rate_by_age * (unit.margin + unit.loss) / unit.margin;
    book(money, line, question, now, arena);
    if (!question.rate)
        return;
    risk_of(money, *question.rate, question.drawn, arena);
    quarter_of(money, *question.rate);
}

bool money_compares(const struct money *money)
{
    return money->cost && money->cost_before != money->cost &&
           !strcmp(money->cost->currency, money->cost_before->currency);
}

double money_cost_rise(const struct money *money)
{
    double before = money_compares(money) ? unit_cost_sold(money->cost_before) : 0;

    return before > 0 ? unit_cost_sold(money->cost) / before - 1 : 0;
}

double money_price_fall(const struct money *money)
{
    double before = money_compares(money) ? money->cost_before->price : 0;

    return before > 0 ? 1 - money->cost->price / before : 0;
}
