/* What the words of reports mean. */
#include "read/status.h"
#include "read/header.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct row {
    enum status_list list;
    const char *words; /* between bars */
    enum status_meaning meaning;
    enum event_class class;
};

#define STATUS(list, words, meaning, class) \
    (struct row){STATUS_##list, words, STATUS_##meaning, EVENT_##class},
static const struct row statuses[] = {
#include "read/statuses.def"
};
#undef STATUS

static bool has_word(const char *words, const char *key)
{
    char known[HEADER_KEY_SIZE];

    for (;;) {
        size_t len = strcspn(words, "|");

        header_key(known, words, len);
        if (!strcmp(known, key))
            return true;
        if (!words[len])
            return false;
        words += len + 1;
    }
}

struct status status_find(enum status_list list, const char *word)
{
    char key[HEADER_KEY_SIZE];

    header_key(key, word, strlen(word));
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        if (statuses[i].list == list && has_word(statuses[i].words, key))
            return (struct status){statuses[i].meaning, statuses[i].class};
    return (struct status){STATUS_UNKNOWN, EVENT_unknown};
}
