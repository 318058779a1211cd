/* Which segments explain a change. */
#include "line/explain.h"
#include "line/explain_expect.h"

#include "stat/attribution.h"
#include "stat/expected.h"
#include "stat/multiple.h"

#include <math.h>
#include <string.h>

/* Adtributor among some dimensions: each has its elements, in the order of its segments. */
struct attribution {
    struct dimension dimensions[SEGMENT_DIMENSIONS];
    struct explained *first[SEGMENT_DIMENSIONS];
    const struct segment_dimension *names[SEGMENT_DIMENSIONS];
    size_t n;
};

static void add_dimension(struct attribution *all, const struct segment_dimension *name,
                          struct explained *at, size_t n, struct arena *arena)
{
    struct element *elements = arena_alloc(arena, (n + 1) * sizeof *elements);

    for (size_t i = 0; i < n; i++)
        elements[i] = (struct element){.expected = at[i].expected, .actual = at[i].observed};
    all->dimensions[all->n] = (struct dimension){.elements = elements, .n = n};
    all->first[all->n] = at;
    all->names[all->n++] = name;
}

/* The dimension that explains most surprisingly; NULL if none does. */
static const struct segment_dimension *attribute(struct attribution *all, struct arena *arena)
{
    size_t longest = 1, best, *order;
    bool found;

    for (size_t d = 0; d < all->n; d++)
        if (all->dimensions[d].n > longest)
            longest = all->dimensions[d].n;
    order = arena_alloc(arena, longest * sizeof *order);
    found = all->n && adtributor(all->dimensions, all->n, order, &best);
    for (size_t d = 0; d < all->n; d++)
        for (size_t i = 0; i < all->dimensions[d].n; i++) {
            all->first[d][i].power = found ? all->dimensions[d].elements[i].power : NAN;
            all->first[d][i].surprise = found ? all->dimensions[d].elements[i].surprise : NAN;
            all->first[d][i].chosen = found && d == best && all->dimensions[d].elements[i].chosen;
        }
    return found ? all->names[best] : NULL;
}

/* Adjust the p-values of all segments that were tested. */
static void adjust(struct explained *at, size_t n, struct arena *arena)
{
    double *p = arena_alloc(arena, (2 * n + 1) * sizeof *p);
    size_t *order = arena_alloc(arena, (n + 1) * sizeof *order), tested = 0;

    for (size_t i = 0; i < n; i++)
        if (!isnan(at[i].p))
            p[tested++] = at[i].p;
    if (!tested || !fdr_adjust(p, tested, FDR_BH, p + n, order))
        return;
    tested = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(at[i].p))
            at[i].q = p[n + tested++];
}

static void compare_whole(struct explanation *it, const struct segments *segments,
                          const struct explained *inside, double level)
{
    const struct line_segment *whole = &segments->whole;
    struct lag_compared compared = lag_compare(&whole->window, &whole->baseline);
    double before = units_at_risk(&whole->baseline), now = units_at_risk(&whole->window);

    *it = (struct explanation){
        .window = segments->window,
        .baseline = segments->baseline,
        .observed = inside ? inside->observed : compared.observed,
        .expected = inside ? inside->expected : compared.expected,
        .counted = compared.counted,
        .ratio = NAN,
        .p = NAN,
        .interval = {NAN, NAN},
        .change = NAN
    };
    if (before > 0 && now > 0)
        it->change = lag_events(&whole->window) / now - lag_events(&whole->baseline) / before;
    if (!(it->expected > 0))
        return;
    it->ratio = it->observed / it->expected;
    if (!interval_poisson(it->observed, it->expected, level, &it->interval))
        it->interval = (struct interval){NAN, NAN};
    expected_p_more(floor(it->observed), it->expected, it->counted, &it->p);
}

void explain(struct explanation *explanation, const struct segments *segments,
             const struct segments *parent, const struct explained *inside, double level,
             struct arena *arena)
{
    struct attribution places = {.n = 0}, reasons = {.n = 0};
    size_t room = 0;

    compare_whole(explanation, segments, inside, level);
    for (size_t d = 0; d < segments->n; d++)
        room += segments->dimensions[d].n + 1;
    explanation->segments = arena_alloc(arena, (room + 1) * sizeof *explanation->segments);
    for (size_t d = 0; d < segments->n; d++) {
        const struct segment_dimension *dimension = &segments->dimensions[d];
        struct explained *at = explanation->segments + explanation->n;
        size_t n;

        if (inside && !strcmp(dimension->name, inside->dimension->name))
            continue;
        n = segments_expect(at, segments, parent, dimension, explanation->expected, level, arena);
        explanation->n += n;
        if (n > 1)
            add_dimension(dimension->exposed ? &places : &reasons, dimension, at, n, arena);
    }
    adjust(explanation->segments, explanation->n, arena);
    if (explanation->expected < EXPLAIN_EXPECTED_MIN)
        return;
    explanation->dimension = attribute(&places, arena);
    explanation->reasons = attribute(&reasons, arena);
}

const struct explained *explain_deeper(const struct explanation *explanation)
{
    const struct explained *best = NULL;

    for (size_t i = 0; i < explanation->n; i++) {
        const struct explained *it = &explanation->segments[i];

        if (!it->chosen || !it->key || it->dimension != explanation->dimension ||
            it->expected < EXPLAIN_EXPECTED_MIN || it->observed <= it->expected)
            continue;
        if (!best || it->observed - it->expected > best->observed - best->expected)
            best = it;
    }
    return best;
}
