/* What a field must be: one check for each type. */
#include "http/field.h"
#include "base/calendar.h"
#include "base/currency.h"
#include "base/id.h"
#include "base/text.h"
#include "http/figure.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_BYTES_MAX 16384L
#define EMAIL_MAX      254
#define PASSWORD_MAX   128

static const struct field_fault fine = {NULL, NULL};
static const struct field_fault malformed = {"malformed", "It does not have the right form."};

/* Whether `word` is one of the words in `words`. */
static bool is_one_of(const char *words, const char *word)
{
    size_t len = strlen(word);

    for (const char *next = words; len && (next = strstr(next, word)); next += len)
        if ((next == words || next[-1] == ' ') && (next[len] == ' ' || !next[len]))
            return !strchr(word, ' ');
    return false;
}

static struct field_fault check_text(struct arena *arena, const struct field *field,
                                     const char *text, const char **value)
{
    size_t length = text_length(text), bytes = strlen(text);

    if (!text_is_clean(text, bytes))
        return (struct field_fault){"malformed", "It has control characters or is not UTF-8."};
    if (field->one_of && !is_one_of(field->one_of, text))
        return (struct field_fault){"not_one_of",
                                    arena_printf(arena, "It must be one of: %s.", field->one_of)};
    if (length < (size_t)field->min)
        return (struct field_fault){
            "too_short", arena_printf(arena, "It needs at least %ld characters.", field->min)};
    if (field->max && length > (size_t)field->max)
        return (struct field_fault){
            "too_long", arena_printf(arena, "It may have at most %ld characters.", field->max)};
    if (bytes > (size_t)TEXT_BYTES_MAX)
        return (struct field_fault){"too_long", "It is too long."};
    *value = arena_strdup(arena, text);
    return fine;
}

static struct field_fault check_integer(struct arena *arena, const struct field *field,
                                        const char *text, const char **value)
{
    size_t sign = *text == '-', digits = strspn(text + sign, "0123456789");
    long number = strtol(text, NULL, 10);

    if (!digits || digits > 18 || text[sign + digits])
        return malformed;
    if (number < field->min || number > field->max)
        return (struct field_fault){
            "out_of_range",
            arena_printf(arena, "It must be from %ld to %ld.", field->min, field->max)};
    *value = arena_printf(arena, "%ld", number);
    return fine;
}

/* Whether `text` starts like the picture: '0' is a digit, anything else itself. */
static bool looks_like(const char *text, const char *picture)
{
    for (; *picture; picture++, text++)
        if (*picture == '0' ? !isdigit((unsigned char)*text) : *text != *picture)
            return false;
    return !*text;
}

static struct field_fault check_day(struct arena *arena, const char *text, const char **value)
{
    struct calendar day = {(int)strtol(text, NULL, 10), (int)strtol(text + 5, NULL, 10),
                           (int)strtol(text + 8, NULL, 10)};

    if (!calendar_exists(day))
        return (struct field_fault){"malformed", "There is no such day."};
    if (day.year < CALENDAR_YEAR_MIN || day.year > CALENDAR_YEAR_MAX)
        return (struct field_fault){"out_of_range", "The year must be from 1990 to 2199."};
    *value = arena_strdup(arena, text);
    return fine;
}

static struct field_fault check_date(struct arena *arena, const char *text, const char **value)
{
    return looks_like(text, "0000-00-00") ? check_day(arena, text, value) : malformed;
}

static struct field_fault check_month(struct arena *arena, const char *text, const char **value)
{
    if (!looks_like(text, "0000-00"))
        return malformed;
    return check_day(arena, arena_printf(arena, "%s-01", text), value);
}

/* People copy serials from plates with blanks and in any case. */
static struct field_fault check_serial(struct arena *arena, const char *text, const char **value)
{
    size_t len = 0;
    char *folded = arena_alloc(arena, strlen(text) + 1);

