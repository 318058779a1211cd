/* Assessments as JSON. */
#include "line/tell.h"
#include "line/cohorts.h"

#include <math.h>

/* Half a cent is no money. */
static void amount(struct text *text, const char *name, double minor)
{
    value_number(text, name, round(minor));
}

void month_tell(struct text *text, const char *name, int month)
{
    char written[MONTH_SIZE];

    value_word(text, name, month ? month_write(written, month) : NULL);
}

void lent_tell(struct text *text, const char *name, const struct lent *lent, double level)
{
    if (!lent->lines) {
        value_word(text, name, NULL);
        return;
    }
    value_open(text, name, '{');
    value_number(text, "rate", lent->rate);
    limits_tell(text, "interval", lent->interval, level, "beta");
    value_number(text, "weight", lent->weight);
    value_word(text, "lent", lending_word(lent->how));
    value_whole(text, "lines", (int64_t)lent->lines);
    value_close(text, '}');
}

static void tell_rate(struct text *text, const char *name, const struct line_rate *rate,
                      double level)
{
    struct line_count count = rate->count;

    value_open(text, name, '{');
    value_number(text, "x", count.x);
    value_number(text, "n", count.n);
    value_number(text, "rate", count.known ? count.x / count.n : NAN);
    limits_tell(text, "interval", rate->interval, level, "wilson");
    value_word(text, "reason",
               count.known   ? NULL
               : count.n > 0 ? "returns_exceed_shipments"
                             : "immature");
    lent_tell(text, "shrunk", &rate->lent, level);
    value_close(text, '}');
}

static void tell_nowcast(struct text *text, const struct assessment *it, double level)
{
    const struct nowcast *nowcast = &it->nowcast;

    value_open(text, "nowcast", '{');
    value_number(text, "age", nowcast->periods ? period_end(nowcast->periods - 1) : (double)NAN);
    value_number(text, "x", nowcast->reported);
    value_number(text, "n", nowcast->full);
    value_number(text, "shipped", nowcast->shipped);
    value_number(text, "ultimate", nowcast->known ? nowcast->ultimate : NAN);
    value_number(text, "rate", nowcast->known ? nowcast->ultimate / nowcast->shipped : NAN);
    value_word(text, "development", nowcast->known ? development_word(nowcast->development) : NULL);
    value_word(text, "reason", nowcast->known ? NULL : "immature");
    lent_tell(text, "shrunk", &it->believed, level);
    value_close(text, '}');
}

static void tell_trend(struct text *text, const struct trend *trend, double level)
{
    value_open(text, "trend", '{');
    month_tell(text, "from", trend->window.first);
    month_tell(text, "to", trend->window.end);
    value_number(text, "observed", trend->observed);
    value_number(text, "expected", trend->expected);
    value_number(text, "ratio", trend->ratio);
    limits_tell(text, "interval", trend->interval, level, "exact_poisson");
    value_number(text, "p", trend->p);
    value_number(text, "q", trend->q);
    value_flag(text, "borrowed", trend->borrowed);
    value_word(text, "reason", trend->tested ? NULL : "too_few_expected");
    value_close(text, '}');
}

static void tell_fee(struct text *text, const struct assessment *it)
{
    const struct line_fee *fee = &it->fee;

    value_open(text, "fee", '{');
    value_word(text, "category", it->line->fee_category);
    value_number(text, "threshold", it->line->fee_category ? it->line->fee.threshold : NAN);
    month_tell(text, "month", fee->month);
    value_number(text, "x", fee->judged ? fee->returned : NAN);
    value_number(text, "n", fee->judged ? fee->shipped : NAN);
    value_number(text, "rate", fee->judged ? fee->verdict.rate : NAN);
    value_number(text, "units", fee->judged ? fee->verdict.fee_units : NAN);
    value_number(text, "p_above", fee->judged ? fee->verdict.p_above : NAN);
    value_word(text, "reason",
               fee->judged              ? NULL
               : it->line->fee_category ? "no_month_to_judge"
                                        : "no_rule");
    value_close(text, '}');
}

