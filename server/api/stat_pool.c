/* The stat endpoint: rates of clusters and of equal lines, and what a flow hides. */
#include "api/stat.h"
#include "stat/cluster.h"
#include "stat/flow.h"
#include "stat/james_stein.h"

#include <math.h>

struct clusters {
    struct numbers x, n;
    double level;
};

FIELDS(stat_clustered_interval_body, struct clusters,
       FIELD(struct clusters, x, NUMBERS, .min = 1, .max = 1000),
       FIELD(struct clusters, n, NUMBERS, .min = 1, .max = 1000),
       FIELD(struct clusters, level, NUMBER, .min = 0, .max = 1, .optional = true));
MEMBERS(stat_clustered_interval_computed, NUMBER_MEMBER("rate"), NUMBER_MEMBER("dispersion"),
        NUMBER_MEMBER("low"), NUMBER_MEMBER("high"), NUMBER_MEMBER("level"));

static const char *of_clusters(struct arena *arena, const void *posted, struct text *out)
{
    const struct clusters *in = posted;
    double level = stat_or(in->level, LEVEL_DEFAULT);
    struct cluster_rate rate;

    (void)arena;
    if (in->x.n != in->n.n)
        return "It takes as many x as n.";
    if (!cluster_interval(in->x.at, in->n.at, in->x.n, level, &rate))
        return "It takes two clusters at least, 0 <= x <= n and 0 < n of each, and 0 < level < 1.";
    value_number(out, "rate", rate.rate);
    value_number(out, "dispersion", rate.dispersion);
    value_number(out, "low", rate.interval.low);
    value_number(out, "high", rate.interval.high);
    value_number(out, "level", level);
    return NULL;
}
/** POST /api/v1/analytics/stat/clustered-interval */
STAT(stat_clustered_interval, struct clusters, of_clusters)

struct flow {
    double growth, rate;
    struct numbers share;
};

FIELDS(stat_flow_factor_body, struct flow, FIELD(struct flow, growth, NUMBER),
       FIELD(struct flow, share, NUMBERS, .min = 1, .max = 1200),
       FIELD(struct flow, rate, NUMBER, .min = 0, .max = 1, .optional = true));
MEMBERS(stat_flow_factor_computed, NUMBER_MEMBER("factor"), NUMBER_MEMBER("flow_ratio"));

static const char *as_flow(struct arena *arena, const void *posted, struct text *out)
{
    const struct flow *in = posted;
    double factor;

    (void)arena;
    if (!flow_factor(in->growth, in->share.at, in->share.n, &factor))
        return "It takes -1 < growth, and shares that are not negative and sum to 1.";
    value_number(out, "factor", factor);
    value_number(out, "flow_ratio", in->rate * factor);
    return NULL;
}
/** POST /api/v1/analytics/stat/flow-factor */
STAT(stat_flow_factor, struct flow, as_flow)

struct equals {
    struct numbers x;
    double n;
};

FIELDS(stat_james_stein_body, struct equals, FIELD(struct equals, x, NUMBERS, .min = 1, .max = 500),
       FIELD(struct equals, n, NUMBER));
MEMBERS(stat_james_stein_computed, NUMBER_MEMBER("mean"), NUMBER_MEMBER("weight"),
        NUMBERS_MEMBER("rates"));

static const char *of_equals(struct arena *arena, const void *posted, struct text *out)
{
    const struct equals *in = posted;
    double *rates = arena_alloc(arena, in->x.n * sizeof *rates);
    struct james_stein found;

    if (!james_stein(in->x.at, in->x.n, in->n, &found))
        return "It takes four lines at least, 0 <= x <= n, 0 < n, and rates that differ.";
    for (size_t i = 0; i < in->x.n; i++)
        rates[i] = found.mean + found.weight * (in->x.at[i] / in->n - found.mean);
    value_number(out, "mean", found.mean);
    value_number(out, "weight", found.weight);
    value_numbers(out, "rates", rates, in->x.n);
    return NULL;
}
/** POST /api/v1/analytics/stat/james-stein */
STAT(stat_james_stein, struct equals, of_equals)
