/* A Weibull with a mass dead on arrival and a share that can fail. */
#include "stat/life_model.h"

#include <math.h>

#define MU_AND_SIGMA (LIFE_FREE(LIFE_MU) | LIFE_FREE(LIFE_LOG_SIGMA))

static double logit(double p)
{
    return log(p / (1 - p));
}

/* Failures that may have been dead on arrival. */
static double first_failures(const struct life_cell *cells, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += cells[i].from == 0 && cells[i].to < INFINITY ? cells[i].count : 0;
    return sum;
}

/* As if all that can fail had: most of the failures lie in the middle of what was seen. */
static struct life_curve early_curve(const struct life_cell *cells, size_t n)
{
    double sum = 0, squares = 0, count = 0, mean, variance;

    for (size_t i = 0; i < n; i++)
        if (cells[i].to < INFINITY && cells[i].count > 0) {
            double log_age = log(life_middle(&cells[i]));

            sum += cells[i].count * log_age;
            squares += cells[i].count * log_age * log_age;
            count += cells[i].count;
        }
    mean = sum / count;
    variance = fmax(squares / count - mean * mean, 0.04);
    /* ln t of a Weibull has the standard deviation pi / sqrt(6) sigma, the mean mu - 0.58 sigma. */
    return life_plain(LIFE_MIXTURE, mean + 0.45 * sqrt(variance), log(0.78 * sqrt(variance)));
}

static void climb_from(struct life_curve start, const struct life_cell *cells, size_t n,
                       unsigned free_bits, struct life_fit *best)
{
    struct life_fit fit = *best;

    fit.curve = start;
    for (size_t i = 0; i < LIFE_PARAMETERS; i++)
        for (size_t j = 0; j < LIFE_PARAMETERS; j++)
            fit.covariance[i][j] = 0;
    if (life_climb(cells, n, free_bits, &fit) == FIT_OK &&
        (best->fitted == 0 || fit.aic < best->aic - 1e-9))
        *best = fit;
}

/* The two places a peak may be: few can fail and most of them have, or all can and few have. */
static void try_shares(const struct life_cell *cells, size_t n, unsigned free_bits,
                       const struct life_summary *summary, struct life_fit *best)
{
    double dead = 0.5 * first_failures(cells, n) / summary->units;
    double failed = summary->failures / summary->units;
    struct life_curve early = early_curve(cells, n), late;

    if (free_bits & LIFE_FREE(LIFE_DEAD) && dead == 0)
        return; /* its likelihood only falls with p0 */
    if (!life_profile(cells, n, &late))
        late = early;
    late.model = LIFE_MIXTURE;
    if (free_bits & LIFE_FREE(LIFE_DEAD))
        early.at[LIFE_DEAD] = late.at[LIFE_DEAD] = logit(dead);
    if (free_bits & LIFE_FREE(LIFE_DEFECTIVE)) {
        early.at[LIFE_DEFECTIVE] = logit(fmin(1.2 * failed, (1 + failed) / 2 * 0.999));
        late.at[LIFE_DEFECTIVE] = logit(0.9);
        climb_from(early, cells, n, free_bits, best);
    }
    climb_from(late, cells, n, free_bits, best);
}

enum fit_status life_mixture(const struct life_cell *cells, size_t n, struct life_fit *fit)
{
    struct life_summary summary;
    struct life_fit best = *fit;
    enum fit_status status = life_summarise(cells, n, &summary);

    if (status)
        return status;
    best.fitted = 0;
    if (summary.failures > 3) {
        try_shares(cells, n, MU_AND_SIGMA | LIFE_FREE(LIFE_DEAD), &summary, &best);
        try_shares(cells, n, MU_AND_SIGMA | LIFE_FREE(LIFE_DEFECTIVE), &summary, &best);
    }
    if (summary.failures > 4)
        try_shares(cells, n, MU_AND_SIGMA | LIFE_FREE(LIFE_DEAD) | LIFE_FREE(LIFE_DEFECTIVE),
                   &summary, &best);
    if (best.fitted == 0)
        return FIT_NOT_IDENTIFIED;
    *fit = best;
    return FIT_OK;
}
