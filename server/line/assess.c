/* What is judged of lines. */
#include "line/assess.h"
#include "line/cohorts.h"

#include <math.h>

/*
 * The months that count: those asked for, or else the newest that the line has shipped in.
 */
static void choose_months(struct assessment *it, struct moment now, const struct assess_plan *plan)
{
    const struct month_counts *shipped = &it->line->shipped;
    int newest = shipped->first + (int)shipped->n - 1;

    it->end = now.shipped;
    if (plan->to && plan->to < it->end)
        it->end = plan->to;
    while (newest >= shipped->first &&
           (newest >= it->end || shipped->at[newest - shipped->first] <= 0))
        newest--;
    it->first = plan->from ? plan->from : newest - (int)plan->settings->verdict_months + 1;
}

static struct cohort_count count_of(const struct assessment *it, enum tally tally,
                                    struct moment now, size_t periods, size_t *known)
{
    struct cohort_table table = history_cohorts(it->line, tally, it->first, it->end, now, known);

    return cohort_count(&table, periods);
}

static struct line_rate rate_of(double x, double n, double level)
{
    struct line_rate rate = {
        .count = {x, n,  false},
          .interval = {NAN, NAN}
    };

    rate.count.known = interval_wilson_real(x, n, interval_z(level), &rate.interval);
    return rate;
}

static void rates_make(struct assessment *it, struct moment now, const struct assess_plan *plan,
                       struct arena *arena)
{
    size_t *known = arena_alloc(arena, (it->line->shipped.n + 1) * sizeof *known);
    struct cohort_count gross = count_of(it, TALLY_GROSS, now, plan->periods, known);
    struct cohort_count net = count_of(it, TALLY_NET, now, plan->periods, known);
    struct cohort_count back = count_of(it, TALLY_RECOVERED, now, plan->periods, known);
    struct cohort_count quality = count_of(it, TALLY_QUALITY, now, plan->periods, known);
    struct cohort_table table =
        history_cohorts(it->line, TALLY_GROSS, it->first, it->end, now, known);

    it->matured = gross.shipped;
    it->matured_months = gross.months;
    it->gross = rate_of(gross.events, gross.shipped, plan->level);
    it->net = rate_of(fmax(0, net.events - back.events), net.shipped, plan->level);
    it->quality = rate_of(quality.events, quality.shipped, plan->level);
    for (size_t row = 0; row < table.rows; row++)
        it->unsound_months += !cohort_is_sound(&table, row);
}

/* Of returns in the last twelve months; of all, if there were none. */
static void uncovered_make(struct assessment *it, struct moment now)
{
    const struct line_history *line = it->line;
    struct lag_counts year = {{0}, {0}};
    double covered;

    history_lags(&year, &line->lags, line->lags.gross,
                 (struct lag_span){now.month - BASELINE_MONTHS, now.month + 1}, now);
    covered = lag_events(&year);
    it->uncovered = month_sum(&line->uncovered, now.month - BASELINE_MONTHS, now.month + 1);
    if (it->uncovered + covered <= 0) {
        it->uncovered = month_sum(&line->uncovered, 0, now.month + 1);
        covered = it->returned - it->uncovered;
    }
    it->uncovered_share =
        it->uncovered + covered > 0 ? it->uncovered / (it->uncovered + covered) : 0;
}

/* The newest month of which the two after it are over, and which is not exempt. */
static void fee_make(struct assessment *it, struct moment now)
{
    const struct line_history *line = it->line;

    for (int month = now.month - 3; line->fee_category && month > now.month - 3 - 12; month--) {
        double shipped = month_count(&line->fee_shipped, month);
        double returned = month_count(&line->fee_returned, month);
        struct fee_verdict verdict;

        if (!fee_judge(line->fee, shipped, returned, &verdict) || verdict.exempt)
            continue;
        it->fee = (struct line_fee){true, month, shipped, returned, verdict};
        return;
    }
}

