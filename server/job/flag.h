#ifndef JOB_FLAG_H
#define JOB_FLAG_H

#include <libpq-fe.h>
#include <stdbool.h>

/**
 * Flags: all lines are judged when counts, costs or thresholds have changed, and when a day
 * begins, at most every AFTERSALES_FLAG_SECONDS and never for more than a twentieth of the
 * time. One daemon does it at a time.
 */

/** Prepare the statements on a connection; false if it cannot be used. */
bool flag_job_prepare(PGconn *conn);
/** Judge if it is time; false if the connection cannot be used any more. */
bool flag_job_turn(PGconn *conn);

#endif
