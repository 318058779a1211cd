/* The log-likelihood of cells, and its derivatives in closed form. */
#include "stat/life_model.h"

#include "stat/special.h"

#include <math.h>

/* A density of y = (ln t - mu) / sigma at one end of an interval, divided by the scale. */
struct end {
    double f, slope; /* density, its derivative in y */
    double y;        /* 0 where the density vanishes */
};

#define LOG_SQRT_2PI 0.91893853320467274178

static double normal_density(double y)
{
    return exp(-y * y / 2 - LOG_SQRT_2PI);
}

/* ln of something in y with its derivatives d, dd, turned into (mu, ln sigma). */
static struct life_slope chain(double value, double d, double dd, double y, double sigma)
{
    struct life_slope s = {.value = value};

    s.g[LIFE_MU] = -d / sigma;
    s.g[LIFE_LOG_SIGMA] = -d * y;
    s.h[LIFE_MU][LIFE_MU] = dd / sigma / sigma;
    s.h[LIFE_MU][LIFE_LOG_SIGMA] = (dd * y + d) / sigma;
    s.h[LIFE_LOG_SIGMA][LIFE_LOG_SIGMA] = dd * y * y + d * y;
    s.h[LIFE_LOG_SIGMA][LIFE_MU] = s.h[LIFE_MU][LIFE_LOG_SIGMA];
    return s;
}

static struct life_slope density_slope(bool normal, double y, double sigma, double log_age)
{
    struct life_slope s = normal ? chain(-y * y / 2 - LOG_SQRT_2PI, -y, -1, y, sigma)
                                 : chain(y - exp(y), 1 - exp(y), -exp(y), y, sigma);

    s.value -= log(sigma) + log_age;
    s.g[LIFE_LOG_SIGMA] -= 1;
    return s;
}

static struct life_slope survival_slope(bool normal, double y, double sigma)
{
    double upper, hazard;

    if (!normal)
        return chain(-exp(y), -exp(y), -exp(y), y, sigma);
    upper = normal_tails(y).upper;
    hazard = normal_density(y) / upper;
    return chain(log(upper), -hazard, -hazard * (hazard - y), y, sigma);
}

/* ln(G(to) - G(from)) + log_scale, where `mass` and the ends are divided by the scale. */
static struct life_slope difference_slope(double log_scale, double mass, struct end from,
                                          struct end to, double sigma)
{
    double d = (to.f - from.f) / mass, dy = (to.f * to.y - from.f * from.y) / mass;
    double dd = (to.slope - from.slope) / mass;
    double ddy = (to.slope * to.y - from.slope * from.y) / mass;
    double ddyy = (to.slope * to.y * to.y - from.slope * from.y * from.y) / mass;
    struct life_slope s = {
        .value = log_scale + log(mass), .g = {-d / sigma, -dy}
    };

    s.h[LIFE_MU][LIFE_MU] = dd / sigma / sigma - s.g[LIFE_MU] * s.g[LIFE_MU];
    s.h[LIFE_MU][LIFE_LOG_SIGMA] = (ddy + d) / sigma - s.g[LIFE_MU] * s.g[LIFE_LOG_SIGMA];
    s.h[LIFE_LOG_SIGMA][LIFE_LOG_SIGMA] = ddyy + dy - s.g[LIFE_LOG_SIGMA] * s.g[LIFE_LOG_SIGMA];
    s.h[LIFE_LOG_SIGMA][LIFE_MU] = s.h[LIFE_MU][LIFE_LOG_SIGMA];
    return s;
}

static struct life_slope normal_interval(double from, double to, double sigma)
{
    struct end low = {normal_density(from), -from * normal_density(from), from};
    struct end high = {normal_density(to), -to * normal_density(to), to};
    struct tails before = normal_tails(from), after = normal_tails(to);
    double mass = from > 0 ? before.upper - after.upper : after.lower - before.lower;

    if (from == -INFINITY) {
        low = (struct end){0, 0, 0};
        mass = after.lower;
    }
    return difference_slope(0, mass, low, high, sigma);
}

/* Divided by the survival at `from`, so that small hazards keep their digits. */
static struct life_slope weibull_interval(double from, double to, double sigma)
{
    double h = exp(from), k = exp(to);
    double more = from == -INFINITY ? k : h * expm1(to - from), left = exp(-more);
    struct end low = {h, h * (1 - h), from}, high = {k * left, k * left * (1 - k), to};

    if (from == -INFINITY)
        low = (struct end){0, 0, 0};
    if (left == 0) /* nothing is left beyond `to`; it may even have overflowed */
        high = (struct end){0, 0, 0};
    return difference_slope(-h, -expm1(-more), low, high, sigma);
}

struct life_slope life_cell_slope(const struct life_curve *curve, const struct life_cell *cell)
{
    double sigma = exp(curve->at[LIFE_LOG_SIGMA]), mu = curve->at[LIFE_MU];
    double from = (log(cell->from) - mu) / sigma, to = (log(cell->to) - mu) / sigma;
    bool normal = curve->model == LIFE_LOGNORMAL;

