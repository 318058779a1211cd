#ifndef HTTP_SHELL_H
#define HTTP_SHELL_H

#include "base/text.h"

#include <stdbool.h>

/**
 * A page's shell and what its {{placeholders}} stand for:
 *
 *   {{return.title}}           a text of the catalogue, or one of `values`
 *   {{asset:main.css}}         the URL of an asset
 *   {{part:header}}            the file _header.html, rendered in this place
 *   {{texts:return.js reason}} the texts of these sections as JSON, for a script element
 *   {{languages}}              a link to this page in every language
 *
 * All but a part are escaped. There are no loops or conditions on purpose:
 * what needs them is data, and data comes from the API.
 */
struct shell {
    const char *locale;
    const char *page;   /* "return"; "" for the home page */
    const char *folder; /* where parts are */
    const struct shell_value {
        const char *name, *value;
    } * values;                             /* ends with a NULL name */
    const char *(*asset)(const char *name); /* NULL if there is no such asset */
};

/** Append `source` with everything filled in; false and a logged sentence if something is unknown.
 */
bool shell_render(struct text *out, const struct shell *shell, const char *source);
/** A whole file as text in `arena`; NULL and a logged sentence if it cannot be read. */
char *shell_read(struct arena *arena, const char *folder, const char *name, size_t *len);
/** The locale as a path segment: "zh-hans" for "zh-Hans". */
char *shell_segment(struct arena *arena, const char *locale);

#endif
