/* Calculated JSON. */
#include "base/value.h"

#include <math.h>

static void begin(struct text *text, const char *name)
{
    char last = text->len ? text->bytes[text->len - 1] : '{';

    if (last != '{' && last != '[')
        text_putc(text, ',');
    if (!name)
        return;
    text_json(text, name);
    text_putc(text, ':');
}

void value_number(struct text *text, const char *name, double number)
{
    begin(text, name);
    if (isfinite(number))
        text_number(text, number);
    else
        text_puts(text, "null");
}

void value_whole(struct text *text, const char *name, int64_t number)
{
    begin(text, name);
    text_decimal(text, number);
}

void value_word(struct text *text, const char *name, const char *word)
{
    begin(text, name);
    text_json(text, word);
}

void value_flag(struct text *text, const char *name, bool flag)
{
    begin(text, name);
    text_puts(text, flag ? "true" : "false");
}

void value_numbers(struct text *text, const char *name, const double *at, size_t n)
{
    value_open(text, name, '[');
    for (size_t i = 0; i < n; i++)
        value_number(text, NULL, at[i]);
    value_close(text, ']');
}

void value_open(struct text *text, const char *name, char bracket)
{
    if (text->len)
        begin(text, name);
    text_putc(text, bracket);
}

void value_close(struct text *text, char bracket)
{
    text_putc(text, bracket);
}
