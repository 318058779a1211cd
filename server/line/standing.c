/* How flags come and go. */
#include "line/standing.h"

#include <string.h>

const char *change_name(enum change change)
{
    static const char *const names[] = {"none", "raised", "level_changed", "clean", "cleared"};

    return names[change];
}

static enum change enter(struct standing *standing, enum level level)
{
    enum change change = standing->level ? CHANGE_LEVEL : CHANGE_RAISED;

    standing->level = level;
    standing->clean = false;
    return change;
}

static enum change keep(struct standing *standing)
{
    enum change change = standing->clean ? CHANGE_CLEAN : CHANGE_NONE;

    standing->clean = false;
    return change;
}

static enum change leave(struct standing *standing, enum level rest)
{
    standing->level = rest;
    standing->clean = false;
    return rest ? CHANGE_LEVEL : CHANGE_CLEARED;
}

enum change standing_step(struct standing *standing, const struct finding *finding, long day,
                          double clean_days)
{
    enum level found = finding ? finding->enter : LEVEL_NONE;
    enum level lasts = finding ? finding->lasts : LEVEL_NONE;

    if (found > standing->level)
        return enter(standing, found);
    if (!standing->level)
        return CHANGE_NONE;
    if (lasts >= standing->level)
        return keep(standing);
    if (standing->level == LEVEL_NO_VERDICT)
        return leave(standing, LEVEL_NONE);
    if (!standing->clean) {
        standing->clean = true;
        standing->clean_since = day;
        return CHANGE_CLEAN;
    }
    return (double)(day - standing->clean_since) >= clean_days ? leave(standing, lasts)
                                                               : CHANGE_NONE;
}

const struct finding *standing_find(const struct standing *standing, const struct finding *findings,
                                    size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (findings[i].code == standing->code && !strcmp(findings[i].subject, standing->subject))
            return &findings[i];
    return NULL;
}