static void first_look(struct assessment *it, const struct line_history *line, struct moment now,
                       const struct assess_plan *plan, struct arena *arena)
{
    *it = (struct assessment){.line = line, .now = now};
    choose_months(it, now, plan);
    it->shipped = month_sum(&line->shipped, 0, now.shipped) + line->trimmed;
    it->returned = line->returned + month_sum(&line->uncovered, 0, now.month + 1);
    rates_make(it, now, plan, arena);
    nowcast_make(&it->nowcast, line, it->first, it->end, now, arena);
    uncovered_make(it, now);
    fee_make(it, now);
    it->danger =
        month_sum(&line->danger, now.month + 1 - (int)plan->settings->danger_months, now.month + 1);
}

/* What the lines of a family lend each other, for one of the rates. */
static void lend_rates(struct assessment *assessments, const struct line_histories *lines,
                       struct line_rate *(*rate)(struct assessment *), double level,
                       struct arena *arena)
{
    struct line_count *counts = arena_alloc(arena, (lines->n + 1) * sizeof *counts);
    struct lent *lent = arena_alloc(arena, (lines->n + 1) * sizeof *lent);

    for (size_t i = 0; i < lines->n; i++)
        counts[i] = rate(&assessments[i])->count;
    lend(lines, counts, level, arena, lent);
    for (size_t i = 0; i < lines->n; i++)
        rate(&assessments[i])->lent = lent[i];
}

static struct line_rate *gross_of(struct assessment *it)
{
    return &it->gross;
}

static struct line_rate *net_of(struct assessment *it)
{
    return &it->net;
}

static struct line_rate *quality_of(struct assessment *it)
{
    return &it->quality;
}

/* The rate that decides: of units that count in full, young months among them. */
static void lend_belief(struct assessment *assessments, const struct line_histories *lines,
                        double level, struct arena *arena)
{
    struct line_count *counts = arena_alloc(arena, (lines->n + 1) * sizeof *counts);
    struct lent *lent = arena_alloc(arena, (lines->n + 1) * sizeof *lent);

    for (size_t i = 0; i < lines->n; i++)
        counts[i] = nowcast_count(&assessments[i].nowcast);
    lend(lines, counts, level, arena, lent);
    for (size_t i = 0; i < lines->n; i++)
        assessments[i].believed = lent[i];
}

static void money_of(struct assessment *it, struct moment now, const struct assess_plan *plan,
                     struct arena *arena)
{
    const struct money_question question = {
        .rate = it->believed.lines ? &it->believed.posterior : NULL,
        .rate_by_age = it->net.count.known ? it->net.count.x / it->net.count.n : NAN,
        .units = NAN,
        .first = it->first,
        .end = it->end,
        .periods = plan->periods,
        .drawn = plan->drawn,
    };

    money_make(&it->money, it->line, question, now, arena);
}

void assess(struct assessment *assessments, const struct line_histories *lines, struct moment now,
            const struct assess_plan *plan, struct arena *arena)
{
    struct trend *trends = arena_alloc(arena, (lines->n + 1) * sizeof *trends);

    for (size_t i = 0; i < lines->n; i++)
        first_look(&assessments[i], &lines->at[i], now, plan, arena);
    lend_rates(assessments, lines, gross_of, plan->level, arena);
    lend_rates(assessments, lines, net_of, plan->level, arena);
    lend_rates(assessments, lines, quality_of, plan->level, arena);
    lend_belief(assessments, lines, plan->level, arena);
    trends_make(trends, lines, now, plan->settings, plan->level, arena);
    for (size_t i = 0; i < lines->n; i++) {
        assessments[i].trend = trends[i];
        assessments[i].nbatches =
            batches_make(&assessments[i].batches, lines, i, now, plan->settings, arena);
        money_of(&assessments[i], now, plan, arena);
    }
}

const char *assessment_gap(const struct assessment *assessment,
                           const struct flag_settings *settings)
{
    const struct nowcast *nowcast = &assessment->nowcast;

    if (assessment->shipped <= 0)
        return "no_shipments";
    if (assessment->uncovered_share > settings->uncovered_max)
        return "uncovered_returns";
    if (!assessment->money.cost)
        return "no_costs";
    if (!nowcast->known)
        return assessment->unsound_months ? "returns_exceed_shipments" : "immature";
    if (!assessment->believed.lines)
        return "returns_exceed_shipments";
    return nowcast->full < settings->units_min ? "immature" : NULL;
}
