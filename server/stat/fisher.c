/* Fisher's exact test, by summing only the two tails. */
#include "stat/two_rates.h"

#include "stat/saddle.h"

#include <math.h>

/* A 2 x 2 table by its margins; a table is told by the `x` of the first sample. */
struct margins {
    double first, second; /* trials of either sample */
    double events;        /* x of both together */
};

/* Logarithm of the hypergeometric probability, as Loader (2000) writes it. */
static double log_probability(const struct margins *margins, double k)
{
    double n = margins->first + margins->second, p = margins->events / n;

    return binomial_log_density(k, margins->first, p) +
           binomial_log_density(margins->events - k, margins->second, p) -
           binomial_log_density(margins->events, n, p);
}

/*
 * The table closest to `start`, from there towards `end` by `step`, that is not
 * more probable than `limit`; probabilities must fall on that way. Gives the
 * number one beyond the end if there is none.
 */
static double outside(const struct margins *margins, double start, double end, double step,
                      double limit)
{
    double near = 0, far = (end - start) * step + 1;

    while (near < far) {
        double middle = near + floor((far - near) / 2);

        if (log_probability(margins, start + step * middle) <= limit)
            far = middle;
        else
            near = middle + 1;
    }
    return start + step * near;
}

/* Sum of the falling probabilities from `k` to `end`, but for those too small to count. */
static double tail(const struct margins *margins, double k, double end, double step)
{
    double term, sum;

    if ((end - k) * step < 0)
        return 0;
    term = sum = exp(log_probability(margins, k));
    for (; k != end && term > sum * 1e-18; k += step) {
        double first = margins->first - k, events = margins->events - k;
        double rest = margins->second - events;

        term *= step > 0 ? first * events / ((k + 1) * (rest + 1))
                         : k * rest / ((first + 1) * (events + 1));
        sum += term;
    }
    return sum;
}

static double two_tails(const struct margins *margins, double seen)
{
    double n = margins->first + margins->second;
    double low = fmax(0, margins->events - margins->second);
    double high = fmin(margins->events, margins->first);
    double mode = floor((margins->first + 1) * (margins->events + 1) / (n + 2));
    double limit = log_probability(margins, seen) + 1e-7;
    double above = outside(margins, mode, high, 1, limit);
    double below = outside(margins, mode - 1, low, -1, limit);

    return fmin(1, tail(margins, above, high, 1) + tail(margins, below, low, -1));
}

bool two_rates_fisher(struct sample first, struct sample second, double *p)
{
    struct margins margins = {(double)first.n, (double)second.n,
                              (double)first.x + (double)second.x};

    if (first.x < 0 || first.x > first.n || first.n <= 0 || second.x < 0 || second.x > second.n ||
        second.n <= 0 || first.n > TWO_RATES_EXACT_MAX || second.n > TWO_RATES_EXACT_MAX - first.n)
        return false;
    if (margins.events == 0 || margins.events == margins.first + margins.second)
        *p = 1;
    else
        *p = two_tails(&margins, (double)first.x);
    return true;
}
