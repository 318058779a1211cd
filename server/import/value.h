#ifndef IMPORT_VALUE_H
#define IMPORT_VALUE_H

#include <stdbool.h>
#include <stdint.h>

/**
 * What a cell of a sales file may hold, read strictly and without a locale.
 *
 * The readers return NULL when the cell is good, else what is wrong with it, as
 * the end of a sentence: the row is rejected with these words.
 */

/** A quantity: a whole number with an optional sign. */
const char *quantity_read(const char *cell, int32_t *quantity);

/**
 * A price in millionths: digits with at most six behind `decimal_sign`, no sign
 * between groups of digits. Only compared with a limit, never stored.
 */
const char *price_read(const char *cell, char decimal_sign, int64_t *millionths);

/**
 * A date, as days from 2000-01-01, written as `format` says; 1990 to 2199.
 *
 * %Y year, %y two digits of a year from 2000, %m month, %d day, %b Jan to Dec,
 * %H hour, %M minute, %S second, %% a percent sign. Each number has all its
 * digits; with a hyphen, as in %-d, one digit may do. All else stands for itself.
 * The time must be right but is dropped: the day is the one written in the file.
 */
const char *date_read(const char *cell, const char *format, int32_t *day);
/** NULL if date_read() can find a day with that format, else what is wrong with it. */
const char *date_format_check(const char *format);

/** Whether `text` has the form of a country: two capital letters. */
bool country_is_valid(const char *text);
/** Whether `text` has the form of a code: a small letter, then at most 39 of a-z, 0-9, '_'. */
bool code_is_valid(const char *text);

#endif
