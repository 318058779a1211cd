#ifndef LINE_LIMITS_H
#define LINE_LIMITS_H

#include "base/value.h"
#include "stat/interval.h"

/** Write an object of two limits; a limit that is no number is null. */
void value_interval(struct text *text, const char *name, struct interval interval, double level,
                    const char *method);
/** The same; null itself where one is no number. */
void limits_tell(struct text *text, const char *name, struct interval interval, double level,
                 const char *method);

#endif
