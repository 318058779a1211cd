/* Numbers in sentences. */
#include "line/say.h"
#include "base/currency.h"
#include "line/month.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Above it whole units are told, not their parts. */
#define PARTS_MAX 1000

void say_count(struct text *text, double number)
{
    char digits[DECIMAL_SIZE];
    size_t len;

    if (!(fabs(number) < 1e15)) {
        text_puts(text, "?");
        return;
    }
    decimal_write(digits, llround(fabs(number)));
    len = strlen(digits);
    text_puts(text, llround(number) < 0 ? "-" : "");
    for (size_t i = 0; i < len; i++) {
        text_putc(text, digits[i]);
        if (i + 1 < len && (len - i - 1) % 3 == 0)
            text_putc(text, ',');
    }
}

void say_number(struct text *text, double number)
{
    double size = fabs(number);

    if (size > 0 && size < 0.005)
        text_puts(text, "less than 0.01");
    else if (size >= 100 || number == round(number))
        say_count(text, number);
    else
        text_printf(text, size >= 10 ? "%.1f" : "%.2f", number);
}

void say_share(struct text *text, double share)
{
    if (fabs(share) < 0.01 && share != 0)
        text_printf(text, "%.2f %%", 100 * share);
    else
        text_printf(text, "%.1f %%", 100 * share);
}

void say_chance(struct text *text, double chance)
{
    if (chance < 0.0001)
        text_puts(text, "below 0.01 %");
    else if (chance > 0.9999)
        text_puts(text, "above 99.99 %");
    else if (chance > 0.99)
        text_printf(text, "%.2f %%", 100 * chance);
    else
        say_share(text, chance);
}

void say_money(struct text *text, double minor, const char *currency)
{
    int digits = currency_exponent(currency);
    double units = fabs(minor) / pow(10, digits);

    text_printf(text, "%s%s ", minor < 0 ? "-" : "", currency);
    if (digits && units < PARTS_MAX)
        text_printf(text, "%.*f", digits, units);
    else
        say_count(text, units);
}

void say_month(struct text *text, int month)
{
    char written[MONTH_SIZE];

    text_add(text, month_write(written, month), sizeof "2026-03" - 1);
}
