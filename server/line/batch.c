/* Lots against the curve of their line. */
#include "line/batch.h"
#include "line/trend.h"

#include "stat/sequential.h"
#include "stat/special.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* MaxSPRT plans are no longer than this; a larger lot has signalled long before. */
#define LENGTH_MAX 200
/* The events of an age without any. */
#define NO_EVENTS 0.5
/* A greater LLR makes no difference. */
#define LLR_MAX 100
/* A lot that is sold out keeps its LLR for ever; after so many months without a fault it is no
   news any more. */
#define RECENT_MONTHS 3

/* Everything that is known of the events of some units. */
static struct lag_counts all_counts(const struct lag_cells *cells, int first, struct moment now)
{
    struct lag_counts counts = {{0}, {0}};

    history_lags(&counts, cells, cells->suspect, (struct lag_span){first, now.month + 1}, now);
    return counts;
}

/* The same of the lines of a family but one. */
static struct lag_counts family_counts(const struct line_histories *lines, size_t line,
                                       struct moment now)
{
    struct lag_counts sum = {{0}, {0}};

    for (size_t i = 0; i < lines->n; i++) {
        struct lag_counts counts;

        if (i == line || strcmp(lines->at[i].family, lines->at[line].family))
            continue;
        counts = all_counts(&lines->at[i].lags, history_since(now), now);
        lag_join(&sum, &counts);
    }
    return sum;
}

/* At an age at which nothing has failed yet something may. */
static void fill_gaps(struct lag_counts *curve)
{
    for (size_t k = 0; k < LAGS; k++)
        if (curve->at_risk[k] > 0 && curve->events[k] <= 0)
            curve->events[k] = NO_EVENTS;
}

/* What a unit is expected to show in its whole life, as far as the curve knows it. */
static double life_of(const struct lag_counts *curve)
{
    double alive = 1;

    for (size_t k = 0; k < LAGS; k++)
        if (curve->at_risk[k] > 0)
            alive *= 1 - fmin(1, curve->events[k] / curve->at_risk[k]);
    return 1 - alive;
}

static double units_of(const struct lag_cells *cells, struct moment now)
{
    double sum = 0;

    for (size_t row = 0; row < cells->rows && cells->first + (int)row < now.shipped; row++)
        sum += cells->shipped[row];
    return sum;
}

/* The test of one lot; false if there is nothing to test it against. */
static bool test_lot(struct batch *batch, const struct lot_history *lot,
                     const struct lag_counts *line, struct moment now)
{
    int first = lot->restarted > lot->lags.origin ? lot->restarted : lot->lags.origin;
    struct lag_counts own = all_counts(&lot->lags, first, now), rest = *line;
    struct lag_counts whole = all_counts(&lot->lags, lot->lags.origin, now);
    struct lag_counts recent = all_counts(&lot->lags, now.month - RECENT_MONTHS, now);
    struct lag_compared compared;

    lag_subtract(&rest, &whole);
    if (lag_events(&rest) < BASELINE_EVENTS)
        return false;
    fill_gaps(&rest);
    compared = lag_compare(&own, &rest);
    *batch = (struct batch){
        .lot = lot->name,
        .shipped = units_of(&lot->lags, now),
        .observed = compared.observed,
        .expected = compared.expected,
        .recent = lag_events(&recent),
        .llr = maxsprt_llr(compared.observed, compared.expected),
    };
    batch->length = fmin(LENGTH_MAX, fmax(compared.expected, batch->shipped * life_of(&rest)));
    batch->p = 1;
    return true;
}

/* The smallest count that has at least this LLR. */
static double count_of(double llr, double expected)
{
    double count = ceil(expected);

    while (maxsprt_llr(count, expected) < llr)
        count++;
    return count;
}

/*
 * Whether it is a signal. The flat boundary of a plan is the LLR whose chance is alpha: so the
 * chance of the LLR that is seen tells as much, and takes no search. It is no smaller than the
 * chance of the count on this one day, which is quickly known.
 */
static void judge(struct batch *batch, const struct flag_settings *settings, double allowed)
{
    struct maxsprt_plan plan = {batch->length, (int)settings->batch_events};
    double raised = fmin(batch->llr / settings->leave_share, LLR_MAX);
    double held;

    batch->allowed = allowed;
    if (batch->observed < settings->batch_events || batch->llr <= 0 ||
        poisson_tails(count_of(raised, batch->expected) - 1, batch->expected).upper > allowed)
        return;
    batch->p = maxsprt_chance(plan, fmin(batch->llr, LLR_MAX));
    held = maxsprt_chance(plan, raised);
    batch->signal = batch->p <= allowed && batch->recent > 0;
    batch->lasts = held <= allowed && batch->recent > 0;
}

double batch_boundary(const struct batch *batch, const struct flag_settings *settings)
{
    struct maxsprt_plan plan = {batch->length, (int)settings->batch_events};
    double boundary;

    return maxsprt_boundary(plan, batch->allowed, &boundary) ? boundary : NAN;
}

static int by_llr(const void *left, const void *right)
{
    const struct batch *a = left, *b = right;

    return a->llr != b->llr ? (a->llr < b->llr) - (a->llr > b->llr) : strcmp(a->lot, b->lot);
}

/* What lots are held against: the line's curve, the family's as well if that is too short. */
struct yardstick {
    struct lag_counts curve;
    double allowed;
};

static struct yardstick yardstick_of(const struct line_histories *lines, size_t line,
                                     struct moment now, const struct flag_settings *settings)
{
    const struct line_history *history = &lines->at[line];
    double begun = month_sum(&history->lots_begun, now.shipped - 12, now.shipped);
    struct yardstick yardstick = {all_counts(&history->lags, history_since(now), now),
                                  settings->batch_alpha / fmax(1, begun)};
    struct lag_counts family;

    if (lag_events(&yardstick.curve) < BASELINE_EVENTS) {
        family = family_counts(lines, line, now);
        lag_join(&yardstick.curve, &family);
    }
    return yardstick;
}

size_t batches_make(struct batch **batches, const struct line_histories *lines, size_t line,
                    struct moment now, const struct flag_settings *settings, struct arena *arena)
{
    const struct line_history *history = &lines->at[line];
    struct yardstick yardstick = yardstick_of(lines, line, now, settings);
    size_t n = 0;

    *batches = arena_alloc(arena, (history->nlots + 1) * sizeof **batches);
    for (size_t i = 0; i < history->nlots; i++) {
        struct batch batch;

        if (history->lots[i].lags.first < history_since(now) ||
            !test_lot(&batch, &history->lots[i], &yardstick.curve, now))
            continue;
        judge(&batch, settings, yardstick.allowed);
        if (batch.signal || batch.lasts)
            (*batches)[n++] = batch;
    }
    qsort(*batches, n, sizeof **batches, by_llr);
    return n;
}

bool batch_make(struct batch *batch, const struct line_histories *lines, size_t line, size_t lot,
                struct moment now, const struct flag_settings *settings)
{
    struct yardstick yardstick = yardstick_of(lines, line, now, settings);

    if (!test_lot(batch, &lines->at[line].lots[lot], &yardstick.curve, now))
        return false;
    judge(batch, settings, yardstick.allowed);
    return true;
}
