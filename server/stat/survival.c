/* Shares of units that have failed by an age. */
#include "stat/survival.h"

#include <math.h>

static bool sensible(const struct age_count *ages, size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (!(ages[k].failed >= 0 && ages[k].withdrawn >= 0 && isfinite(ages[k].at_risk) &&
              ages[k].failed + ages[k].withdrawn <= ages[k].at_risk * (1 + 1e-12)))
            return false;
    return n > 0;
}

static struct interval cut(double low, double high)
{
    return (struct interval){fmax(0, low), fmin(1, high)};
}

static struct interval around(double failed, double error, enum survival_interval method, double z)
{
    double survival = 1 - failed;

    if (method == SURVIVAL_PLAIN)
        return cut(failed - z * error, failed + z * error);
    if (!(failed > 0 && survival > 0))
        return (struct interval){failed, failed};
    if (method == SURVIVAL_LOG_LOG) {
        double w = exp(z * error / (survival * -log(survival)));

        return cut(-expm1(log(survival) / w), -expm1(log(survival) * w));
    } else {
        double w = exp(z * error / (failed * survival));

        return cut(failed / (failed + survival * w), failed / (failed + survival / w));
    }
}

enum fit_status survival_curve(const struct age_count *ages, size_t n, enum withdrawal withdrawal,
                               enum survival_interval method, double level,
                               struct survival_point *points, size_t *known)
{
    double survival = 1, greenwood = 0, events = 0, z = interval_z(level);
    bool has_error = true;
    size_t k;

    if (!sensible(ages, n) || !(z > 0))
        return FIT_BAD_INPUT;
    for (k = 0; k < n; k++) {
        double risk = ages[k].at_risk, d = ages[k].failed, error;

        if (withdrawal == WITHDRAWN_DURING)
            risk -= ages[k].withdrawn / 2;
        if (!(risk > 0))
            break;
        d = fmin(d, risk); /* all that stayed to the end may have failed */
        survival *= 1 - d / risk;
        has_error = has_error && d < risk;
        greenwood += has_error ? d / (risk * (risk - d)) : 0;
        events += d;
        error = has_error ? survival * sqrt(greenwood) : 0;
        points[k] = (struct survival_point){
            .hazard = d / risk,
            .failed = 1 - survival,
            .error = error,
            .interval = has_error ? around(1 - survival, error, method, z)
                                  : (struct interval){1 - survival, 1 - survival},
            .has_error = has_error,
        };
    }
    *known = k;
    return events > 0 ? FIT_OK : FIT_NO_EVENTS;
}

int lifetime_compare(const void *a, const void *b)
{
    const struct lifetime *left = a, *right = b;

    if (left->age != right->age)
        return left->age < right->age ? -1 : 1;
    return right->failed - left->failed;
}

size_t survival_counts(const struct lifetime *lives, size_t n, struct age_count *counts, double *at)
{
    double at_risk = 0;
    size_t found = 0;

    for (size_t i = 0; i < n; i++)
        at_risk += lives[i].units;
    for (size_t i = 0; i < n; i++) {
        if (lives[i].failed && found && at[found - 1] == lives[i].age) {
            counts[found - 1].failed += lives[i].units;
        } else if (lives[i].failed) {
            at[found] = lives[i].age;
            counts[found++] = (struct age_count){at_risk, lives[i].units, 0};
        } else if (found) {
            counts[found - 1].withdrawn += lives[i].units;
        }
        at_risk -= lives[i].units;
    }
    return found;
}

enum fit_status survival_incidence(const double *at_risk, const double *failed, size_t classes,
                                   size_t n, double *incidence)
{
    double survival = 1;

    for (size_t k = 0; k < n; k++) {
        double all = 0;

        for (size_t j = 0; j < classes; j++) {
            if (!(failed[j * n + k] >= 0))
                return FIT_BAD_INPUT;
            all += failed[j * n + k];
        }
        if (!(isfinite(at_risk[k]) && all <= at_risk[k] * (1 + 1e-12)))
            return FIT_BAD_INPUT;
    }
    for (size_t k = 0; k < n; k++) {
        double all = 0;

        for (size_t j = 0; j < classes; j++) {
            double share = at_risk[k] > 0 ? failed[j * n + k] / at_risk[k] : 0;

            incidence[j * n + k] = (k ? incidence[j * n + k - 1] : 0) + survival * share;
            all += share;
        }
        survival *= fmax(0, 1 - all);
    }
    return FIT_OK;
}

/* Sums over the ages so far, from which the variance at any of them follows. */
struct incidence_sums {
    double all, shares, squares; /* of d/(n(n-d)), it times the share, and times its square */
    double own;                  /* of S^2 d_j (n - d_j)/n^3 */
    double cross, cross_shares;  /* of S d_j/n^2, and it times the share */
};

static double incidence_variance(const struct incidence_sums *sums, double share)
{
    return share * share * sums->all - 2 * share * sums->shares + sums->squares + sums->own -
           2 * (share * sums->cross - sums->cross_shares);
}

static void incidence_add(struct incidence_sums *sums, double risk, double own, double all,
                          double survival, double share)
{
    double greenwood = all < risk ? all / (risk * (risk - all)) : 0;

    sums->all += greenwood;
    sums->shares += greenwood * share;
    sums->squares += greenwood * share * share;
    sums->own += survival * survival * own * fmax(0, risk - own) / (risk * risk * risk);
    sums->cross += survival * own / (risk * risk);
    sums->cross_shares += survival * own / (risk * risk) * share;
}

static bool incidence_sensible(const double *at_risk, const double *failed, const double *others,
                               size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (!(failed[k] >= 0 && others[k] >= 0 && isfinite(at_risk[k]) &&
              failed[k] + others[k] <= at_risk[k] * (1 + 1e-12)))
            return false;
    return true;
}

enum fit_status survival_incidence_of(const double *at_risk, const double *failed,
                                      const double *others, size_t n, double level,
                                      struct incidence_point *points)
{
    double survival = 1, share = 0, z = interval_z(level);
    struct incidence_sums sums = {0};

    if (!(z > 0) || !incidence_sensible(at_risk, failed, others, n))
        return FIT_BAD_INPUT;
    for (size_t k = 0; k < n; k++) {
        double all = failed[k] + others[k], error;

        if (at_risk[k] > 0) {
            share += survival * failed[k] / at_risk[k];
            incidence_add(&sums, at_risk[k], failed[k], all, survival, share);
            survival *= fmax(0, 1 - all / at_risk[k]);
        }
        error = sqrt(fmax(0, incidence_variance(&sums, share)));
        points[k] =
            (struct incidence_point){share, error, around(share, error, SURVIVAL_LOG_LOG, z)};
    }
    return share > 0 ? FIT_OK : FIT_NO_EVENTS;
}
