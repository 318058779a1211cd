/* Where along serials or days of shipment the returns of a line cluster. */
#include "api/analysis.h"
#include "http/reply.h"
#include "line/cluster.h"
#include "queries.h"

#include <math.h>
#include <string.h>

struct scan_query {
    struct scope scope;
    const char *by;
    /* From here on it is filled on the way. */
    struct age_curve curve;
};

FIELDS(line_scan_query, struct scan_query, SCOPE_FIELDS,
       FIELD(struct scan_query, by, TEXT, .one_of = "serial ship", .optional = true));

#define SPAN_PROPERTIES                                                                       \
    "\"model\":{\"type\":[\"string\",\"null\"]},\"prefix\":{\"type\":[\"string\",\"null\"]}," \
    "\"first\":{\"type\":[\"string\",\"null\"]},\"last\":{\"type\":[\"string\",\"null\"]}"
#define COUNT_PROPERTIES \
    "\"x\":" NULLABLE_NUMBER ",\"n\":" NULLABLE_NUMBER ",\"expected\":" NULLABLE_NUMBER

MEMBERS(line_scan_computed, ANALYSIS_MEMBERS, WORD_MEMBER("by"), NUMBER_MEMBER("x"),
        NUMBER_MEMBER("n"), INTEGER_MEMBER("replicates"), INTEGER_MEMBER("seed"),
        TABLE_MEMBER("items",
                     "\"model\",\"prefix\",\"first\",\"last\",\"x\",\"n\",\"expected\","
                     "\"ratio\",\"llr\",\"p\",\"q\",\"reason\"",
                     SPAN_PROPERTIES "," COUNT_PROPERTIES ",\"ratio\":" NULLABLE_NUMBER
                                     ",\"llr\":" NULLABLE_NUMBER ",\"p\":" NULLABLE_NUMBER
                                     ",\"q\":" NULLABLE_NUMBER
                                     ",\"reason\":{\"type\":[\"string\",\"null\"]}"),
        TABLE_MEMBER("bins", "\"model\",\"prefix\",\"first\",\"last\",\"x\",\"n\",\"expected\"",
                     SPAN_PROPERTIES "," COUNT_PROPERTIES));

static rows_fn cohorts_found;
static analysis_fn read_curve, tell_scan;
static analysis_ask_fn ask_units;

static bool is_by_serial(const struct scan_query *asked)
{
    return !strcmp(asked->by, "serial");
}

/** GET /api/v1/analytics/lines/:id/scan: the worst window of serials, or of days of shipment. */
void line_scan(struct request *req)
{
    struct scan_query *asked = REQ_STATE(req, struct scan_query);

    if (!QUERY_READ(req, asked))
        return;
    if (!asked->by)
        asked->by = "serial";
    analysis_cohorts(req, &asked->scope, cohorts_found);
}

static void cohorts_found(struct request *req, const PGresult *rows)
{
    analysis_answer(req, rows, read_curve);
}

static const char *read_curve(struct analysis *analysis)
{
    struct scan_query *asked = analysis->asked;
    struct cohorts cohorts;

    cohorts_read(&cohorts, analysis->arena, analysis->rows);
    asked->curve = age_curve_make(&cohorts.table, analysis->arena);
    analysis->ask = ask_units;
    analysis->then = tell_scan;
    return NULL;
}

static void ask_units(struct request *req, const struct analysis *analysis, rows_fn *done)
{
    const struct scan_query *asked = analysis->asked;
    struct scope scope = asked->scope;

    scope.as_of = PQgetvalue(analysis->rows, 0, PQfnumber(analysis->rows, "as_of"));
    if (is_by_serial(asked))
        q_scan_unit_list(req, done, req->param[0], SCOPE_ASKED(&scope),
                         decimal_text(analysis->arena, CLUSTER_BINS),
                         decimal_text(analysis->arena, CLUSTER_GROUPS));
    else
        q_scan_day_list(req, done, req->param[0], SCOPE_ASKED(&scope));
}

static void tell_span(struct text *out, const struct cluster *cluster, const char *first,
                      const char *last)
{
    value_word(out, "model", cluster->model);
    value_word(out, "prefix", cluster->prefix);
    value_word(out, "first", first);
    value_word(out, "last", last);
}

static void tell_cluster(struct text *out, const struct cluster *cluster)
{
    const struct scan_window *window = &cluster->window;
    bool found = cluster->found;

    value_open(out, NULL, '{');
    tell_span(out, cluster, found ? cluster_first(cluster) : NULL,
              found ? cluster_last(cluster) : NULL);
    value_number(out, "x", found ? window->observed : NAN);
    value_number(out, "n", found ? cluster_units(cluster) : NAN);
    value_number(out, "expected", found ? window->expected : NAN);
    value_number(out, "ratio", found ? window->observed / window->expected : NAN);
    value_number(out, "llr", found ? window->llr : NAN);
    value_number(out, "p", found ? window->p : NAN);
    value_number(out, "q", cluster->q);
    value_word(out, "reason", found ? NULL : cluster->events > 0 ? "no_cluster" : "no_events");
    value_close(out, '}');
}

/* The bins of one run: what a chart of it shows. */
static void tell_bins(struct text *out, const struct cluster *cluster)
{
    double exposure = 0;

    for (size_t i = 0; i < cluster->n; i++)
        exposure += cluster->bins[i].exposure;
    for (size_t i = 0; i < cluster->n; i++) {
        const struct cluster_bin *bin = &cluster->bins[i];

        value_open(out, NULL, '{');
        tell_span(out, cluster, bin->first, bin->last);
        value_number(out, "x", bin->events);
        value_number(out, "n", bin->units);
        value_number(out, "expected", cluster->events * bin->exposure / exposure);
        value_close(out, '}');
    }
}

static void tell_sums(struct text *out, const struct clusters *clusters)
{
    double x = 0, n = 0;

    for (size_t i = 0; i < clusters->n; i++) {
        x += clusters->at[i].events;
        n += clusters->at[i].units;
    }
    value_number(out, "x", x);
    value_number(out, "n", n);
}

static const char *tell_scan(struct analysis *analysis)
{
    const struct scan_query *asked = analysis->asked;
    struct text *out = analysis->out;
    struct clusters clusters;

    if (is_by_serial(asked))
        clusters_of_serials(&clusters, analysis->arena, analysis->rows, &asked->curve);
    else
        clusters_of_days(&clusters, analysis->arena, analysis->rows, &asked->curve);
    value_word(out, "method",
               "Kulldorff's scan statistic on bins of equal size, exposure by age; p by seeded "
               "replicates, q by Benjamini and Hochberg");
    value_word(out, "by", asked->by);
    tell_sums(out, &clusters);
    value_whole(out, "replicates", CLUSTER_REPLICATES);
    value_whole(out, "seed", CLUSTER_SEED);
    value_open(out, "items", '[');
    for (size_t i = 0; i < clusters.n; i++)
        tell_cluster(out, &clusters.at[i]);
    value_close(out, ']');
    value_open(out, "bins", '[');
    for (size_t i = 0; i < clusters.n; i++)
        tell_bins(out, &clusters.at[i]);
    value_close(out, ']');
    if (!clusters.n)
        analysis_warn(analysis, "nothing_to_scan",
                      "No model has twenty units of one prefix and two of them back, or nothing "
                      "was shipped.");
    if (clusters.n == CLUSTER_GROUPS)
        analysis_warn(analysis, "trimmed", "Only the largest models and prefixes are scanned.");
    return NULL;
}
