/* The stat endpoint: which tests, ages, segments or units explain a change. */
#include "api/stat.h"
#include "stat/attribution.h"
#include "stat/expected.h"
#include "stat/multiple.h"
#include "stat/scan.h"

#include <math.h>

struct tests {
    struct numbers p;
    const char *method;
};

FIELDS(stat_false_discovery_body, struct tests,
       FIELD(struct tests, p, NUMBERS, .min = 1, .max = 10000),
       FIELD(struct tests, method, TEXT, .one_of = "bh by", .optional = true));
MEMBERS(stat_false_discovery_computed, NUMBERS_MEMBER("adjusted"), WORD_MEMBER("method"));

static const char *false_discovery(struct arena *arena, const void *posted, struct text *out)
{
    const struct tests *in = posted;
    const char *method = in->method ? in->method : "bh";
    double *adjusted = arena_alloc(arena, in->p.n * sizeof *adjusted);
    size_t *order = arena_alloc(arena, in->p.n * sizeof *order);

    if (!fdr_adjust(in->p.at, in->p.n, method[1] == 'h' ? FDR_BH : FDR_BY, adjusted, order))
        return "It takes 0 <= p <= 1.";
    value_numbers(out, "adjusted", adjusted, in->p.n);
    value_word(out, "method", method);
    return NULL;
}
/** POST /api/v1/analytics/stat/false-discovery */
STAT(stat_false_discovery, struct tests, false_discovery)

struct ages {
    double observed, level;
    struct numbers at_risk, hazard;
};

FIELDS(stat_observed_expected_body, struct ages,
       FIELD(struct ages, observed, NUMBER, .min = 0, .max = 1000000000),
       FIELD(struct ages, at_risk, NUMBERS, .min = 1, .max = 5000),
       FIELD(struct ages, hazard, NUMBERS, .min = 1, .max = 5000),
       FIELD(struct ages, level, NUMBER, .min = 0, .max = 1, .optional = true));
MEMBERS(stat_observed_expected_computed, NUMBER_MEMBER("expected"), NUMBER_MEMBER("ratio"),
        NUMBER_MEMBER("low"), NUMBER_MEMBER("high"), NUMBER_MEMBER("p_more"),
        NUMBER_MEMBER("p_fewer"), NUMBER_MEMBER("level"));

static const char *observed_against_expected(struct arena *arena, const void *posted,
                                             struct text *out)
{
    const struct ages *in = posted;
    double level = stat_or(in->level, LEVEL_DEFAULT);
    struct observed_expected found;

    (void)arena;
    if (in->at_risk.n != in->hazard.n)
        return "It takes as many hazards as numbers at risk.";
    if (in->observed != floor(in->observed) ||
        !observed_expected((int64_t)in->observed, in->at_risk.at, in->hazard.at, in->at_risk.n,
                           level, &found))
        return "It takes a whole count, 0 <= at_risk, 0 <= hazard <= 1, something that is "
               "expected, and 0 < level < 1.";
    value_number(out, "expected", found.expected);
    value_number(out, "ratio", found.ratio);
    value_number(out, "low", found.interval.low);
    value_number(out, "high", found.interval.high);
    value_number(out, "p_more", found.p_more);
    value_number(out, "p_fewer", found.p_fewer);
    value_number(out, "level", level);
    return NULL;
}
/** POST /api/v1/analytics/stat/observed-expected */
STAT(stat_observed_expected, struct ages, observed_against_expected)

struct windows {
    struct numbers shipped_before, returned_before, shipped, returned;
};

#define SEGMENTS(member) FIELD(struct windows, member, NUMBERS, .min = 1, .max = 4000)
FIELDS(stat_rate_mix_body, struct windows, SEGMENTS(shipped_before), SEGMENTS(returned_before),
       SEGMENTS(shipped), SEGMENTS(returned));
MEMBERS(stat_rate_mix_computed, NUMBER_MEMBER("change"), NUMBERS_MEMBER("rate_effects"),
        NUMBERS_MEMBER("mix_effects"), NUMBERS_MEMBER("excess"));

static const char *split_change(struct arena *arena, const void *posted, struct text *out)
{
    const struct windows *in = posted;
    size_t n = in->shipped.n;
    struct segment *segments = arena_alloc(arena, n * sizeof *segments);
    struct segment_effect *effects = arena_alloc(arena, n * sizeof *effects);
    double *rate = arena_alloc(arena, 3 * n * sizeof *rate), *mix = rate + n, *excess = mix + n;
    double change;

    if (in->shipped_before.n != n || in->returned_before.n != n || in->returned.n != n)
        return "It takes the four counts of each segment.";
    for (size_t i = 0; i < n; i++)
        segments[i] = (struct segment){in->shipped_before.at[i], in->returned_before.at[i],
                                       in->shipped.at[i], in->returned.at[i]};
    if (!rate_mix(segments, n, effects, &change))
        return "It takes 0 <= returned <= shipped, and shipments before and after.";
    for (size_t i = 0; i < n; i++) {
        rate[i] = effects[i].rate;
        mix[i] = effects[i].mix;
        excess[i] = effects[i].excess;
    }
    value_number(out, "change", change);
    value_numbers(out, "rate_effects", rate, n);
    value_numbers(out, "mix_effects", mix, n);
    value_numbers(out, "excess", excess, n);
    return NULL;
}
/** POST /api/v1/analytics/stat/rate-mix */
STAT(stat_rate_mix, struct windows, split_change)

struct product {
    double count_before, value_before, count, value;
};

FIELDS(stat_product_split_body, struct product, FIELD(struct product, count_before, NUMBER),
       FIELD(struct product, value_before, NUMBER), FIELD(struct product, count, NUMBER),
       FIELD(struct product, value, NUMBER));
