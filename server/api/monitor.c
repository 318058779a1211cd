/* Charts that watch one line. */
#include "line/monitor.h"
#include "api/watch.h"
#include "line/tell.h"
#include "stat/chart.h"
#include "stat/sequential.h"

#include <math.h>
#include <string.h>

#define MONTHS_DEFAULT 24
#define MONTHS_MAX     120
#define BASELINE_MAX   60
/* A chart that is well has a false alarm no more often than once in so many months (Lorden 1971).
 */
#define CUSUM_MONTHS 200
#define SPRT_MAX     200
#define SPRT_EVENTS  4

struct monitor_query {
    struct watching watching;
    const char *chart;
    double months, baseline, ratio, limit, weight, width, alpha;
};

FIELDS(line_monitor_query, struct monitor_query, SCOPE_FIELDS,
       FIELD(struct watching, age, NUMBER, .min = 30, .max = 1095, .optional = true),
       FIELD(struct monitor_query, chart, TEXT, .one_of = "p laney ewma cusum maxsprt"),
       FIELD(struct monitor_query, months, NUMBER, .min = 1, .max = MONTHS_MAX, .optional = true),
       FIELD(struct monitor_query, baseline, NUMBER, .min = 1, .max = BASELINE_MAX,
             .optional = true),
       FIELD(struct monitor_query, ratio, NUMBER, .optional = true),
       FIELD(struct monitor_query, limit, NUMBER, .optional = true),
       FIELD(struct monitor_query, weight, NUMBER, .optional = true),
       FIELD(struct monitor_query, width, NUMBER, .optional = true),
       FIELD(struct monitor_query, alpha, NUMBER, .optional = true));

MEMBERS(line_monitor_computed, ANALYSIS_MEMBERS, RATE_MEMBERS, MATURITY_MEMBER,
        WORD_MEMBER("chart"), NUMBER_MEMBER("centre"), NUMBER_MEMBER("sigma_z"),
        INTEGER_MEMBER("signals"),
        TABLE_MEMBER("items",
                     "\"month\",\"x\",\"n\",\"expected\",\"ratio\",\"value\",\"low\",\"high\","
                     "\"signal\"",
                     "\"month\":{\"type\":\"string\",\"format\":\"date\"},\"x\":" NULLABLE_NUMBER
                     ",\"n\":" NULLABLE_NUMBER ",\"expected\":" NULLABLE_NUMBER
                     ",\"ratio\":" NULLABLE_NUMBER ",\"value\":" NULLABLE_NUMBER
                     ",\"low\":" NULLABLE_NUMBER ",\"high\":" NULLABLE_NUMBER
                     ",\"signal\":{\"type\":\"boolean\"}"));

static analysis_fn tell_monitor;

static double given_or(double given, double otherwise)
{
    return isnan(given) ? otherwise : given;
}

/** GET /api/v1/analytics/lines/:id/monitor: a chart of one line, month by month. */
void line_monitor(struct request *req)
{
    struct monitor_query *asked = REQ_STATE(req, struct monitor_query);

    if (!QUERY_READ(req, asked))
        return;
    asked->months = floor(given_or(asked->months, MONTHS_DEFAULT));
    asked->baseline = floor(given_or(asked->baseline, BASELINE_MONTHS));
    asked->watching.back = (int)(asked->months + asked->baseline);
    watch_lines(req, req->param[0], false, tell_monitor);
}

/* A chart under way. */
struct monitor {
    const struct monitor_query *asked;
    struct arena *arena;
    struct monitor_point *points;
    size_t n;
    double *x, *against; /* of the points: events, and what they are held against */
    struct chart_point *chart;
    double centre, sigma_z;
    const char *method;
};

static void take_numbers(struct monitor *monitor, bool expected)
{
    for (size_t i = 0; i < monitor->n; i++) {
        monitor->x[i] = monitor->points[i].observed;
        monitor->against[i] = expected ? monitor->points[i].expected : monitor->points[i].n;
    }
}

/* By month of shipment: the share that had an event by the age. */
static const char *chart_shares(struct monitor *monitor, bool laney)
{
    struct p_chart chart = {NAN, NAN};

    take_numbers(monitor, false);
    monitor->method = laney ? "Laney's p'-chart by month of shipment, three sigma"
                            : "p-chart by month of shipment, three sigma";
    if (monitor->n &&
        !p_chart(monitor->x, monitor->against, monitor->n, laney, &chart, monitor->chart))
        return "The counts make no chart.";
    monitor->centre = chart.centre;
    monitor->sigma_z = chart.sigma_z;
    for (size_t i = 0; i < monitor->n; i++)
        monitor->points[i].expected = monitor->points[i].n * chart.centre;
    return NULL;
}

static const char *chart_average(struct monitor *monitor)
{
    const struct monitor_query *asked = monitor->asked;
    struct ewma ewma = {0, 1, given_or(asked->weight, 0.2), given_or(asked->width, 3)};

    monitor->method = "EWMA of (observed - expected) / sqrt(expected) by month of the event";
    monitor->centre = 0;
    for (size_t i = 0; i < monitor->n; i++)
        monitor->x[i] = (monitor->points[i].observed - monitor->points[i].expected) /
                        sqrt(monitor->points[i].expected);
    if (monitor->n && !ewma_chart(monitor->x, monitor->n, ewma, monitor->chart))
        return "It takes 0 < weight <= 1 and 0 < width.";
    return NULL;
}

