#ifndef BASE_VALUE_H
#define BASE_VALUE_H

#include "base/text.h"

/**
 * JSON that is calculated, written member by member into a text.
 *
 * Numbers are written with the fewest digits that read back as the same number;
 * one that is none (NAN) or without end becomes null. A name of NULL writes an
 * entry of a list. Commas come by themselves.
 */
void value_number(struct text *text, const char *name, double number);
void value_whole(struct text *text, const char *name, int64_t number);
void value_word(struct text *text, const char *name, const char *word);
void value_flag(struct text *text, const char *name, bool flag);
void value_numbers(struct text *text, const char *name, const double *at, size_t n);
/** `bracket` is '{' or '['; value_close() takes the one that ends it. */
void value_open(struct text *text, const char *name, char bracket);
void value_close(struct text *text, char bracket);

#endif
