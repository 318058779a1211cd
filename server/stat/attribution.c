/* Attribution of a change to segments. */
#include "stat/attribution.h"

#include <math.h>
#include <stdlib.h>

bool rate_mix(const struct segment *segments, size_t n, struct segment_effect *effects,
              double *change)
{
    double n0 = 0, x0 = 0, n1 = 0, x1 = 0;

    for (size_t i = 0; i < n; i++) {
        const struct segment *s = &segments[i];

        if (!(s->returned0 >= 0 && s->returned0 <= s->shipped0 && s->returned1 >= 0 &&
              s->returned1 <= s->shipped1 && isfinite(s->shipped0 + s->shipped1)))
            return false;
        n0 += s->shipped0;
        x0 += s->returned0;
        n1 += s->shipped1;
        x1 += s->returned1;
    }
    if (n0 <= 0 || n1 <= 0)
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct segment *s = &segments[i];
        double before = s->shipped0 > 0 ? s->returned0 / s->shipped0 : x0 / n0;
        double after = s->shipped1 > 0 ? s->returned1 / s->shipped1 : before;
        double share0 = s->shipped0 / n0, share1 = s->shipped1 / n1;

        effects[i] = (struct segment_effect){
            .rate = share1 * (after - before),
            .mix = (share1 - share0) * (before - x0 / n0),
            .excess = s->returned1 - s->shipped1 * before,
        };
    }
    *change = x1 / n1 - x0 / n0;
    return true;
}

struct product_split product_split(double count0, double value0, double count1, double value1)
{
    return (struct product_split){count0 * (value1 - value0), (count1 - count0) * value1};
}

/* p ln(2p / (p + q)), which is 0 at p = 0. */
static double divergence(double p, double q)
{
    return p > 0 ? p * log(2 * p / (p + q)) : 0;
}

static int by_surprise(const void *left, const void *right, void *context)
{
    const struct element *elements = context;
    double a = elements[*(const size_t *)left].surprise;
    double b = elements[*(const size_t *)right].surprise;

    return (a < b) - (a > b);
}

static void choose(struct dimension *dimension, size_t *order)
{
    dimension->power = dimension->surprise = 0;
    for (size_t i = 0; i < dimension->n; i++)
        order[i] = i;
    qsort_r(order, dimension->n, sizeof *order, by_surprise, dimension->elements);
    for (size_t i = 0; i < dimension->n && dimension->power < ADTRIBUTOR_POWER_ALL; i++) {
        struct element *element = &dimension->elements[order[i]];

        element->chosen = element->power > ADTRIBUTOR_POWER_ONE;
        if (element->chosen) {
            dimension->power += element->power;
            dimension->surprise += element->surprise;
        }
    }
    dimension->explains = dimension->power >= ADTRIBUTOR_POWER_ALL;
}

static bool sum_up(const struct dimension *dimension, double *expected, double *actual)
{
    *expected = *actual = 0;
    for (size_t i = 0; i < dimension->n; i++) {
        const struct element *element = &dimension->elements[i];

        if (!(element->expected >= 0 && element->actual >= 0 &&
              isfinite(element->expected + element->actual)))
            return false;
        *expected += element->expected;
        *actual += element->actual;
    }
    return *expected > 0 && *actual > 0 && *expected != *actual;
}

bool adtributor(struct dimension *dimensions, size_t n, size_t *order, size_t *best)
{
    bool found = false;

    for (size_t d = 0; d < n; d++) {
        struct dimension *dimension = &dimensions[d];
        double expected, actual;

        if (!sum_up(dimension, &expected, &actual))
            return false;
        for (size_t i = 0; i < dimension->n; i++) {
            struct element *e = &dimension->elements[i];
            double p = e->expected / expected, q = e->actual / actual;

            e->power = (e->actual - e->expected) / (actual - expected);
            e->surprise = fmax(0, (divergence(p, q) + divergence(q, p)) / 2);
            e->chosen = false;
        }
        choose(dimension, order);
        if (dimension->explains && (!found || dimension->surprise > dimensions[*best].surprise)) {
            *best = d;
            found = true;
        }
    }
    return found;
}
