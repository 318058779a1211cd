#ifndef LINE_NOWCAST_H
#define LINE_NOWCAST_H

#include "base/arena.h"
#include "line/history.h"
#include "line/lend.h"
#include "stat/triangle.h"

/** Returns that cost money are looked at until this many periods of age: a year. */
#define NOWCAST_PERIODS 12

/** From what it is taken how returns develop with age. */
enum development {
    DEVELOPMENT_CHAIN_LADDER,
    DEVELOPMENT_AGE_CURVE, /* too few ages for the chain ladder, or an age without returns */
    DEVELOPMENT_LINEAR     /* nothing came back yet */
};

/**
 * How many of the units shipped will have come back at a loss by the oldest age that is known,
 * young months among them. A month counts with the share G of its returns that is expected to
 * have come by its age: the sum of S G are the units that count in full.
 */
struct nowcast {
    bool known; /* some month is old enough */
    size_t periods;
    enum development development;
    double shipped, reported; /* units, and their returns so far, less those got back */
    double full;              /* units that count in full */
    double rate;              /* Cape Cod's: reported / full */
    double ultimate;          /* units: of each month by the rule of ultimate_method() */
    bool recovered_too_many;  /* more was got back than had come back */
};

/** Of the months of shipment from `first` to before `end`. */
void nowcast_make(struct nowcast *nowcast, const struct line_history *line, int first, int end,
                  struct moment now, struct arena *arena);
/** The words that are told for a development. */
const char *development_word(enum development development);
/** What is lent and borrowed: returns of units that count in full. */
struct line_count nowcast_count(const struct nowcast *nowcast);

#endif
