#ifndef LINE_ASSESS_H
#define LINE_ASSESS_H

#include "base/arena.h"
#include "line/batch.h"
#include "line/flag_settings.h"
#include "line/history.h"
#include "line/lend.h"
#include "line/money.h"
#include "line/nowcast.h"
#include "line/trend.h"

/**
 * All that is judged of product lines, from their histories alone: by the API, by the job that
 * raises flags, and by whoever replays the past.
 */

/** A rate of the months of shipment that are old enough. */
struct line_rate {
    struct line_count count;
    struct interval interval; /* Wilson's; NAN if the rate is not known */
    struct lent lent;
};

/** The marketplace's fee, by the newest month that is judged for it. */
struct line_fee {
    bool judged;
    int month;
    double shipped, returned;
    struct fee_verdict verdict;
};

struct assessment {
    const struct line_history *line;
    struct moment now;
    int first, end;           /* months of shipment that count, from `first` to before `end` */
    double shipped, returned; /* of all months that were asked for, uncovered returns among them */
    double matured;           /* units of months that count and are old enough */
    size_t matured_months, unsound_months;
    struct line_rate gross, net, quality;
    struct nowcast nowcast;
    struct lent believed; /* the rate of returns that cost money, of units that count in full */
    struct trend trend;
    struct line_fee fee;
    double uncovered, uncovered_share; /* returns of the last year that belong to no cohort */
    double danger;
    struct batch *batches; /* the worst first */
    size_t nbatches;
    struct money money;
};

/** How to assess. */
struct assess_plan {
    const struct flag_settings *settings;
    size_t periods; /* of age at which rates are told */
    double level;   /* of intervals */
    int from, to;   /* months of shipment that were asked for; 0: any */
    bool drawn;     /* uncertain costs are drawn: see line/money.h */
};

/** Assess all lines at a moment; `assessments` has an entry for each. All is in the arena. */
void assess(struct assessment *assessments, const struct line_histories *lines, struct moment now,
            const struct assess_plan *plan, struct arena *arena);

/** Why there is no verdict, in one word; NULL if there can be one. */
const char *assessment_gap(const struct assessment *assessment,
                           const struct flag_settings *settings);

#endif