MEMBERS(stat_product_split_computed, NUMBER_MEMBER("inner"), NUMBER_MEMBER("mix"));

static const char *split_product(struct arena *arena, const void *posted, struct text *out)
{
    const struct product *in = posted;
    struct product_split split =
        product_split(in->count_before, in->value_before, in->count, in->value);

    (void)arena;
    value_number(out, "inner", split.inner);
    value_number(out, "mix", split.mix);
    return NULL;
}
/** POST /api/v1/analytics/stat/product-split */
STAT(stat_product_split, struct product, split_product)

struct blame {
    struct number_table expected, actual;
};

FIELDS(stat_adtributor_body, struct blame,
       FIELD(struct blame, expected, TABLE, .min = 1, .max = 50),
       FIELD(struct blame, actual, TABLE, .min = 1, .max = 50));
MEMBERS(stat_adtributor_computed, NUMBER_MEMBER("dimension"), NUMBERS_MEMBER("elements"),
        NUMBER_LISTS_MEMBER("powers"), NUMBER_LISTS_MEMBER("surprises"));

/* The dimensions with their elements; false if the tables are not of one shape. */
static bool dimensions_read(struct arena *arena, const struct blame *in,
                            struct dimension *dimensions, size_t *longest)
{
    *longest = 0;
    for (size_t i = 0; i < in->expected.n; i++) {
        struct numbers expected = in->expected.at[i], actual = in->actual.at[i];
        struct element *elements = arena_alloc(arena, (expected.n + 1) * sizeof *elements);

        if (expected.n != actual.n || !expected.n)
            return false;
        for (size_t j = 0; j < expected.n; j++)
            elements[j] = (struct element){.expected = expected.at[j], .actual = actual.at[j]};
        dimensions[i] = (struct dimension){.elements = elements, .n = expected.n};
        *longest = expected.n > *longest ? expected.n : *longest;
    }
    return true;
}

static void add_dimensions(struct arena *arena, struct text *out,
                           const struct dimension *dimensions, size_t n, bool power)
{
    value_open(out, power ? "powers" : "surprises", '[');
    for (size_t i = 0; i < n; i++) {
        const struct dimension *dimension = &dimensions[i];
        double *list = arena_alloc(arena, dimension->n * sizeof *list);

        for (size_t j = 0; j < dimension->n; j++)
            list[j] = power ? dimension->elements[j].power : dimension->elements[j].surprise;
        value_numbers(out, NULL, list, dimension->n);
    }
    value_close(out, ']');
}

static const char *blame(struct arena *arena, const void *posted, struct text *out)
{
    const struct blame *in = posted;
    struct dimension *dimensions = arena_alloc(arena, in->expected.n * sizeof *dimensions);
    size_t longest, best, nchosen = 0;
    double *chosen;

    if (in->expected.n != in->actual.n || !dimensions_read(arena, in, dimensions, &longest))
        return "It takes the expected and the actual count of each element of each dimension.";
    chosen = arena_alloc(arena, longest * sizeof *chosen);
    if (!adtributor(dimensions, in->expected.n, arena_alloc(arena, longest * sizeof(size_t)),
                    &best))
        return "No dimension explains the change, or there is none.";
    for (size_t j = 0; j < dimensions[best].n; j++)
        if (dimensions[best].elements[j].chosen)
            chosen[nchosen++] = (double)j;
    value_number(out, "dimension", (double)best);
    value_numbers(out, "elements", chosen, nchosen);
    add_dimensions(arena, out, dimensions, in->expected.n, true);
    add_dimensions(arena, out, dimensions, in->expected.n, false);
    return NULL;
}
/** POST /api/v1/analytics/stat/adtributor */
STAT(stat_adtributor, struct blame, blame)

struct serials {
    struct numbers events, exposure;
    double replicates, seed;
};

FIELDS(stat_scan_body, struct serials,
       FIELD(struct serials, events, NUMBERS, .min = 2, .max = SCAN_BINS_MAX),
       FIELD(struct serials, exposure, NUMBERS, .min = 2, .max = SCAN_BINS_MAX),
       FIELD(struct serials, replicates, NUMBER, .min = 1, .max = 999, .optional = true),
       FIELD(struct serials, seed, NUMBER, .min = 0, .max = 1000000000, .optional = true));
MEMBERS(stat_scan_computed, NUMBER_MEMBER("first"), NUMBER_MEMBER("last"),
        NUMBER_MEMBER("observed"), NUMBER_MEMBER("expected"), NUMBER_MEMBER("llr"),
        NUMBER_MEMBER("p"), NUMBER_MEMBER("replicates"), NUMBER_MEMBER("seed"));

static const char *scan(struct arena *arena, const void *posted, struct text *out)
{
    const struct serials *in = posted;
    struct scan_plan plan = {(int)stat_or(in->replicates, 999), (uint64_t)stat_or(in->seed, 1)};
    double *scratch = arena_alloc(arena, 2 * in->events.n * sizeof *scratch);
    struct scan_window window;

    if (in->events.n != in->exposure.n)
        return "It takes as many exposures as events.";
    if (!scan_line(in->events.at, in->exposure.at, in->events.n, plan, scratch, &window))
        return "It takes whole events, not too many, 0 < exposure, and a window with more events "
               "than its share.";
    value_number(out, "first", (double)window.first);
    value_number(out, "last", (double)window.last);
    value_number(out, "observed", window.observed);
    value_number(out, "expected", window.expected);
    value_number(out, "llr", window.llr);
    value_number(out, "p", window.p);
    value_number(out, "replicates", plan.replicates);
    value_number(out, "seed", (double)plan.seed);
    return NULL;
}
/** POST /api/v1/analytics/stat/scan */
STAT_SLOW(stat_scan, struct serials, scan)
