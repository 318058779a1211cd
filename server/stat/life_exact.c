/* A Weibull fitted to exact and right-censored ages by the profile equation of its shape. */
#include "stat/life_model.h"

#include <math.h>

#define STEPS_MAX 200
#define CLOSE     1e-14
/* Shapes beyond these are no ageing any more but a fixed date, or a mass at 0. */
#define SHAPE_MIN 1e-4
#define SHAPE_MAX 1e4

double life_middle(const struct life_cell *cell)
{
    return cell->to == INFINITY ? cell->from : cell->from + (cell->to - cell->from) / 2;
}

/* Sums over the cells at one shape b; ages are divided by the greatest, so t^b is within 0 and 1.
 */
struct sums {
    double s, s1, s2;         /* of w t^b, of it times ln t, and times (ln t)^2 */
    double failures, log_age; /* of w, and of w ln t, over failures */
};

static struct sums sums_at(const struct life_cell *cells, size_t n, double log_max, double b)
{
    struct sums sums = {0, 0, 0, 0, 0};

    for (size_t i = 0; i < n; i++) {
        double age = life_middle(&cells[i]), w = cells[i].count, log_age, power;

        if (age <= 0 || w == 0)
            continue;
        log_age = log(age) - log_max;
        power = w * exp(b * log_age);
        sums.s += power;
        sums.s1 += power * log_age;
        sums.s2 += power * log_age * log_age;
        if (cells[i].to < INFINITY) {
            sums.failures += w;
            sums.log_age += w * log_age;
        }
    }
    return sums;
}

static double log_greatest(const struct life_cell *cells, size_t n)
{
    double greatest = 0;

    for (size_t i = 0; i < n; i++)
        if (cells[i].count > 0)
            greatest = fmax(greatest, life_middle(&cells[i]));
    return log(greatest);
}

/* The profile score, which falls in b. */
static double score(struct sums sums, double b)
{
    return 1 / b + sums.log_age / sums.failures - sums.s1 / sums.s;
}

/* The next ln b: Newton's, or the middle of the bracket where that leaves it. */
static double next_log_shape(struct sums sums, double log_b, double low, double high)
{
    double b = exp(log_b), mean = sums.s1 / sums.s;
    double slope = -1 / b - b * (sums.s2 / sums.s - mean * mean);
    double next = log_b - score(sums, b) / slope;

    return next > low && next < high ? next : low + (high - low) / 2;
}

bool life_profile(const struct life_cell *cells, size_t n, struct life_curve *curve)
{
    double log_max = log_greatest(cells, n), low = log(SHAPE_MIN), high = log(SHAPE_MAX);
    double log_b = 0, before = INFINITY;
    struct sums sums = sums_at(cells, n, log_max, SHAPE_MAX);

    if (!(sums.failures > 0) || score(sums, SHAPE_MAX) >= 0)
        return false;
    for (size_t step = 0; step < STEPS_MAX && fabs(log_b - before) > CLOSE; step++) {
        sums = sums_at(cells, n, log_max, exp(log_b));
        if (score(sums, exp(log_b)) > 0)
            low = log_b;
        else
            high = log_b;
        before = log_b;
        log_b = next_log_shape(sums, log_b, low, high);
    }
    *curve = life_plain(LIFE_WEIBULL, life_scale(cells, n, exp(log_b)), -log_b);
    return isfinite(curve->at[LIFE_MU]);
}

double life_scale(const struct life_cell *cells, size_t n, double beta)
{
    double log_max = log_greatest(cells, n);
    struct sums sums = sums_at(cells, n, log_max, beta);

    return log_max + log(sums.s / sums.failures) / beta;
}
