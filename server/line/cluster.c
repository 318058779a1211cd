/* Clusters along serials or days. */
#include "line/cluster.h"
#include "line/cohorts.h"

#include "stat/multiple.h"
#include "stat/survival.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* No bin is without exposure. */
#define SHARE_MIN 1e-6

struct age_curve age_curve_make(const struct cohort_table *table, struct arena *arena)
{
    struct age_count *ages = arena_alloc(arena, (table->columns + 1) * sizeof *ages);
    struct survival_point *points = arena_alloc(arena, (table->columns + 1) * sizeof *points);
    struct age_curve curve = {arena_alloc(arena, (table->columns + 1) * sizeof(double)), 0};
    size_t n = cohort_ages(table, ages), known = 0;

    if (n && survival_curve(ages, n, WITHDRAWN_AFTER, SURVIVAL_PLAIN, 0.95, points, &known))
        known = 0;
    for (curve.n = 0; curve.n < known; curve.n++)
        curve.shares[curve.n] = points[curve.n].failed;
    return curve;
}

double age_curve_at(const struct age_curve *curve, double days)
{
    double before = 0, begun = 0;

    if (!curve->n)
        return 1;
    for (size_t k = 0; k < curve->n; k++) {
        double end = period_end(k);

        if (days < end)
            return fmax(SHARE_MIN, before + (curve->shares[k] - before) * fmax(0, days - begun) /
                                                (end - begun));
        before = curve->shares[k];
        begun = end;
    }
    return fmax(SHARE_MIN, before);
}

static const char *text_at(const PGresult *rows, int row, const char *name)
{
    int column = PQfnumber(rows, name);

    return PQgetisnull(rows, row, column) ? NULL : PQgetvalue(rows, row, column);
}

static double number_at(const PGresult *rows, int row, const char *name)
{
    return strtod(PQgetvalue(rows, row, PQfnumber(rows, name)), NULL);
}

static void scan(struct cluster *cluster, struct arena *arena)
{
    double *events = arena_alloc(arena, (4 * cluster->n + 1) * sizeof *events);
    double *exposure = events + cluster->n;

    cluster->q = NAN;
    for (size_t i = 0; i < cluster->n; i++) {
        events[i] = cluster->bins[i].events;
        exposure[i] = cluster->bins[i].exposure;
        cluster->units += cluster->bins[i].units;
        cluster->events += cluster->bins[i].events;
    }
    cluster->found = scan_line(events, exposure, cluster->n,
                               (struct scan_plan){CLUSTER_REPLICATES, CLUSTER_SEED},
                               exposure + cluster->n, &cluster->window);
}

static void scan_all(struct clusters *clusters, struct arena *arena)
{
    double *p = arena_alloc(arena, (2 * clusters->n + 1) * sizeof *p);
    size_t *order = arena_alloc(arena, (clusters->n + 1) * sizeof *order), found = 0;

    for (size_t i = 0; i < clusters->n; i++) {
        scan(&clusters->at[i], arena);
        if (clusters->at[i].found)
            p[found++] = clusters->at[i].window.p;
    }
    if (!found || !fdr_adjust(p, found, FDR_BH, p + clusters->n, order))
        return;
    found = 0;
    for (size_t i = 0; i < clusters->n; i++)
        if (clusters->at[i].found)
            clusters->at[i].q = p[clusters->n + found++];
}

/* Serials with equal prefixes go by their numbers: the shorter ones first. */
static bool is_before(const char *a, const char *b)
{
    size_t one = strlen(a), other = strlen(b);

    return one != other ? one < other : strcmp(a, b) < 0;
}

/* Keep the earlier, or the later, of what is known and what a row tells. */
static void widen(const char **known, const char *told, bool later, struct arena *arena)
{
    if (told && (!*known || (later ? is_before(*known, told) : is_before(told, *known))))
        *known = arena_strdup(arena, told);
}

/* A bin has a row for each month of shipment. */
static void take_unit_row(struct cluster_bin *bin, struct arena *arena, const PGresult *rows,
                          int row, double age, const struct age_curve *curve)
{
    double units = number_at(rows, row, "units");

    bin->units += units;
    bin->events += number_at(rows, row, "events");
    bin->exposure += units * age_curve_at(curve, age);
    widen(&bin->first, text_at(rows, row, "first"), false, arena);
    widen(&bin->last, text_at(rows, row, "last"), true, arena);
    widen(&bin->first_back, text_at(rows, row, "first_back"), false, arena);
    widen(&bin->last_back, text_at(rows, row, "last_back"), true, arena);
}

