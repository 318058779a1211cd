#ifndef IO_DBSYNC_H
#define IO_DBSYNC_H

#include "io/db.h"

#include <libpq-fe.h>
#include <stdbool.h>

/**
 * Blocking connections, for commands and jobs that have a thread to wait in.
 * Failures are one sentence on standard error.
 */

/** Connect as the settings say; NULL, and a sentence is written, if that fails. */
PGconn *dbsync_connect(void);
/** Run SQL text that returns nothing of interest; false, and a sentence, if it fails. */
bool dbsync_run(PGconn *conn, const char *sql);
/** Run one statement with text arguments; NULL, and a sentence, if it fails. */
PGresult *dbsync_query(PGconn *conn, const char *sql, int nargs, const char *const *args);
/**
 * Ready a connection of a job for `n` statements: they may take long, but wait for a lock no
 * longer than two seconds. False, and a sentence, if one is bad.
 */
bool dbsync_prepare(PGconn *conn, const struct query *const *list, size_t n);
/** Run a prepared statement; NULL, and a line in the log, if it fails. */
PGresult *dbsync_execute(PGconn *conn, const struct query *query, const char *const *args);
/** Write what libpq says about a result or, if `res` is NULL, the connection. */
void dbsync_complain(const char *what, PGconn *conn, const PGresult *res);

#endif
