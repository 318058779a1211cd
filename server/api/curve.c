/* How long the units of a line last, by days of age. */
#include "api/curve.h"
#include "line/month.h"
#include "queries.h"
#include "stat/survival.h"

#include <math.h>
#include <string.h>

#define AGE_DEFAULT 90
/* More than there are. */
#define CLASSES_MAX     32
#define TEXT_OF(number) #number
#define AS_TEXT(number) TEXT_OF(number)

struct curve_query {
    struct scope scope;
    double age;
};

FIELDS(line_life_list_query, struct curve_query, SCOPE_FIELDS,
       FIELD(struct curve_query, age, NUMBER, .min = 1, .max = 36500, .optional = true));

MEMBERS(
    line_life_list_computed, ANALYSIS_MEMBERS, RATE_MEMBERS, MATURITY_MEMBER,
    TABLE_MEMBER("items",
                 "\"age\",\"at_risk\",\"events\",\"others\",\"hazard\",\"kaplan_meier\","
                 "\"rate\",\"error\",\"low\",\"high\"",
                 "\"age\":{\"type\":\"integer\"},\"at_risk\":{\"type\":\"number\"},"
                 "\"events\":{\"type\":\"number\"},\"others\":{\"type\":\"number\"},"
                 "\"hazard\":" NULLABLE_NUMBER ",\"kaplan_meier\":" NULLABLE_NUMBER
                 ",\"rate\":" NULLABLE_NUMBER ",\"error\":" NULLABLE_NUMBER
                 ",\"low\":" NULLABLE_NUMBER ",\"high\":" NULLABLE_NUMBER),
    TABLE_MEMBER(
        "classes", "\"class\",\"age\",\"rate\"",
        "\"class\":{\"type\":\"string\"},\"age\":{\"type\":\"integer\"},\"rate\":" NULLABLE_NUMBER),
    CURVE_MODEL_MEMBERS, CURVE_LOT_MEMBER);

static rows_fn lifetimes_found;
static analysis_fn tell_curve;

/** GET /api/v1/analytics/lines/:id/curve: steps, models and lots that differ. */
void line_life_list(struct request *req)
{
    struct curve_query *asked = REQ_STATE(req, struct curve_query);
    const struct scope *scope = &asked->scope;

    if (QUERY_READ(req, asked))
        q_line_life_list(req, lifetimes_found, req->param[0], SCOPE_ASKED(scope), "true",
                         AS_TEXT(LIFE_FAILURES_MIN));
}

static void lifetimes_found(struct request *req, const PGresult *rows)
{
    analysis_answer(req, rows, tell_curve);
}

/* The curves of the events asked for: by themselves, and where other exits compete. */
struct steps {
    size_t n;
    double *at_risk;
    struct survival_point *alone;
    struct incidence_point *shares;
};

static bool steps_make(struct steps *steps, struct arena *arena, const struct day_bins *bins,
                       double level)
{
    struct age_count *ages = arena_alloc(arena, (bins->n + 1) * sizeof *ages);
    double *taken = arena_alloc(arena, (bins->n + 1) * sizeof *taken);

    *steps = (struct steps){
        .at_risk = arena_alloc(arena, (bins->n + 1) * sizeof(double)),
        .alone = arena_alloc(arena, (bins->n + 1) * sizeof *steps->alone),
        .shares = arena_alloc(arena, (bins->n + 1) * sizeof *steps->shares),
    };
    if (!day_bins_are_sound(bins))
        return false;
    day_bins_at_risk(bins, steps->at_risk);
    day_bins_ages(bins, ages);
    return survival_curve(ages, bins->n, WITHDRAWN_AFTER, SURVIVAL_LOG_LOG, level, steps->alone,
                          &steps->n) != FIT_BAD_INPUT &&
           survival_incidence_of(steps->at_risk, bins->counted, bins->others, steps->n, level,
                                 steps->shares) != FIT_BAD_INPUT;
}

/* Where nothing came back yet, at most what that allows of those seen for so long. */
static struct interval interval_at(const struct steps *steps, size_t bin, double level)
{
    struct interval interval = steps->shares[bin].interval;

    if (steps->shares[bin].share == 0)
        interval_wilson_real(0, steps->at_risk[bin], interval_z(level), &interval);
    return interval;
}

static void tell_step(struct analysis *analysis, const struct day_bins *bins,
                      const struct steps *steps, size_t bin)
{
    const struct incidence_point *share = &steps->shares[bin];
    struct interval interval = interval_at(steps, bin, analysis->level);
    struct text *out = analysis->out;

    value_open(out, NULL, '{');
    value_whole(out, "age", day_bins_end(bins, bin));
    value_number(out, "at_risk", steps->at_risk[bin]);
    value_number(out, "events", bins->counted[bin]);
    value_number(out, "others", bins->others[bin]);
    value_number(out, "hazard", steps->alone[bin].hazard);
    value_number(out, "kaplan_meier", steps->alone[bin].failed);
    value_number(out, "rate", share->share);
    value_number(out, "error", share->error);
    value_number(out, "low", interval.low);
    value_number(out, "high", interval.high);
    value_close(out, '}');
}

/* Days on which something came back, and the last one that is known. */
static void tell_steps(struct analysis *analysis, const struct day_bins *bins,
                       const struct steps *steps)
{
    value_open(analysis->out, "items", '[');
    for (size_t bin = 0; bin < steps->n; bin++)
        if (bins->counted[bin] > 0 || bin + 1 == steps->n)
            tell_step(analysis, bins, steps, bin);
    value_close(analysis->out, ']');
}

