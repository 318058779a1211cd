/* Regular expressions of mappings. */
#include "import/pattern.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* How often a part may be written out, if all repetitions were within each other. */
#define COPIES_MAX 1000

/* The greater number of {2}, {2,} and {2,5}, at least 1; `text` is behind the brace. */
static long repetitions(const char *text)
{
    char *end;
    long least = strtol(text, &end, 10), most = *end == ',' ? strtol(end + 1, NULL, 10) : least;

    if (most < least)
        most = least;
    return most > 1 ? most : 1;
}

static bool is_too_much(const char *text)
{
    long copies = 1;

    for (const char *brace = text; (brace = strchr(brace, '{')); brace++) {
        long more = repetitions(brace + 1);

        if (more > COPIES_MAX)
            return true;
        copies *= more;
        if (copies > COPIES_MAX)
            return true;
    }
    return false;
}

static bool refers_back(const char *text)
{
    while ((text = strchr(text, '\\')) && *++text) {
        if (*text >= '1' && *text <= '9')
            return true;
        text++;
    }
    return false;
}

const char *pattern_compile(regex_t *pattern, const char *text, char *why, size_t size)
{
    int wrong;

    if (is_too_much(text))
        return "It repeats something more than a thousand times";
    if (refers_back(text))
        return "It refers back to what it has found";
    wrong = regcomp(pattern, text, REG_EXTENDED | REG_NOSUB);
    if (!wrong)
        return NULL;
    regerror(wrong, pattern, why, size);
    return why;
}
