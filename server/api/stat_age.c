/* The stat endpoint: what becomes of units with age. */
#include "api/stat.h"
#include "stat/survival.h"
#include "stat/triangle.h"

#include <math.h>
#include <string.h>

#define AGES_MAX 2000

struct risk {
    struct numbers at_risk, failed, withdrawn;
    const char *method, *withdrawal;
    double level;
};

FIELDS(stat_survival_body, struct risk,
       FIELD(struct risk, at_risk, NUMBERS, .min = 1, .max = AGES_MAX),
       FIELD(struct risk, failed, NUMBERS, .min = 1, .max = AGES_MAX),
       FIELD(struct risk, withdrawn, NUMBERS, .max = AGES_MAX, .optional = true),
       FIELD(struct risk, method, TEXT, .one_of = "plain log_log logit", .optional = true),
       FIELD(struct risk, withdrawal, TEXT, .one_of = "after during", .optional = true),
       FIELD(struct risk, level, NUMBER, .min = 0, .max = 1, .optional = true));
MEMBERS(stat_survival_computed, WORD_MEMBER("status"), NUMBERS_MEMBER("hazard"),
        NUMBERS_MEMBER("failed"), NUMBERS_MEMBER("error"), NUMBERS_MEMBER("low"),
        NUMBERS_MEMBER("high"), WORD_MEMBER("method"), NUMBER_MEMBER("level"));

static enum survival_interval interval_method(const char *method)
{
    return !strcmp(method, "plain")   ? SURVIVAL_PLAIN
           : !strcmp(method, "logit") ? SURVIVAL_LOGIT
                                      : SURVIVAL_LOG_LOG;
}

static void add_curve(struct arena *arena, struct text *out, const struct survival_point *points,
                      size_t n)
{
    double *hazard = arena_alloc(arena, (5 * n + 1) * sizeof *hazard), *failed = hazard + n;
    double *error = failed + n, *low = error + n, *high = low + n;

    for (size_t k = 0; k < n; k++) {
        bool has_error = points[k].has_error;

        hazard[k] = points[k].hazard;
        failed[k] = points[k].failed;
        error[k] = has_error ? points[k].error : NAN;
        low[k] = has_error ? points[k].interval.low : NAN;
        high[k] = has_error ? points[k].interval.high : NAN;
    }
    value_numbers(out, "hazard", hazard, n);
    value_numbers(out, "failed", failed, n);
    value_numbers(out, "error", error, n);
    value_numbers(out, "low", low, n);
    value_numbers(out, "high", high, n);
}

static const char *survive(struct arena *arena, const void *posted, struct text *out)
{
    const struct risk *in = posted;
    const char *method = in->method ? in->method : "log_log";
    bool during = in->withdrawal && *in->withdrawal == 'd';
    double level = stat_or(in->level, LEVEL_DEFAULT);
    size_t n = in->at_risk.n, known;
    struct age_count *ages = arena_alloc(arena, n * sizeof *ages);
    struct survival_point *points = arena_alloc(arena, n * sizeof *points);
    enum fit_status status;

    if (in->failed.n != n || (in->withdrawn.n && in->withdrawn.n != n))
        return "It takes as many counts of each kind.";
    for (size_t k = 0; k < n; k++)
        ages[k] = (struct age_count){in->at_risk.at[k], in->failed.at[k],
                                     in->withdrawn.n ? in->withdrawn.at[k] : 0};
    status = survival_curve(ages, n, during ? WITHDRAWN_DURING : WITHDRAWN_AFTER,
                            interval_method(method), level, points, &known);
    if (status == FIT_BAD_INPUT)
        return "It takes counts that are not negative, failed + withdrawn <= at_risk, and "
               "0 < level < 1.";
    value_word(out, "status", stat_status((int)status));
    add_curve(arena, out, points, known);
    value_word(out, "method", method);
    value_number(out, "level", level);
    return NULL;
}
/** POST /api/v1/analytics/stat/survival */
STAT(stat_survival, struct risk, survive)

struct classes {
    struct numbers at_risk;
    struct number_table failed;
    double level;
};

FIELDS(stat_incidence_body, struct classes,
       FIELD(struct classes, at_risk, NUMBERS, .min = 1, .max = AGES_MAX),
       FIELD(struct classes, failed, TABLE, .min = 1, .max = 50),
       FIELD(struct classes, level, NUMBER, .min = 0, .max = 1, .optional = true));
MEMBERS(stat_incidence_computed, NUMBER_LISTS_MEMBER("incidence"), NUMBER_LISTS_MEMBER("errors"),
        NUMBER_LISTS_MEMBER("low"), NUMBER_LISTS_MEMBER("high"), NUMBER_MEMBER("level"));

