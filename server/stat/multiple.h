#ifndef STAT_MULTIPLE_H
#define STAT_MULTIPLE_H

#include <stdbool.h>
#include <stddef.h>

/** Many tests at once: what share of the alarms is false. */
enum fdr_method {
    FDR_BH, /* Benjamini and Hochberg, JRSS B 57 (1995): independent or positively dependent tests
             */
    FDR_BY  /* Benjamini and Yekutieli, Annals of Statistics 29 (2001): any dependence */
};

/**
 * Adjusted p-values of `n` tests, in the order of the tests: reject those that
 * are not above q, and the expected share of false ones among them is at most q.
 * `order` is scratch of n entries. False, and nothing written, unless all are
 * within 0 and 1.
 */
bool fdr_adjust(const double *p, size_t n, enum fdr_method method, double *adjusted, size_t *order);

#endif