static const char *chart_sums(struct monitor *monitor)
{
    double ratio = given_or(monitor->asked->ratio, 1.5);
    double limit = given_or(monitor->asked->limit, log(CUSUM_MONTHS) / log(ratio));

    monitor->method = "CUSUM of counts against expected ones by month of the event";
    take_numbers(monitor, true);
    if (!(ratio > 1 && ratio <= 100 && limit > 0))
        return "It takes 1 < ratio <= 100 and 0 < limit.";
    if (monitor->n &&
        !cusum_counts(monitor->x, monitor->against, monitor->n, ratio, limit, monitor->chart))
        return "The counts make no chart.";
    return NULL;
}

/* Of all events since the beginning, planned for what the months let expect together. */
static const char *chart_sequence(struct monitor *monitor)
{
    double alpha = given_or(monitor->asked->alpha, 0.05), observed = 0, expected = 0, boundary;

    monitor->method = "Poisson MaxSPRT of all events since the first month";
    for (size_t i = 0; i < monitor->n; i++)
        expected += monitor->points[i].expected;
    if (!monitor->n)
        return NULL;
    if (!maxsprt_boundary((struct maxsprt_plan){fmin(SPRT_MAX, expected), SPRT_EVENTS}, alpha,
                          &boundary))
        return "It takes 0 < alpha <= 0.5, and no more than can be reached.";
    expected = 0;
    for (size_t i = 0; i < monitor->n; i++) {
        double llr;

        observed += monitor->points[i].observed;
        expected += monitor->points[i].expected;
        llr = maxsprt_llr(observed, expected);
        monitor->chart[i] =
            (struct chart_point){llr, NAN, boundary, llr >= boundary && observed >= SPRT_EVENTS};
    }
    return NULL;
}

static const char *make_chart(struct monitor *monitor)
{
    switch (*monitor->asked->chart) {
    case 'p':
        return chart_shares(monitor, false);
    case 'l':
        return chart_shares(monitor, true);
    case 'e':
        return chart_average(monitor);
    case 'c':
        return chart_sums(monitor);
    default:
        return chart_sequence(monitor);
    }
}

static void take_points(struct monitor *monitor, const struct line_history *line,
                        const struct assess_plan *plan, struct moment now)
{
    int months = (int)monitor->asked->months, baseline = (int)monitor->asked->baseline;
    struct lag_span span = {now.month - months, now.month};

    monitor->points = arena_alloc(monitor->arena, (size_t)(months + 1) * sizeof *monitor->points);
    monitor->n = strchr("pl", *monitor->asked->chart)
                     ? monitor_cohorts(monitor->points, line, span.first, span.end, plan->periods,
                                       now, monitor->arena)
                     : monitor_events(monitor->points, line, span,
                                      (struct lag_span){span.first - baseline, span.first}, now);
    monitor->x = arena_alloc(monitor->arena, (2 * monitor->n + 1) * sizeof *monitor->x);
    monitor->against = monitor->x + monitor->n;
    monitor->chart = arena_alloc(monitor->arena, (monitor->n + 1) * sizeof *monitor->chart);
}

static void tell_point(struct text *out, const struct monitor_point *point,
                       const struct chart_point *chart)
{
    value_open(out, NULL, '{');
    month_tell(out, "month", point->month);
    value_number(out, "x", point->observed);
    value_number(out, "n", point->n);
    value_number(out, "expected", point->expected);
    value_number(out, "ratio",
                 point->expected > 0 ? point->observed / point->expected : (double)NAN);
    value_number(out, "value", chart->value);
    value_number(out, "low", chart->low);
    value_number(out, "high", chart->high);
    value_flag(out, "signal", chart->signal);
    value_close(out, '}');
}

static void tell_points(struct text *out, const struct monitor *monitor)
{
    int64_t signals = 0;

    value_open(out, "items", '[');
    for (size_t i = 0; i < monitor->n; i++) {
        tell_point(out, &monitor->points[i], &monitor->chart[i]);
        signals += monitor->chart[i].signal;
    }
    value_close(out, ']');
    value_whole(out, "signals", signals);
}

static void warn(struct analysis *analysis, const struct monitor *monitor)
{
    if (!monitor->n)
        analysis_warn(analysis, "no_points",
                      "There is no month that is old enough and has a baseline.");
    if (*monitor->asked->chart == 'p' && monitor->sigma_z > CHART_LANEY_MIN)
        analysis_warn(analysis, "overdispersed",
                      "Months vary more than chance lets them: take chart=laney.");
}

static const char *tell_monitor(struct analysis *analysis)
{
    struct monitor monitor = {
        .asked = analysis->asked, .arena = analysis->arena, .centre = NAN, .sigma_z = NAN};
    struct text *out = analysis->out;
    struct line_histories lines;
    struct assess_plan plan;
    struct assessment *it = watch_assess(analysis, &lines, &plan);
    const char *fault;

    if (!it)
        return AGE_FAULT;
    take_points(&monitor, &lines.at[0], &plan, lines.now);
    fault = make_chart(&monitor);
    if (fault)
        return fault;
    value_word(out, "method", monitor.method);
    value_word(out, "chart", monitor.asked->chart);
    watch_rate(analysis, it, &plan);
    value_number(out, "centre", monitor.centre);
    value_number(out, "sigma_z", monitor.sigma_z);
    tell_points(out, &monitor);
    warn(analysis, &monitor);
    return NULL;
}
