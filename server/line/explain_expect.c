/* What segments were expected to show. */
#include "line/explain_expect.h"

#include "stat/attribution.h"
#include "stat/expected.h"

#include <math.h>
#include <string.h>

/* How many expected events it takes before a segment's own level counts half. */
#define LEVEL_EVENTS 5
/* With less expected a segment is not tested. */
#define TESTED_MIN 1
/* What a reason that was never told before is taken to have had. */
#define REASON_EVENTS 0.5

double units_at_risk(const struct lag_counts *counts)
{
    double sum = 0;

    for (size_t k = 0; k < LAGS; k++)
        sum += counts->at_risk[k];
    return sum;
}

/* What of the line is in none of the dimension's segments. */
static struct line_segment rest_of(const struct segments *segments,
                                   const struct segment_dimension *dimension)
{
    struct line_segment rest = segments->whole;

    rest.key = NULL;
    for (size_t i = 0; i < dimension->n; i++) {
        lag_subtract(&rest.window, &dimension->at[i].window);
        lag_subtract(&rest.baseline, &dimension->at[i].baseline);
    }
    return rest;
}

/* By the ages of its units, and its own level on the curve of the line. */
static struct explained exposed(const struct segment_dimension *dimension,
                                const struct line_segment *segment, const struct lag_counts *curve)
{
    struct lag_compared before = lag_compare(&segment->baseline, curve);
    struct lag_compared now = lag_compare(&segment->window, curve);

    return (struct explained){
        .dimension = dimension,
        .key = segment->key,
        .observed = now.observed,
        .expected =
            now.expected * (before.observed + LEVEL_EVENTS) / (before.expected + LEVEL_EVENTS),
        .p =
            before.observed + LEVEL_EVENTS, /* what the expectation stands on, until it is tested */
    };
}

static void expect_exposed(struct explained *at, size_t *n, const struct segments *segments,
                           const struct lag_counts *curve,
                           const struct segment_dimension *dimension)
{
    struct line_segment rest = rest_of(segments, dimension);

    for (size_t i = 0; i < dimension->n; i++)
        at[(*n)++] = exposed(dimension, &dimension->at[i], curve);
    if (units_at_risk(&rest.window) + units_at_risk(&rest.baseline) > 0 ||
        lag_events(&rest.window) > 0)
        at[(*n)++] = exposed(dimension, &rest, curve);
}

/* The share that a reason had of all returns of a baseline. */
static double reason_share(const struct segments *segments, const char *key)
{
    double all = 0, own = 0;

    for (size_t d = 0; d < segments->n; d++) {
        const struct segment_dimension *dimension = &segments->dimensions[d];

        for (size_t i = 0; !dimension->exposed && i < dimension->n; i++) {
            double events = dimension->at[i].counts[1] + REASON_EVENTS;

            all += events;
            if (!strcmp(dimension->at[i].key, key))
                own = events;
        }
    }
    return all > 0 ? own / all : 0;
}

/* Of what is expected, as large a share as the reason had before: here, and where it is inside. */
static void expect_reasons(struct explained *at, size_t *n, const struct segments *parent,
                           const struct segment_dimension *dimension)
{
    for (size_t i = 0; i < dimension->n; i++) {
        const struct line_segment *segment = &dimension->at[i];
        double weight =
            segment->counts[1] +
            (parent ? LEVEL_EVENTS * reason_share(parent, segment->key) : REASON_EVENTS);

        at[(*n)++] = (struct explained){.dimension = dimension,
                                        .key = segment->key,
                                        .observed = segment->counts[0],
                                        .expected = weight,
                                        .p = weight};
    }
}

/* The parts are expected to show together what the whole is. */
static void scale(struct explained *at, size_t n, double expected)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += at[i].expected;
    for (size_t i = 0; i < n && sum > 0; i++)
        at[i].expected *= expected / sum;
}

static void compare(struct explained *it, double level)
{
    double counted = it->p;

    it->ratio = it->p = it->q = it->rate_effect = it->mix_effect = NAN;
    it->interval = (struct interval){NAN, NAN};
    if (!(it->expected > 0))
        return;
    it->ratio = it->observed / it->expected;
    if (!interval_poisson(it->observed, it->expected, level, &it->interval))
        it->interval = (struct interval){NAN, NAN};
    if (it->expected >= TESTED_MIN)
        expected_p_more(floor(it->observed), it->expected, counted, &it->p);
}

/* A segment as it is taken apart: events per unit and month at risk, before and now. */
static struct segment rate_of(const struct line_segment *segment)
{
    return (struct segment){
        .shipped0 = units_at_risk(&segment->baseline),
        .returned0 = lag_events(&segment->baseline),
        .shipped1 = units_at_risk(&segment->window),
        .returned1 = lag_events(&segment->window),
    };
}

/* How each segment moved the rate of all: by its own rate, and by its share. */
static void tell_effects(struct explained *at, size_t n, const struct segments *segments,
                         const struct segment_dimension *dimension, struct arena *arena)
{
    struct segment *rates = arena_alloc(arena, (n + 1) * sizeof *rates);
    struct segment_effect *effects = arena_alloc(arena, (n + 1) * sizeof *effects);
    struct line_segment rest = rest_of(segments, dimension);
    double change;

    for (size_t i = 0; i < n; i++)
        rates[i] = rate_of(i < dimension->n ? &dimension->at[i] : &rest);
    if (!rate_mix(rates, n, effects, &change))
        return;
    for (size_t i = 0; i < n; i++) {
        at[i].rate_effect = effects[i].rate;
        at[i].mix_effect = effects[i].mix;
    }
}

size_t segments_expect(struct explained *at, const struct segments *segments,
                       const struct segments *parent, const struct segment_dimension *dimension,
                       double expected, double level, struct arena *arena)
{
    const struct lag_counts *curve = parent ? &parent->whole.baseline : &segments->whole.baseline;
    size_t n = 0;

    if (dimension->exposed)
        expect_exposed(at, &n, segments, curve, dimension);
    else
        expect_reasons(at, &n, parent, dimension);
    scale(at, n, expected);
    for (size_t i = 0; i < n; i++)
        compare(&at[i], level);
    if (dimension->exposed)
        tell_effects(at, n, segments, dimension, arena);
    return n;
}
