/* The names of columns, without what varies in them. */
#include "read/header.h"
#include "read/utf8.h"

#include <string.h>

/* The letters of U+00C0 to U+00FF, as they are compared; "?" stays itself. */
static const char latin[] = "aaaaaaaceeeeiiiidnooooo?ouuuuypsaaaaaaaceeeeiiiidnooooo?ouuuuypy";

static int is_gap(uint32_t c)
{
    return c == ' ' || c == '_' || c == '-' || (c >= '\t' && c <= '\r') || c == 0xa0 ||
           (c >= 0x2000 && c <= 0x200b) || (c >= 0x2010 && c <= 0x2014) || c == 0x202f ||
           c == 0x3000;
}

/* A letter as it is compared; 0 for what is nothing by itself: marks, accents written apart. */
static uint32_t fold(uint32_t c)
{
    if (c >= 'A' && c <= 'Z')
        return c + 32;
    if (c >= 0xc0 && c <= 0xff && latin[c - 0xc0] != '?')
        return (unsigned char)latin[c - 0xc0];
    if (c >= 0x300 && c <= 0x36f)
        return 0;
    if (c >= 0xff01 && c <= 0xff5e) /* full width */
        return fold(c - 0xfee0);
    if (c == 0xfeff)
        return 0;
    return c == 0x2019 || c == 0xb4 || c == '`' ? '\'' : c;
}

void header_key(char out[HEADER_KEY_SIZE], const char *name, size_t len)
{
    const char *end = name + len;
    size_t used = 0;
    int gap = 0;

    while (name < end) {
        uint32_t c = utf8_next(&name, end);
        char bytes[4];
        size_t n;

        if (is_gap(c)) {
            gap = used > 0;
            continue;
        }
        c = fold(c);
        if (!c)
            continue;
        n = utf8_write(bytes, c);
        if (used + (size_t)gap + n >= HEADER_KEY_SIZE)
            break;
        if (gap)
            out[used++] = ' ';
        memcpy(out + used, bytes, n);
        used += n;
        gap = 0;
    }
    while (used && (out[used - 1] == ':' || out[used - 1] == ' '))
        used--;
    out[used] = '\0';
}
