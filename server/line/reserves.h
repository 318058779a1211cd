#ifndef LINE_RESERVES_H
#define LINE_RESERVES_H

#include "line/model.h"
#include "stat/reserve.h"

#include <libpq-fe.h>

/**
 * What has to be put aside for claims on the units of every line, at the end of two months, and
 * how the one amount became the other. A model of life is fitted to what was known at each
 * closing; ages are in periods, units of a month being of its mean age. Money is in minor units.
 */

/** The two closings. */
enum { CLOSING_NOW, CLOSING_BEFORE, CLOSINGS };

/** Units of a line that were shipped in a month, as they stand at each closing. */
struct reserve_month {
    const char *month;
    double shipped;
    bool is_there[CLOSINGS]; /* shipped by then */
    double left[CLOSINGS];   /* for whatever reason */
    double age[CLOSINGS];
    size_t place[CLOSINGS];          /* periods over for all of it */
    double left_in_period[CLOSINGS]; /* in these */
    double claims, amount;           /* written, of CLOSING_NOW; NAN: not known */
};

/** One line's reserve at a closing. */
struct reserve_estimate {
    struct line_model model;
    bool known;             /* whether the numbers below are an estimate */
    struct reserve reserve; /* amounts in money where the cost of a claim is known */
    struct interval claims; /* log-normal */
    double at_most;         /* undiscounted money, without a fit: one-sided; NAN: not known */
};

struct line_reserve {
    const char *id, *code, *name, *family, *currency;
    double cost[CLOSINGS]; /* of a claim; NAN: not entered */
    struct reserve_month *months;
    size_t nmonths;
    struct period_counts counts[CLOSINGS];
    double settled_claims, unsound;       /* events between the closings; months left out */
    struct reserve_estimate at[CLOSINGS]; /* written */
    double accrued_claims;                /* of units shipped between the closings */
    bool has_roll;
    struct reserve_roll roll;
};

struct reserves {
    struct line_reserve *lines;
    size_t n;
};

struct reserve_rules {
    double warranty; /* periods */
    double discount; /* a year's interest, a fraction */
    double level;
};

/** Read the rows of reserve_list. All is in the arena. */
void reserves_read(struct reserves *reserves, struct arena *arena, const PGresult *rows);

/**
 * Estimate one line at both closings, and roll it forward: sales since accrue what they are
 * expected to cost in all, by the estimate of the earlier closing if there was one; claims
 * settled are at today's cost; what is left is a change of estimate. A line with few claims
 * takes the shape of all lines of its family among `reserves`.
 */
void reserve_line(const struct reserves *reserves, struct arena *arena, struct line_reserve *line,
                  struct reserve_rules rules);

#endif
