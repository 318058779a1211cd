/* Lots against each other. */
#include "line/lots.h"

#include "stat/multiple.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_events(const void *one, const void *other)
{
    const struct lot_fit *a = one, *b = other;

    if (a->x != b->x)
        return a->x < b->x ? 1 : -1;
    return strcmp(a->lot, b->lot);
}

static int by_statistic(const void *one, const void *other)
{
    const struct lot_fit *a = one, *b = other;

    if (a->statistic != b->statistic)
        return a->statistic < b->statistic ? 1 : -1;
    return strcmp(a->lot, b->lot);
}

/* The lots that have a name, with their counted events; rows of a lot follow each other. */
static size_t collect(struct lot_fit *found, const struct lifetimes *lifetimes)
{
    size_t n = 0;

    for (size_t i = 0; i < lifetimes->nevents; i++) {
        const struct lifetime_event *event = &lifetimes->events[i];

        if (!*event->lot || !event->counted)
            continue;
        if (!n || strcmp(found[n - 1].lot, event->lot) != 0)
            found[n++] = (struct lot_fit){.lot = event->lot, .p = NAN, .q = NAN};
        found[n - 1].x += event->units;
    }
    qsort(found, n, sizeof *found, by_events);
    return n;
}

static bool fit_bins(struct arena *arena, const struct day_bins *bins, struct life_fit *fit)
{
    struct life_cell *cells = arena_alloc(arena, (3 * bins->n + 1) * sizeof *cells);

    fit->fitted = 0;
    if (day_bins_are_sound(bins))
        life_fit(LIFE_WEIBULL, cells, day_bins_cells(bins, cells), fit);
    return fit->fitted > 0;
}

/* All less one lot; the bins are the same. */
static struct day_bins bins_without(struct arena *arena, const struct day_bins *all,
                                    const struct day_bins *lot)
{
    struct day_bins rest = *all;

    rest.shipped -= lot->shipped;
    rest.counted = arena_alloc(arena, (5 * all->n + 1) * sizeof(double));
    rest.stayed = rest.counted + all->n;
    rest.others = rest.stayed + all->n;
    rest.running = rest.others + all->n;
    rest.running_age = rest.running + all->n;
    for (size_t i = 0; i < 5 * all->n; i++)
        rest.counted[i] = all->counted[i] - lot->counted[i];
    return rest;
}

/* False if the lot, or what is left without it, has no fit of its own. */
static bool test_lot(struct lot_fit *lot, struct arena *arena, const struct lifetimes *lifetimes,
                     const struct day_bins *all, double pooled)
{
    struct day_bins own, rest;
    struct life_fit one, other;

    day_bins_count(&own, arena, lifetimes, lot->lot, DAY_BINS_LOT_MAX);
    rest = bins_without(arena, all, &own);
    if (!fit_bins(arena, &own, &one) || !fit_bins(arena, &rest, &other))
        return false;
    lot->n = own.shipped;
    lot->own = one.curve;
    lot->others = other.curve;
    lot->statistic = fmax(0, 2 * (one.log_likelihood + other.log_likelihood - pooled));
    lot->p = exp(-lot->statistic / 2); /* chi-squared with two degrees of freedom */
    return true;
}

static void adjust(struct lots *lots, struct arena *arena)
{
    double *p = arena_alloc(arena, (2 * lots->n + 1) * sizeof *p), *q = p + lots->n;
    size_t *order = arena_alloc(arena, (lots->n + 1) * sizeof *order);

    for (size_t i = 0; i < lots->n; i++)
        p[i] = lots->at[i].p;
    if (!lots->n || !fdr_adjust(p, lots->n, FDR_BH, q, order))
        return;
    for (size_t i = 0; i < lots->n; i++) {
        lots->at[i].q = q[i];
        lots->at[i].differs = q[i] <= LOTS_Q_MAX;
    }
    qsort(lots->at, lots->n, sizeof *lots->at, by_statistic);
}

void lots_test(struct lots *lots, struct arena *arena, const struct lifetimes *lifetimes)
{
    struct lot_fit *found = arena_alloc(arena, (lifetimes->nevents + 1) * sizeof *found);
    size_t n = collect(found, lifetimes), most = n < LOTS_MAX ? n : LOTS_MAX;
    struct life_fit pooled;
    struct day_bins all;

    *lots = (struct lots){.at = found};
    day_bins_count(&all, arena, lifetimes, NULL, DAY_BINS_LOT_MAX);
    if (fit_bins(arena, &all, &pooled))
        for (size_t i = 0; i < most; i++)
            if (found[i].x >= LIFE_FAILURES_MIN &&
                test_lot(&found[i], arena, lifetimes, &all, pooled.log_likelihood))
                found[lots->n++] = found[i];
    lots->untested = n - lots->n;
    adjust(lots, arena);
}
