/* From a marketplace's reasons to our classes of events. */
#include "read/reason.h"

#include <ctype.h>
#include <string.h>

#define CODE_MAX 80

#define REASON(pattern, class)
#define CLASS(name, meaning) #name,
static const char *const names[] = {
#include "read/reasons.def"
};
#undef CLASS
#define CLASS(name, meaning) meaning,
static const char *const meanings[] = {
#include "read/reasons.def"
};
#undef CLASS
#undef REASON

struct reason {
    const char *pattern;
    enum event_class class;
};

#define CLASS(name, meaning)
#define REASON(pattern, class) (struct reason){pattern, EVENT_##class},
static const struct reason reasons[] = {
#include "read/reasons.def"
};
#undef CLASS
#undef REASON

const char *event_class_name(enum event_class class)
{
    return names[class < EVENT_CLASSES ? class : EVENT_unknown];
}

const char *event_class_meaning(enum event_class class)
{
    return meanings[class < EVENT_CLASSES ? class : EVENT_unknown];
}

bool event_class_named(const char *name, enum event_class *class)
{
    for (enum event_class c = 0; c < EVENT_CLASSES; c++) {
        if (!strcmp(names[c], name)) {
            *class = c;
            return true;
        }
    }
    return false;
}

/* The code as patterns write it; false if it is longer than any. */
static bool code_normalise(char out[CODE_MAX + 1], const char *code)
{
    size_t len;

    code += strspn(code, " \t");
    len = strlen(code);
    while (len && (code[len - 1] == ' ' || code[len - 1] == '\t'))
        len--;
    if (len > CODE_MAX)
        return false;
    for (size_t i = 0; i < len; i++)
        out[i] = (char)(code[i] == '-' || code[i] == ' ' ? '_' : toupper((unsigned char)code[i]));
    out[len] = '\0';
    if (!strncmp(out, "CR_", 3))
        memmove(out, out + 3, len - 2);
    return true;
}

/* How well a pattern fits: 0 not at all, else the more the longer it is, in full most of all. */
static size_t fit(const char *pattern, const char *code)
{
    size_t before = strcspn(pattern, "*"), behind, len = strlen(code);

    if (!pattern[before])
        return strcmp(pattern, code) ? 0 : CODE_MAX + 1;
    behind = strlen(pattern) - before - 1;
    if (len < before + behind || strncmp(code, pattern, before) != 0 ||
        strcmp(code + len - behind, pattern + before + 1) != 0)
        return 0;
    return before + behind;
}

static bool look_up(const char *code, enum event_class *class)
{
    size_t best = 0;

    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        size_t fits = fit(reasons[i].pattern, code);

        if (fits > best) {
            best = fits;
            *class = reasons[i].class;
        }
    }
    return best > 0;
}

bool reason_class(const char *code, enum event_class *class)
{
    static const char group[] = "AMZ_PG_";
    char plain[CODE_MAX + 1];

    *class = EVENT_unknown;
    if (!code_normalise(plain, code))
        return false;
    if (look_up(plain, class))
        return true;
    return !strncmp(plain, group, sizeof group - 1) && look_up(plain + sizeof group - 1, class);
}