/* Of one class, all others competing. */
static void tell_class(struct analysis *analysis, const struct curve *curve,
                       const struct steps *steps, const char *class)
{
    const struct day_bins *bins = &curve->bins;
    double *own = arena_alloc(analysis->arena, (steps->n + 1) * sizeof *own);
    double survival = 1, share = 0;

    for (size_t i = 0; i < curve->lifetimes->nevents; i++) {
        const struct lifetime_event *event = &curve->lifetimes->events[i];
        size_t bin = (size_t)(event->age / bins->width);

        if (event->counted && bin < steps->n && !strcmp(event->class, class))
            own[bin] += event->units;
    }
    for (size_t bin = 0; bin < steps->n && steps->at_risk[bin] > 0; bin++) {
        double all = bins->counted[bin] + bins->others[bin];

        share += survival * own[bin] / steps->at_risk[bin];
        survival *= fmax(0, 1 - all / steps->at_risk[bin]);
        if (!(own[bin] > 0))
            continue;
        value_open(analysis->out, NULL, '{');
        value_word(analysis->out, "class", class);
        value_whole(analysis->out, "age", day_bins_end(bins, bin));
        value_number(analysis->out, "rate", share);
        value_close(analysis->out, '}');
    }
}

/* Of each class that is asked for and came. */
static void tell_classes(struct analysis *analysis, const struct curve *curve,
                         const struct steps *steps)
{
    const struct lifetimes *lifetimes = curve->lifetimes;
    const char *classes[CLASSES_MAX];
    size_t n = 0, k;

    value_open(analysis->out, "classes", '[');
    for (size_t i = 0; i < lifetimes->nevents; i++) {
        const struct lifetime_event *event = &lifetimes->events[i];

        for (k = 0; k < n && strcmp(classes[k], event->class) != 0; k++)
            ;
        if (!event->counted || k < n || n == CLASSES_MAX)
            continue;
        classes[n++] = event->class;
        tell_class(analysis, curve, steps, event->class);
    }
    value_close(analysis->out, ']');
}

/* The last bin that ends by the age asked for; false if that is not over for any unit. */
static bool bin_of_age(const struct curve *curve, const struct steps *steps, size_t *bin)
{
    size_t ended = (size_t)(curve->age + 1) / (size_t)curve->bins.width;

    if (!ended || ended > steps->n)
        return false;
    *bin = ended - 1;
    return true;
}

static void tell_rate(struct analysis *analysis, const struct curve *curve,
                      const struct steps *steps)
{
    struct text *out = analysis->out;
    double x = 0;
    size_t bin;
    bool known = bin_of_age(curve, steps, &bin);

    for (size_t i = 0; known && i <= bin; i++)
        x += curve->bins.counted[i];
    value_number(out, "x", x);
    value_number(out, "n", curve->bins.shipped);
    value_number(out, "rate", known ? steps->shares[bin].share : NAN);
    if (known)
        value_interval(out, "interval", interval_at(steps, bin, analysis->level), analysis->level,
                       steps->shares[bin].share > 0 ? "log_log" : "wilson");
    else
        value_word(out, "interval", NULL);
    value_word(out, "reason", known ? NULL : curve->bins.shipped > 0 ? "immature" : "no_shipments");
}

static void tell_maturity(struct analysis *analysis, const struct curve *curve)
{
    struct maturity maturity = {.age = (int)curve->age};
    int months[2] = {0, 0}; /* from, to */

    for (size_t i = 0; i < curve->lifetimes->nunits; i++) {
        const struct lifetime_units *units = &curve->lifetimes->units[i];
        int month = month_read(units->month);

        maturity.shipped += units->shipped;
        if (units->age > maturity.oldest_age)
            maturity.oldest_age = units->age;
        if (units->age < curve->age)
            continue;
        maturity.matured += units->shipped;
        months[0] = months[0] && months[0] < month ? months[0] : month;
        months[1] = months[1] > month ? months[1] : month;
    }
    maturity.months = months[1] ? (size_t)(months[1] - months[0] + 1) : 0;
    analysis_maturity(analysis, &maturity);
    analysis_warn_immature(analysis, &maturity);
}

static const char *tell_curve(struct analysis *analysis)
{
    const struct curve_query *asked = analysis->asked;
    struct arena *arena = analysis->arena;
    struct lifetimes lifetimes;
    struct curve curve = {.lifetimes = &lifetimes,
                          .age = isnan(asked->age) ? AGE_DEFAULT : floor(asked->age)};
    struct period_counts family;
    struct steps steps;
    struct life_cell *cells;

    lifetimes_read(&lifetimes, arena, analysis->rows);
    day_bins_count(&curve.bins, arena, &lifetimes, NULL, DAY_BINS_MAX);
    if (!steps_make(&steps, arena, &curve.bins, analysis->level))
        steps.n = 0;
    cells = arena_alloc(arena, (3 * curve.bins.n + 1) * sizeof *cells);
    curve.cells = (struct model_cells){cells, steps.n ? day_bins_cells(&curve.bins, cells) : 0};
    period_counts_of_cohorts(&family, arena, &lifetimes.family.table);
    line_model_choose(&curve.model, curve.cells, model_cells_of(arena, &family, PERIOD_INTERVAL),
                      MODEL_BEST, analysis->level);
    value_word(analysis->out, "method",
               "ages by day; cumulative incidence, and Kaplan and Meier's curve of the events "
               "alone; models by maximum likelihood, an age of d days being between d - 1/2 and "
               "d + 1/2");
    tell_rate(analysis, &curve, &steps);
    tell_maturity(analysis, &curve);
    tell_steps(analysis, &curve.bins, &steps);
    tell_classes(analysis, &curve, &steps);
    curve_tell_models(analysis, &curve);
    curve_tell_lots(analysis, &curve);
    analysis_warn_unsound_days(analysis, lifetimes.unsound, lifetimes.days);
    return NULL;
}
