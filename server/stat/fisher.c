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

/* The most probable table: probabilities fall from it to either side. */
static double mode_of(const struct margins *margins)
{
    return floor((margins->first + 1) * (margins->events + 1) /
                 (margins->first + margins->second + 2));
}

static double two_tails(const struct margins *margins, double seen)
{
    double low = fmax(0, margins->events - margins->second);
    double high = fmin(margins->events, margins->first);
    double mode = mode_of(margins);
    double limit = log_probability(margins, seen) + 1e-7;
    double above = outside(margins, mode, high, 1, limit);
    double below = outside(margins, mode - 1, low, -1, limit);

    return fmin(1, tail(margins, above, high, 1) + tail(margins, below, low, -1));
}

static bool margins_of(struct sample first, struct sample second, struct margins *margins)
{
    if (first.x < 0 || first.x > first.n || first.n <= 0 || second.x < 0 || second.x > second.n ||
        second.n <= 0 || first.n > TWO_RATES_EXACT_MAX || second.n > TWO_RATES_EXACT_MAX - first.n)
        return false;
    *margins =
        (struct margins){(double)first.n, (double)second.n, (double)first.x + (double)second.x};
    return true;
}

/* Whether there is one table only. */
static bool is_certain(const struct margins *margins)
{
    return margins->events == 0 || margins->events == margins->first + margins->second;
}

bool two_rates_fisher(struct sample first, struct sample second, double *p)
{
    struct margins margins;

    if (!margins_of(first, second, &margins))
        return false;
    *p = is_certain(&margins) ? 1 : two_tails(&margins, (double)first.x);
    return true;
}

bool two_rates_exact(struct sample first, struct sample second, struct exact *exact)
{
    struct margins margins;
    double k = (double)first.x, here = 1, below = 0, above = 0;

    if (!margins_of(first, second, &margins))
        return false;
    if (!is_certain(&margins)) {
        here = exp(log_probability(&margins, k));
        if (k > mode_of(&margins)) {
            above = tail(&margins, k + 1, fmin(margins.events, margins.first), 1);
            below = fmax(0, 1 - above - here);
        } else {
            below = tail(&margins, k - 1, fmax(0, margins.events - margins.second), -1);
            above = fmax(0, 1 - below - here);
        }
    }
    *exact = (struct exact){
        .at_least = fmin(1, above + here),
        .at_most = fmin(1, below + here),
        .mid_at_least = fmin(1, above + here / 2),
        .mid_at_most = fmin(1, below + here / 2),
    };
    return true;
}
