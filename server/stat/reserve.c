/* Reserves for claims to come. */
#include "stat/reserve.h"

#include "stat/forecast_sum.h"

#include <math.h>

static bool valid(const struct forecast_plan *plan, struct reserve_terms terms)
{
    return forecast_plan_valid(plan) && plan->periods == floor(plan->periods) &&
           plan->periods <= RESERVE_PERIODS_MAX && terms.cost >= 0 && isfinite(terms.cost) &&
           terms.periods_per_year > 0 && isfinite(terms.periods_per_year) && terms.discount > -1 &&
           isfinite(terms.discount);
}

/* What money due in the period that ends `end` periods from now is worth now. */
static double worth(struct reserve_terms terms, double end)
{
    if (end <= terms.periods_per_year)
        return 1;
    return pow(1 + terms.discount, -(end - 0.5) / terms.periods_per_year);
}

/* Claims of the units shipped that are expected in one period: of those that reach it. */
static double claims_in(const struct life_curve *curve, const struct forecast_plan *plan,
                        double end)
{
    double sum = 0;

    for (size_t i = 0; i < plan->n; i++) {
        double age = plan->cohorts[i].age, from = age + end - 1;
        double reached = 1 - life_hazard_between(curve, age, from);

        sum += plan->cohorts[i].survivors * reached *
               life_hazard_between(curve, from, fmin(from + 1, plan->warranty));
    }
    return sum;
}

bool reserve_estimate(const struct life_curve *curve, const struct forecast_plan *plan,
                      struct reserve_terms terms, struct reserve_period *each,
                      struct reserve *reserve)
{
    struct reserve found = {0, 0, 0};

    if (!valid(plan, terms))
        return false;
    for (double end = 1; end <= plan->periods; end++) {
        double claims = claims_in(curve, plan, end);

        found.claims += claims;
        found.undiscounted += claims * terms.cost;
        found.amount += claims * terms.cost * worth(terms, end);
    }
    if (!isfinite(found.claims + found.undiscounted + found.amount))
        return false;
    for (double end = 1; each && end <= plan->periods; end++) {
        double claims = claims_in(curve, plan, end);

        each[(size_t)end - 1] =
            (struct reserve_period){claims, claims * terms.cost * worth(terms, end)};
    }
    *reserve = found;
    return true;
}

bool reserve_roll_forward(int64_t opening, int64_t accrued, int64_t settled, int64_t closing,
                          struct reserve_roll *roll)
{
    int64_t expected, change;

    if (opening < 0 || accrued < 0 || settled < 0 || closing < 0 ||
        __builtin_add_overflow(opening, accrued, &expected) ||
        __builtin_sub_overflow(expected, settled, &expected) ||
        __builtin_sub_overflow(closing, expected, &change))
        return false;
    *roll = (struct reserve_roll){opening, accrued, change, settled, closing};
    return true;
}
