/* What is known of lines, as arrays. */
#include "line/history.h"
#include "line/cohorts.h"

#include <math.h>

/* Lots are watched for two years. */
#define MONTHS_BACK 24

int history_since(struct moment now)
{
    return now.month - MONTHS_BACK;
}

double month_count(const struct month_counts *counts, int month)
{
    int i = month - counts->first;

    return i >= 0 && (size_t)i < counts->n ? counts->at[i] : 0;
}

double month_sum(const struct month_counts *counts, int first, int end)
{
    double sum = 0;

    for (size_t i = 0; i < counts->n; i++)
        if (counts->first + (int)i >= first && counts->first + (int)i < end)
            sum += counts->at[i];
    return sum;
}

struct cohort_table history_cohorts(const struct line_history *line, enum tally tally, int first,
                                    int end, struct moment now, size_t *known)
{
    int last = line->shipped.first + (int)line->shipped.n;
    int begin = first > line->shipped.first ? first : line->shipped.first;
    int stop = end < last ? end : last;
    size_t rows = stop > begin ? (size_t)(stop - begin) : 0;
    size_t skipped = rows ? (size_t)(begin - line->shipped.first) : 0;

    for (size_t i = 0; i < rows; i++) {
        long age = now.day - month_begins(begin + (int)i + 1) + 1;
        size_t over = periods_within(age);

        known[i] = over < line->periods ? over : line->periods;
    }
    return (struct cohort_table){
        .rows = rows,
        .columns = line->periods,
        .shipped = line->shipped.at + skipped,
        .known = known,
        .events = line->ages[tally] + skipped * line->periods,
        .leavers = line->ages[TALLY_LEAVERS] + skipped * line->periods,
    };
}

void history_lags(struct lag_counts *counts, const struct lag_cells *cells, const double *events,
                  struct lag_span span, struct moment now)
{
    const struct lag_table table = {
        .rows = cells->rows,
        .columns = cells->columns,
        .lead = cells->origin - cells->first,
        .shipped = cells->shipped,
        .left = cells->left,
        .events = events,
        .leavers = cells->leavers,
    };
    int columns = cells->origin + (int)cells->columns, over = now.month + (now.part > 0);
    int first = span.first > cells->origin ? span.first : cells->origin;
    int end = span.end < over ? span.end : over;

    if (end > columns)
        end = columns;
    if (end > first)
        lag_add(counts, &table, (size_t)(first - cells->origin), (size_t)(end - cells->origin),
                end > now.month ? now.part : 1);
}
