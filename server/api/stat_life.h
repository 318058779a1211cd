#ifndef API_STAT_LIFE_H
#define API_STAT_LIFE_H

#include "api/stat.h"
#include "stat/life.h"

/** Ages of units as they are posted, shared by the functions that fit them. */
struct lives {
    struct number_table failures; /* [age, count], or [from, to, count] */
    struct number_table running;  /* [age, count]; an empty list if all have failed */
    const char *convention;       /* "interval": [age, count] failed in the period that ends then */
};

#define LIVES_ROWS_MAX 500
/** The fields of a handler's struct with a member `struct lives lives`. */
#define LIVES(type)                                                                           \
    {"failures", TABLE, offsetof(type, lives.failures), 0, LIVES_ROWS_MAX, .optional = true}, \
        {"running", TABLE, offsetof(type, lives.running), 0, LIVES_ROWS_MAX},                 \
    {                                                                                         \
        "convention", TEXT, offsetof(type, lives.convention), .one_of = "exact interval",     \
                                                              .optional = true                \
    }

struct life_cells {
    struct life_cell *at;
    size_t n;
};

/** What is said of ages that cannot be read. */
extern const char stat_lives_unreadable[];

/** As cells; false if a row has the wrong number of entries. */
bool stat_lives_read(struct arena *arena, const struct lives *lives, struct life_cells *cells);

/** The number if it is known, else NAN. */
double stat_known(bool known, double number);

#endif
