/* What young months will come to. */
#include "line/nowcast.h"

#include "stat/survival.h"

#include <math.h>
#include <string.h>

const char *development_word(enum development development)
{
    static const char *const words[] = {"chain_ladder", "age_curve", "linear"};

    return words[development];
}

struct line_count nowcast_count(const struct nowcast *nowcast)
{
    return (struct line_count){nowcast->reported, nowcast->full,
                               nowcast->known && nowcast->full > 0 &&
                                   nowcast->reported <= nowcast->full};
}

/* The months that make sense, in rows of ages up to `periods`, and what was got back of each. */
struct months {
    struct cohort_table table;
    double *recovered;
};

static double sum_of(const double *cells, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += cells[i];
    return sum;
}

static struct months sound_months(const struct cohort_table *net, const double *recovered,
                                  size_t periods, struct arena *arena)
{
    size_t cells = net->rows * periods, n = 0;
    size_t *known = arena_alloc(arena, (net->rows + 1) * sizeof *known);
    double *shipped = arena_alloc(arena, (2 * net->rows + 2 * cells + 1) * sizeof *shipped);
    double *events = shipped + 2 * net->rows, *leavers = events + cells;

    for (size_t row = 0; row < net->rows; row++) {
        size_t from = row * net->columns, to = n * periods;

        if (!cohort_is_sound(net, row))
            continue;
        shipped[n] = net->shipped[row];
        known[n] = net->known[row] < periods ? net->known[row] : periods;
        shipped[net->rows + n] = sum_of(recovered + from, known[n]);
        memcpy(events + to, net->events + from, periods * sizeof *events);
        memcpy(leavers + to, net->leavers + from, periods * sizeof *leavers);
        n++;
    }
    return (struct months){
        {n, periods, shipped, known, events, leavers},
        shipped + net->rows
    };
}

/* Shares of all returns by each age, from the chain ladder; false if it is undefined. */
static bool chain_shares(const struct cohort_table *months, struct arena *arena, double *shares)
{
    size_t ages = months->columns, rows = 0;
    double *at = arena_alloc(arena, (months->rows * ages + 1) * sizeof *at);
    double *numbers = arena_alloc(arena, (2 * ages + 2 * months->rows + 1) * sizeof *numbers);
    struct chain chain = {.factors = numbers,
                          .variances = numbers + ages,
                          .reported = shares,
                          .ultimates = numbers + 2 * ages,
                          .errors = numbers + 2 * ages + months->rows};

    while (rows < months->rows && months->known[rows])
        rows++;
    for (size_t row = 0; row < rows; row++)
        for (size_t k = 0; k < months->known[row]; k++)
            at[row * ages + k] = months->events[row * ages + k] + (k ? at[row * ages + k - 1] : 0);
    return ages >= 2 &&
           chain_ladder(&(struct triangle){at, months->known, rows, ages}, &chain) == FIT_OK;
}

/* The same from the curve of all months together; false if nothing came back. */
static bool curve_shares(const struct cohort_table *months, struct arena *arena, double *shares)
{
    struct age_count *ages = arena_alloc(arena, (months->columns + 1) * sizeof *ages);
    struct survival_point *points = arena_alloc(arena, (months->columns + 1) * sizeof *points);
    size_t n = cohort_ages(months, ages), known = 0;
    double whole;

    if (!n || survival_curve(ages, n, WITHDRAWN_AFTER, SURVIVAL_PLAIN, 0.95, points, &known))
        return false;
    whole = points[known - 1].failed;
    for (size_t k = 0; k < months->columns; k++)
        shares[k] = k < known ? points[k].failed / whole : 1;
    return true;
}

static enum development shares_of(const struct cohort_table *months, struct arena *arena,
                                  double *shares)
{
    if (chain_shares(months, arena, shares))
        return DEVELOPMENT_CHAIN_LADDER;
    if (curve_shares(months, arena, shares))
        return DEVELOPMENT_AGE_CURVE;
    for (size_t k = 0; k < months->columns; k++)
        shares[k] = (double)(k + 1) / (double)months->columns;
    return DEVELOPMENT_LINEAR;
}

/* Returns so far of the months that have an age, and the shares expected by then. */
static size_t count_up(struct nowcast *nowcast, const struct months *months, const double *shares,
                       double *returned, double *fraction)
{
    const struct cohort_table *table = &months->table;
    size_t n = 0;

    for (size_t row = 0; row < table->rows; row++) {
        size_t known = table->known[row];
        double net = sum_of(table->events + row * table->columns, known) - months->recovered[row];

        nowcast->shipped += table->shipped[row];
        if (!known)
            continue;
        nowcast->recovered_too_many |= net < 0;
        fraction[n] = shares[known - 1];
        returned[n] = fmax(0, net);
        nowcast->reported += returned[n];
        nowcast->full += table->shipped[row] * fraction[n++];
    }
    return n;
}

static void estimate(struct nowcast *nowcast, const struct months *months, const double *shares,
                     struct arena *arena)
{
    size_t rows = months->table.rows, n;
    double *returned = arena_alloc(arena, (2 * rows + 1) * sizeof *returned), aged = 0;
    struct cohort_ultimate *ultimates = arena_alloc(arena, (rows + 1) * sizeof *ultimates);

    n = count_up(nowcast, months, shares, returned, returned + rows);
    if (!n ||
        cape_cod(returned, months->table.shipped, returned + rows, n, &nowcast->rate, ultimates))
        return;
    for (size_t i = 0; i < n; i++) {
        nowcast->ultimate += ultimates[i].chosen;
        aged += months->table.shipped[i];
    }
    nowcast->ultimate += (nowcast->shipped - aged) * nowcast->rate;
    nowcast->known = true;
}

void nowcast_make(struct nowcast *nowcast, const struct line_history *line, int first, int end,
                  struct moment now, struct arena *arena)
{
    size_t *known = arena_alloc(arena, (line->shipped.n + 1) * sizeof *known), periods = 0;
    struct cohort_table net = history_cohorts(line, TALLY_NET, first, end, now, known);
    struct cohort_table back = history_cohorts(line, TALLY_RECOVERED, first, end, now, known);
    double shares[NOWCAST_PERIODS];
    struct months months;

    *nowcast = (struct nowcast){.known = false};
    for (size_t row = 0; row < net.rows; row++)
        if (cohort_is_sound(&net, row) && net.known[row] > periods)
            periods = net.known[row];
    if (periods > NOWCAST_PERIODS)
        periods = NOWCAST_PERIODS;
    if (!periods)
        return;
    nowcast->periods = periods;
    months = sound_months(&net, back.events, periods, arena);
    nowcast->development = shares_of(&months.table, arena, shares);
    estimate(nowcast, &months, shares, arena);
}
