/* Calendar months. */
#include "line/month.h"

#include <stdlib.h>

int month_of(const char *day)
{
    char *end;
    long year = strtol(day, &end, 10);
    long month = *end == '-' ? strtol(end + 1, NULL, 10) : 1;

    return (int)(12 * year + month - 1);
}

const char *month_day(struct arena *arena, int month)
{
    return arena_printf(arena, "%04d-%02d-01", month / 12, month % 12 + 1);
}