    for (; *text; text++)
        if (*text != ' ')
            folded[len++] = (char)toupper((unsigned char)*text);
    if (len < 3 || len > 40 || !isalnum((unsigned char)*folded) ||
        strspn(folded, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./_-") != len)
        return malformed;
    *value = folded;
    return fine;
}

/* Two labels or more: no dot at an end, nor two together. */
static bool is_domain(const char *text)
{
    return strchr(text, '.') && *text != '.' && text[strlen(text) - 1] != '.' &&
           !strstr(text, "..");
}

static struct field_fault check_email(struct arena *arena, const char *text, const char **value)
{
    const char *at = strchr(text, '@');
    char *folded = arena_strdup(arena, text);

    if (!at || at == text || at - text > 64 || strchr(at + 1, '@') || !is_domain(at + 1) ||
        strlen(text) > EMAIL_MAX)
        return malformed;
    for (char *c = folded; *c; c++) {
        if ((unsigned char)*c <= ' ' || (unsigned char)*c >= 0x7f || strchr("\"(),:;<>[\\]", *c))
            return malformed;
        *c = (char)tolower((unsigned char)*c);
    }
    *value = folded;
    return fine;
}

static struct field_fault check_country(struct arena *arena, const char *text, const char **value)
{
    if (strlen(text) != 2 || strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 2)
        return malformed;
    *value = arena_strdup(arena, text);
    return fine;
}

static struct field_fault check_currency(struct arena *arena, const char *text, const char **value)
{
    if (!currency_is_valid(text))
        return malformed;
    *value = arena_strdup(arena, text);
    return fine;
}

static struct field_fault check_phone(struct arena *arena, const char *text, const char **value)
{
    size_t len = strlen(text);

    if (len < 8 || len > 16 || text[0] != '+' || text[1] == '0' ||
        strspn(text + 1, "0123456789") != len - 1)
        return (struct field_fault){"malformed", "It must be + and the country code, digits only."};
    *value = arena_strdup(arena, text);
    return fine;
}

static struct field_fault check_code(struct arena *arena, const char *text, const char **value)
{
    size_t len = strlen(text);

    if (!islower((unsigned char)*text) || len > 40 ||
        strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_") != len)
        return malformed;
    *value = arena_strdup(arena, text);
    return fine;
}

static struct field_fault check_id(struct arena *arena, const char *text, const char **value)
{
    if (!id_is_valid(text))
        return malformed;
    *value = arena_strdup(arena, text);
    return fine;
}

static struct field_fault check_boolean(struct arena *arena, const char *text, const char **value)
{
    if (strcmp(text, "true") && strcmp(text, "false"))
        return malformed;
    *value = arena_strdup(arena, text);
    return fine;
}

static struct field_fault check_password(struct arena *arena, const char *text, const char **value)
{
    if (strlen(text) > PASSWORD_MAX)
        return (struct field_fault){"too_long", "It is too long."};
    *value = arena_strdup(arena, text);
    return fine;
}

/* That it is one was seen where it was read. */
static struct field_fault check_object(struct arena *arena, const char *text, const char **value)
{
    *value = arena_strdup(arena, text);
    return fine;
}

struct field_fault field_check(struct arena *arena, const struct field *field, const char *text,
                               const char **value)
{
    static struct field_fault (*const checks[NFIELD_TYPES])(struct arena *, const char *,
                                                            const char **) = {
        [BOOLEAN] = check_boolean, [DATE] = check_date,         [MONTH] = check_month,
        [ID] = check_id,           [SERIAL] = check_serial,     [EMAIL] = check_email,
        [COUNTRY] = check_country, [CURRENCY] = check_currency, [PHONE] = check_phone,
        [CODE] = check_code,       [PASSWORD] = check_password, [OBJECT] = check_object,
    };

    if (field->type == TEXT)
        return check_text(arena, field, text, value);
    if (field->type == INTEGER)
        return check_integer(arena, field, text, value);
    if (figure_is(field))
        return (struct field_fault){"wrong_type", "It takes figures, not a text."};
    return checks[field->type](arena, text, value);
}

static const char *words_schema(struct arena *arena, const char *words)
{
    struct text text = text_new(arena);

    text_puts(&text, "\"type\":\"string\",\"enum\":[");
    for (const char *word = words; *word;) {
        size_t len = strcspn(word, " ");

        text_puts(&text, word == words ? "" : ",");
        text_json_len(&text, word, len);
        word += len + (word[len] == ' ');
    }
    text_putc(&text, ']');
    return text.bytes;
}

const char *field_schema(struct arena *arena, const struct field *field)
{
    static const char *const fixed[NFIELD_TYPES] = {
        [BOOLEAN] = "\"type\":\"boolean\"",
        [DATE] = "\"type\":\"string\",\"format\":\"date\"",
        [MONTH] = "\"type\":\"string\",\"pattern\":\"^[0-9]{4}-[0-9]{2}$\"",
        [ID] = "\"type\":\"string\",\"pattern\":\"^[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}$\"",
        [SERIAL] = "\"type\":\"string\",\"minLength\":3,\"maxLength\":80",
        [EMAIL] = "\"type\":\"string\",\"format\":\"email\",\"maxLength\":254",
        [COUNTRY] = "\"type\":\"string\",\"pattern\":\"^[A-Z]{2}$\"",
        [CURRENCY] = "\"type\":\"string\",\"pattern\":\"^[A-Z]{3}$\"",
        [PHONE] = "\"type\":\"string\",\"pattern\":\"^\\\\+[1-9][0-9]{6,14}$\"",
        [CODE] = "\"type\":\"string\",\"pattern\":\"^[a-z][a-z0-9_]{0,39}$\"",
        [PASSWORD] = "\"type\":\"string\",\"format\":\"password\",\"maxLength\":128",
        [OBJECT] = "\"type\":\"object\"",
    };

    if (figure_is(field))
        return figure_schema(arena, field);
    if (field->one_of)
        return words_schema(arena, field->one_of);
    if (field->type == TEXT)
        return arena_printf(arena, "\"type\":\"string\",\"minLength\":%ld,\"maxLength\":%ld",
                            field->min, field->max ? field->max : TEXT_BYTES_MAX);
    if (field->type == INTEGER)
        return arena_printf(arena, "\"type\":\"integer\",\"minimum\":%ld,\"maximum\":%ld",
                            field->min, field->max);
    return fixed[field->type];
}
