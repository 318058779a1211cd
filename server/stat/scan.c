/* The scan statistic. */
#include "stat/scan.h"

#include "stat/pcg.h"

#include <math.h>

#define EVENTS_MAX     20000
#define REPLICATES_MAX 9999

/* `c` of `all` events in a window that should hold the share `share` of them. */
static double llr_of(double c, double all, double share)
{
    double e = all * share, rest = all - c;

    if (c <= e)
        return 0;
    return c * log(c / e) + (rest > 0 ? rest * log(rest / (all - e)) : 0);
}

/* The best window, from sums of events and of exposure up to each bin, the latter as shares. */
static struct scan_window best_of(const double *events, const double *shares, size_t n, double all)
{
    struct scan_window best = {.llr = 0};

    for (size_t first = 0; first < n; first++) {
        double count = 0, below = first ? shares[first - 1] : 0;

        for (size_t last = first; last < n && shares[last] - below <= 0.5; last++) {
            double share = shares[last] - below, llr;

            count += events[last];
            /* A window that begins or ends without an event has a better one within. */
            if (events[first] == 0 || events[last] == 0 || count <= all * share)
                continue;
            llr = llr_of(count, all, share);
            if (llr > best.llr)
                best = (struct scan_window){first, last, count, all * share, llr, 0};
        }
    }
    return best;
}

/* The bin of a share of the exposure, by halving. */
static size_t bin_of(const double *shares, size_t n, double share)
{
    size_t low = 0, high = n - 1;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (shares[middle] < share)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static double p_value(struct scan_plan plan, double llr, const double *shares, size_t n, double all,
                      double *drawn)
{
    int reached = 1;
    struct pcg pcg;

    pcg_seed(&pcg, plan.seed, 1);
    for (int i = 0; i < plan.replicates; i++) {
        for (size_t bin = 0; bin < n; bin++)
            drawn[bin] = 0;
        for (double event = 0; event < all; event++)
            drawn[bin_of(shares, n, pcg_uniform(&pcg))]++;
        reached += best_of(drawn, shares, n, all).llr >= llr;
    }
    return reached / (plan.replicates + 1.0);
}

static bool sum_up(const double *events, const double *exposure, size_t n, double *shares,
                   double *all)
{
    double sum = 0;

    *all = 0;
    for (size_t i = 0; i < n; i++) {
        if (!(events[i] >= 0 && events[i] == floor(events[i]) && exposure[i] > 0 &&
              isfinite(exposure[i])))
            return false;
        *all += events[i];
        sum += exposure[i];
        shares[i] = sum;
    }
    for (size_t i = 0; i < n; i++)
        shares[i] /= sum;
    return *all > 0 && *all <= EVENTS_MAX;
}

bool scan_line(const double *events, const double *exposure, size_t n, struct scan_plan plan,
               double *scratch, struct scan_window *window)
{
    double *shares = scratch, *drawn = scratch + n, all;
    struct scan_window best;

    if (n < 2 || n > SCAN_BINS_MAX || plan.replicates < 1 || plan.replicates > REPLICATES_MAX ||
        !sum_up(events, exposure, n, shares, &all))
        return false;
    best = best_of(events, shares, n, all);
    if (best.llr <= 0)
        return false;
    best.p = p_value(plan, best.llr, shares, n, all, drawn);
    *window = best;
    return true;
}
