/* The gamma function's relatives. */
#include "stat/special.h"

#include <math.h>

/* From here the asymptotic series below give every digit. */
#define ASYMPTOTIC 10

double log_gamma(double x)
{
    int sign;

    return x > 0 ? lgamma_r(x, &sign) : NAN;
}

/* Abramowitz and Stegun 6.3.5 (recurrence) and 6.3.18 (series). */
double digamma(double x)
{
    double sum = 0, xx;

    if (!(x > 0))
        return NAN;
    for (; x < ASYMPTOTIC; x++)
        sum -= 1 / x;
    xx = 1 / (x * x);
    return sum + log(x) - 0.5 / x -
           xx * (1.0 / 12 -
                 xx * (1.0 / 120 -
                       xx * (1.0 / 252 -
                             xx * (1.0 / 240 -
                                   xx * (1.0 / 132 -
                                         xx * (691.0 / 32760 -
                                               xx * (1.0 / 12 - xx * (3617.0 / 8160))))))));
}

/* Abramowitz and Stegun 6.4.6 and 6.4.12. */
double trigamma(double x)
{
    double sum = 0, xx;

    if (!(x > 0))
        return NAN;
    for (; x < ASYMPTOTIC; x++)
        sum += 1 / (x * x);
    xx = 1 / (x * x);
    return sum + 1 / x + xx / 2 +
           xx / x *
               (1.0 / 6 -
                xx * (1.0 / 30 -
                      xx * (1.0 / 42 -
                            xx * (1.0 / 30 -
                                  xx * (5.0 / 66 - xx * (691.0 / 2730 -
                                                         xx * (7.0 / 6 - xx * (3617.0 / 510))))))));
}
