/* Amounts, exactly. */
#include "read/convention.h"
#include "read/utf8.h"

#include <stddef.h>
#include <string.h>

#define BODY_MAX 40 /* characters: more than any amount has */

static const char not_a_number[] = "not a number in the way the column writes them";

const char *decimal_style_name(enum decimal_style style)
{
    return style == DECIMAL_COMMA ? "1.234,50" : "1,234.50";
}

/* An amount without its sign; blanks and apostrophes in it are one kind of mark. */
struct number {
    bool negative;
    size_t len;
    char body[BODY_MAX + 1];
};

static bool is_group_sign(uint32_t c)
{
    return c == ' ' || c == 0xa0 || c == 0x202f || c == '\'' || c == 0x2019;
}

/* The cell in plain characters: digits, . , ' and signs; false if there is another one. */
static bool plain(const char *cell, struct number *number)
{
    const char *end = cell + strlen(cell);

    while (cell < end) {
        uint32_t c = utf8_next(&cell, end);

        if (is_group_sign(c))
            c = '\'';
        else if (c == 0x2212)
            c = '-';
        else if (c > 0x7f || !c || !strchr("0123456789.,+-()", (int)c))
            return false;
        if (c == '\'' && !number->len)
            continue;
        if (number->len == BODY_MAX)
            return false;
        number->body[number->len++] = (char)c;
    }
    while (number->len && number->body[number->len - 1] == '\'')
        number->len--;
    number->body[number->len] = '\0';
    return number->len > 0;
}

/* Take `n` characters away at the beginning. */
static void behead(struct number *number, size_t n)
{
    n += strspn(number->body + n, "'");
    number->len -= n;
    memmove(number->body, number->body + n, number->len + 1);
}

static void curtail(struct number *number)
{
    number->len--;
    while (number->len && number->body[number->len - 1] == '\'')
        number->len--;
    number->body[number->len] = '\0';
}

/* Take one sign away: before, behind, or brackets around. */
static void sign_take(struct number *number)
{
    char first = number->body[0], last = number->body[number->len - 1];

    if (first == '(' && last == ')') {
        number->negative = true;
        curtail(number);
        behead(number, 1);
    } else if (first == '-' || first == '+') {
        number->negative = first == '-';
        behead(number, 1);
    } else if (last == '-' || last == '+') {
        number->negative = last == '-';
        curtail(number);
    }
}

static bool number_split(const char *cell, struct number *number)
{
    *number = (struct number){0};
    if (!plain(cell, number))
        return false;
    sign_take(number);
    return strspn(number->body, "0123456789.,'") == number->len && number->len;
}

static size_t digits_at(const char *text)
{
    return strspn(text, "0123456789");
}

/* Digits before the decimal mark, in groups of three or in one; NULL, or where they end. */
static const char *whole_end(const char *body, char decimal)
{
    size_t first = digits_at(body);
    const char *next = body + first;
    char group = *next;

    if (!group || group == decimal)
        return next;
    if (!first || first > 3 || *body == '0')
        return NULL; /* "0,123" and "1234,567" hold no groups */
    while (*next == group) {
        if (digits_at(next + 1) != 3)
            return NULL;
        next += 4;
    }
    return !*next || *next == decimal ? next : NULL;
}

static bool add_digit(int64_t *value, char digit)
{
    return !__builtin_mul_overflow(*value, 10, value) &&
           !__builtin_add_overflow(*value, digit - '0', value);
}

/* An exponent below 0 asks only for the form. */
static const char *number_value(const struct number *number, const char *whole, int exponent,
                                int64_t *value)
{
    const char *decimals = *whole ? whole + 1 : whole;
    bool fits = true;

    *value = 0;
    if (exponent < 0)
        return NULL;
    for (const char *c = number->body; c < whole; c++)
        if (*c >= '0' && *c <= '9')
            fits = fits && add_digit(value, *c);
    for (int i = 0; i < exponent; i++)
        fits = fits && add_digit(value, *decimals ? *decimals++ : '0');
    if (strspn(decimals, "0") != strlen(decimals))
        return "more decimals than the currency has";
    return fits ? NULL : "too large a number";
}

const char *decimal_cell_read(const char *cell, enum decimal_style style, int exponent,
                              int64_t *minor)
{
    char decimal = style == DECIMAL_COMMA ? ',' : '.';
    struct number number;
    const char *whole, *problem;
    int64_t value;

    if (exponent > DECIMAL_EXPONENT_MAX)
        return "in a currency with too many decimals";
    if (!number_split(cell, &number))
        return not_a_number;
    whole = whole_end(number.body, decimal);
    if (!whole || (*whole && (!digits_at(whole + 1) || whole[1 + digits_at(whole + 1)])))
        return not_a_number;
    problem = number_value(&number, whole, exponent, &value);
    if (!problem)
        *minor = number.negative ? -value : value;
    return problem;
}
