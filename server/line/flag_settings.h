#ifndef LINE_FLAG_SETTINGS_H
#define LINE_FLAG_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

/** The thresholds in force: one member for each row of flag_setting.def. */
struct flag_settings {
#define FLAG_SETTING(name, ...) double name;
#include "line/flag_setting.def"
#undef FLAG_SETTING
};

/** One row of the table. */
struct flag_setting_kind {
    const char *name;
    enum { SHARE, RATIO, COUNT, AGE } kind;
    double otherwise, least, most; /* default and range */
    const char *sentence;
    size_t offset; /* in struct flag_settings */
};
extern const struct flag_setting_kind flag_setting_kinds[];
extern const size_t nflag_setting_kinds;

/** The defaults. */
struct flag_settings flag_settings_default(void);
/**
 * The defaults, and over them those that were changed: "name=value name=value", or NULL. What
 * is no longer a row of the table, or not allowed by it any more, is left out.
 */
struct flag_settings flag_settings_read(const char *changed);
/** The row of a name; NULL if there is none. */
const struct flag_setting_kind *flag_setting_find(const char *name);
/** Whether a value is one of the row's kind, and within its range. */
bool flag_setting_allows(const struct flag_setting_kind *kind, double value);
/** Where its value is. */
double *flag_setting_value(struct flag_settings *settings, const struct flag_setting_kind *kind);

#endif
