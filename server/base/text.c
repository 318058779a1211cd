/* Growing text, JSON quoting, and what may pass as text at all. */
#include "base/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_SIZE  1024
#define LIKELY_MORE 64

struct text text_new(struct arena *arena)
{
    return (struct text){.arena = arena};
}

void text_grow(struct text *text, size_t more)
{
    size_t size = text->size ? text->size : FIRST_SIZE;
    char *bytes;

    if (more < text->size - text->len)
        return;
    if (more >= SIZE_MAX / 4 - text->len)
        abort();
    while (size <= text->len + more)
        size *= 2;
    bytes = arena_alloc(text->arena, size);
    if (text->len)
        memcpy(bytes, text->bytes, text->len);
    text->bytes = bytes;
    text->size = size;
}

/* printf() takes ten times as long, and there are numbers in every answer. */
char *decimal_write(char out[DECIMAL_SIZE], int64_t number)
{
    char digits[DECIMAL_SIZE], *end = digits + sizeof digits;
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

    *--end = '\0';
    do
        *--end = (char)('0' + left % 10);
    while (left /= 10);
    if (number < 0)
        *--end = '-';
    return memcpy(out, end, (size_t)(digits + sizeof digits - end));
}

const char *decimal_text(struct arena *arena, int64_t number)
{
    return decimal_write(arena_alloc(arena, DECIMAL_SIZE), number);
}

void text_decimal(struct text *text, int64_t number)
{
    char digits[DECIMAL_SIZE];

    text_puts(text, decimal_write(digits, number));
}

/* Most figures have few digits; only some need all 17 to come back as they were. */
void text_number(struct text *text, double number)
{
    char digits[32];

    number += 0.0; /* what is nothing has no sign */
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, number);
        if (precision == 17 || strtod(digits, NULL) == number)
            break;
    }
    text_puts(text, digits);
}

void text_printf(struct text *text, const char *format, ...)
{
    va_list args, again;
    int len;

    va_start(args, format);
    va_copy(again, args);
    text_grow(text, LIKELY_MORE); /* most fit, and are formatted once */
    len = vsnprintf(text->bytes + text->len, text->size - text->len, format, args);
    va_end(args);
    if (len < 0)
        abort();
    if ((size_t)len >= text->size - text->len) {
        text_grow(text, (size_t)len);
        vsnprintf(text->bytes + text->len, (size_t)len + 1, format, again);
    }
    va_end(again);
    text->len += (size_t)len;
}

static void json_escape(struct text *text, unsigned char byte)
{
    static const char letters[] = "btn\0fr";

    if (byte == '"' || byte == '\\')
        text_printf(text, "\\%c", byte);
    else if (byte >= '\b' && byte <= '\r' && letters[byte - '\b'])
        text_printf(text, "\\%c", letters[byte - '\b']);
    else
        text_printf(text, "\\u%04x", byte);
}

/* What may not stand in a JSON string as it is, and DEL. */
static const bool escaped[256] = {[0 ... 0x1f] = true, ['"'] = true, ['\\'] = true, [0x7f] = true};

void text_json_len(struct text *text, const char *string, size_t len)
{
    const unsigned char *next = (const unsigned char *)string;
    const unsigned char *end = next + len;

    text_putc(text, '"');
    while (next < end) {
        const unsigned char *plain = next;

        while (next < end && !escaped[*next])
            next++;
        text_add(text, plain, (size_t)(next - plain));
        if (next < end)
            json_escape(text, *next++);
    }
    text_putc(text, '"');
}

void text_json(struct text *text, const char *string)
{
    if (string)
        text_json_len(text, string, strlen(string));
    else
        text_puts(text, "null");
}

/* Length of the UTF-8 sequence at `s`, 0 if it is not one (RFC 3629). */
static size_t utf8_sequence(const unsigned char *s, size_t len)
{
    unsigned char low = 0x80, high = 0xbf;
    size_t need;

    if (s[0] < 0x80)
        return 1;
    if (s[0] < 0xc2 || s[0] > 0xf4)
        return 0;
    need = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
    if (s[0] == 0xe0)
        low = 0xa0; /* overlong */
    else if (s[0] == 0xed)
        high = 0x9f; /* surrogates */
    else if (s[0] == 0xf0)
        low = 0x90; /* overlong */
    else if (s[0] == 0xf4)
        high = 0x8f; /* beyond U+10FFFF */
    if (len < need || s[1] < low || s[1] > high)
        return 0;
    for (size_t i = 2; i < need; i++)
        if (s[i] < 0x80 || s[i] > 0xbf)
            return 0;
    return need;
}

/* C0 but for tab and newlines, DEL, and C1, which is two bytes. */
static bool is_control(const unsigned char *s)
{
    if (*s < 0x20)
        return *s != '\t' && *s != '\n' && *s != '\r';
    return *s == 0x7f || (*s == 0xc2 && s[1] < 0xa0);
}

/* 0x80 in each byte of the word that is `byte`, 0 in the others. */
static uint64_t bytes_equal(uint64_t word, uint64_t byte)
{
    const uint64_t ones = 0x0101010101010101, low = 0x7f * ones;
    uint64_t apart = word ^ (byte * ones);

    return ~(((apart & low) + low) | apart | low);
}

/* Whether eight bytes are ASCII, and no control but tab and newlines: nearly all are. */
static bool is_plain(const unsigned char *s)
{
    const uint64_t ones = 0x0101010101010101, tops = 0x80 * ones;
    uint64_t word, allowed;

    memcpy(&word, s, sizeof word);
    allowed = bytes_equal(word, '\t') | bytes_equal(word, '\n') | bytes_equal(word, '\r');
    word |= allowed >> 2; /* as if they were printable */
    return !((word | (word - 0x20 * ones) | (word + ones)) & tops);
}

bool text_is_clean(const char *bytes, size_t len)
{
    const unsigned char *s = (const unsigned char *)bytes;

    while (len) {
        size_t step =
            len >= sizeof(uint64_t) && is_plain(s) ? sizeof(uint64_t) : utf8_sequence(s, len);

        if (!step || is_control(s))
            return false;
        s += step;
        len -= step;
    }
    return true;
}

size_t text_length(const char *utf8)
{
    size_t length = 0;

    for (; *utf8; utf8++)
        length += ((unsigned char)*utf8 & 0xc0) != 0x80;
    return length;
}

size_t text_fit(const char *utf8, size_t most)
{
    size_t len = strnlen(utf8, most + 1);

    if (len <= most)
        return len;
    for (len = most; len && ((unsigned char)utf8[len] & 0xc0) == 0x80;)
        len--;
    return len;
}
