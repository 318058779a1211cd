#ifndef BASE_SETTINGS_H
#define BASE_SETTINGS_H

#include <stdbool.h>
#include <stdio.h>

/**
 * The settings in force: one member for each row of settings.def.
 * Filled once by settings_read(), before any thread starts; constant from then on.
 */
struct settings {
#define SETTING_MEMBER_TEXT      const char *
#define SETTING_MEMBER_SECRET    const char *
#define SETTING_MEMBER_INTEGER   long
#define SETTING(name, type, ...) SETTING_MEMBER_##type name;
#include "settings.def"
#undef SETTING
};

extern struct settings settings;

/**
 * Read the environment. On a bad value write one sentence to standard error
 * and return false.
 */
bool settings_read(void);
/** Write every setting with its sentence and default, for --help. */
void settings_help(FILE *out);
/** Write the values in force, secrets masked. */
void settings_print(FILE *out);

#endif
