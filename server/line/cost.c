/* From costs of a unit to its margin and its loss. */
#include "line/cost.h"
#include "line/month.h"

#include <math.h>
#include <stdlib.h>

/* A column by its name; NAN where there is no number. */
static double figure(const PGresult *rows, int row, const char *name)
{
    int column = PQfnumber(rows, name);

    return column < 0 || PQgetisnull(rows, row, column)
               ? NAN
               : strtod(PQgetvalue(rows, row, column), NULL);
}

static char *word(struct arena *arena, const PGresult *rows, int row, const char *name)
{
    return arena_strdup(arena, PQgetvalue(rows, row, PQfnumber(rows, name)));
}

struct unit_cost unit_cost_read(struct arena *arena, const PGresult *rows, int row)
{
    struct unit_cost cost = {
        .valid_from = word(arena, rows, row, "valid_from"),
        .currency = word(arena, rows, row, "currency"),
        .price = figure(rows, row, "price_minor"),
        .cogs = figure(rows, row, "cogs_minor"),
        .outbound = figure(rows, row, "outbound_minor"),
        .fees = figure(rows, row, "fees_minor"),
        .inbound = figure(rows, row, "inbound_minor"),
        .inspect = figure(rows, row, "inspect_minor"),
        .repair = figure(rows, row, "repair_minor"),
        .recovery = figure(rows, row, "recovery_minor"),
        .advertising = figure(rows, row, "advertising_minor"),
        .fees_kept = figure(rows, row, "fees_kept_minor"),
        .disposal = figure(rows, row, "disposal_minor"),
        .claims_per_unit = figure(rows, row, "claims_per_unit"),
        .claim_cost = figure(rows, row, "claim_cost_minor"),
        .margin_low = figure(rows, row, "margin_low_minor"),
        .margin_high = figure(rows, row, "margin_high_minor"),
        .loss_low = figure(rows, row, "loss_low_minor"),
        .loss_high = figure(rows, row, "loss_high_minor"),
    };

    cost.from = day_read(cost.valid_from);
    cost.margin_is_uncertain = !isnan(cost.margin_low) && !isnan(cost.margin_high);
    cost.loss_is_uncertain = !isnan(cost.loss_low) && !isnan(cost.loss_high);
    return cost;
}

const struct unit_cost *unit_cost_on(struct unit_costs costs, long day)
{
    for (size_t i = costs.n; i-- > 0;)
        if (costs.at[i].from <= day)
            return &costs.at[i];
    return NULL;
}

double unit_cost_sold(const struct unit_cost *cost)
{
    return cost->cogs + cost->outbound + cost->fees + cost->advertising;
}

struct unit_profit unit_profit_of(const struct unit_cost *cost)
{
    return (struct unit_profit){
        .margin = cost->price - unit_cost_sold(cost),
        .loss = cost->cogs + cost->outbound + cost->advertising + cost->fees_kept + cost->inbound +
                cost->inspect + cost->repair + cost->disposal - cost->recovery,
        .claims_cost = cost->claims_per_unit * cost->claim_cost,
    };
}

/* What is likely lies within what was entered, wherever that was. */
static struct spread spread_of(bool uncertain, double low, double likely, double high)
{
    if (!uncertain)
        return (struct spread){likely, likely, likely};
    return (struct spread){low, fmin(fmax(low, likely), high), high};
}

bool unit_profit_uncertain(const struct unit_cost *cost, struct uncertain_unit *unit)
{
    struct unit_profit likely = unit_profit_of(cost);

    *unit = (struct uncertain_unit){
        .margin = spread_of(cost->margin_is_uncertain, cost->margin_low, likely.margin,
                            cost->margin_high),
        .loss = spread_of(cost->loss_is_uncertain, cost->loss_low, likely.loss, cost->loss_high),
        .claims_cost = spread_of(false, 0, likely.claims_cost, 0),
    };
    return cost->margin_is_uncertain || cost->loss_is_uncertain;
}
