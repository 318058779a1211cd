#ifndef LINE_BATCH_H
#define LINE_BATCH_H

#include "base/arena.h"
#include "line/flag_settings.h"
#include "line/history.h"

/**
 * Production lots that fail more often than the rest of their line, by a sequential test
 * (MaxSPRT, stat/sequential.h) which may be looked at after every return. Faults are counted,
 * and returns of which nobody told why. What is expected is the curve of the line without the
 * lot; the test is planned for all faults that the lot lets expect by the end of the curve.
 */
struct batch {
    const char *lot;
    double shipped, observed, expected;
    double recent; /* of those observed, in the newest three complete months and since */
    double length; /* all that is expected of the lot in the end */
    double llr;
    double p;           /* chance of as large an LLR in the whole plan of a good lot */
    double allowed;     /* the p from which it is a signal: alpha shared by the lots of a year */
    double boundary;    /* the LLR of that p; NAN unless it is a signal */
    bool signal, lasts; /* it is now; it was, and is not clearly over */
};

/** The lots of a line that have signalled or nearly so, the worst first. Returns how many. */
size_t batches_make(struct batch **batches, const struct line_histories *lines, size_t line,
                    struct moment now, const struct flag_settings *settings, struct arena *arena);

/** One lot, however it looks; false if there is nothing to hold it against. */
bool batch_make(struct batch *batch, const struct line_histories *lines, size_t line, size_t lot,
                struct moment now, const struct flag_settings *settings);

/** The LLR at which `batch` becomes a signal; NAN if there is none. Takes some milliseconds. */
double batch_boundary(const struct batch *batch, const struct flag_settings *settings);

#endif
