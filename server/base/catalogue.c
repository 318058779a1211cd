/* Texts by language and key, and the choice of a language. */
#include "base/catalogue.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/weight.h"

#include <dirent.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define LOCALES_MAX 64
#define RANGES_MAX  16 /* of one Accept-Language; who lists more is not a reader */
#define RANGE_SIZE  36 /* RFC 5646 4.4.1 asks for 35 characters */

struct language {
    const char *locale;
    struct catalogue_entry *entries; /* in order of key */
    size_t count, size;
};

static struct arena memory;
static struct language languages[LOCALES_MAX];
static const char *locales[LOCALES_MAX + 1];
static size_t nlanguages;

static bool language_read(struct language *language, const char *folder);
static bool language_flatten(struct language *language, const char *prefix, json_t *object);
static void language_add(struct language *language, const char *key, const char *text);
static void language_complete(struct language *language);

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct catalogue_entry *)a)->key,
                  ((const struct catalogue_entry *)b)->key);
}

/* English first, the others by name. */
static int by_locale(const void *a, const void *b)
{
    const char *left = ((const struct language *)a)->locale;
    const char *right = ((const struct language *)b)->locale;
    int english = !strcmp(right, "en") - !strcmp(left, "en");

    return english ? english : strcmp(left, right);
}

static void forget_all(void)
{
    for (size_t i = 0; i < nlanguages; i++)
        free(languages[i].entries);
    arena_clear(&memory);
    memset(languages, 0, sizeof languages);
    memset(locales, 0, sizeof locales);
    nlanguages = 0;
}

/* Name the languages after the files of the folder. */
static void find_languages(DIR *dir)
{
    struct dirent *entry;

    while ((entry = readdir(dir)) && nlanguages < LOCALES_MAX) {
        size_t len = strlen(entry->d_name);

        if (len > 5 && !strcmp(entry->d_name + len - 5, ".json") && entry->d_name[0] != '.')
            languages[nlanguages++].locale = arena_strndup(&memory, entry->d_name, len - 5);
    }
    qsort(languages, nlanguages, sizeof *languages, by_locale);
}

bool catalogue_load(const char *folder)
{
    DIR *dir = opendir(folder);

    forget_all();
    if (dir) {
        find_languages(dir);
        closedir(dir);
    }
    if (!nlanguages || strcmp(languages[0].locale, "en") != 0) {
        log_event(LOG_ERROR, "catalogue_missing", "folder", folder, "need", "en.json", NULL);
        return false;
    }
    for (size_t i = 0; i < nlanguages; i++) {
        if (!language_read(&languages[i], folder))
            return false;
        language_complete(&languages[i]);
        locales[i] = languages[i].locale;
    }
    return true;
}

static bool language_read(struct language *language, const char *folder)
{
    const char *path = arena_printf(&memory, "%s/%s.json", folder, language->locale);
    json_error_t error;
    json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    bool good = root && language_flatten(language, "", root);

    if (!root)
        log_event(LOG_ERROR, "catalogue_unreadable", "file", path, "reason", error.text, NULL);
    else if (!good)
        log_event(LOG_ERROR, "catalogue_unreadable", "file", path, "reason",
                  "a value is neither text nor an object", NULL);
    json_decref(root);
    return good;
}

static bool language_flatten(struct language *language, const char *prefix, json_t *object)
{
    const char *name;
    json_t *value;

    if (!json_is_object(object))
        return false;
    json_object_foreach(object, name, value)
    {
        const char *key = arena_printf(&memory, "%s%s%s", prefix, *prefix ? "." : "", name);

        if (json_is_string(value))
            language_add(language, key, arena_strdup(&memory, json_string_value(value)));
        else if (!language_flatten(language, key, value))
            return false;
    }
    return true;
}

static void language_add(struct language *language, const char *key, const char *text)
{
    if (language->count == language->size) {
        language->size = language->size ? language->size * 2 : 256;
        language->entries = xrealloc(language->entries, language->size * sizeof *language->entries);
    }
    language->entries[language->count++] = (struct catalogue_entry){key, text};
}

static const char *language_text(const struct language *language, const char *key)
{
    struct catalogue_entry wanted = {.key = key};
    struct catalogue_entry *found = NULL;

    if (language->count)
        found = bsearch(&wanted, language->entries, language->count, sizeof wanted, by_key);
    return found ? found->text : NULL;
}

/* Put in order, and fill from English, which is complete already, what is missing. */
static void language_complete(struct language *language)
{
    const struct language *english = &languages[0];
    struct language missing = {0};

    if (language->count)
        qsort(language->entries, language->count, sizeof *language->entries, by_key);
    for (size_t i = 0; language != english && i < english->count; i++)
        if (!language_text(language, english->entries[i].key))
            language_add(&missing, english->entries[i].key, english->entries[i].text);
    for (size_t i = 0; i < missing.count; i++)
        language_add(language, missing.entries[i].key, missing.entries[i].text);
    if (missing.count)
        qsort(language->entries, language->count, sizeof *language->entries, by_key);
    free(missing.entries);
}

static const struct language *language_named(const char *locale)
{
    for (size_t i = 0; i < nlanguages; i++)
        if (!strcasecmp(languages[i].locale, locale))
            return &languages[i];
    return &languages[0];
}

const char *catalogue_text(const char *locale, const char *key)
{
    return language_text(language_named(locale), key);
}

const struct catalogue_entry *catalogue_section(const char *locale, const char *prefix,
                                                size_t *count)
{
    const struct language *language = language_named(locale);
    size_t len = strlen(prefix), first = 0, end;

    while (first < language->count && strncmp(language->entries[first].key, prefix, len) != 0)
        first++;
    for (end = first; end < language->count; end++)
        if (strncmp(language->entries[end].key, prefix, len) != 0)
            break;
    *count = end - first;
    return *count ? language->entries + first : NULL;
}

const char *const *catalogue_locales(void)
{
    return locales;
}

/* Whether a blank-separated list has this word, whatever its case. */
static bool list_has(const char *list, const char *word)
{
    size_t len = strlen(word);

    for (; list && *list; list += strspn(list, " ")) {
        size_t item = strcspn(list, " ");

        if (item == len && !strncasecmp(list, word, len))
            return true;
        list += item;
    }
    return false;
}

/* RFC 4647 3.4: cut the range at its end until something fits. */
static const char *range_lookup(const struct weighted *range)
{
    char tag[RANGE_SIZE] = "";

    if (range->len < sizeof tag)
        memcpy(tag, range->word, range->len);
    while (*tag) {
        char *cut;

        for (size_t i = 0; i < nlanguages; i++)
            if (!strcasecmp(languages[i].locale, tag) ||
                list_has(language_text(&languages[i], "language.ranges"), tag))
                return languages[i].locale;
        cut = strrchr(tag, '-');
        if (cut && cut - tag >= 2 && cut[-2] == '-')
            cut -= 2; /* a single letter announces what was cut: it goes too */
        if (!cut)
            break;
        *cut = '\0';
    }
    return NULL;
}

const char *catalogue_locale(const char *accept_language)
{
    struct weighted ranges[RANGES_MAX];
    size_t count = 0;

    while (accept_language && count < RANGES_MAX &&
           (accept_language = weight_next(accept_language, &ranges[count])))
        count++;
    for (;;) {
        struct weighted *best = NULL;
        const char *locale;

        for (size_t i = 0; i < count; i++)
            if (ranges[i].weight > 0 && (!best || ranges[i].weight > best->weight))
                best = &ranges[i];
        if (!best)
            return "en";
        locale = range_lookup(best);
        if (locale)
            return locale;
        best->weight = 0;
    }
}
