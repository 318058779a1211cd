/* Wald's sequential test of a share. */
#include "stat/sequential.h"

#include <math.h>

bool sprt_lines(double p1, double p2, double alpha, double beta, struct sprt *sprt)
{
    double k;

    if (!(p1 > 0 && p1 < p2 && p2 < 1 && alpha > 0 && alpha < 0.5 && beta > 0 && beta < 0.5))
        return false;
    k = log(p2 * (1 - p1) / (p1 * (1 - p2)));
    *sprt = (struct sprt){
        .k = k,
        .accept = log((1 - alpha) / beta) / k,
        .reject = log((1 - beta) / alpha) / k,
        .slope = log((1 - p1) / (1 - p2)) / k,
    };
    return true;
}

double sprt_reject_at(const struct sprt *sprt, double n)
{
    return ceil(sprt->reject + sprt->slope * n);
}

double sprt_accept_at(const struct sprt *sprt, double n)
{
    return fmax(-1, floor(sprt->slope * n - sprt->accept));
}
