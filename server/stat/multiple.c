/* False discovery rates. */
#include "stat/multiple.h"

#include <math.h>
#include <stdlib.h>

static int by_value(const void *left, const void *right, void *values)
{
    const double *p = values;
    double a = p[*(const size_t *)left], b = p[*(const size_t *)right];

    return (a > b) - (a < b);
}

static double penalty(enum fdr_method method, size_t n)
{
    double sum = 0;

    if (method == FDR_BH)
        return 1;
    for (size_t i = n; i > 0; i--)
        sum += 1 / (double)i;
    return sum;
}

bool fdr_adjust(const double *p, size_t n, enum fdr_method method, double *adjusted, size_t *order)
{
    double factor = penalty(method, n), least = 1;

    for (size_t i = 0; i < n; i++) {
        if (!(p[i] >= 0 && p[i] <= 1))
            return false;
        order[i] = i;
    }
    qsort_r(order, n, sizeof *order, by_value, (void *)(size_t)p);
    for (size_t i = n; i > 0; i--) {
        least = fmin(least, factor * p[order[i - 1]] * (double)n / (double)i);
        adjusted[order[i - 1]] = least;
    }
    return true;
}
