#ifndef STAT_FLOW_H
#define STAT_FLOW_H

#include <stdbool.h>
#include <stddef.h>

/**
 * What the returns of a month over the sales of the same month show of the true rate when
 * sales grow by `growth` > -1 a month and the part share[k] of all returns arrives k + 1 months
 * after the sale: sum of share[k] (1 + growth)^-(k + 1). Below 1 a growing line looks better
 * than it is. False, and nothing written, unless the shares are >= 0 and sum to 1 within 1e-9.
 */
bool flow_factor(double growth, const double *share, size_t n, double *factor);

#endif
