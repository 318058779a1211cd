/* What returns do to the profit of one line, as it is and as it might be. */
#include "api/line_schema.h"
#include "api/watch.h"
#include "line/tell.h"

#include <math.h>
#include <string.h>

/* Whatever is given takes the place of what was entered; NAN: it was not. */
struct profit_query {
    struct watching watching;
    double price_minor, cogs_minor, outbound_minor, fees_minor, inbound_minor, inspect_minor;
    double repair_minor, recovery_minor, advertising_minor, fees_kept_minor, disposal_minor;
    double claims_per_unit, claim_cost_minor, rate, units;
};

#define MONEY_MAX 1000000000000
#define WHAT_IF(member) \
    FIELD(struct profit_query, member, NUMBER, .max = MONEY_MAX, .optional = true)

FIELDS(line_profit_query, struct profit_query, SCOPE_FIELDS,
       FIELD(struct watching, age, NUMBER, .min = 30, .max = 1095, .optional = true),
       WHAT_IF(price_minor), WHAT_IF(cogs_minor), WHAT_IF(outbound_minor), WHAT_IF(fees_minor),
       WHAT_IF(inbound_minor), WHAT_IF(inspect_minor), WHAT_IF(repair_minor),
       WHAT_IF(recovery_minor), WHAT_IF(advertising_minor), WHAT_IF(fees_kept_minor),
       WHAT_IF(disposal_minor), WHAT_IF(claims_per_unit), WHAT_IF(claim_cost_minor),
       FIELD(struct profit_query, rate, NUMBER, .max = 1, .optional = true),
       FIELD(struct profit_query, units, NUMBER, .max = 1000000000, .optional = true));

#define NULLABLE_OBJECT_MEMBER(name, properties) \
    {                                            \
        name, OBJECT_OR_NULL(properties), true   \
    }
MEMBERS(line_profit_computed, ANALYSIS_MEMBERS, RATE_MEMBERS, MATURITY_MEMBER,
        {"believed", SHRUNK_SCHEMA, true}, NULLABLE_OBJECT_MEMBER("money", MONEY_PROPERTIES),
        NULLABLE_OBJECT_MEMBER("entered", MONEY_PROPERTIES), NUMBER_MEMBER("fee_threshold"),
        TABLE_MEMBER("items", "\"name\",\"margin_minor\",\"loss_minor\",\"entered_minor\"",
                     "\"name\":{\"type\":\"string\"},\"margin_minor\":" NULLABLE_NUMBER
                     ",\"loss_minor\":" NULLABLE_NUMBER ",\"entered_minor\":" NULLABLE_NUMBER));

static analysis_fn tell_profit;

/** GET /api/v1/analytics/lines/:id/profit: margin, loss, break-even, chance of a loss, what if. */
void line_profit(struct request *req)
{
    struct profit_query *asked = REQ_STATE(req, struct profit_query);

    if (QUERY_READ(req, asked))
        watch_lines(req, req->param[0], true, tell_profit);
}

/* One number of the costs: where it is, what takes its place, and how it counts. */
struct component {
    const char *name;
    size_t place; /* in struct unit_cost */
    double instead;
    int margin, loss; /* its sign in the one and the other */
};

#define COMPONENTS 13

static void components_of(const struct profit_query *asked, struct component list[COMPONENTS])
{
    const struct component table[COMPONENTS] = {
        {"price",           offsetof(struct unit_cost, price),           asked->price_minor,       1,  0 },
        {"cogs",            offsetof(struct unit_cost, cogs),            asked->cogs_minor,        -1, 1 },
        {"outbound",        offsetof(struct unit_cost, outbound),        asked->outbound_minor,    -1, 1 },
        {"fees",            offsetof(struct unit_cost, fees),            asked->fees_minor,        -1, 0 },
        {"advertising",     offsetof(struct unit_cost, advertising),     asked->advertising_minor, -1, 1 },
        {"fees_kept",       offsetof(struct unit_cost, fees_kept),       asked->fees_kept_minor,   0,  1 },
        {"inbound",         offsetof(struct unit_cost, inbound),         asked->inbound_minor,     0,  1 },
        {"inspect",         offsetof(struct unit_cost, inspect),         asked->inspect_minor,     0,  1 },
        {"repair",          offsetof(struct unit_cost, repair),          asked->repair_minor,      0,  1 },
        {"disposal",        offsetof(struct unit_cost, disposal),        asked->disposal_minor,    0,  1 },
        {"recovery",        offsetof(struct unit_cost, recovery),        asked->recovery_minor,    0,  -1},
        {"claims_per_unit", offsetof(struct unit_cost, claims_per_unit), asked->claims_per_unit,   0,
         0                                                                                               },
        {"claim_cost",      offsetof(struct unit_cost, claim_cost),      asked->claim_cost_minor,  0,  0 },
    };

    memcpy(list, table, sizeof table);
}

