/* Intervals as JSON. */
#include "line/limits.h"

#include <math.h>

void value_interval(struct text *text, const char *name, struct interval interval, double level,
                    const char *method)
{
    value_open(text, name, '{');
    value_number(text, "low", interval.low);
    value_number(text, "high", interval.high);
    value_number(text, "level", level);
    value_word(text, "method", method);
    value_close(text, '}');
}

void limits_tell(struct text *text, const char *name, struct interval interval, double level,
                 const char *method)
{
    if (isnan(interval.low) || isnan(interval.high))
        value_word(text, name, NULL);
    else
        value_interval(text, name, interval, level, method);
}