void money_tell(struct text *text, const char *name, const struct money *money)
{
    bool known = money->cost != NULL;

    value_open(text, name, '{');
    value_word(text, "currency", known ? money->cost->currency : NULL);
    value_number(text, "price_minor", known ? money->cost->price : NAN);
    amount(text, "margin_minor", known ? money->unit.margin : NAN);
    amount(text, "loss_minor", known ? money->unit.loss : NAN);
    amount(text, "claims_cost_minor", known ? money->unit.claims_cost : NAN);
    value_number(text, "break_even", money->break_even);
    value_number(text, "p_loss", money->p_loss);
    value_number(text, "p_loss_error", money->p_error);
    amount(text, "shortfall_minor", money->shortfall);
    amount(text, "profit_minor", money->profit);
    value_number(text, "units", money->units);
    value_number(text, "expected_returns", money->expected_returns);
    value_number(text, "bad_returns", money->bad_returns);
    amount(text, "at_risk_minor", money->at_risk);
    amount(text, "money_per_point_minor", money->money_per_point);
    value_number(text, "margin_lost", money->erosion);
    amount(text, "booked_minor", money->booked);
    value_whole(text, "booked_months", (int64_t)money->booked_months);
    value_word(text, "reason", !known ? "no_costs" : money->believed ? NULL : "no_rate");
    value_close(text, '}');
}

static void tell_batches(struct text *text, const struct assessment *it,
                         const struct flag_settings *settings)
{
    value_open(text, "batches", '[');
    for (size_t i = 0; i < it->nbatches; i++) {
        const struct batch *batch = &it->batches[i];

        value_open(text, NULL, '{');
        value_word(text, "lot", batch->lot);
        value_number(text, "shipped", batch->shipped);
        value_number(text, "observed", batch->observed);
        value_number(text, "expected", batch->expected);
        value_number(text, "ratio", batch->observed / batch->expected);
        value_number(text, "llr", batch->llr);
        value_number(text, "boundary", batch_boundary(batch, settings));
        value_number(text, "p", batch->p);
        value_flag(text, "signal", batch->signal);
        value_close(text, '}');
    }
    value_close(text, ']');
}

void assessment_tell(struct text *text, const struct assessment *assessment,
                     const struct assess_plan *plan)
{
    const struct line_history *line = assessment->line;

    value_word(text, "id", line->id);
    value_word(text, "code", line->code);
    value_word(text, "name", line->name);
    value_word(text, "family", line->family);
    value_number(text, "shipped", assessment->shipped);
    value_number(text, "returned", assessment->returned);
    value_number(text, "matured", assessment->matured);
    tell_rate(text, "grr", &assessment->gross, plan->level);
    tell_rate(text, "nrr", &assessment->net, plan->level);
    tell_rate(text, "qrr", &assessment->quality, plan->level);
    tell_nowcast(text, assessment, plan->level);
    tell_trend(text, &assessment->trend, plan->level);
    money_tell(text, "money", &assessment->money);
    tell_fee(text, assessment);
    value_open(text, "uncovered", '{');
    value_number(text, "x", assessment->uncovered);
    value_number(text, "share", assessment->uncovered_share);
    value_close(text, '}');
    value_number(text, "danger", assessment->danger);
    tell_batches(text, assessment, plan->settings);
}

void findings_tell(struct text *text, const char *name, const struct finding *findings, size_t n,
                   const struct assessment *assessment, const struct assess_plan *plan)
{
    value_open(text, name, '[');
    for (size_t i = 0; i < n; i++) {
        if (!findings[i].enter)
            continue;
        value_open(text, NULL, '{');
        value_word(text, "code", flag_code_name(findings[i].code));
        value_word(text, "level", level_name(findings[i].enter));
        value_word(text, "subject", *findings[i].subject ? findings[i].subject : NULL);
        value_word(text, "sentence",
                   finding_sentence(&findings[i], assessment, plan->settings, text->arena));
        value_close(text, '}');
    }
    value_close(text, ']');
}
