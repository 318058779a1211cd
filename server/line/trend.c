/* Rises of the newest months. */
#include "line/trend.h"

#include "stat/expected.h"
#include "stat/multiple.h"

#include <math.h>
#include <string.h>

/* How many expected events it takes before a line's own level counts half. */
#define LEVEL_EVENTS 5

struct trend_counts trend_counts(const struct lag_cells *cells, const double *events,
                                 struct lag_span window, struct lag_span baseline,
                                 struct moment now)
{
    struct trend_counts counts = {
        {{0}, {0}},
        {{0}, {0}}
    };

    history_lags(&counts.window, cells, events, window, now);
    history_lags(&counts.baseline, cells, events, baseline, now);
    return counts;
}

/* The family's curve, at the level at which the line was on it before. */
static struct lag_compared borrow(const struct trend_counts *own, const struct lag_counts *family)
{
    struct lag_compared before = lag_compare(&own->baseline, family);
    struct lag_compared compared = lag_compare(&own->window, family);

    compared.expected *= (before.observed + LEVEL_EVENTS) / (before.expected + LEVEL_EVENTS);
    compared.counted = before.observed + LEVEL_EVENTS;
    return compared;
}

static void compare(struct trend *trend, const struct trend_counts *own,
                    const struct lag_counts *family, double expected_min, double level)
{
    struct lag_compared compared = lag_compare(&own->window, &own->baseline);

    trend->borrowed =
        lag_events(&own->baseline) < BASELINE_EVENTS && lag_events(family) >= BASELINE_EVENTS;
    if (trend->borrowed)
        compared = borrow(own, family);
    trend->observed = compared.observed;
    trend->expected = compared.expected;
    trend->counted = compared.counted;
    trend->ratio = trend->p = trend->q = NAN;
    trend->interval = (struct interval){NAN, NAN};
    if (!(compared.expected > 0) ||
        !interval_poisson(compared.observed, compared.expected, level, &trend->interval))
        return;
    trend->ratio = compared.observed / compared.expected;
    trend->tested =
        compared.expected >= expected_min &&
        expected_p_more(compared.observed, compared.expected, compared.counted, &trend->p);
}

/* The baselines of the other lines of a family together. */
static struct lag_counts others(const struct line_histories *lines,
                                const struct trend_counts *counts, size_t line)
{
    struct lag_counts sum = {{0}, {0}};

    for (size_t i = 0; i < lines->n; i++)
        if (i != line && !strcmp(lines->at[i].family, lines->at[line].family))
            lag_join(&sum, &counts[i].baseline);
    return sum;
}

static void adjust(struct trend *trends, size_t n, struct arena *arena)
{
    double *p = arena_alloc(arena, (2 * n + 1) * sizeof *p);
    size_t *order = arena_alloc(arena, (n + 1) * sizeof *order), tested = 0;

    for (size_t i = 0; i < n; i++)
        if (trends[i].tested)
            p[tested++] = trends[i].p;
    if (!tested || !fdr_adjust(p, tested, FDR_BH, p + n, order))
        return;
    tested = 0;
    for (size_t i = 0; i < n; i++)
        if (trends[i].tested)
            trends[i].q = p[n + tested++];
}

void trends_make(struct trend *trends, const struct line_histories *lines, struct moment now,
                 const struct flag_settings *settings, double level, struct arena *arena)
{
    struct trend_counts *counts = arena_alloc(arena, (lines->n + 1) * sizeof *counts);
    struct lag_span window = {now.month - (int)settings->trend_months, now.month};
    struct lag_span baseline = {window.first - BASELINE_MONTHS, window.first};

    for (size_t i = 0; i < lines->n; i++) {
        const struct lag_cells *cells = &lines->at[i].lags;

        trends[i] = (struct trend){.window = window, .baseline = baseline};
        counts[i] = trend_counts(cells, cells->counted, window, baseline, now);
    }
    for (size_t i = 0; i < lines->n; i++) {
        struct lag_counts family = others(lines, counts, i);

        compare(&trends[i], &counts[i], &family, settings->expected_min, level);
    }
    adjust(trends, lines->n, arena);
}
