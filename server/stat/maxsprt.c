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

double maxsprt_llr(double observed, double expected)
{
    if (!(expected > 0 && observed > expected && isfinite(observed)))
        return 0;
    return observed * log(observed / expected) - (observed - expected);
}

/* The expected count up to which k events are a signal: LLR(k, m) = boundary, m < k. */
static double signal_until(int k, double boundary)
{
    double low = 0, high = k;

    for (int i = 0; i < 200 && high - low > 1e-16 * high; i++) {
        double middle = (low + high) / 2;

        if (maxsprt_llr(k, middle) > boundary)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
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

/* Move on by `mean` events expected, keeping counts below k. */
static void pass(struct watch *watch, int k, double mean)
{
    double next[COUNT_MAX + 1] = {0};

    for (int step = 0; step < k; step++) {
        double chance = mean > 0 ? exp(poisson_log_density(step, mean)) : step == 0;

        if (step > mean && chance < 1e-25)
            break;
        for (int j = 0; j < watch->nalive && j + step < k; j++)
            next[j + step] += watch->alive[j] * chance;
    }
    memcpy(watch->alive, next, sizeof next);
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

bool maxsprt_boundary(struct maxsprt_plan plan, double alpha, double *boundary)
{
    double low = 0, high = 30;
    struct watch watch;

    /* At the boundary 0 as many signals come as ever can. */
    if (!valid(plan) || !(alpha > 0 && alpha <= 0.5) ||
        1 - run(plan, 1e-9, 1, false, &watch) < alpha)
        return false;
    while (high - low > 1e-10) {
        double middle = (low + high) / 2;

        if (1 - run(plan, middle, 1, false, &watch) > alpha)
            low = middle;
        else
            high = middle;
    }
    *boundary = (low + high) / 2;
    return true;
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
