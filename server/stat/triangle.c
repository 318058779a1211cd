/* Chain ladder, and estimates of cohorts whose exposure is known. */
#include "stat/triangle.h"

#include <math.h>

static double cell(const struct triangle *t, size_t row, size_t age)
{
    return t->at[row * t->ages + age];
}

static double latest(const struct triangle *t, size_t row)
{
    return cell(t, row, t->known[row] - 1);
}

static bool sensible(const struct triangle *t)
{
    if (!t->rows || t->ages < 2 || t->known[0] != t->ages)
        return false;
    for (size_t i = 0; i < t->rows; i++) {
        if (!t->known[i] || (i && t->known[i] > t->known[i - 1]))
            return false;
        for (size_t k = 0; k < t->known[i]; k++)
            if (!(cell(t, i, k) >= 0 && isfinite(cell(t, i, k))))
                return false;
    }
    return true;
}

/* What the rows that are known beyond an age had come to by then, and one age later. */
struct link {
    double from, to;
    size_t rows;
};

static struct link link_at(const struct triangle *t, size_t age)
{
    struct link link = {0, 0, 0};

    for (size_t i = 0; i < t->rows && t->known[i] > age + 1; i++) {
        link.from += cell(t, i, age);
        link.to += cell(t, i, age + 1);
        link.rows++;
    }
    return link;
}

/* Mack's variance of the factor's ratios; negative if it has none. */
static double ratio_variance(const struct triangle *t, size_t age, double factor)
{
    size_t rows = link_at(t, age).rows;
    double sum = 0;

    for (size_t i = 0; i < rows; i++) {
        double from = cell(t, i, age), miss = cell(t, i, age + 1) - factor * from;

        if (from > 0)
            sum += miss * miss / from;
        else if (miss != 0)
            return -1; /* something came of nothing: its ratio has no bound */
    }
    return rows > 1 ? sum / (double)(rows - 1) : -1;
}

/* All variances; those of one ratio only continue the ones before. */
static bool fill_variances(const struct triangle *t, struct chain *chain)
{
    for (size_t k = 0; k + 1 < t->ages; k++) {
        double *v = chain->variances, here = ratio_variance(t, k, chain->factors[k]);

        if (here < 0 && link_at(t, k).rows == 1 && k >= 2)
            here =
                v[k - 2] > 0 ? fmin(v[k - 1] * v[k - 1] / v[k - 2], fmin(v[k - 2], v[k - 1])) : 0;
        if (here < 0)
            return false;
        v[k] = here;
    }
    return true;
}

static void fill_ultimates(const struct triangle *t, struct chain *chain)
{
    chain->reported[t->ages - 1] = 1;
    for (size_t k = t->ages - 1; k-- > 0;)
        chain->reported[k] = chain->reported[k + 1] / chain->factors[k];
    chain->reserve = 0;
    for (size_t i = 0; i < t->rows; i++) {
        chain->ultimates[i] = latest(t, i) / chain->reported[t->known[i] - 1];
        chain->reserve += chain->ultimates[i] - latest(t, i);
    }
}

/* The mean square error of a row, and its share in the covariance with later rows. */
static double row_error(const struct triangle *t, const struct chain *chain, size_t row,
                        double *shared)
{
    double ultimate = chain->ultimates[row], sum = 0;

    *shared = 0;
    for (size_t k = t->known[row] - 1; k + 1 < t->ages; k++) {
        double relative = chain->variances[k] / chain->factors[k] / chain->factors[k];

        if (ultimate > 0)
            sum += relative / (ultimate * chain->reported[k]);
        *shared += relative / link_at(t, k).from;
    }
    return ultimate * ultimate * (sum + *shared);
}

static void fill_errors(const struct triangle *t, struct chain *chain)
{
    double total = 0, later = 0;

    for (size_t i = t->rows; i-- > 0;) {
        double shared, mse = row_error(t, chain, i, &shared);

        chain->errors[i] = sqrt(mse);
        total += mse + 2 * chain->ultimates[i] * later * shared;
        later += chain->ultimates[i];
    }
    chain->error = sqrt(total);
}

