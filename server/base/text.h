#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

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
/** Append `len` bytes. */
void text_add(struct text *text, const void *bytes, size_t len);
/** Append a string. */
void text_puts(struct text *text, const char *string);
/** Append one byte. */
void text_putc(struct text *text, char byte);
/** Append formatted. */
void text_printf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** Append a string as JSON string, quotes included; NULL becomes null. */
void text_json(struct text *text, const char *string);
/** The same for `len` bytes. The bytes must be UTF-8. */
void text_json_len(struct text *text, const char *string, size_t len);

/** Whether `len` bytes are UTF-8 without NUL and controls other than tab and newlines. */
bool text_is_clean(const char *bytes, size_t len);
/** Characters (code points) of valid UTF-8. */
size_t text_length(const char *utf8);

#endif
