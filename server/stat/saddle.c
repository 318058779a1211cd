/* Densities of counts by Loader's saddle-point form. */
#include "stat/saddle.h"

#include <math.h>

#define LOG_2_PI 1.8378770664093454836

double stirling_error(double x)
{
    double error = 0, xx;

    /* Step up to where eight terms of the series give every digit. */
    for (; x < 10; x++)
        error += (x + 0.5) * (x < 1 ? log1p(x) - log(x) : log1p(1 / x)) - 1;
    xx = 1 / (x * x);
    /* B_2k / (2k (2k - 1) x^(2k - 1)), k = 1..8 */
    return error + (1.0 / 12 +
                    xx * (-1.0 / 360 +
                          xx * (1.0 / 1260 +
                                xx * (-1.0 / 1680 +
                                      xx * (1.0 / 1188 +
                                            xx * (-691.0 / 360360 +
                                                  xx * (1.0 / 156 + xx * (-3617.0 / 122400)))))))) /
                       x;
}

double deviance(double x, double mean)
{
    double ratio = (x - mean) / (x + mean), sum, power;

    if (fabs(ratio) >= 0.1)
        return x * log(x / mean) + mean - x;
    /* log(x / mean) = 2 atanh(ratio), whose first term the difference cancels. */
    sum = (x - mean) * ratio;
    power = 2 * x * ratio;
    for (int k = 3; k < 40; k += 2) {
        double before = sum;

        power *= ratio * ratio;
        sum += power / k;
        if (sum == before)
            break;
    }
    return sum;
}

double poisson_log_density(double x, double mean)
{
    if (x == 0)
        return -mean;
    return -stirling_error(x) - deviance(x, mean) - 0.5 * (LOG_2_PI + log(x));
}

double binomial_log_density(double x, double n, double p)
{
    double rest = n - x;

    if (x == 0)
        return n * log1p(-p);
    if (rest == 0)
        return n * log(p);
    return stirling_error(n) - stirling_error(x) - stirling_error(rest) - deviance(x, n * p) -
           deviance(rest, n * (1 - p)) - 0.5 * (LOG_2_PI + log(x) + log(rest / n));
}
