/* Lifetimes in bins of days. */
#include "line/day_bins.h"

#include <math.h>
#include <string.h>

static bool is_wanted(const char *lot, const char *wanted)
{
    return !wanted || !strcmp(lot, wanted);
}

static int oldest(const struct lifetimes *lifetimes)
{
    int age = -1;

    for (size_t i = 0; i < lifetimes->nunits; i++)
        if (lifetimes->units[i].age > age)
            age = lifetimes->units[i].age;
    return age;
}

/* As wide as needed for all units, so that lots share their bins with all. */
static void prepare(struct day_bins *bins, struct arena *arena, int days, size_t most)
{
    *bins = (struct day_bins){.width = days / (int)most + 1};
    bins->n = (size_t)((days + bins->width - 1) / bins->width);
    bins->counted = arena_alloc(arena, (5 * bins->n + 1) * sizeof(double));
    bins->stayed = bins->counted + bins->n;
    bins->others = bins->stayed + bins->n;
    bins->running = bins->others + bins->n;
    bins->running_age = bins->running + bins->n;
}

void day_bins_count(struct day_bins *bins, struct arena *arena, const struct lifetimes *lifetimes,
                    const char *lot, size_t most)
{
    prepare(bins, arena, oldest(lifetimes) + 1, most);
    for (size_t i = 0; i < lifetimes->nunits; i++) {
        const struct lifetime_units *units = &lifetimes->units[i];
        size_t bin = (size_t)(units->age / bins->width);

        if (!is_wanted(units->lot, lot))
            continue;
        bins->shipped += units->shipped;
        bins->running[bin] += units->shipped - units->left;
        bins->running_age[bin] += (units->shipped - units->left) * (units->age + 0.5);
    }
    for (size_t i = 0; i < lifetimes->nevents; i++) {
        const struct lifetime_event *event = &lifetimes->events[i];
        size_t bin = (size_t)(event->age / bins->width);

        if (!is_wanted(event->lot, lot) || bin >= bins->n)
            continue;
        bins->counted[bin] += event->counted ? event->units : 0;
        bins->stayed[bin] += event->counted && event->stays ? event->units : 0;
        bins->others[bin] += !event->counted && !event->stays ? event->units : 0;
    }
}

bool day_bins_are_sound(const struct day_bins *bins)
{
    for (size_t i = 0; i < bins->n; i++)
        if (!(bins->counted[i] >= 0 && bins->others[i] >= 0 && bins->running[i] >= 0))
            return false;
    return bins->shipped > 0;
}

int day_bins_end(const struct day_bins *bins, size_t bin)
{
    return ((int)bin + 1) * bins->width - 1;
}

static double leavers(const struct day_bins *bins, size_t bin)
{
    return bins->counted[bin] - bins->stayed[bin] + bins->others[bin];
}

void day_bins_at_risk(const struct day_bins *bins, double *at_risk)
{
    double left = bins->shipped;

    for (size_t i = 0; i < bins->n; i++) {
        at_risk[i] = left;
        left -= leavers(bins, i) + bins->running[i];
    }
}

void day_bins_ages(const struct day_bins *bins, struct age_count *ages)
{
    double left = bins->shipped;

    for (size_t i = 0; i < bins->n; i++) {
        double withdrawn = bins->others[i] + bins->running[i];

        /* Of those that had an event and stay, some are also lost sight of. */
        ages[i] = (struct age_count){left, bins->counted[i],
                                     fmax(0, fmin(withdrawn, left - bins->counted[i]))};
        left -= leavers(bins, i) + bins->running[i];
    }
}

size_t day_bins_cells(const struct day_bins *bins, struct life_cell *cells)
{
    size_t n = 0;

    for (size_t i = 0; i < bins->n; i++) {
        double from = fmax(0, (int)i * bins->width - 0.5), to = day_bins_end(bins, i) + 0.5;

        if (bins->counted[i] > 0)
            cells[n++] = (struct life_cell){from, to, bins->counted[i]};
        if (bins->others[i] > 0)
            cells[n++] = (struct life_cell){(from + to) / 2, INFINITY, bins->others[i]};
        if (bins->running[i] > 0)
            cells[n++] = (struct life_cell){bins->running_age[i] / bins->running[i], INFINITY,
                                            bins->running[i]};
    }
    return n;
}
