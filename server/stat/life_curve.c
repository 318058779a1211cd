/* What a curve of ages says. */
#include "stat/life.h"

#include "stat/special.h"

#include <math.h>

double life_eta(const struct life_curve *curve)
{
    return exp(curve->at[LIFE_MU]);
}

double life_beta(const struct life_curve *curve)
{
    return exp(-curve->at[LIFE_LOG_SIGMA]);
}

double life_dead(const struct life_curve *curve)
{
    return 1 / (1 + exp(-curve->at[LIFE_DEAD]));
}

double life_defective(const struct life_curve *curve)
{
    return 1 / (1 + exp(-curve->at[LIFE_DEFECTIVE]));
}

static double standardised(const struct life_curve *curve, double age)
{
    return (log(age) - curve->at[LIFE_MU]) / exp(curve->at[LIFE_LOG_SIGMA]);
}

/* Both tails of the distribution of ages, without the shares of a mixture. */
static struct tails tails_at(const struct life_curve *curve, double age)
{
    double y = standardised(curve, age), hazard;

    if (!(age > 0))
        return (struct tails){0, 1};
    if (age == INFINITY)
        return (struct tails){1, 0};
    if (curve->model == LIFE_LOGNORMAL)
        return normal_tails(y);
    hazard = exp(y);
    return (struct tails){-expm1(-hazard), exp(-hazard)};
}

double life_cdf(const struct life_curve *curve, double age)
{
    double dead = life_dead(curve);

    if (!(age >= 0))
        return 0;
    return dead + (1 - dead) * life_defective(curve) * tails_at(curve, age).lower;
}

/* G(to) - G(from). */
static double mass_between(const struct life_curve *curve, double from, double to)
{
    struct tails low = tails_at(curve, from), high = tails_at(curve, to);

    if (curve->model != LIFE_LOGNORMAL && from > 0 && to < INFINITY)
        return low.upper * -expm1(exp(standardised(curve, from)) - exp(standardised(curve, to)));
    return low.lower < 0.5 ? high.lower - low.lower : low.upper - high.upper;
}

double life_hazard_between(const struct life_curve *curve, double from, double to)
{
    double dead = life_dead(curve), defective = life_defective(curve), alive, share;

    if (!(from >= 0 && from < to))
        return 0;
    if (from == 0)
        return life_cdf(curve, to);
    if (curve->model != LIFE_LOGNORMAL && defective == 1 && to < INFINITY)
        return -expm1(exp(standardised(curve, from)) - exp(standardised(curve, to)));
    /* The dead on arrival are no longer among those alive, so (1 - p0) cancels. */
    alive = 1 - defective + defective * tails_at(curve, from).upper;
    share = defective * mass_between(curve, from, to);
    if (!(alive > 0) || dead == 1) /* none is alive: whoever were would be long overdue */
        return 1;
    return fmin(1, fmax(0, share / alive));
}

/* E[t^k] of those that fail with age. */
static double moment(const struct life_curve *curve, double k)
{
    double mu = curve->at[LIFE_MU], sigma = exp(curve->at[LIFE_LOG_SIGMA]);

    if (curve->model == LIFE_LOGNORMAL)
        return exp(k * mu + k * k * sigma * sigma / 2);
    return exp(k * mu + log_gamma(1 + k * sigma));
}

/* Variance of those over the square of their mean; does not cancel where sigma is small. */
static double relative_variance(const struct life_curve *curve)
{
    double sigma = exp(curve->at[LIFE_LOG_SIGMA]);

    if (curve->model == LIFE_LOGNORMAL)
        return expm1(sigma * sigma);
    return expm1(log_gamma(1 + 2 * sigma) - 2 * log_gamma(1 + sigma));
}

bool life_moments(const struct life_curve *curve, double *mean, double *sd)
{
    double alive = 1 - life_dead(curve), first = moment(curve, 1);
    /* Of those that arrive alive, and of those that do not: their mean is 0. */
    double variance = alive * first * first * (relative_variance(curve) + 1 - alive);

    if (life_defective(curve) < 1 || !isfinite(alive * first) || !(variance >= 0) ||
        !isfinite(variance))
        return false;
    *mean = alive * first;
    *sd = sqrt(variance);
    return true;
}

bool life_quantile(const struct life_curve *curve, double p, double *age)
{
    double dead = life_dead(curve), can = (1 - dead) * life_defective(curve), part, y, found;

    if (!(p > 0 && p < 1) || !(p < dead + can))
        return false;
    part = (p - dead) / can;
    if (part <= 0) {
        *age = 0;
        return true;
    }
    y = curve->model == LIFE_LOGNORMAL ? normal_quantile(part) : log(-log1p(-part));
    found = exp(curve->at[LIFE_MU] + exp(curve->at[LIFE_LOG_SIGMA]) * y);
    if (!isfinite(found))
        return false;
    *age = found;
    return true;
}
