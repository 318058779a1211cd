/* The Poisson MaxSPRT by exact recursion. */
#include "stat/sequential.h"

#include "stat/saddle.h"
#include "stat/special.h"

#include <math.h>
#include <string.h>

/* More events than this are never needed: the plan's length is at most 200. */
#define COUNT_MAX  600
#define LENGTH_MAX 200
#define LEAST_MAX  50

#define BOUNDARY_MAX 30
#define STEPS_MAX    200

/* exp(-mean) is no number that small. */
#define FACTORS_MEAN_MAX 300

double maxsprt_llr(double observed, double expected)
{
    if (!(expected > 0 && observed > expected && isfinite(observed)))
        return 0;
    return observed * log(observed / expected) - (observed - expected);
}

/*
 * The expected count up to which k events are a signal: LLR(k, m) = boundary, m < k. With
 * m = k e^x it is where e^x - x - 1 = h = boundary / k. That falls and is convex below 0, so
 * Newton's steps from the left of it never pass it; -h - sqrt(2h) is there, since
 * log(1 - s) <= -s - s^2/2. After a step of 1e-9 of x the next is one of 1e-18.
 */
static double signal_until(int k, double boundary)
{
    double h = boundary / k, x = -h - sqrt(2 * h), step = 1, less = expm1(x);

    for (int i = 0; i < STEPS_MAX && step > 1e-9 * -x; i++) {
        step = (less - x - h) / -less;
        x += step;
        less = expm1(x);
    }
    return k * (1 + less);
}

/* The watch between two of those times; counts below `nalive` have not signalled. */
struct watch {
    double alive[COUNT_MAX + 1];
    int nalive;
    double signalled, signal_time; /* chance of a signal so far, and its time times that chance */
};

/* Chance of a signal, the count reaching k, and where in the span it comes. */
static void add_signals(struct watch *watch, int k, double from, double span, double ratio)
{
    for (int j = 0; j < watch->nalive; j++) {
        double steps = k - j, mean = ratio * span, arrives;

        if (watch->alive[j] < 1e-300)
            continue;
        arrives = gamma_tails(mean, steps).lower;
        watch->signalled += watch->alive[j] * arrives;
        watch->signal_time +=
            watch->alive[j] * (from * arrives + steps / ratio * gamma_tails(mean, steps + 1).lower);
    }
}

/* The chance of `step` arrivals, after that of one less: by it where that cannot underflow. */
static double arrival(int step, double mean, double before)
{
    if (mean <= 0)
        return step == 0;
    if (step == 0 || mean > FACTORS_MEAN_MAX)
        return exp(poisson_log_density(step, mean));
    return before * mean / step;
}

/* Move on by `mean` events expected, keeping counts below k. */
static void pass(struct watch *watch, int k, double mean)
{
    double next[COUNT_MAX + 1] = {0}, chance = 0;

    for (int step = 0; step < k; step++) {
        int last = watch->nalive < k - step ? watch->nalive : k - step;

        chance = arrival(step, mean, chance);
        if (step > mean && chance < 1e-25)
            break;
        for (int j = 0; j < last; j++)
            next[j + step] += watch->alive[j] * chance;
    }
    memcpy(watch->alive, next, (size_t)k * sizeof *next);
    watch->nalive = k;
}

/* Runs the plan; the chance that it ends without a signal. */
static double run(struct maxsprt_plan plan, double boundary, double ratio, bool timed,
                  struct watch *watch)
{
    double from = 0, left = 0;

    *watch = (struct watch){.alive = {1}, .nalive = 1};
    for (int k = plan.least; k <= COUNT_MAX && from < plan.length; k++) {
        double until = fmin(signal_until(k, boundary), plan.length);

        if (timed)
            add_signals(watch, k, from, until - from, ratio);
        pass(watch, k, ratio * (until - from));
        from = until;
    }
    for (int j = 0; j < watch->nalive; j++)
        left += watch->alive[j];
    return left;
}

static bool valid(struct maxsprt_plan plan)
{
    return plan.length > 0 && plan.length <= LENGTH_MAX && plan.least >= 1 &&
           plan.least <= LEAST_MAX;
}

/* How far from alpha a boundary is, on the scale on which it falls by nearly one a unit. */
static double excess(struct maxsprt_plan plan, double boundary, double alpha)
{
    struct watch watch;

    return log(fmax(1 - run(plan, boundary, 1, false, &watch), 1e-300) / alpha);
}

/* Regula falsi, halving the end that stays (Illinois): it keeps the zero between its ends. */
bool maxsprt_boundary(struct maxsprt_plan plan, double alpha, double *boundary)
{
    double low = 1e-9, high = BOUNDARY_MAX, above, below, last = 0;

    if (!valid(plan) || !(alpha > 0 && alpha <= 0.5))
        return false;
    above = excess(plan, low, alpha);
    below = excess(plan, high, alpha);
    /* At the boundary 0 as many signals come as ever can. */
    if (above < 0 || below > 0)
        return false;
    *boundary = low;
    for (int i = 0; i < STEPS_MAX && fabs(*boundary - last) > 1e-10; i++) {
        double middle = low + (high - low) * above / (above - below);
        double found = excess(plan, middle, alpha);

        last = *boundary;
        *boundary = middle;
        if (found > 0) {
            low = middle;
            above = found;
            below /= 2;
        } else {
            high = middle;
            below = found;
            above /= 2;
        }
    }
    return true;
}

double maxsprt_chance(struct maxsprt_plan plan, double boundary)
{
    struct watch watch;

    if (!valid(plan) || !(boundary > 0 && boundary <= 100))
        return NAN;
    return fmax(0, 1 - run(plan, boundary, 1, false, &watch));
}

bool maxsprt_power(struct maxsprt_plan plan, double boundary, double ratio,
                   struct maxsprt_power *power)
{
    struct watch watch;
    double missed;

    if (!valid(plan) || !(boundary > 0 && boundary <= 100 && ratio > 0 && ratio <= 100))
        return false;
    missed = run(plan, boundary, ratio, true, &watch);
    power->power = fmax(0, 1 - missed);
    power->signal_time = watch.signalled > 0 ? watch.signal_time / watch.signalled : plan.length;
    power->length = watch.signal_time + missed * plan.length;
    return true;
}
