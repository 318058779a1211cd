#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/**
 * A text that grows at its end, in an arena.
 *
 * `bytes` is always NUL-terminated once something was added; it moves when the
 * text grows, so keep the struct and not the pointer. Old copies stay in the
 * arena: sizes double, so at most as much again is wasted.
 */
struct text {
    struct arena *arena;
    char *bytes;
    size_t len, size;
};

/** An empty text in `arena`. */
struct text text_new(struct arena *arena);
/** Make room for `more` bytes and the NUL. */
void text_grow(struct text *text, size_t more);

/** Append `len` bytes. Here, as the next two, because most are only a few bytes long. */
static inline void text_add(struct text *text, const void *bytes, size_t len)
{
    if (len >= text->size - text->len)
        text_grow(text, len);
    if (len)
        memcpy(text->bytes + text->len, bytes, len);
    text->len += len;
    text->bytes[text->len] = '\0';
}

/** Append a string. */
static inline void text_puts(struct text *text, const char *string)
{
    text_add(text, string, strlen(string));
}

/** Append one byte. */
static inline void text_putc(struct text *text, char byte)
{
    text_add(text, &byte, 1);
}

/** Append a whole number. */
void text_decimal(struct text *text, int64_t number);
/** Append a finite number, with the fewest digits that read back as the same number; -0 as 0. */
void text_number(struct text *text, double number);
/** Append formatted. */
void text_printf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** Append a string as JSON string, quotes included; NULL becomes null. */
void text_json(struct text *text, const char *string);
/** The same for `len` bytes. The bytes must be UTF-8. */
void text_json_len(struct text *text, const char *string, size_t len);

#define DECIMAL_SIZE 21 /* the longest whole number, its sign and its NUL */
/** Write a whole number in decimal; returns `out`. */
char *decimal_write(char out[DECIMAL_SIZE], int64_t number);
/** The same in the arena. */
const char *decimal_text(struct arena *arena, int64_t number);

/** Whether `len` bytes are UTF-8 without NUL and controls other than tab and newlines. */
bool text_is_clean(const char *bytes, size_t len);
/** Characters (code points) of valid UTF-8. */
size_t text_length(const char *utf8);
/** Bytes of the longest beginning of whole characters that has at most `most` bytes. */
size_t text_fit(const char *utf8, size_t most);

#endif
