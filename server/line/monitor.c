/* Series of months. */
#include "line/monitor.h"

#include <math.h>

size_t monitor_cohorts(struct monitor_point *points, const struct line_history *line, int first,
                       int end, size_t periods, struct moment now, struct arena *arena)
{
    size_t *known = arena_alloc(arena, (line->shipped.n + 1) * sizeof *known), n = 0;
    struct cohort_table table = history_cohorts(line, TALLY_COUNTED, first, end, now, known);
    int begin = first > line->shipped.first ? first : line->shipped.first;

    for (size_t row = 0; row < table.rows; row++) {
        struct monitor_point point = {
            .month = begin + (int)row, .n = table.shipped[row], .expected = NAN};

        if (known[row] < periods || !cohort_is_sound(&table, row))
            continue;
        for (size_t k = 0; k < periods; k++)
            point.observed += table.events[row * table.columns + k];
        points[n++] = point;
    }
    return n;
}

static double at_risk(const struct lag_counts *counts)
{
    double sum = 0;

    for (size_t k = 0; k < LAGS; k++)
        sum += counts->at_risk[k];
    return sum;
}

size_t monitor_events(struct monitor_point *points, const struct line_history *line,
                      struct lag_span span, struct lag_span baseline, struct moment now)
{
    struct lag_counts before = {{0}, {0}};
    size_t n = 0;

    history_lags(&before, &line->lags, line->lags.counted, baseline, now);
    for (int month = span.first; month < span.end && month < now.month; month++) {
        struct lag_counts counts = {{0}, {0}};
        struct lag_compared compared;

        history_lags(&counts, &line->lags, line->lags.counted, (struct lag_span){month, month + 1},
                     now);
        compared = lag_compare(&counts, &before);
        if (compared.expected > 0)
            points[n++] = (struct monitor_point){.month = month,
                                                 .observed = compared.observed,
                                                 .n = at_risk(&counts),
                                                 .expected = compared.expected};
    }
    return n;
}
