/* Intervals of single parameters by the likelihood ratio. */
#include "stat/life_model.h"

#include "stat/special.h"

#include <math.h>

#define SEARCH_MAX 60
/* Of a limit, in parameters of the size of 1. */
#define CLOSE 1e-9
/* A parameter that far from its estimate has no limit. */
#define FAR 60

/* One parameter held at a value, the others at their best. */
struct profile {
    const struct life_cell *cells;
    size_t n, parameter;
    unsigned others; /* bits of those that are free */
    double target;   /* the log-likelihood at a limit */
    struct life_fit at;
};

/* How far above the target the likelihood is with the parameter at `value`; -INFINITY: nowhere. */
static double height(struct profile *profile, double value)
{
    struct life_fit fit = profile->at;
    double reached;

    fit.curve.at[profile->parameter] = value;
    if (profile->others) {
        if (life_climb(profile->cells, profile->n, profile->others, &fit) != FIT_OK)
            return -INFINITY;
        reached = fit.log_likelihood;
    } else {
        reached = life_likelihood(&fit.curve, profile->cells, profile->n).value;
    }
    if (!isfinite(reached))
        return -INFINITY;
    profile->at = fit;
    return reached - profile->target;
}

/* Between a value above the target and one below it: false position, or halves where it stalls. */
static double limit_between(struct profile *profile, double inside, double above, double outside,
                            double below)
{
    for (size_t i = 0; i < SEARCH_MAX && fabs(outside - inside) > CLOSE; i++) {
        double part = isfinite(below) && i % 3 ? above / (above - below) : 0.5;
        double next = inside + (outside - inside) * fmin(0.99, fmax(0.01, part));
        struct life_fit from = profile->at;
        double here = height(profile, next);

        if (here > 0) {
            inside = next;
            above = here;
        } else {
            outside = next;
            below = here;
            profile->at = from; /* start from within, where the next one may be */
        }
    }
    return inside;
}

static double limit(struct profile profile, const struct life_fit *fit, double step)
{
    double estimate = fit->curve.at[profile.parameter], inside = estimate;
    double above = fit->log_likelihood - profile.target;

    for (size_t i = 0; i < SEARCH_MAX && fabs(inside - estimate) < FAR; i++) {
        double next = inside + step;
        struct life_fit from = profile.at;
        double here = height(&profile, next);

        if (!(here > 0)) {
            profile.at = from;
            return limit_between(&profile, inside, above, next, here);
        }
        inside = next;
        above = here;
        step *= 1.5;
    }
    return copysign(INFINITY, step);
}

bool life_likelihood_interval(const struct life_cell *cells, size_t n, const struct life_fit *fit,
                              size_t parameter, double level, struct interval *interval)
{
    struct profile profile = {.cells = cells, .n = n, .parameter = parameter, .at = *fit};
    double error;

    if (!fit->fitted || parameter >= LIFE_PARAMETERS ||
        !(fit->covariance[parameter][parameter] > 0) || !(level > 0 && level < 1))
        return false;
    for (size_t i = 0; i < LIFE_PARAMETERS; i++)
        if (i != parameter && fit->covariance[i][i] > 0)
            profile.others |= LIFE_FREE(i);
    profile.target = fit->log_likelihood - chi2_quantile(level, 1) / 2;
    error = sqrt(fit->covariance[parameter][parameter]) * interval_z(level);
    *interval = (struct interval){limit(profile, fit, -error), limit(profile, fit, error)};
    return true;
}
