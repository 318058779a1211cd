#ifndef JOB_CLOCK_H
#define JOB_CLOCK_H

/**
 * Work that comes round with the clock, on one thread with one database
 * connection: folding counts into the rollup each second, judging all lines when
 * something has changed, forgetting expired tokens and answers each minute.
 * Several daemons may do it at once.
 */

/** Start the thread. */
void clock_job_start(void);
/** End it after the round under way. */
void clock_job_stop(void);

#endif
