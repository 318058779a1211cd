/* Reserves for claims, line by line. */
#include "line/reserves.h"

#include <math.h>
#include <string.h>

#define PERIODS_PER_YEAR 12

/* Counts of all lines of a family together. */
static void pool_family(const struct reserves *reserves, struct arena *arena, const char *family,
                        size_t closing, struct period_counts *pool)
{
    size_t periods = 0;

    for (size_t i = 0; i < reserves->n; i++)
        if (!strcmp(reserves->lines[i].family, family) &&
            reserves->lines[i].counts[closing].n > periods)
            periods = reserves->lines[i].counts[closing].n;
    period_counts_prepare(pool, arena, periods);
    for (size_t i = 0; i < reserves->n; i++) {
        const struct period_counts *counts = &reserves->lines[i].counts[closing];

        if (strcmp(reserves->lines[i].family, family) != 0)
            continue;
        for (size_t k = 0; k <= counts->n; k++) {
            pool->running[k] += counts->running[k];
            pool->events[k] += k < counts->n ? counts->events[k] : 0;
            pool->others[k] += k < counts->n ? counts->others[k] : 0;
        }
    }
}

static void choose_model(const struct reserves *reserves, struct arena *arena,
                         const struct line_reserve *line, size_t closing, double level,
                         struct line_model *model)
{
    struct model_cells own = model_cells_of(arena, &line->counts[closing], PERIOD_INTERVAL);
    struct model_cells family = {NULL, 0};
    struct period_counts pool;
    double events = 0;

    for (size_t k = 0; k < line->counts[closing].n; k++)
        events += line->counts[closing].events[k];
    if (events < LIFE_FAILURES_MIN) {
        pool_family(reserves, arena, line->family, closing, &pool);
        family = model_cells_of(arena, &pool, PERIOD_INTERVAL);
    }
    line_model_choose(model, own, family, MODEL_BEST, level);
}

/* Units in warranty; `months` tells of which month each is, or is NULL. */
static size_t cohorts_of(const struct line_reserve *line, size_t closing, double warranty,
                         struct cohort *cohorts, struct reserve_month **months)
{
    size_t n = 0;

    for (size_t i = 0; i < line->nmonths; i++) {
        struct reserve_month *month = &line->months[i];
        double survivors = month->shipped - month->left[closing];

        if (!month->is_there[closing] || month->age[closing] >= warranty || !(survivors > 0))
            continue;
        if (months)
            months[n] = month;
        cohorts[n++] = (struct cohort){survivors, month->age[closing]};
    }
    return n;
}

/* Units that were shipped between the closings, new. */
static size_t sales_of(const struct line_reserve *line, struct cohort *cohorts)
{
    size_t n = 0;

    for (size_t i = 0; i < line->nmonths; i++)
        if (line->months[i].is_there[CLOSING_NOW] && !line->months[i].is_there[CLOSING_BEFORE])
            cohorts[n++] = (struct cohort){line->months[i].shipped, 0};
    return n;
}

static struct forecast_plan plan_of(const struct cohort *cohorts, size_t n, double warranty)
{
    return (struct forecast_plan){
        .cohorts = cohorts, .n = n, .periods = ceil(warranty), .warranty = warranty};
}

static struct reserve_terms terms_of(double cost, struct reserve_rules rules)
{
    return (struct reserve_terms){isnan(cost) ? 0 : cost, PERIODS_PER_YEAR, rules.discount};
}

/* Without a fit the least scale that the data allow tells how much it may be at most. */
static double at_most(const struct line_model *model, const struct forecast_plan *plan, double cost)
{
    struct life_curve worst;
    double claims;

    if (isnan(model->eta_at_least))
        return NAN;
    worst = line_model_worst(model);
    return forecast_expected(&worst, plan, &claims) ? claims * cost : NAN;
}

