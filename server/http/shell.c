/* Fills the placeholders of page shells. */
#include "http/shell.h"
#include "base/catalogue.h"
#include "base/log.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define FILE_MAX  (4 * 1024 * 1024)
#define DEPTH_MAX 4 /* of parts within parts */

static bool render(struct text *out, const struct shell *shell, const char *source, int depth);

char *shell_read(struct arena *arena, const char *folder, const char *name, size_t *len)
{
    char *path = arena_printf(arena, "%s/%s", folder, name);
    FILE *file = fopen(path, "re");
    char *bytes = NULL;
    long size = -1;

    if (file && !fseek(file, 0, SEEK_END) && (size = ftell(file)) >= 0 && size <= FILE_MAX) {
        rewind(file);
        bytes = arena_alloc(arena, (size_t)size + 1);
        if (fread(bytes, 1, (size_t)size, file) != (size_t)size)
            bytes = NULL;
    }
    if (file)
        fclose(file);
    if (!bytes)
        log_event(LOG_ERROR, "file_unreadable", "file", path, NULL);
    *len = bytes ? (size_t)size : 0;
    return bytes;
}

char *shell_segment(struct arena *arena, const char *locale)
{
    char *segment = arena_strdup(arena, locale);

    for (char *c = segment; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    return segment;
}

static void add_escaped(struct text *out, const char *string)
{
    for (; *string; string++) {
        switch (*string) {
        case '&':
            text_puts(out, "&amp;");
            break;
        case '<':
            text_puts(out, "&lt;");
            break;
        case '>':
            text_puts(out, "&gt;");
            break;
        case '"':
            text_puts(out, "&quot;");
            break;
        default:
            text_putc(out, *string);
        }
    }
}

/* JSON inside a script element: a '<' could end the element. */
static void add_script_json(struct text *out, const char *string)
{
    struct text json = text_new(out->arena);

    text_json(&json, string);
    for (size_t i = 0; i < json.len; i++) {
        if (json.bytes[i] == '<')
            text_puts(out, "\\u003c");
        else
            text_putc(out, json.bytes[i]);
    }
}

/* One section of {{texts:...}}, as members of the object begun. */
static bool add_section(struct text *out, const struct shell *shell, const char *section)
{
    size_t count;
    const struct catalogue_entry *entries;

    entries = catalogue_section(shell->locale, arena_printf(out->arena, "%s.", section), &count);
    for (size_t i = 0; i < count; i++) {
        if (out->bytes[out->len - 1] != '{')
            text_putc(out, ',');
        add_script_json(out, entries[i].key);
        text_putc(out, ':');
        add_script_json(out, entries[i].text);
    }
    return count > 0;
}

static bool add_texts(struct text *out, const struct shell *shell, char *sections)
{
    char *rest = sections, *section;
    bool known = true;

    text_putc(out, '{');
    while (known && (section = strsep(&rest, " ")))
        known = add_section(out, shell, section);
    text_putc(out, '}');
    return known;
}

static bool add_languages(struct text *out, const struct shell *shell)
{
    for (const char *const *locale = catalogue_locales(); *locale; locale++) {
        const char *current = strcmp(*locale, shell->locale) ? "" : " aria-current=\"true\"";

        text_printf(out, "<a href=\"/%s/%s\" lang=\"%s\" hreflang=\"%s\"%s>",
                    shell_segment(out->arena, *locale), shell->page, *locale, *locale, current);
        add_escaped(out, catalogue_text(*locale, "language.name"));
        text_puts(out, "</a>");
    }
    return true;
}

static bool add_part(struct text *out, const struct shell *shell, const char *name, int depth)
{
    size_t len;
    char *source =
        shell_read(out->arena, shell->folder, arena_printf(out->arena, "_%s.html", name), &len);

    return source && depth < DEPTH_MAX && render(out, shell, source, depth + 1);
}

/* A value of this page goes before a text of the catalogue. */
static bool add_text(struct text *out, const struct shell *shell, const char *name)
{
    const char *text = NULL;

    for (const struct shell_value *value = shell->values; value->name && !text; value++)
        if (!strcmp(value->name, name))
            text = value->value;
    if (!text)
        text = catalogue_text(shell->locale, name);
    if (text)
        add_escaped(out, text);
    return text;
}

static bool add_asset(struct text *out, const struct shell *shell, const char *name)
{
    const char *url = shell->asset(name);

    if (url)
        add_escaped(out, url);
    return url;
}

static bool add_placeholder(struct text *out, const struct shell *shell, char *name, int depth)
{
    if (!strncmp(name, "asset:", 6))
        return add_asset(out, shell, name + 6);
    if (!strncmp(name, "part:", 5))
        return add_part(out, shell, name + 5, depth);
    if (!strncmp(name, "texts:", 6))
        return add_texts(out, shell, name + 6);
    if (!strcmp(name, "languages"))
        return add_languages(out, shell);
    return add_text(out, shell, name);
}

static bool render(struct text *out, const struct shell *shell, const char *source, int depth)
{
    const char *open, *close;

    while ((open = strstr(source, "{{")) && (close = strstr(open, "}}"))) {
        char *name = arena_strndup(out->arena, open + 2, (size_t)(close - open - 2));

        text_add(out, source, (size_t)(open - source));
        if (!add_placeholder(out, shell, name, depth)) {
            log_event(LOG_ERROR, "placeholder_unknown", "page", shell->page, "locale",
                      shell->locale, "name", name, NULL);
            return false;
        }
        source = close + 2;
    }
    text_puts(out, source);
    return true;
}

bool shell_render(struct text *out, const struct shell *shell, const char *source)
{
    return render(out, shell, source, 0);
}