/* Of all classes, what is not known of each one's share: row after row as `failed`. */
struct class_limits {
    double *errors, *low, *high;
};

/* All others together compete with class `j`. */
static bool limit_class(struct arena *arena, const struct classes *in, const double *failed,
                        size_t j, double level, struct class_limits limits)
{
    size_t n = in->at_risk.n;
    double *others = arena_alloc(arena, (n + 1) * sizeof *others);
    struct incidence_point *points = arena_alloc(arena, (n + 1) * sizeof *points);

    for (size_t i = 0; i < in->failed.n; i++)
        for (size_t k = 0; i != j && k < n; k++)
            others[k] += failed[i * n + k];
    if (survival_incidence_of(in->at_risk.at, failed + j * n, others, n, level, points) ==
        FIT_BAD_INPUT)
        return false;
    for (size_t k = 0; k < n; k++) {
        limits.errors[j * n + k] = points[k].error;
        limits.low[j * n + k] = points[k].interval.low;
        limits.high[j * n + k] = points[k].interval.high;
    }
    return true;
}

static void add_lists(struct text *out, const char *name, const double *at, size_t rows, size_t n)
{
    value_open(out, name, '[');
    for (size_t j = 0; j < rows; j++)
        value_numbers(out, NULL, at + j * n, n);
    value_close(out, ']');
}

static const char *incidence(struct arena *arena, const void *posted, struct text *out)
{
    const struct classes *in = posted;
    size_t n = in->at_risk.n, classes = in->failed.n, all = classes * n;
    double *failed = arena_alloc(arena, 5 * all * sizeof *failed), *shares = failed + all;
    struct class_limits limits = {shares + all, shares + 2 * all, shares + 3 * all};
    double level = stat_or(in->level, LEVEL_DEFAULT);

    for (size_t j = 0; j < classes; j++) {
        if (in->failed.at[j].n != n)
            return "It takes as many counts of each class as numbers at risk.";
        memcpy(failed + j * n, in->failed.at[j].at, n * sizeof *failed);
    }
    if (survival_incidence(in->at_risk.at, failed, classes, n, shares))
        return "It takes counts that are not negative, all classes' together <= at_risk.";
    for (size_t j = 0; j < classes; j++)
        if (!limit_class(arena, in, failed, j, level, limits))
            return "It takes 0 < level < 1.";
    add_lists(out, "incidence", shares, classes, n);
    add_lists(out, "errors", limits.errors, classes, n);
    add_lists(out, "low", limits.low, classes, n);
    add_lists(out, "high", limits.high, classes, n);
    value_number(out, "level", level);
    return NULL;
}
/** POST /api/v1/analytics/stat/incidence */
STAT(stat_incidence, struct classes, incidence)

struct repairs {
    struct numbers repairs, ends;
    double level;
};

FIELDS(stat_mcf_body, struct repairs, FIELD(struct repairs, repairs, NUMBERS, .max = AGES_MAX),
       FIELD(struct repairs, ends, NUMBERS, .min = 1, .max = 10000),
       FIELD(struct repairs, level, NUMBER, .min = 0, .max = 1, .optional = true));
MEMBERS(stat_mcf_computed, NUMBERS_MEMBER("mean"), NUMBERS_MEMBER("variance"),
        NUMBERS_MEMBER("low"), NUMBERS_MEMBER("high"), NUMBER_MEMBER("level"));

static const char *repairs_per_unit(struct arena *arena, const void *posted, struct text *out)
{
    const struct repairs *in = posted;
    double level = stat_or(in->level, LEVEL_DEFAULT);
    size_t n = in->repairs.n;
    struct mcf_point *points = arena_alloc(arena, (n + 1) * sizeof *points);
    double *mean = arena_alloc(arena, (4 * n + 1) * sizeof *mean), *variance = mean + n;
    double *low = variance + n, *high = low + n;

    if (!mcf_curve(in->repairs.at, n, in->ends.at, in->ends.n, level, points))
        return "It takes the ages of all repairs in order, none beyond the last end, ends above 0, "
               "and 0 < level < 1.";
    for (size_t i = 0; i < n; i++) {
        mean[i] = points[i].mean;
        variance[i] = points[i].variance;
        low[i] = points[i].interval.low;
        high[i] = points[i].interval.high;
    }
    value_numbers(out, "mean", mean, n);
    value_numbers(out, "variance", variance, n);
    value_numbers(out, "low", low, n);
    value_numbers(out, "high", high, n);
    value_number(out, "level", level);
    return NULL;
}
/** POST /api/v1/analytics/stat/mcf */
STAT(stat_mcf, struct repairs, repairs_per_unit)
