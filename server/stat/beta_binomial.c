/* The beta-binomial model of a family: moments, Tarone's test, maximum likelihood. */
#include "stat/beta_binomial.h"

#include "stat/special.h"

#include <math.h>

#define STEPS_MAX    100
#define HALVINGS_MAX 40
#define CLOSE        1e-5
/* A prior worth this many times the largest line is no longer told from a constant. */
#define STRENGTH_MAX 10

static bool valid(struct family family)
{
    for (size_t i = 0; i < family.k; i++)
        if (!(family.x[i] >= 0 && family.x[i] <= family.n[i] && family.n[i] > 0 &&
              isfinite(family.n[i])))
            return false;
    return family.k > 0;
}

enum fit_status family_moments(struct family family, struct family_moments *moments)
{
    double sum = 0, squares = 0, k = (double)family.k, mean, variance, strength;

    if (!valid(family))
        return FIT_BAD_INPUT;
    for (size_t i = 0; i < family.k; i++)
        sum += family.x[i] / family.n[i];
    mean = sum / k;
    for (size_t i = 0; i < family.k; i++)
        squares += pow(family.x[i] / family.n[i] - mean, 2);
    variance = family.k > 1 ? squares / (k - 1) : 0;
    *moments = (struct family_moments){.mean = mean, .sd = sqrt(variance)};
    strength = variance > 0 ? mean * (1 - mean) / variance - 1 : 0;
    if (!(strength > 0))
        return FIT_NOT_IDENTIFIED;
    moments->prior = (struct beta_prior){mean * strength, (1 - mean) * strength};
    return FIT_OK;
}

enum fit_status family_tarone(struct family family, double *z)
{
    double x = 0, n = 0, score = 0, pairs = 0, p;

    if (!valid(family))
        return FIT_BAD_INPUT;
    for (size_t i = 0; i < family.k; i++) {
        x += family.x[i];
        n += family.n[i];
        pairs += family.n[i] * (family.n[i] - 1);
    }
    p = x / n;
    if (x == 0 || x == n || pairs <= 0)
        return FIT_NO_EVENTS;
    for (size_t i = 0; i < family.k; i++)
        score += pow(family.x[i] - family.n[i] * p, 2) / (p * (1 - p));
    *z = (score - n) / sqrt(2 * pairs);
    return FIT_OK;
}

static double log_choices(double n, double x)
{
    return log_gamma(n + 1) - log_gamma(x + 1) - log_gamma(n - x + 1);
}

double beta_binomial_log_likelihood(struct family family, struct beta_prior prior)
{
    double a = prior.a, b = prior.b;
    double sum = -(double)family.k * (log_gamma(a) + log_gamma(b) - log_gamma(a + b));

    for (size_t i = 0; i < family.k; i++)
        sum += log_gamma(a + family.x[i]) + log_gamma(b + family.n[i] - family.x[i]) -
               log_gamma(a + b + family.n[i]) + log_choices(family.n[i], family.x[i]);
    return sum;
}

/* First and second derivatives of the log-likelihood in a and b. */
struct slope {
    double a, b, aa, bb, ab;
};

static struct slope slope_at(struct family family, struct beta_prior prior)
{
    double a = prior.a, b = prior.b, k = (double)family.k;
    double both = k * digamma(a + b), bent = k * trigamma(a + b);
    struct slope slope = {both - k * digamma(a), both - k * digamma(b), bent - k * trigamma(a),
                          bent - k * trigamma(b), bent};

    for (size_t i = 0; i < family.k; i++) {
        double x = family.x[i], rest = family.n[i] - x;
        double all = digamma(a + b + family.n[i]), curve = trigamma(a + b + family.n[i]);

        slope.a += digamma(a + x) - all;
        slope.b += digamma(b + rest) - all;
        slope.aa += trigamma(a + x) - curve;
        slope.bb += trigamma(b + rest) - curve;
        slope.ab -= curve;
    }
    return slope;
}

/* A step in (log a, log b): Newton's where the likelihood is concave, else straight uphill. */
static struct beta_prior step_from(struct slope s, struct beta_prior prior)
{
    double a = prior.a, b = prior.b;
    double ga = s.a * a, gb = s.b * b;
    double haa = s.aa * a * a + ga, hbb = s.bb * b * b + gb, hab = s.ab * a * b;
    double determinant = haa * hbb - hab * hab;
    double size = fmax(1, hypot(ga, gb));

    if (haa < 0 && determinant > 0)
        return (struct beta_prior){-(hbb * ga - hab * gb) / determinant,
                                   -(haa * gb - hab * ga) / determinant};
    return (struct beta_prior){ga / size, gb / size};
}

/* Move by the step, or by the largest half of it that climbs; false if none does. */
static bool climb(struct family family, struct beta_prior step, struct beta_prior *prior,
                  double *height)
{
    double longest = fmax(fabs(step.a), fabs(step.b)), scale = longest > 2 ? 2 / longest : 1;

    for (int i = 0; i < HALVINGS_MAX; i++, scale /= 2) {
        struct beta_prior next = {prior->a * exp(scale * step.a), prior->b * exp(scale * step.b)};
        double there = beta_binomial_log_likelihood(family, next);

        if (there >= *height) {
            *prior = next;
            *height = there;
            return true;
        }
    }
    return false;
}

static double largest(struct family family)
{
    double n = 0;

    for (size_t i = 0; i < family.k; i++)
        n = fmax(n, family.n[i]);
    return n;
}

enum fit_status beta_binomial_fit(struct family family, struct beta_prior *prior,
                                  double *log_likelihood)
{
    struct family_moments moments;
    double limit, z;
    enum fit_status status = family_tarone(family, &z);

    if (status)
        return status;
    limit = STRENGTH_MAX * largest(family);
    if (family_moments(family, &moments))
        moments.prior = (struct beta_prior){moments.mean * 10, (1 - moments.mean) * 10};
    *prior = moments.prior;
    *log_likelihood = beta_binomial_log_likelihood(family, *prior);
    for (int i = 0; i < STEPS_MAX; i++) {
        struct beta_prior step = step_from(slope_at(family, *prior), *prior);
        bool arrived = fmax(fabs(step.a), fabs(step.b)) < CLOSE;

        /* So close to the top rounding hides the climb, and Newton's step is right to its square.
         */
        if (arrived)
            *prior = (struct beta_prior){prior->a * exp(step.a), prior->b * exp(step.b)};
        else if (!climb(family, step, prior, log_likelihood))
            return FIT_NOT_CONVERGED;
        if (prior->a + prior->b > limit)
            return FIT_NOT_IDENTIFIED;
        if (arrived)
            return FIT_OK;
    }
    return FIT_NOT_CONVERGED;
}
