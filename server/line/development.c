/* Ultimates of young cohorts. */
#include "line/development.h"

#include <math.h>
#include <string.h>

static double events_by(const struct cohort_table *table, size_t row, size_t periods)
{
    double sum = 0;

    for (size_t k = 0; k < periods && k < table->columns; k++)
        sum += table->events[row * table->columns + k];
    return sum;
}

/* The months that are kept, with what is reported of each. */
static void read_rows(struct development *d, struct arena *arena, const struct cohorts *own,
                      size_t horizon)
{
    const struct cohort_table *table = &own->table;

    d->trimmed = table->rows > DEVELOPMENT_MAX ? table->rows - DEVELOPMENT_MAX : 0;
    d->n = table->rows - d->trimmed;
    d->rows = arena_alloc(arena, (d->n + 1) * sizeof *d->rows);
    for (size_t i = 0; i < d->n; i++) {
        size_t row = d->trimmed + i;

        d->rows[i] = (struct developed){
            .month = own->months[row],
            .shipped = table->shipped[row],
            .known = table->known[row] < horizon ? table->known[row] : horizon,
            .fraction = NAN,
            .ultimate = NAN,
            .error = NAN,
            .interval = {NAN,  NAN},
            .each = { NAN, NAN, NAN, NAN, NAN},
        };
        if (!cohort_is_sound(table, row))
            d->rows[i].reason = "returns_exceed_shipments";
        if (d->rows[i].known > d->ages && !d->rows[i].reason)
            d->ages = d->rows[i].known;
    }
}

/* Months with an age that is over and counts that make sense are rows of the triangle. */
static bool is_row(const struct developed *row)
{
    return !row->reason && row->known > 0;
}

static struct triangle triangle_of(struct arena *arena, const struct development *d,
                                   const struct cohort_table *table)
{
    double *at = arena_alloc(arena, (d->n * d->ages + 1) * sizeof *at);
    size_t *known = arena_alloc(arena, (d->n + 1) * sizeof *known), rows = 0;

    for (size_t i = 0; i < d->n; i++) {
        if (!is_row(&d->rows[i]))
            continue;
        known[rows] = d->rows[i].known;
        for (size_t k = 0; k < known[rows]; k++)
            at[rows * d->ages + k] = events_by(table, d->trimmed + i, k + 1);
        rows++;
    }
    return (struct triangle){at, known, rows, d->ages};
}

static void climb_chain(struct development *d, struct arena *arena, const struct triangle *triangle)
{
    d->chain.factors = arena_alloc(arena, (3 * d->ages + 1) * sizeof(double));
    d->chain.variances = d->chain.factors + d->ages;
    d->chain.reported = d->chain.variances + d->ages;
    d->chain.ultimates = arena_alloc(arena, (2 * triangle->rows + 1) * sizeof(double));
    d->chain.errors = d->chain.ultimates + triangle->rows;
    d->chain_status = FIT_NOT_IDENTIFIED;
    if (triangle->rows && d->ages >= 2)
        d->chain_status = chain_ladder(triangle, &d->chain);
    if (d->chain_status == FIT_OK && !triangle_dispersion(triangle, &d->chain, &d->dispersion))
        d->dispersion = NAN;
}

/* The share of the failures by the last age that each age has; of at most so many ages. */
static bool fractions_of_curve(struct development *d, struct arena *arena,
                               const struct cohort_table *table, size_t most)
{
    struct age_count *ages = arena_alloc(arena, (table->columns + 1) * sizeof *ages);
    struct survival_point *points = arena_alloc(arena, (table->columns + 1) * sizeof *points);
    size_t n = cohort_ages(table, ages), known = 0;

    if (n < TRIANGLE_DIAGONALS_MIN ||
        survival_curve(ages, n, WITHDRAWN_AFTER, SURVIVAL_LOG_LOG, 0.95, points, &known) != FIT_OK)
        return false;
    known = known < most ? known : most;
    if (known < TRIANGLE_DIAGONALS_MIN || !(points[known - 1].failed > 0))
        return false;
    d->fraction = arena_alloc(arena, (known + 1) * sizeof *d->fraction);
    for (size_t k = 0; k < known; k++)
        d->fraction[k] = points[k].failed / points[known - 1].failed;
    d->ages = known;
    return true;
}

static void find_fractions(struct development *d, struct arena *arena, const struct cohorts *own,
                           const struct cohorts *family, size_t horizon)
{
    if (d->chain_status == FIT_OK) {
        d->source = FRACTIONS_CHAIN;
        d->fraction = d->chain.reported;
    } else if (fractions_of_curve(d, arena, &own->table, d->ages)) {
        d->source = FRACTIONS_CURVE;
    } else if (fractions_of_curve(d, arena, &family->table, horizon ? horizon : DEVELOPMENT_MAX)) {
        d->source = FRACTIONS_FAMILY;
    }
}