static double *value_in(struct unit_cost *cost, const struct component *component)
{
    return (double *)(void *)((char *)cost + component->place);
}

/* The costs as they might be. What was entered as uncertain is not so any more once a part of it
 * is given. */
static struct unit_cost cost_if(const struct unit_cost *entered, const struct component *list)
{
    struct unit_cost cost = *entered;

    for (size_t i = 0; i < COMPONENTS; i++) {
        if (isnan(list[i].instead))
            continue;
        *value_in(&cost, &list[i]) = list[i].instead;
        cost.margin_is_uncertain = cost.margin_is_uncertain && !list[i].margin;
        cost.loss_is_uncertain = cost.loss_is_uncertain && !list[i].loss;
    }
    return cost;
}

/* The rate as it might be is believed as firmly as the one that is. */
static struct beta_prior rate_if(const struct assessment *it, double rate, double units_min)
{
    struct beta_prior is = it->believed.posterior;
    double strength = it->believed.lines ? is.a + is.b : units_min;

    return (struct beta_prior){fmax(1e-9, rate * strength), fmax(1e-9, (1 - rate) * strength)};
}

static void money_if(struct money *money, const struct assessment *it,
                     const struct profit_query *asked, const struct unit_cost *cost,
                     struct analysis *analysis)
{
    struct line_history line = *it->line;
    struct beta_prior rate = isnan(asked->rate)
                                 ? it->believed.posterior
                                 : rate_if(it, asked->rate, asked->watching.settings.units_min);
    struct line_count net = it->net.count;
    struct money_question question = {
        .rate = it->believed.lines || !isnan(asked->rate) ? &rate : NULL,
        .rate_by_age = !isnan(asked->rate) ? asked->rate
                       : net.known         ? net.x / net.n
                                           : NAN,
        .units = asked->units,
        .first = it->first,
        .end = it->end,
        .periods = asked->watching.periods,
        .drawn = true,
    };

    line.costs = (struct unit_costs){cost, 1};
    money_make(money, &line, question, it->now, analysis->arena);
    money->booked = it->money.booked;
    money->booked_months = it->money.booked_months;
}

static void tell_components(struct text *out, struct unit_cost *cost, struct unit_cost *entered,
                            const struct component *list)
{
    value_open(out, "items", '[');
    for (size_t i = 0; cost && i < COMPONENTS; i++) {
        double value = *value_in(cost, &list[i]);

        value_open(out, NULL, '{');
        value_word(out, "name", list[i].name);
        value_number(out, "margin_minor", list[i].margin ? list[i].margin * value : NAN);
        value_number(out, "loss_minor", list[i].loss ? list[i].loss * value : NAN);
        value_number(out, "entered_minor", *value_in(entered, &list[i]));
        value_close(out, '}');
    }
    value_close(out, ']');
}

/* What the answer stands on, and where it does not. */
static void warn(struct analysis *analysis, const struct assessment *it, const struct money *money)
{
    const char *gap = assessment_gap(it, &((const struct watching *)analysis->asked)->settings);

    if (!money->cost)
        analysis_warn(analysis, "no_costs", "No costs are entered for this day.");
    else if (money->unit.margin <= money->unit.claims_cost)
        analysis_warn(analysis, "no_margin", "The line loses money even if nothing comes back.");
    else if (money->unit.loss <= -money->unit.margin)
        analysis_warn(analysis, "no_loss", "No rate of returns can hurt this line.");
    if (gap && strcmp(gap, "no_costs") != 0)
        analysis_warn(analysis, gap, "The data do not allow a verdict yet.");
}

static const char *tell_profit(struct analysis *analysis)
{
    const struct profit_query *asked = analysis->asked;
    struct text *out = analysis->out;
    struct line_histories lines;
    struct assess_plan plan;
    struct assessment *all = watch_assess(analysis, &lines, &plan), *it;
    struct component components[COMPONENTS];
    struct unit_cost entered, instead;
    struct money money;

    if (!all)
        return AGE_FAULT;
    it = &all[watch_find(&lines, asked->watching.line)];
    components_of(asked, components);
    money = it->money;
    if (it->money.cost) {
        entered = *it->money.cost;
        instead = cost_if(&entered, components);
        money_if(&money, it, asked, &instead, analysis);
    }
    value_word(out, "method",
               "Beta posterior of units that count in full against break-even; uncertain costs "
               "by 4000 seeded draws; next quarter by the beta-binomial's 95 % quantile");
    watch_rate(analysis, it, &plan);
    lent_tell(out, "believed", &it->believed, plan.level);
    money_tell(out, "money", &money);
    money_tell(out, "entered", &it->money);
    value_number(out, "fee_threshold", it->line->fee_category ? it->line->fee.threshold : NAN);
    tell_components(out, it->money.cost ? &instead : NULL, &entered, components);
    warn(analysis, it, &money);
    return NULL;
}
