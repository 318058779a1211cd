/* How many units will fail. */
#include "stat/forecast_sum.h"

#include <math.h>

/* Of the differences that give the gradient, in parameters of the size of 1. */
#define DIFFERENCE 1e-5

bool forecast_plan_valid(const struct forecast_plan *plan)
{
    double total = 0;

    for (size_t i = 0; i < plan->n; i++) {
        if (!(plan->cohorts[i].survivors >= 0 && plan->cohorts[i].age >= 0 &&
              isfinite(plan->cohorts[i].age)))
            return false;
        total += plan->cohorts[i].survivors;
    }
    for (size_t j = 0; j < plan->shipped; j++) {
        if (!(plan->shipments[j] >= 0))
            return false;
        total += plan->shipments[j];
    }
    return isfinite(total) && plan->periods > 0 && isfinite(plan->periods) && plan->warranty > 0;
}

double forecast_share(const struct life_curve *curve, const struct forecast_plan *plan, size_t i)
{
    double age = plan->cohorts[i].age;

    return life_hazard_between(curve, age, fmin(age + plan->periods, plan->warranty));
}

size_t forecast_shipments(const struct forecast_plan *plan)
{
    double periods = ceil(plan->periods);

    return (double)plan->shipped < periods ? plan->shipped : (size_t)periods;
}

double forecast_new_share(const struct life_curve *curve, const struct forecast_plan *plan,
                          size_t j)
{
    return life_cdf(curve, fmin(plan->periods - (double)j, plan->warranty));
}

struct forecast_sum forecast_add(struct forecast_sum sum, double units, double share)
{
    return (struct forecast_sum){sum.mean + units * share, sum.squares + units * share * share};
}

struct forecast_sum forecast_sum_of(const struct life_curve *curve,
                                    const struct forecast_plan *plan)
{
    struct forecast_sum sum = {0, 0};

    for (size_t i = 0; i < plan->n; i++)
        sum = forecast_add(sum, plan->cohorts[i].survivors, forecast_share(curve, plan, i));
    for (size_t j = 0; j < forecast_shipments(plan); j++)
        sum = forecast_add(sum, plan->shipments[j], forecast_new_share(curve, plan, j));
    return sum;
}

bool forecast_expected(const struct life_curve *curve, const struct forecast_plan *plan,
                       double *expected)
{
    double sum;

    if (!forecast_plan_valid(plan))
        return false;
    sum = forecast_sum_of(curve, plan).mean;
    if (!isfinite(sum))
        return false;
    *expected = sum;
    return true;
}

/* g' V g, where the gradient g is by central differences. */
static double parameter_variance(const struct life_fit *fit, const struct forecast_plan *plan)
{
    double gradient[LIFE_PARAMETERS] = {0}, sum = 0;

    for (size_t i = 0; i < LIFE_PARAMETERS; i++) {
        struct life_curve less = fit->curve, more = fit->curve;

        if (!(fit->covariance[i][i] > 0))
            continue;
        less.at[i] -= DIFFERENCE;
        more.at[i] += DIFFERENCE;
        gradient[i] = (forecast_sum_of(&more, plan).mean - forecast_sum_of(&less, plan).mean) /
                      (2 * DIFFERENCE);
    }
    for (size_t i = 0; i < LIFE_PARAMETERS; i++)
        for (size_t j = 0; j < LIFE_PARAMETERS; j++)
            sum += gradient[i] * fit->covariance[i][j] * gradient[j];
    return fmax(0, sum);
}

/* Whether units that may still fail within warranty grow far older than any that were seen. */
static bool reaches_far(const struct life_fit *fit, const struct forecast_plan *plan)
{
    double limit = FORECAST_REACH * fit->oldest;

    for (size_t i = 0; i < plan->n; i++)
        if (plan->cohorts[i].survivors > 0 && plan->cohorts[i].age < plan->warranty &&
            fmin(plan->cohorts[i].age + plan->periods, plan->warranty) > limit)
            return true;
    for (size_t j = 0; j < forecast_shipments(plan); j++)
        if (plan->shipments[j] > 0 && fmin(plan->periods - (double)j, plan->warranty) > limit)
            return true;
    return false;
}

/* That could fail at all: where next to nothing is expected, the log-normal knows no bound. */
static double units_of(const struct forecast_plan *plan)
{
    double sum = 0;

    for (size_t i = 0; i < plan->n; i++)
        sum += plan->cohorts[i].survivors;
    for (size_t j = 0; j < forecast_shipments(plan); j++)
        sum += plan->shipments[j];
    return sum;
}

bool forecast_returns(const struct life_fit *fit, const struct forecast_plan *plan, double level,
                      double *each, struct forecast *forecast)
{
    struct forecast found;
    struct forecast_sum sum;
    double spread;

    if (!forecast_plan_valid(plan) || !fit->fitted)
        return false;
    sum = forecast_sum_of(&fit->curve, plan);
    found = (struct forecast){.expected = sum.mean,
                              .process_variance = fmax(0, sum.mean - sum.squares),
                              .parameter_variance = parameter_variance(fit, plan),
                              .far = reaches_far(fit, plan)};
    spread = sqrt(found.process_variance + found.parameter_variance);
    spread = sum.mean > 0 ? exp(interval_z(level) * spread / sum.mean) : 1;
    found.interval = (struct interval){sum.mean / spread, fmin(sum.mean * spread, units_of(plan))};
    if (!interval_poisson(sum.mean, 1, level, &found.poisson) ||
        !isfinite(found.parameter_variance + found.interval.high))
        return false;
    for (size_t i = 0; each && i < plan->n; i++)
        each[i] = plan->cohorts[i].survivors * forecast_share(&fit->curve, plan, i);
    *forecast = found;
    return true;
}
