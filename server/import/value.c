/* What a cell of a sales file may hold: quantities, prices, dates. */
#include "import/value.h"
#include "base/calendar.h"

#include <stddef.h>
#include <string.h>

#define QUANTITY_MAX       1000000000
#define PRICE_WHOLE_DIGITS 12
#define PRICE_DECIMALS     6

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

const char *quantity_read(const char *cell, int32_t *quantity)
{
    bool negative = *cell == '-';
    int64_t value = 0;

    cell += negative || *cell == '+';
    if (!is_digit(*cell))
        return "not a whole number";
    for (; is_digit(*cell) && value <= QUANTITY_MAX; cell++)
        value = value * 10 + (*cell - '0');
    if (value > QUANTITY_MAX)
        return "larger than 1,000,000,000";
    if (*cell)
        return "not a whole number";
    *quantity = (int32_t)(negative ? -value : value);
    return NULL;
}

/* Append at most `most` digits to `value`; returns how many there were. */
static int digits_read(const char **cell, int most, int64_t *value)
{
    int n = 0;

    for (; n < most && is_digit(**cell); n++)
        *value = *value * 10 + (*(*cell)++ - '0');
    return n;
}

const char *price_read(const char *cell, char decimal_sign, int64_t *millionths)
{
    bool negative = *cell == '-';
    int64_t value = 0;
    int whole, decimals = 0;

    cell += negative || *cell == '+';
    whole = digits_read(&cell, PRICE_WHOLE_DIGITS, &value);
    if (*cell == decimal_sign) {
        cell++;
        decimals = digits_read(&cell, PRICE_DECIMALS, &value);
        if (is_digit(*cell))
            return "more than six decimals";
    }
    if (is_digit(*cell))
        return "more than twelve digits before the decimal sign";
    if (*cell || !(whole + decimals))
        return "not a number with the mapping's \"decimal_sign\"";
    for (; decimals < PRICE_DECIMALS; decimals++)
        value *= 10;
    *millionths = negative ? -value : value;
    return NULL;
}

/* The parts of a day and time, in the calendar's own numbers. */
enum { YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, MOMENT_PARTS };

/* What a letter of a format stands for. */
struct part {
    char letter;
    int digits;
    int place; /* in the moment */
};

static const struct part parts[] = {
    {'Y', 4, YEAR  },
    {'y', 2, YEAR  },
    {'m', 2, MONTH },
    {'b', 0, MONTH },
    {'d', 2, DAY   },
    {'H', 2, HOUR  },
    {'M', 2, MINUTE},
    {'S', 2, SECOND},
};

static const struct part *part_find(char letter)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].letter == letter)
            return &parts[i];
    return NULL;
}

/* One number of a date; with `loose` one digit is enough. */
static bool number_part(const char **cell, int digits, bool loose, int *value)
{
    int64_t number = 0;
    int got = digits_read(cell, digits, &number);

    *value = (int)number;
    return got == digits || (loose && got);
}

static bool month_name(const char **cell, int *month)
{
    static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

    for (*month = 1; *month <= 12; ++*month)
        if (!strncmp(*cell, names + 3 * (*month - 1), 3)) {
            *cell += 3;
            return true;
        }
    return false;
}

/* Read what one % of the format stands for; `format` points at the letter or hyphen. */
static bool part_read(const char **cell, const char **format, int moment[])
{
    bool loose = **format == '-';
    const struct part *part;
    int *value;

    *format += loose;
    part = part_find(*(*format)++);
    if (!part)
        return *(*cell)++ == '%';
    value = &moment[part->place];
    if (part->letter == 'b')
        return month_name(cell, value);
    if (!number_part(cell, part->digits, loose, value))
        return false;
    if (part->letter == 'y')
        *value += 2000;
    return true;
}

static bool moment_read(const char *cell, const char *format, int moment[])
{
    while (*format) {
        if (*format == '%') {
            format++;
            if (!part_read(&cell, &format, moment))
                return false;
        } else if (*cell++ != *format++) {
            return false;
        }
    }
    return !*cell;
}

static bool time_exists(const int moment[])
{
    return moment[HOUR] < 24 && moment[MINUTE] < 60 && moment[SECOND] <= 60; /* a leap second */
}

const char *date_read(const char *cell, const char *format, int32_t *day)
{
    int moment[MOMENT_PARTS] = {0};
    struct calendar date;

    if (!moment_read(cell, format, moment))
        return "not a date as the mapping's \"date_format\" writes it";
    date = (struct calendar){moment[YEAR], moment[MONTH], moment[DAY]};
    if (date.year < CALENDAR_YEAR_MIN || date.year > CALENDAR_YEAR_MAX)
        return "not between the years 1990 and 2199";
    if (!calendar_exists(date) || !time_exists(moment))
        return "no day or time of the calendar";
    *day = (int32_t)(calendar_days(date) - CALENDAR_DAYS_2000);
    return NULL;
}

const char *date_format_check(const char *format)
{
    int seen[MOMENT_PARTS] = {0};

    for (; *format; format++) {
        const struct part *part;

        if (*format != '%' || *++format == '%')
            continue;
        format += *format == '-';
        part = part_find(*format);
        if (!part)
            return "knows %Y %y %m %b %d %H %M %S and %% only";
        if (seen[part->place]++)
            return "names a part of the date twice";
    }
    if (!seen[YEAR] || !seen[MONTH] || !seen[DAY])
        return "must name a year, a month and a day";
    return NULL;
}

bool country_is_valid(const char *text)
{
    return strlen(text) == 2 && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 2;
}

bool code_is_valid(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
    size_t len = strlen(text);

    return len >= 1 && len <= 40 && *text >= 'a' && *text <= 'z' && strspn(text, letters) == len;
}
