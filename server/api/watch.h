#ifndef API_WATCH_H
#define API_WATCH_H

#include "api/analysis.h"
#include "line/assess.h"

/**
 * What analyses have in common that judge lines by their history (line/history.h): two
 * statements, the thresholds in force, and a calculation on a helper thread.
 */

/** The query of such an analysis begins with it. */
struct watching {
    struct scope scope;
    double age;       /* days at which rates are told; NAN: as the thresholds say */
    const char *line; /* NULL: all */
    /* From here on it is filled on the way. */
    const PGresult *facts;
    struct flag_settings settings;
    size_t periods; /* of age; 0: the age is the end of none */
    int since;      /* the first month of events that is read */
    int back;       /* so many months before the day are needed, if that is more than usual */
    bool relatives;
    analysis_fn *calculate;
    /* If set: asked once the day and the number of lines are known, may set `back`, and returns
       why it is too much, or NULL. */
    const char *(*accept)(struct watching *watching, struct moment now, size_t lines);
};

/**
 * Ask for the history of a line, and of its family with `relatives`; NULL: of all. `req->state`
 * begins with a struct watching that was read; its `back` may ask for more of the past. Then
 * answer with what `calculate` makes of it.
 */
void watch_lines(struct request *req, const char *line, bool relatives, analysis_fn *calculate);

/** For `calculate`: the histories, and how to assess them; false if the age makes no sense. */
bool watch_read(struct analysis *analysis, struct line_histories *lines, struct assess_plan *plan);
/** For `calculate`: read all and assess it. NULL, and the age makes no sense. */
struct assessment *watch_assess(struct analysis *analysis, struct line_histories *lines,
                                struct assess_plan *plan);
/**
 * Write the rate of returns that cost money by the age of the plan (analysis_rate()) and how far
 * the data are aged.
 */
void watch_rate(struct analysis *analysis, const struct assessment *assessment,
                const struct assess_plan *plan);
/** The line of the path among its family; it is there. */
size_t watch_find(const struct line_histories *lines, const char *id);

#endif