/* The estimates of all months that have any, and Cape Cod's rate for those that have not. */
static bool estimate_each(struct development *d, struct arena *arena)
{
    double *returned = arena_alloc(arena, (3 * d->n + 1) * sizeof *returned);
    double *shipped = returned + d->n, *fraction = shipped + d->n;
    struct cohort_ultimate *each = arena_alloc(arena, (d->n + 1) * sizeof *each);
    size_t n = 0;

    for (size_t i = 0; i < d->n; i++)
        if (is_row(&d->rows[i]) && d->rows[i].fraction > 0) {
            returned[n] = d->rows[i].reported;
            shipped[n] = d->rows[i].shipped;
            fraction[n++] = d->rows[i].fraction;
        }
    if (cape_cod(returned, shipped, fraction, n, &d->rate, each) != FIT_OK)
        return false;
    n = 0;
    for (size_t i = 0; i < d->n; i++) {
        struct developed *row = &d->rows[i];

        if (is_row(row) && row->fraction > 0)
            row->each = each[n++];
        else if (!row->reason)
            row->each.cape_cod = row->shipped * d->rate;
    }
    return true;
}

/* The method wanted, or the next that is not refused. */
static enum ultimate_method method_of(const struct development *d, const struct developed *row,
                                      unsigned wanted)
{
    unsigned method =
        wanted == ULTIMATE_BY_RULE ? (unsigned)ultimate_method(row->fraction) : wanted;

    if (method == ULTIMATE_CHAIN_LADDER && d->chain_status != FIT_OK)
        method = ULTIMATE_BORNHUETTER_FERGUSON;
    /* Nothing was to be expected of it yet: there is only the prior. */
    return row->fraction > 0 ? (enum ultimate_method)method : ULTIMATE_CAPE_COD;
}

static double estimate_of(const struct developed *row)
{
    switch (row->method) {
    case ULTIMATE_CHAIN_LADDER:
        return row->each.chain_ladder;
    case ULTIMATE_BORNHUETTER_FERGUSON:
        return row->each.bornhuetter_ferguson;
    default:
        return row->each.cape_cod;
    }
}

/* What is to come varies more than chance lets it by the dispersion. */
static struct interval around(double reported, double ultimate, double dispersion, double level)
{
    struct interval to_come = {0, 0};

    if (ultimate > reported &&
        !triangle_interval(ultimate - reported, isnan(dispersion) ? 1 : dispersion, level,
                           &to_come))
        return (struct interval){NAN, NAN};
    return (struct interval){reported + to_come.low, reported + to_come.high};
}

static void choose(struct development *d, unsigned wanted, double level)
{
    size_t place = 0;
    bool chain_only = d->chain_status == FIT_OK && d->chain.has_errors;

    for (size_t i = 0; i < d->n; i++) {
        struct developed *row = &d->rows[i];

        if (row->reason)
            continue;
        row->method = method_of(d, row, wanted);
        row->ultimate = fmax(row->reported, estimate_of(row));
        row->interval = around(row->reported, row->ultimate, d->dispersion, level);
        if (row->method == ULTIMATE_CHAIN_LADDER && d->chain.has_errors)
            row->error = d->chain.errors[place];
        else
            chain_only = false;
        place += is_row(row);
        d->shipped += row->shipped;
        d->reported += row->reported;
        d->ultimate += row->ultimate;
    }
    d->error = chain_only ? d->chain.error : NAN;
    d->interval = around(d->reported, d->ultimate, d->dispersion, level);
}

static void refuse_all(struct development *d, const char *reason)
{
    for (size_t i = 0; i < d->n; i++)
        if (!d->rows[i].reason)
            d->rows[i].reason = reason;
}

/* What is reported by the ages that are over, and which share that is. */
static void fill_rows(struct development *d, const struct cohort_table *table)
{
    for (size_t i = 0; i < d->n; i++) {
        struct developed *row = &d->rows[i];

        row->reported = events_by(table, d->trimmed + i, row->known);
        if (d->ages)
            row->fraction =
                row->known ? d->fraction[(row->known < d->ages ? row->known : d->ages) - 1] : 0;
    }
}

void develop(struct development *d, struct arena *arena, const struct cohorts *own,
             const struct cohorts *family, size_t horizon, unsigned wanted, double level)
{
    struct triangle triangle;

    *d = (struct development){.dispersion = NAN, .rate = NAN, .error = NAN};
    read_rows(d, arena, own, horizon ? horizon : DEVELOPMENT_MAX);
    triangle = triangle_of(arena, d, &own->table);
    climb_chain(d, arena, &triangle);
    find_fractions(d, arena, own, family, horizon);
    if (d->source == FRACTIONS_NONE)
        d->ages = 0;
    fill_rows(d, &own->table);
    if (d->source == FRACTIONS_NONE)
        refuse_all(d, "no_fractions");
    else if (estimate_each(d, arena))
        choose(d, wanted, level);
    else
        refuse_all(d, "immature");
}
