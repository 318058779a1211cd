#ifndef API_STAT_LIFE_H
#define API_STAT_LIFE_H

#include "api/stat.h"
#include "stat/forecast.h"

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

/**
 * A curve for ages as posted: Weibull's with `eta` and `beta` where both are given and nothing
 * is unknown of it, with `beta` alone the fit of its scale, else the fit of `model`. NULL, or
 * what is wrong with the numbers.
 */
const char *stat_curve_read(struct arena *arena, const struct lives *lives, enum life_model model,
                            double eta, double beta, struct life_fit *fit);

/** Rows of [survivors, age] as cohorts of the plan; false if one is no pair. */
bool stat_cohorts_read(struct arena *arena, const struct number_table *rows,
                       struct forecast_plan *plan);

/** The number if it is known, else NAN. */
double stat_known(bool known, double number);

#endif
