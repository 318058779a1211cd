#ifndef STAT_FORECAST_SUM_H
#define STAT_FORECAST_SUM_H

#include "stat/forecast.h"

/** What the forecasts share: sums over cohorts and shipments to come. */

/** Whether a plan makes sense. */
bool forecast_plan_valid(const struct forecast_plan *plan);

/** The probability that a unit of cohort `i` fails within warranty and the periods to come. */
double forecast_share(const struct life_curve *curve, const struct forecast_plan *plan, size_t i);

/** Shipments counted, and the same probability for a unit of shipment `j`. */
size_t forecast_shipments(const struct forecast_plan *plan);
double forecast_new_share(const struct life_curve *curve, const struct forecast_plan *plan,
                          size_t j);

/** A number of failures in distribution: sums of units times share, and times its square. */
struct forecast_sum {
    double mean, squares; /* the variance is their difference */
};

struct forecast_sum forecast_add(struct forecast_sum sum, double units, double share);
struct forecast_sum forecast_sum_of(const struct life_curve *curve,
                                    const struct forecast_plan *plan);

#endif
