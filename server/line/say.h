#ifndef LINE_SAY_H
#define LINE_SAY_H

#include "base/text.h"

/** Numbers in sentences. */

/** A whole number with commas: 1,360. */
void say_count(struct text *text, double number);
/** A number of events with the digits it deserves: 1,360, 12.4, 0.83. */
void say_number(struct text *text, double number);
/** A fraction as a percentage: 7.6 %, below one percent 0.43 %. */
void say_share(struct text *text, double share);
/** A probability, which is never told to be 0 or 1: below 0.01 %, 12.4 %, above 99.99 %. */
void say_chance(struct text *text, double chance);
/** Minor units of a currency: EUR 4,100 or EUR 12.50. Cents are left out from a thousand on. */
void say_money(struct text *text, double minor, const char *currency);
/** A month from its number: 2026-03. */
void say_month(struct text *text, int month);

#endif
