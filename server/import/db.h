#ifndef IMPORT_DB_H
#define IMPORT_DB_H

#include "import/import.h"

#include <libpq-fe.h>
#include <stdbool.h>

/**
 * The database as an import asks it: without a word on standard error, and so that a statement
 * of minutes ends when the sink wants an end.
 */
struct import_db {
    PGconn *conn;
    const struct import_sink *sink;
    struct import_error *error;
};

/** Run one statement with text arguments. NULL: why is in the error. */
PGresult *import_db_query(struct import_db *db, const char *sql, int nargs,
                          const char *const *args);
/** Run SQL text that answers nothing of interest. */
bool import_db_run(struct import_db *db, const char *sql);
/** Run a question whose answer is true or false; false as well if it cannot be answered. */
bool import_db_ask(struct import_db *db, const char *sql, int nargs, const char *const *args);
/** Keep what a result, or NULL for the connection, says as the error. Always false. */
bool import_db_fail(struct import_db *db, const PGresult *res);

#endif
