#ifndef LINE_HISTORY_H
#define LINE_HISTORY_H

#include "base/arena.h"
#include "line/cost.h"
#include "line/month.h"
#include "stat/cohort.h"
#include "stat/lag.h"
#include "stat/profit_risk.h"

#include <libpq-fe.h>

/**
 * All that is known of some product lines, as the statements line_fact_list and
 * line_history_list tell it: counts by month of shipment and age, counts by month of shipment
 * and month of the event, lots, costs. What is judged of lines is calculated from this alone,
 * at any moment it reaches back to: so the past can be judged as if it were today.
 */

/** Months of shipment that are kept of a line, the newest; older ones are counted in `trimmed`. */
#define HISTORY_MONTHS_MAX 240

/** What is counted by age. */
enum tally {
    TALLY_COUNTED, /* events of the classes asked for */
    TALLY_GROSS,
    TALLY_NET,
    TALLY_RECOVERED,
    TALLY_QUALITY,
    TALLY_LEAVERS, /* units that left in any way */
    NTALLIES
};

/** Months one after the other, and a number for each. */
struct month_counts {
    int first;
    size_t n;
    double *at;
};

/** Months of shipment against months of events, row after row, `columns` each. */
struct lag_cells {
    int first, origin; /* months of row 0 and of column 0 */
    size_t rows, columns;
    double *shipped, *left; /* of each row: units, and those that left before column 0 */
    double *counted;        /* events of the classes asked for */
    double *gross;          /* units that came back */
    double *suspect;        /* faults, and returns of which nobody told why */
    double *leavers;        /* units that left in any way */
};

/** A production lot; of its cells only `suspect` and `leavers` are known. */
struct lot_history {
    const char *name;
    int restarted; /* it is watched from this month of events on; 0: from the beginning */
    struct lag_cells lags;
};

struct line_history {
    const char *key, *id, *code, *name, *family;
    const char *status, *since; /* as they were told when all lines were last evaluated; or NULL */
    struct unit_costs costs;
    const char *fee_category; /* NULL: no marketplace charges for returns */
    struct fee_rule fee;

    struct month_counts shipped; /* by month of shipment */
    double trimmed;              /* units shipped before those months */
    double returned;             /* units of all months that came back, by the day of reading */
    size_t periods;              /* of age that are kept */
    double *ages[NTALLIES];      /* month after month, `periods` each */

    struct lag_cells lags;
    struct month_counts uncovered, danger;         /* by month of the event */
    struct month_counts fee_shipped, fee_returned; /* by month of shipment */

    struct lot_history *lots; /* those that can signal, by name */
    size_t nlots;
    struct month_counts lots_begun; /* all lots, by the month in which they were first shipped */
};

struct line_histories {
    struct line_history *at;
    size_t n;
    int since; /* the first month of events of all lags */
    struct moment now;
};

/** The earliest month of events that is asked for, so that all can be judged at `now`. */
int history_since(struct moment now);

/**
 * Read the rows of both statements, of which the second was asked for events from the month
 * `since` on and for `periods` of age. All is in the arena, names and dates among it.
 */
void histories_read(struct line_histories *histories, struct arena *arena, const PGresult *facts,
                    const PGresult *history, int since, size_t periods);

/** The number of a month; 0 beyond the ends. */
double month_count(const struct month_counts *counts, int month);
/** The sum of the months from `first` to before `end`. */
double month_sum(const struct month_counts *counts, int first, int end);

/**
 * The months of shipment of a line from `first` to before `end` as cohorts at a moment, with
 * the events of one tally. `known` has room for them all.
 */
struct cohort_table history_cohorts(const struct line_history *line, enum tally tally, int first,
                                    int end, struct moment now, size_t *known);

/** Months of events from `first` to before `end`. */
struct lag_span {
    int first, end;
};
/**
 * Add the counts by lag of one kind of events (a member of `cells`) in a span, as far as it is
 * over at a moment; of the month under way its part counts.
 */
void history_lags(struct lag_counts *counts, const struct lag_cells *cells, const double *events,
                  struct lag_span span, struct moment now);

#endif
