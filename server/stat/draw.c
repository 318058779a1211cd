/* Draws by inversion: one uniform number a draw, so that streams stay in step. */
#include "stat/draw.h"

#include "stat/special.h"

#include <math.h>
#include <stddef.h>

/* Up to this mean the counts are walked from 0. */
#define MEAN_WALKED 30
/* The walk ends at 40 standard deviations; the search starts within a few of the answer. */
#define COUNT_WALKED 250
#define STEPS_MAX    1000

static double walk_from_zero(double u, double n, double p)
{
    double mass = exp(n * log1p(-p)), odds = p / (1 - p), x = 0;

    while (u > mass && x < n && x < COUNT_WALKED) {
        u -= mass;
        x++;
        mass *= (n - x + 1) / x * odds;
    }
    return x;
}

/* From the normal approximation, corrected for skewness, to the quantile. */
static double search(double u, double n, double p)
{
    double z = normal_quantile(u);
    double x = floor(n * p + z * sqrt(n * p * (1 - p)) + (1 - 2 * p) * (z * z - 1) / 6);

    x = fmin(n, fmax(0, x));
    for (size_t i = 0; i < STEPS_MAX && x < n && binomial_tails(x, n, p).lower < u; i++)
        x++;
    for (size_t i = 0; i < STEPS_MAX && x > 0 && binomial_tails(x - 1, n, p).lower >= u; i++)
        x--;
    return x;
}

double draw_binomial(struct pcg *pcg, double n, double p)
{
    double u = pcg_uniform(pcg), rare = fmin(p, 1 - p), x;

    if (!(n >= 1 && isfinite(n) && rare >= 0))
        return 0;
    x = n * rare < MEAN_WALKED ? walk_from_zero(u, n, rare) : search(u, n, rare);
    return p > 0.5 ? n - x : x;
}

double draw_triangular(struct pcg *pcg, struct spread spread)
{
    double u = pcg_uniform(pcg), width = spread.high - spread.low;
    double rise = spread.likely - spread.low;

    if (!(width > 0))
        return spread.likely;
    if (u * width < rise)
        return spread.low + sqrt(u * width * rise);
    return spread.high - sqrt((1 - u) * width * (spread.high - spread.likely));
}
