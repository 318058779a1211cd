#ifndef READ_UTF8_H
#define READ_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Where a strict reader of UTF-8 (RFC 3629) stands between two bytes; zeroed: at a beginning. */
struct utf8 {
    uint8_t need;      /* bytes that the sequence still lacks */
    uint8_t have;      /* bytes of it that were taken */
    uint8_t low, high; /* what its next byte may be */
};

/** Take one byte; false if it cannot stand here (overlong forms and surrogates included). */
bool utf8_take(struct utf8 *utf8, unsigned char byte);

/** How many of `len` bytes from the first on are ASCII and not NUL, in whole words of eight. */
size_t utf8_plain_run(const void *bytes, size_t len);

/**
 * The code point at `*text`, which moves behind it; 0 at `end`. The text must be UTF-8:
 * a byte that is not is taken as the code point of its number.
 */
uint32_t utf8_next(const char **text, const char *end);

/** Write a code point below 0x110000; returns its length, 1 to 4. */
size_t utf8_write(char out[4], uint32_t point);

#endif
