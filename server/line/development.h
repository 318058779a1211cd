#ifndef LINE_DEVELOPMENT_H
#define LINE_DEVELOPMENT_H

#include "line/cohorts.h"
#include "stat/triangle.h"

/**
 * What cohorts that are not fully aged will come to, in the words of reserving: the share of
 * all returns that is reported by each age, and from it the ultimate of every month of
 * shipment. "Ultimate" is by the oldest age that the fractions know.
 */

/** Where the reported fractions come from. */
enum fraction_source {
    FRACTIONS_NONE,
    FRACTIONS_CHAIN,  /* the chain ladder's factors */
    FRACTIONS_CURVE,  /* the line's own curve of all months, where a factor is undefined */
    FRACTIONS_FAMILY, /* the family's curve, where the line is too young */
};

/** Which estimate is wanted; ULTIMATE_BY_RULE chooses by ultimate_method(). */
#define ULTIMATE_BY_RULE (ULTIMATE_CHAIN_LADDER + 1)

/** One month of shipment. */
struct developed {
    const char *month;
    double shipped, reported;
    size_t known;       /* periods of age that are over */
    double fraction;    /* of all returns, reported by now */
    const char *reason; /* why there is no estimate; NULL: there is one */
    enum ultimate_method method;
    double ultimate, error;      /* at least what is reported; NAN: no error is known */
    struct interval interval;    /* of the ultimate, over-dispersed Poisson */
    struct cohort_ultimate each; /* by all methods; NAN where one has none */
};

struct development {
    struct developed *rows;
    size_t n, trimmed; /* months, and older ones that are left out */
    size_t ages;       /* periods by which returns are ultimate; 0: not known */
    double *fraction;  /* of each age */
    enum fraction_source source;
    enum fit_status chain_status; /* why there is no chain ladder: FIT_OK, there is one */
    struct chain chain;
    double dispersion;                         /* NAN: not known, taken for 1 */
    double rate;                               /* Cape Cod's */
    double shipped, reported, ultimate, error; /* of all rows with an estimate */
    struct interval interval;
};

/** Months and ages that a triangle has at most. */
#define DEVELOPMENT_MAX 240

/**
 * Develop the line's months to the age `horizon`, in periods, or as far as is known for 0; the
 * `family` is asked where the line has fewer than TRIANGLE_DIAGONALS_MIN ages. Where the
 * wanted method is refused the estimate is Bornhuetter and Ferguson's. All is in the arena.
 */
void develop(struct development *development, struct arena *arena, const struct cohorts *own,
             const struct cohorts *family, size_t horizon, unsigned wanted, double level);

#endif
