/* Control charts. */
#include "stat/chart.h"

#include <math.h>

/* Mean range of two standard normal values. */
#define RANGE_OF_TWO 1.128

static double deviation(double x, double n, double centre)
{
    double error = sqrt(centre * (1 - centre) / n);

    return error > 0 ? (x / n - centre) / error : 0;
}

static double sigma_of(const double *x, const double *n, size_t k, double centre)
{
    double sum = 0;

    for (size_t i = 1; i < k; i++)
        sum += fabs(deviation(x[i], n[i], centre) - deviation(x[i - 1], n[i - 1], centre));
    return k > 1 ? sum / (double)(k - 1) / RANGE_OF_TWO : 1;
}

bool p_chart(const double *x, const double *n, size_t k, bool laney, struct p_chart *chart,
             struct chart_point *points)
{
    double all_x = 0, all_n = 0, scale;

    for (size_t i = 0; i < k; i++) {
        if (!(x[i] >= 0 && x[i] <= n[i] && n[i] > 0 && isfinite(n[i])))
            return false;
        all_x += x[i];
        all_n += n[i];
    }
    if (!k)
        return false;
    chart->centre = all_x / all_n;
    chart->sigma_z = sigma_of(x, n, k, chart->centre);
    scale = laney ? chart->sigma_z : 1;
    for (size_t i = 0; i < k; i++) {
        double half = 3 * scale * sqrt(chart->centre * (1 - chart->centre) / n[i]),
               value = x[i] / n[i];
        double low = fmax(0, chart->centre - half), high = fmin(1, chart->centre + half);

        points[i] = (struct chart_point){value, low, high, value < low || value > high};
    }
    return true;
}

static bool finite_all(const double *x, size_t k)
{
    for (size_t i = 0; i < k; i++)
        if (!isfinite(x[i]))
            return false;
    return k > 0;
}

bool ewma_chart(const double *x, size_t k, struct ewma ewma, struct chart_point *points)
{
    double w = ewma.weight, z = ewma.target, faded = 1;

    if (!finite_all(x, k) || !(w > 0 && w <= 1 && ewma.sigma > 0 && ewma.width > 0) ||
        !isfinite(z + ewma.sigma + ewma.width))
        return false;
    for (size_t i = 0; i < k; i++) {
        double half;

        z = w * x[i] + (1 - w) * z;
        faded *= (1 - w) * (1 - w);
        half = ewma.width * ewma.sigma * sqrt(w / (2 - w) * (1 - faded));
        points[i] = (struct chart_point){z, ewma.target - half, ewma.target + half,
                                         fabs(z - ewma.target) > half};
    }
    return true;
}

bool cusum_chart(const double *x, size_t k, struct cusum cusum, struct chart_point *points)
{
    double up = 0, down = 0;

    if (!finite_all(x, k) || !(cusum.sigma > 0 && cusum.reference >= 0 && cusum.limit > 0) ||
        !isfinite(cusum.target + cusum.sigma + cusum.reference + cusum.limit))
        return false;
    for (size_t i = 0; i < k; i++) {
        double z = (x[i] - cusum.target) / cusum.sigma;

        up = fmax(0, up + z - cusum.reference);
        down = fmax(0, down - z - cusum.reference);
        points[i] =
            (struct chart_point){up, -down, cusum.limit, up > cusum.limit || down > cusum.limit};
    }
    return true;
}

bool cusum_counts(const double *x, const double *expected, size_t k, double ratio, double limit,
                  struct chart_point *points)
{
    double reference = (ratio - 1) / log(ratio), sum = 0;

    if (!finite_all(x, k) || !finite_all(expected, k) || !(ratio > 1 && isfinite(ratio)) ||
        !(limit > 0 && isfinite(limit)))
        return false;
    for (size_t i = 0; i < k; i++)
        if (x[i] < 0 || expected[i] < 0)
            return false;
    for (size_t i = 0; i < k; i++) {
        sum = fmax(0, sum + x[i] - reference * expected[i]);
        points[i] = (struct chart_point){sum, 0, limit, sum > limit};
    }
    return true;
}

bool cusum_bernoulli(const double *x, size_t k, double p0, double p1, double limit,
                     struct chart_point *points)
{
    double hit = log(p1 / p0), miss = log((1 - p1) / (1 - p0)), sum = 0;

    if (!(p0 > 0 && p0 < p1 && p1 < 1 && limit > 0 && isfinite(limit)) || !k)
        return false;
    for (size_t i = 0; i < k; i++)
        if (x[i] != 0 && x[i] != 1)
            return false;
    for (size_t i = 0; i < k; i++) {
        sum = fmax(0, sum + (x[i] == 1 ? hit : miss));
        points[i] = (struct chart_point){sum, 0, limit, sum > limit};
    }
    return true;
}
