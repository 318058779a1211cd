#ifndef JOB_IMPORT_PROGRESS_H
#define JOB_IMPORT_PROGRESS_H

#include <stdint.h>

/**
 * How far a reading is, on standard error: one line that a terminal overwrites
 * a few times a second; in a log a line every ten seconds, so that a short
 * import says nothing at all.
 */
struct import_progress {
    const char *phase; /* "Checking" */
    int64_t told_at;   /* on clock_ms() */
};

/** Begin a phase. */
void import_progress_start(struct import_progress *progress, const char *phase);
/** Tell that `done` of `whole` bytes are read, if it is time to tell. */
void import_progress_tell(struct import_progress *progress, int64_t done, int64_t whole);
/** Tell a terminal of a step of unknown length. */
void import_progress_step(const char *what);
/** Empty the terminal's line before something else is written. */
void import_progress_clear(void);

#endif
