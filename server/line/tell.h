#ifndef LINE_TELL_H
#define LINE_TELL_H

#include "base/value.h"
#include "line/finding.h"
#include "line/limits.h"

/**
 * An assessment as JSON: what the list of lines tells of each, and what a flag keeps as its
 * evidence. Numbers that are not known are null, with a `reason` beside them.
 */

/** Write its members into an object that is open: identity, counts, rates, money. */
void assessment_tell(struct text *text, const struct assessment *assessment,
                     const struct assess_plan *plan);
/** Write the object `name` of what returns do to the profit of a line. */
void money_tell(struct text *text, const char *name, const struct money *money);
/** Write the object `name` of what is believed of a rate; null if nothing is lent or borrowed. */
void lent_tell(struct text *text, const char *name, const struct lent *lent, double level);
/** Write the list `name` of findings that are alarms now, each with its sentence. */
void findings_tell(struct text *text, const char *name, const struct finding *findings, size_t n,
                   const struct assessment *assessment, const struct assess_plan *plan);

/** Write the month of a number; null for 0. */
void month_tell(struct text *text, const char *name, int month);

#endif
