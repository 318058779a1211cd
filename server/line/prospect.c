/* Units that may come back yet. */
#include "line/prospect.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* More than any line ships in a month. */
#define UNITS_MAX 1e9

static size_t place_of(struct prospect *prospect, const char *month)
{
    for (size_t i = 0; i < prospect->nmonths; i++)
        if (!strcmp(prospect->names[i], month))
            return i;
    prospect->names[prospect->nmonths] = month;
    return prospect->nmonths++;
}

void prospect_read(struct prospect *prospect, struct arena *arena,
                   const struct lifetimes *lifetimes)
{
    size_t n = lifetimes->nunits;

    *prospect = (struct prospect){
        .days = arena_alloc(arena, (n + 1) * sizeof *prospect->days),
        .month_of = arena_alloc(arena, (n + 1) * sizeof *prospect->month_of),
        .months = arena_alloc(arena, (n + 1) * sizeof *prospect->months),
        .names = arena_alloc(arena, (n + 1) * sizeof *prospect->names),
    };
    for (size_t i = n; i-- > 0;) {
        const struct lifetime_units *units = &lifetimes->units[i];
        double survivors = units->shipped - units->left, age = period_age(units->age);
        size_t place = place_of(prospect, units->month);
        struct cohort *month = &prospect->months[place];

        if (!(survivors > 0))
            continue;
        prospect->days[prospect->ndays] = (struct cohort){survivors, age};
        prospect->month_of[prospect->ndays++] = place;
        month->age += (age - month->age) * survivors / (month->survivors + survivors);
        month->survivors += survivors;
    }
}

bool warranty_read(const char *text, double *periods)
{
    char *end;
    double number = strtod(text, &end), read;

    if (end == text || strspn(text, "0123456789") != (size_t)(end - text) ||
        (strcmp(end, "m") != 0 && strcmp(end, "d") != 0))
        return false;
    read = *end == 'm' ? number : period_age(number);
    if (!(read > 0 && read <= PROSPECT_WARRANTY_MAX))
        return false;
    *periods = read;
    return true;
}

bool production_read(const char *text, double units[PROSPECT_PERIODS_MAX], size_t *n)
{
    *n = 0;
    for (;;) {
        char *end;
        double number = strtod(text, &end);

        if (end == text || *n == PROSPECT_PERIODS_MAX || !(number >= 0 && number <= UNITS_MAX) ||
            strspn(text, "0123456789.") != (size_t)(end - text))
            return false;
        units[(*n)++] = number;
        if (!*end)
            return true;
        if (*end != ',')
            return false;
        text = end + 1;
    }
}