/* Of each month by itself; the sum of all is the same. */
static void estimate_months(const struct life_curve *curve, const struct cohort *cohorts,
                            struct reserve_month **months, size_t n, struct reserve_rules rules,
                            struct reserve_terms terms)
{
    for (size_t i = 0; i < n; i++) {
        struct forecast_plan plan = plan_of(&cohorts[i], 1, rules.warranty);
        struct reserve reserve;

        if (!reserve_estimate(curve, &plan, terms, NULL, &reserve))
            continue;
        months[i]->claims = reserve.claims;
        months[i]->amount = reserve.amount;
    }
}

static void estimate(const struct reserves *reserves, struct arena *arena,
                     struct line_reserve *line, size_t closing, struct reserve_rules rules)
{
    struct cohort *cohorts = arena_alloc(arena, (line->nmonths + 1) * sizeof *cohorts);
    struct reserve_month **months = arena_alloc(arena, (line->nmonths + 1) * sizeof *months);
    size_t n = cohorts_of(line, closing, rules.warranty, cohorts, months);
    struct forecast_plan plan = plan_of(cohorts, n, rules.warranty);
    struct reserve_terms terms = terms_of(line->cost[closing], rules);
    struct reserve_estimate *at = &line->at[closing];
    struct forecast forecast;

    *at = (struct reserve_estimate){
        .claims = {NAN, NAN},
          .at_most = NAN
    };
    choose_model(reserves, arena, line, closing, rules.level, &at->model);
    if (at->model.source == MODEL_NONE) {
        /* Nothing was ever claimed: nothing is put aside, but it is told what might be. */
        at->known = at->model.failures == 0;
        at->at_most = at_most(&at->model, &plan, line->cost[closing]);
        return;
    }
    at->known = reserve_estimate(&at->model.fit.curve, &plan, terms, NULL, &at->reserve);
    if (forecast_returns(&at->model.fit, &plan, rules.level, NULL, &forecast))
        at->claims = forecast.interval;
    if (closing == CLOSING_NOW && at->known)
        estimate_months(&at->model.fit.curve, cohorts, months, n, rules, terms);
}

/* What units sold since will cost in all, as was thought when they were. */
static bool accrue(struct line_reserve *line, struct arena *arena, struct reserve_rules rules,
                   struct reserve *accrued)
{
    struct cohort *cohorts = arena_alloc(arena, (line->nmonths + 1) * sizeof *cohorts);
    struct forecast_plan plan = plan_of(cohorts, sales_of(line, cohorts), rules.warranty);
    size_t by = line->at[CLOSING_BEFORE].model.source ? CLOSING_BEFORE : CLOSING_NOW;
    const struct line_model *model = &line->at[by].model;

    *accrued = (struct reserve){0, 0, 0};
    return !model->source || reserve_estimate(&model->fit.curve, &plan,
                                              terms_of(line->cost[by], rules), NULL, accrued);
}

/* Whole minor units are told apart by a double; NAN is no money. */
static bool is_money(double amount)
{
    return fabs(amount) < 9e15;
}

void reserve_line(const struct reserves *reserves, struct arena *arena, struct line_reserve *line,
                  struct reserve_rules rules)
{
    const struct reserve_estimate *now = &line->at[CLOSING_NOW];
    const struct reserve_estimate *before = &line->at[CLOSING_BEFORE];
    double settled = line->settled_claims * line->cost[CLOSING_NOW];
    struct reserve accrued;

    estimate(reserves, arena, line, CLOSING_NOW, rules);
    estimate(reserves, arena, line, CLOSING_BEFORE, rules);
    if (!accrue(line, arena, rules, &accrued) || !now->known || !before->known ||
        !is_money(settled) || !is_money(accrued.amount) || !is_money(now->reserve.amount) ||
        !is_money(before->reserve.amount))
        return;
    line->accrued_claims = accrued.claims;
    line->has_roll =
        reserve_roll_forward(llround(before->reserve.amount), llround(accrued.amount),
                             llround(settled), llround(now->reserve.amount), &line->roll);
}
