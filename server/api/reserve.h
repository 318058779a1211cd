#ifndef API_RESERVE_H
#define API_RESERVE_H

#include "api/analysis.h"
#include "line/reserves.h"

/** Write `x`, `n` and the tables of the first `n` lines, which have been estimated. */
void reserve_tell_tables(struct analysis *analysis, const struct reserves *reserves, size_t n,
                         double warranty);

#endif
