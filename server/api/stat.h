#ifndef API_STAT_H
#define API_STAT_H

#include "http/body.h"
#include "http/figure.h"
#include "http/value.h"
#include "routes.h"

/**
 * The functions of stat/ on posted numbers, so that every published case can be
 * checked from outside. They know nothing of the database.
 *
 * A calculation reads its checked numbers and writes members of the answer. It
 * returns NULL, or why the numbers do not go together; then nothing it wrote is
 * sent.
 */
typedef const char *stat_fn(struct arena *arena, const void *in, struct text *out);

/** Read the body into `in`, calculate, answer. */
void stat_answer(struct request *req, void *in, size_t size, stat_fn *calculate);
/** The same on a helper thread, for what may take longer than a millisecond. */
void stat_answer_slowly(struct request *req, void *in, size_t size, stat_fn *calculate);

/** Define the handler of a route: what it posts is `type`, what is done `calculate`. */
#define STAT(handler, type, calculate)                                   \
    void handler(struct request *req)                                    \
    {                                                                    \
        stat_answer(req, REQ_STATE(req, type), sizeof(type), calculate); \
    }
#define STAT_SLOW(handler, type, calculate)                                     \
    void handler(struct request *req)                                           \
    {                                                                           \
        stat_answer_slowly(req, REQ_STATE(req, type), sizeof(type), calculate); \
    }

/** A two-sided level that was left out. */
#define LEVEL_DEFAULT 0.95
double stat_or(double given, double otherwise);
/** How a fit ended, in one word: "ok", "not_converged", "not_identified", "no_events". */
const char *stat_status(int fit_status);

#endif
