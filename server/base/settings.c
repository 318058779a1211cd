/* The settings: a table, filled from the environment. */
#include "base/settings.h"
#include "base/arena.h"

#include <ctype.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define PREFIX          "AFTERSALES_"
#define SECRET_FILE_MAX 4096

struct settings settings;

enum setting_type { TEXT, SECRET, INTEGER };

struct setting {
    const char *name;
    enum setting_type type;
    const char *fallback, *sentence;
    long min, max;
    size_t offset;
};

#define SETTING(name, type, fallback, sentence, ...) \
    {#name, type, fallback, sentence, SETTING_RANGE(__VA_ARGS__), offsetof(struct settings, name)},
#define SETTING_RANGE(...)              SETTING_RANGE_OF(__VA_ARGS__ __VA_OPT__(, ) 0, 0)
#define SETTING_RANGE_OF(min, max, ...) min, max

static const struct setting table[] = {
#include "settings.def"
};
#undef SETTING

static const size_t ntable = sizeof table / sizeof *table;

/* AFTERSALES_PORT for "port". */
static const char *variable(const struct setting *setting, const char *suffix)
{
    static char name[80];

    snprintf(name, sizeof name, PREFIX "%s%s", setting->name, suffix);
    for (char *c = name; *c; c++)
        *c = (char)toupper((unsigned char)*c);
    return name;
}

/* The first line of a file, to keep; NULL and a sentence if it cannot be read. */
static const char *file_line(const char *path)
{
    char line[SECRET_FILE_MAX];
    FILE *file = fopen(path, "re");

    if (!file || !fgets(line, sizeof line, file)) {
        fprintf(stderr, "aftersalesd: cannot read the secret in %s: %s.\n", path,
                file ? "it is empty" : strerror(errno));
        if (file)
            fclose(file);
        return NULL;
    }
    fclose(file);
    line[strcspn(line, "\r\n")] = '\0';
    return xstrdup(line);
}

/* The text of a setting: variable, file of a secret, DATABASE_URL, default. */
static const char *lookup(const struct setting *setting)
{
    const char *value = getenv(variable(setting, ""));

    if (!value && setting->type == SECRET) {
        const char *path = getenv(variable(setting, "_FILE"));

        if (path)
            return file_line(path);
    }
    if (!value && !strcmp(setting->name, "database_url"))
        value = getenv("DATABASE_URL");
    return value ? value : setting->fallback;
}

static bool store(const struct setting *setting, const char *value)
{
    void *place = (char *)&settings + setting->offset;
    char *end;
    long number;

    if (setting->type != INTEGER) {
        *(const char **)place = value;
        return true;
    }
    errno = 0;
    number = strtol(value, &end, 10);
    if (errno || end == value || *end || number < setting->min || number > setting->max) {
        fprintf(stderr, "aftersalesd: %s must be a whole number from %ld to %ld, not \"%s\".\n",
                variable(setting, ""), setting->min, setting->max, value);
        return false;
    }
    *(long *)place = number;
    return true;
}

bool settings_read(void)
{
    for (size_t i = 0; i < ntable; i++) {
        const char *value = lookup(&table[i]);

        if (!value || !store(&table[i], value))
            return false;
    }
    return true;
}

void settings_help(FILE *out)
{
    for (size_t i = 0; i < ntable; i++)
        fprintf(out, "  %s%s\n      %s%s%s%s\n", variable(&table[i], ""),
                table[i].type == SECRET ? " (or ..._FILE)" : "", table[i].sentence,
                *table[i].fallback ? " [" : "", table[i].fallback, *table[i].fallback ? "]" : "");
}

void settings_print(FILE *out)
{
    for (size_t i = 0; i < ntable; i++) {
        const void *place = (const char *)&settings + table[i].offset;

        fprintf(out, "%s=", variable(&table[i], ""));
        if (table[i].type == INTEGER)
            fprintf(out, "%ld\n", *(const long *)place);
        else if (table[i].type == SECRET)
            fprintf(out, "%s\n", **(const char *const *)place ? "(set)" : "(not set)");
        else
            fprintf(out, "%s\n", *(const char *const *)place);
    }
}
