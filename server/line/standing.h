#ifndef LINE_STANDING_H
#define LINE_STANDING_H

#include "line/finding.h"

/**
 * How flags come and go. A flag is raised, or raised further, at once. It is lowered or cleared
 * only when what it was raised for has been gone for some days without a break (see the lasting
 * level of a finding): two clean windows, of which the first ends where the second begins.
 * Missing data are the exception: when they are there they are there.
 */
struct standing {
    const char *key; /* of its row; NULL: it has none yet */
    enum flag_code code;
    const char *subject;
    enum level level; /* LEVEL_NONE: it does not stand */
    bool clean;       /* its reason is gone, since the day `clean_since` */
    long clean_since;
};

enum change {
    CHANGE_NONE, /* nothing, but the figures may be new */
    CHANGE_RAISED,
    CHANGE_LEVEL,
    CHANGE_CLEAN, /* the reason went, or came back */
    CHANGE_CLEARED
};
/** Its name: "none", "raised", "level_changed", "clean", "cleared". */
const char *change_name(enum change change);

/**
 * Let a flag see what is found on a day; `finding` is NULL if nothing is. For a flag that does
 * not stand yet `standing->level` is LEVEL_NONE.
 */
enum change standing_step(struct standing *standing, const struct finding *finding, long day,
                          double clean_days);

/** The finding of a flag among those of its line; NULL if there is none. */
const struct finding *standing_find(const struct standing *standing, const struct finding *findings,
                                    size_t n);

#endif
