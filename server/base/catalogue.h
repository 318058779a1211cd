#ifndef BASE_CATALOGUE_H
#define BASE_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

/**
 * What the service says to people, in every language it speaks.
 *
 * A language is a file <locale>.json in i18next v4 form; nested names become one
 * key with dots ("return.serial.hint"). English is complete by definition: what
 * another file lacks is English there. Filled once before any thread starts, and
 * only read afterwards.
 *
 * A file says in "language.ranges" which other language ranges it serves, as
 * zh-Hans does for zh and zh-CN.
 */
struct catalogue_entry {
    const char *key, *text;
};

/** Read all languages of a folder; false and a logged line if one is bad or English is missing. */
bool catalogue_load(const char *folder);
/** The text in that language, else in English; NULL if there is no such key. */
const char *catalogue_text(const char *locale, const char *key);
/** The entries whose key starts with `prefix`, in order of key; NULL if there are none. */
const struct catalogue_entry *catalogue_section(const char *locale, const char *prefix,
                                                size_t *count);
/** The language that fits an Accept-Language header best (RFC 4647 lookup); "en" if none does. */
const char *catalogue_locale(const char *accept_language);
/** The languages there are, English first; ends with NULL. */
const char *const *catalogue_locales(void);

#endif
