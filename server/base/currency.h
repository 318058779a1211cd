#ifndef BASE_CURRENCY_H
#define BASE_CURRENCY_H

#include <stdbool.h>

/** Whether `code` has the form of a currency of ISO 4217: three capital letters. */
bool currency_is_valid(const char *code);
/** The decimals of a currency's minor unit by ISO 4217: 0 for yen, 3 for Kuwaiti dinars, else 2. */
int currency_exponent(const char *code);

#endif
