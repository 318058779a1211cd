/* Break-even and the first profit-risk flag. */
#include "stat/profit.h"

double profit_break_even(const struct unit_cost *cost)
{
    int64_t margin = cost->price - cost->cogs - cost->outbound - cost->fees;
    int64_t loss =
        cost->cogs + cost->outbound + cost->inbound + cost->inspect + cost->repair - cost->recovery;

    if (margin <= 0)
        return 0;
    if (loss <= 0)
        return 1;
    return (double)margin / (double)(margin + loss);
}

enum profit_flag profit_flag(int64_t returned, int64_t sold, struct interval interval,
                             double break_even)
{
    if (sold < FLAG_UNITS_MIN)
        return FLAG_INSUFFICIENT;
    if (interval.low > break_even)
        return FLAG_RED;
    if ((double)returned / (double)sold > break_even)
        return FLAG_AMBER;
    return FLAG_GREEN;
}