    if (cell->to == INFINITY)
        return survival_slope(normal, from, sigma);
    if (cell->from == cell->to)
        return density_slope(normal, from, sigma, log(cell->from));
    return normal ? normal_interval(from, to, sigma) : weibull_interval(from, to, sigma);
}

/* A probability of the mixture is apart + part D, D that of the plain model; q are the logits. */
struct share {
    double apart, part;
    double apart_q[2], part_q[2];   /* derivatives in logit p0, logit p1 */
    double apart_qq[3], part_qq[3]; /* second ones: p0 p0, p1 p1, p0 p1 */
};

static struct share share_of(const struct life_curve *curve, const struct life_cell *cell)
{
    double p = life_dead(curve), r = life_defective(curve);
    double dp = p * (1 - p), ddp = dp * (1 - 2 * p), dr = r * (1 - r), ddr = dr * (1 - 2 * r);
    struct share s = {
        .part = (1 - p) * r,
        .part_q = {-dp * r,        (1 - p) * dr},
        .part_qq = { -ddp * r, (1 - p) * ddr,     -dp * dr}
    };

    if (cell->to == INFINITY)
        return (struct share){
            (1 - p) * (1 - r),
            s.part,
            {-dp * (1 - r), -(1 - p) * dr},
            {              s.part_q[0],  s.part_q[1]             },
            { -ddp * (1 - r),      -(1 - p) * ddr,                   dp * dr},
            {   s.part_qq[0], s.part_qq[1],              s.part_qq[2]}
        };
    if (cell->from == 0) { /* whoever arrives dead is among these */
        s.apart = p;
        s.apart_q[0] = dp;
        s.apart_qq[0] = ddp;
    }
    return s;
}

static void mirror(struct life_slope *s)
{
    for (size_t i = 0; i < LIFE_PARAMETERS; i++)
        for (size_t j = 0; j < i; j++)
            s->h[i][j] = s->h[j][i];
}

/* From the plain cell to the mixture: ln(apart + part exp(plain)). */
static struct life_slope mix(struct life_slope plain, const struct share *share)
{
    double total = share->apart + share->part * exp(plain.value);
    double weight = share->apart > 0 ? share->part * exp(plain.value) / total : 1;
    double inverse = share->apart > 0 ? 1 / total : 0; /* unused where nothing is apart */
    struct life_slope s = {.value = share->apart > 0 ? log(total) : log(share->part) + plain.value};

    if (weight == 0) /* the derivatives of what is impossible may be no numbers */
        plain = (struct life_slope){.value = 0};
    for (size_t q = 0; q < 2; q++)
        s.g[LIFE_DEAD + q] = share->apart_q[q] * inverse + share->part_q[q] / share->part * weight;
    for (size_t i = 0; i < 2; i++) {
        s.g[i] = weight * plain.g[i];
        for (size_t j = i; j < 2; j++)
            s.h[i][j] = weight * (plain.h[i][j] + plain.g[i] * plain.g[j]);
        for (size_t q = 0; q < 2; q++)
            s.h[i][LIFE_DEAD + q] = share->part_q[q] / share->part * weight * plain.g[i];
    }
    for (size_t q = 0; q < 3; q++) {
        size_t row = q == 1 ? LIFE_DEFECTIVE : LIFE_DEAD, column = q ? LIFE_DEFECTIVE : LIFE_DEAD;

        s.h[row][column] = share->apart_qq[q] * inverse + share->part_qq[q] / share->part * weight;
    }
    for (size_t i = 0; i < LIFE_PARAMETERS; i++)
        for (size_t j = i; j < LIFE_PARAMETERS; j++)
            s.h[i][j] -= s.g[i] * s.g[j];
    mirror(&s);
    return s;
}

static void add(struct life_slope *sum, const struct life_slope *s, double count)
{
    sum->value += count * s->value;
    for (size_t i = 0; i < LIFE_PARAMETERS; i++) {
        sum->g[i] += count * s->g[i];
        for (size_t j = 0; j < LIFE_PARAMETERS; j++)
            sum->h[i][j] += count * s->h[i][j];
    }
}

struct life_slope life_likelihood(const struct life_curve *curve, const struct life_cell *cells,
                                  size_t n)
{
    struct life_slope sum = {.value = 0};
    bool plain = curve->model != LIFE_MIXTURE;

    for (size_t i = 0; i < n; i++) {
        struct life_slope s;

        if (cells[i].count == 0 || (cells[i].from == 0 && cells[i].to == INFINITY))
            continue; /* a unit censored at once says nothing */
        s = life_cell_slope(curve, &cells[i]);
        if (!plain) {
            struct share share = share_of(curve, &cells[i]);

            s = mix(s, &share);
        }
        if (!isfinite(s.value))
            return (struct life_slope){.value = -INFINITY};
        add(&sum, &s, cells[i].count);
    }
    return sum;
}
