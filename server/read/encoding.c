/* Which encoding a file is in. */
#include "read/encoding.h"

#include <ctype.h>
#include <string.h>

const char *encoding_name(enum encoding encoding)
{
    static const char *const names[] = {
        [ENCODING_UTF8] = "UTF-8",        [ENCODING_UTF16LE] = "UTF-16LE",
        [ENCODING_UTF16BE] = "UTF-16BE",  [ENCODING_WINDOWS_1252] = "Windows-1252",
        [ENCODING_CP932] = "Windows-31J", [ENCODING_GB18030] = "GB18030",
    };

    return encoding < ENCODINGS ? names[encoding] : "unknown";
}

/* In small letters and digits only. UTF-16 is not here: it has a mark, or is not believed. */
static const struct alias {
    const char *name;
    enum encoding encoding;
} aliases[] = {
    {"utf8",        ENCODING_UTF8        },
    {"usascii",     ENCODING_UTF8        },
    {"ascii",       ENCODING_UTF8        },
    {"windows1252", ENCODING_WINDOWS_1252},
    {"cp1252",      ENCODING_WINDOWS_1252},
    {"iso88591",    ENCODING_WINDOWS_1252},
    {"latin1",      ENCODING_WINDOWS_1252},
    {"cp932",       ENCODING_CP932       },
    {"windows31j",  ENCODING_CP932       },
    {"ms932",       ENCODING_CP932       },
    {"shiftjis",    ENCODING_CP932       },
    {"sjis",        ENCODING_CP932       },
    {"gb18030",     ENCODING_GB18030     },
    {"gbk",         ENCODING_GB18030     },
    {"cp936",       ENCODING_GB18030     },
    {"gb2312",      ENCODING_GB18030     },
};

bool encoding_named(const char *name, enum encoding *encoding)
{
    char plain[16];
    size_t len = 0;

    for (; *name; name++) {
        if (!strchr(" -_", *name)) {
            if (len == sizeof plain - 1)
                return false;
            plain[len++] = (char)tolower((unsigned char)*name);
        }
    }
    plain[len] = '\0';
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++) {
        if (!strcmp(aliases[i].name, plain)) {
            *encoding = aliases[i].encoding;
            return true;
        }
    }
    return false;
}

static void utf8_look(struct encoding_finder *finder, const unsigned char *bytes, size_t len)
{
    struct utf8 *utf8 = &finder->utf8;

    for (size_t i = 0; i < len; i++) {
        bool within = utf8->need;
        uint8_t have = utf8->have;

        if (!within)
            i += utf8_plain_run(bytes + i, len - i);
        if (i == len)
            break;
        if (!utf8_take(utf8, bytes[i])) {
            finder->not_utf8 = true;
            finder->not_utf8_at = finder->seen + i - have;
            return;
        }
        finder->sequences += within && !utf8->need;
    }
}

void encoding_look(struct encoding_finder *finder, const void *bytes, size_t len)
{
    const unsigned char *next = bytes;

    for (size_t i = 0; i < len && finder->seen + i < sizeof finder->head; i++)
        finder->head[finder->seen + i] = next[i];
    if (!finder->not_utf8)
        utf8_look(finder, next, len);
    finder->seen += len;
}

static bool has_mark(const struct encoding_finder *finder, const char *mark, size_t len)
{
    return finder->seen >= len && !memcmp(finder->head, mark, len);
}

static bool mark_found(const struct encoding_finder *finder, struct encoding_found *found)
{
    static const struct {
        const char *bytes;
        size_t len;
        enum encoding encoding;
    } marks[] = {
        {"\xef\xbb\xbf", 3, ENCODING_UTF8   },
        {"\xff\xfe",     2, ENCODING_UTF16LE},
        {"\xfe\xff",     2, ENCODING_UTF16BE},
    };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (has_mark(finder, marks[i].bytes, marks[i].len)) {
            found->encoding = marks[i].encoding;
            found->mark = marks[i].len;
            return true;
        }
    }
    return false;
}

struct encoding_found encoding_decide(const struct encoding_finder *finder,
                                      const enum encoding *declared, const enum encoding *hint)
{
    struct encoding_found found = {
        .not_utf8 = finder->not_utf8 || finder->utf8.need,
        .not_utf8_at = finder->not_utf8 ? finder->not_utf8_at : finder->seen - finder->utf8.have,
        .sequences = finder->sequences,
    };

    if (!found.not_utf8)
        found.not_utf8_at = 0;
    if (mark_found(finder, &found))
        return found;
    if (declared)
        found.encoding = *declared;
    else if (!found.not_utf8)
        found.encoding = ENCODING_UTF8;
    else
        found.encoding = hint ? *hint : ENCODING_WINDOWS_1252;
    return found;
}
