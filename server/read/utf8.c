/* UTF-8, a byte at a time and a character at a time. */
#include "read/utf8.h"

#include <string.h>

static bool sequence_begin(struct utf8 *utf8, unsigned char byte)
{
    if (byte < 0x80)
        return true;
    if (byte < 0xc2 || byte > 0xf4)
        return false;
    utf8->need = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    utf8->have = 1;
    utf8->low = byte == 0xe0 ? 0xa0 : byte == 0xf0 ? 0x90 : 0x80;  /* no overlong forms */
    utf8->high = byte == 0xed ? 0x9f : byte == 0xf4 ? 0x8f : 0xbf; /* no surrogates, no beyond */
    return true;
}

bool utf8_take(struct utf8 *utf8, unsigned char byte)
{
    if (!utf8->need)
        return sequence_begin(utf8, byte);
    if (byte < utf8->low || byte > utf8->high)
        return false;
    utf8->low = 0x80;
    utf8->high = 0xbf;
    utf8->have++;
    if (!--utf8->need)
        utf8->have = 0;
    return true;
}

size_t utf8_plain_run(const void *bytes, size_t len)
{
    const uint64_t ones = 0x0101010101010101, tops = ones << 7;
    size_t run = 0;

    for (uint64_t word; len - run >= sizeof word; run += sizeof word) {
        memcpy(&word, (const char *)bytes + run, sizeof word);
        if ((word | (word - ones)) & tops)
            break;
    }
    return run;
}

uint32_t utf8_next(const char **text, const char *end)
{
    const unsigned char *s = (const unsigned char *)*text;
    size_t left = (size_t)(end - *text), len;
    uint32_t point;

    if (!left)
        return 0;
    len = *s < 0xc0 ? 1 : *s < 0xe0 ? 2 : *s < 0xf0 ? 3 : 4;
    if (len > left)
        len = 1;
    *text += len;
    if (len == 1)
        return *s;
    point = *s & (0xffu >> (len + 1));
    for (size_t i = 1; i < len; i++)
        point = point << 6 | (s[i] & 0x3fu);
    return point;
}

size_t utf8_write(char out[4], uint32_t point)
{
    size_t len = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;

    if (len == 1) {
        out[0] = (char)point;
        return 1;
    }
    for (size_t i = len - 1; i; i--, point >>= 6)
        out[i] = (char)(0x80 | (point & 0x3f));
    out[0] = (char)(0xf00u >> len | point);
    return len;
}
