#ifndef JOB_RUNNER_H
#define JOB_RUNNER_H

/**
 * A thread that takes jobs one after another and runs them, as runner.c has them by kind. Several
 * daemons on one database share the work. A job that this thread leaves because the daemon stops,
 * or dies, is begun anew by whoever comes next.
 */
void runner_start(void);
/** Ask the job under way to end, and wait for that. */
void runner_stop(void);

#endif