enum fit_status chain_ladder(const struct triangle *t, struct chain *chain)
{
    size_t last = t->ages - 2;

    if (!sensible(t))
        return FIT_BAD_INPUT;
    if (t->ages < TRIANGLE_DIAGONALS_MIN)
        return FIT_NOT_IDENTIFIED;
    for (size_t k = 0; k <= last; k++)
        if (!(link_at(t, k).from > 0 && link_at(t, k).to > 0))
            return FIT_NOT_IDENTIFIED;
    for (size_t k = 0; k <= last; k++)
        chain->factors[k] = link_at(t, k).to / link_at(t, k).from;
    fill_ultimates(t, chain);
    chain->driven = link_at(t, last).rows == 1 && chain->factors[last] > 1 + TRIANGLE_DRIVEN;
    chain->has_errors = fill_variances(t, chain);
    chain->error = 0;
    for (size_t i = 0; i < t->rows; i++)
        chain->errors[i] = 0;
    if (chain->has_errors)
        fill_errors(t, chain);
    else
        for (size_t k = 0; k <= last; k++)
            chain->variances[k] = 0;
    return FIT_OK;
}

bool triangle_dispersion(const struct triangle *t, const struct chain *chain, double *phi)
{
    double sum = 0;
    size_t cells = 0;

    for (size_t i = 0; i < t->rows; i++)
        for (size_t k = 0; k < t->known[i]; k++) {
            double before = k ? chain->reported[k - 1] : 0;
            double fitted = chain->ultimates[i] * (chain->reported[k] - before);
            double miss = cell(t, i, k) - (k ? cell(t, i, k - 1) : 0) - fitted;

            if (fitted > 0)
                sum += miss * miss / fitted;
            else if (fabs(miss) > 1e-9)
                return false;
            cells++;
        }
    if (cells <= t->rows + t->ages - 1)
        return false;
    *phi = sum / (double)(cells - (t->rows + t->ages - 1));
    return true;
}

bool triangle_interval(double expected, double phi, double level, struct interval *interval)
{
    struct interval plain;
    double scale = fmax(phi, 1);

    if (!isfinite(phi) || !interval_poisson(expected / scale, 1, level, &plain))
        return false;
    *interval = (struct interval){plain.low * scale, plain.high * scale};
    return true;
}

enum ultimate_method ultimate_method(double reported_fraction)
{
    return reported_fraction < 0.3    ? ULTIMATE_CAPE_COD
           : reported_fraction <= 0.7 ? ULTIMATE_BORNHUETTER_FERGUSON
                                      : ULTIMATE_CHAIN_LADDER;
}

static struct cohort_ultimate ultimate_of(double returned, double shipped, double fraction,
                                          double rate)
{
    double prior = shipped * rate, between = returned + prior * (1 - fraction);
    struct cohort_ultimate ultimate = {returned / fraction, prior, between,
                                       returned + between * (1 - fraction), prior};

    if (ultimate_method(fraction) == ULTIMATE_BORNHUETTER_FERGUSON)
        ultimate.chosen = ultimate.bornhuetter_ferguson;
    else if (ultimate_method(fraction) == ULTIMATE_CHAIN_LADDER)
        ultimate.chosen = ultimate.chain_ladder;
    return ultimate;
}

enum fit_status cape_cod(const double *returned, const double *shipped, const double *fraction,
                         size_t n, double *rate, struct cohort_ultimate *ultimates)
{
    double events = 0, exposure = 0;

    for (size_t i = 0; i < n; i++) {
        if (!(returned[i] >= 0 && returned[i] <= shipped[i] && isfinite(shipped[i]) &&
              fraction[i] > 0 && fraction[i] <= 1))
            return FIT_BAD_INPUT;
        events += returned[i];
        exposure += shipped[i] * fraction[i];
    }
    if (!(exposure > 0))
        return FIT_BAD_INPUT;
    *rate = fmin(1, events / exposure);
    for (size_t i = 0; i < n; i++)
        ultimates[i] = ultimate_of(returned[i], shipped[i], fraction[i], *rate);
    return FIT_OK;
}