static bool same(const PGresult *rows, int row, int other, const char *name)
{
    return other >= 0 && !strcmp(text_at(rows, row, name), text_at(rows, other, name));
}

/* Days from the middle of the month of shipment to the day of asking. */
static double age_of(const PGresult *rows, int row)
{
    return (double)(day_read(text_at(rows, row, "as_of")) - day_read(text_at(rows, row, "month")) -
                    15);
}

void clusters_of_serials(struct clusters *clusters, struct arena *arena, const PGresult *rows,
                         const struct age_curve *curve)
{
    int n = PQntuples(rows);
    struct cluster *cluster = NULL;

    *clusters =
        (struct clusters){.at = arena_alloc(arena, (CLUSTER_GROUPS + 1) * sizeof *clusters->at)};
    for (int row = 0; row < n && text_at(rows, row, "model"); row++) {
        bool same_group = same(rows, row, row - 1, "model") && same(rows, row, row - 1, "prefix");

        if (!same_group && clusters->n == CLUSTER_GROUPS)
            break;
        if (!same_group) {
            cluster = &clusters->at[clusters->n++];
            cluster->model = arena_strdup(arena, text_at(rows, row, "model"));
            cluster->prefix = arena_strdup(arena, text_at(rows, row, "prefix"));
            cluster->bins = arena_alloc(arena, SCAN_BINS_MAX * sizeof *cluster->bins);
        }
        if (!same_group || !same(rows, row, row - 1, "bin"))
            cluster->n++;
        take_unit_row(&cluster->bins[cluster->n - 1], arena, rows, row, age_of(rows, row), curve);
    }
    scan_all(clusters, arena);
}

/* A day on its own. Corrections may leave less than nothing: that is nothing. */
static struct cluster_bin day_of(struct arena *arena, const PGresult *rows, int row,
                                 const struct age_curve *curve)
{
    const char *day = arena_strdup(arena, text_at(rows, row, "ship_day"));
    double age = (double)(day_read(text_at(rows, row, "as_of")) - day_read(day));
    double units = fmax(0, number_at(rows, row, "units"));
    double events = fmin(units, fmax(0, number_at(rows, row, "events")));

    return (struct cluster_bin){
        day,   day,    events > 0 ? day : NULL,         events > 0 ? day : NULL,
        units, events, units * age_curve_at(curve, age)};
}

static void join(struct cluster_bin *bin, const struct cluster_bin *day)
{
    bin->first = bin->first ? bin->first : day->first;
    bin->last = day->last;
    bin->first_back = bin->first_back ? bin->first_back : day->first_back;
    bin->last_back = day->last_back ? day->last_back : bin->last_back;
    bin->units += day->units;
    bin->events += day->events;
    bin->exposure += day->exposure;
}

/* Days one after the other, joined until each bin has its share of the exposure. */
static void fill_days(struct cluster *cluster, struct arena *arena, const PGresult *rows,
                      const struct age_curve *curve)
{
    int n = PQntuples(rows);
    struct cluster_bin *days = arena_alloc(arena, ((size_t)n + 1) * sizeof *days);
    double all = 0, share;

    for (int row = 0; row < n; row++) {
        days[row] = day_of(arena, rows, row, curve);
        all += days[row].exposure;
    }
    share = all / CLUSTER_BINS;
    for (int row = 0; row < n; row++) {
        if (days[row].units <= 0)
            continue;
        if (!cluster->n || cluster->bins[cluster->n - 1].exposure >= share)
            cluster->n++;
        join(&cluster->bins[cluster->n - 1], &days[row]);
    }
}

void clusters_of_days(struct clusters *clusters, struct arena *arena, const PGresult *rows,
                      const struct age_curve *curve)
{
    *clusters = (struct clusters){.at = arena_alloc(arena, 2 * sizeof *clusters->at)};
    if (!text_at(rows, 0, "ship_day"))
        return;
    clusters->n = 1;
    clusters->at->bins = arena_alloc(arena, (CLUSTER_BINS + 1) * sizeof *clusters->at->bins);
    fill_days(clusters->at, arena, rows, curve);
    scan_all(clusters, arena);
}

const char *cluster_first(const struct cluster *cluster)
{
    return cluster->bins[cluster->window.first].first_back;
}

const char *cluster_last(const struct cluster *cluster)
{
    return cluster->bins[cluster->window.last].last_back;
}

double cluster_units(const struct cluster *cluster)
{
    double sum = 0;

    for (size_t i = cluster->window.first; i <= cluster->window.last; i++)
        sum += cluster->bins[i].units;
    return sum;
}
