/* Thresholds of flags. */
#include "line/flag_settings.h"
#include "line/cohorts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct flag_setting_kind flag_setting_kinds[] = {
#define FLAG_SETTING(name, kind, otherwise, least, most, sentence) \
    {#name, kind, otherwise, least, most, sentence, offsetof(struct flag_settings, name)},
#include "line/flag_setting.def"
#undef FLAG_SETTING
};
const size_t nflag_setting_kinds = sizeof flag_setting_kinds / sizeof *flag_setting_kinds;

struct flag_settings flag_settings_default(void)
{
    return (struct flag_settings){
#define FLAG_SETTING(name, kind, otherwise, ...) .name = otherwise,
#include "line/flag_setting.def"
#undef FLAG_SETTING
    };
}

static const struct flag_setting_kind *find(const char *name, size_t len)
{
    for (size_t i = 0; i < nflag_setting_kinds; i++)
        if (!strncmp(flag_setting_kinds[i].name, name, len) && !flag_setting_kinds[i].name[len])
            return &flag_setting_kinds[i];
    return NULL;
}

const struct flag_setting_kind *flag_setting_find(const char *name)
{
    return find(name, strlen(name));
}

struct flag_settings flag_settings_read(const char *changed)
{
    struct flag_settings settings = flag_settings_default();

    while (changed && *changed) {
        size_t len = strcspn(changed, "=");
        const struct flag_setting_kind *kind = find(changed, len);
        double value = strtod(changed + len + (changed[len] == '='), NULL);

        if (kind && flag_setting_allows(kind, value))
            *flag_setting_value(&settings, kind) = value;
        changed += strcspn(changed, " ");
        changed += strspn(changed, " ");
    }
    return settings;
}

bool flag_setting_allows(const struct flag_setting_kind *kind, double value)
{
    size_t periods;

    if (!(value >= kind->least && value <= kind->most))
        return false;
    if (kind->kind == AGE)
        return periods_of_age(value, &periods);
    return kind->kind != COUNT || value == floor(value);
}

double *flag_setting_value(struct flag_settings *settings, const struct flag_setting_kind *kind)
{
    return (double *)(void *)((char *)settings + kind->offset);
}
