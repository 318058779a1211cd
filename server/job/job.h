#ifndef JOB_JOB_H
#define JOB_JOB_H

#include "base/text.h"

#include <jansson.h>
#include <libpq-fe.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/**
 * A job that this process has taken, and what it tells of it while it runs. Progress goes
 * through a connection of its own, so that others see it before the job's effect is committed.
 */
struct job {
    PGconn *conn; /* the runner's; its session holds the job */
    const char *key, *id, *kind, *account, *upload, *file_name, *map;
    int64_t total;
    json_t *options;
    struct arena arena;
    const atomic_bool *stopping; /* the daemon wants to end */

    const char *step;
    int64_t processed, rejected;
    int64_t told_ms;     /* when progress was told last */
    bool cancel_asked;   /* by somebody */
    bool lost;           /* the connection is gone, and with it the job */
    struct text rejects; /* rows of COPY that are not sent yet, in `reject_arena` */
    struct arena reject_arena;
    int64_t reject_line, reject_n; /* the last one's */
};

/** How a job ends. */
enum job_end {
    JOB_SUCCEEDED,
    JOB_FAILED,    /* with a sentence for people */
    JOB_CANCELLED, /* somebody asked for it */
    JOB_CUT        /* the daemon stops, or the database went away: it is begun anew */
};

/** What a kind of job does. `result` is a new object or NULL, `problem` says why it failed. */
typedef enum job_end job_fn(struct job *job, json_t **result, const char **problem);

/** Prepare what jobs ask on a connection. */
bool jobs_prepare(PGconn *conn);
/** Take the oldest job that waits; false if there is none. */
bool job_take(struct job *job, PGconn *conn);
/** Tell how far it is, a few times a second at most; `step` is a word. */
void job_progress(struct job *job, const char *step, int64_t processed);
/** Whether it ought to end before it is done. */
bool job_is_to_end(const struct job *job);
/** Tell of a row that was not taken. `column` may be NULL. */
void job_reject(struct job *job, int64_t line, const char *column, const char *code,
                const char *detail);
/** Tell what came of it, and let go of it. */
void job_finish(struct job *job, enum job_end end, const json_t *result, const char *problem);
/** Free what it holds. */
void job_release(struct job *job);

#endif
