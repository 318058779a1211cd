/* The database as an import asks it. */
#include "import/db.h"
#include "import/stream.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#define ASK_EVERY_MS 200

bool import_db_fail(struct import_db *db, const PGresult *res)
{
    const char *why = res ? PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY) : NULL;

    return import_refuse(db->error, "database", "The database could not do it: %s.",
                         why ? why : "the connection was lost");
}

static void statement_end(struct import_db *db)
{
    char ignored[256];
    PGcancel *cancel = PQgetCancel(db->conn);

    if (cancel)
        PQcancel(cancel, ignored, sizeof ignored);
    PQfreeCancel(cancel);
}

/* Until the answer is there; when the sink wants an end, the statement is ended once. */
static bool wait_for(struct import_db *db)
{
    bool ended = false;

    while (PQisBusy(db->conn)) {
        struct pollfd fd = {.fd = PQsocket(db->conn), .events = POLLIN};
        int ready = poll(&fd, 1, ASK_EVERY_MS);

        if (ready < 0 && errno != EINTR)
            return false;
        if (ready > 0 && !PQconsumeInput(db->conn))
            return false;
        if (!ended && import_sink_cancelled(db->sink, db->error)) {
            ended = true;
            statement_end(db);
        }
    }
    return true;
}

static bool is_good(const PGresult *res)
{
    return PQresultStatus(res) == PGRES_COMMAND_OK || PQresultStatus(res) == PGRES_TUPLES_OK;
}

/* The last of the answers, or the first that is none. */
static PGresult *answer(struct import_db *db)
{
    PGresult *last = NULL;

    for (;;) {
        PGresult *res = wait_for(db) ? PQgetResult(db->conn) : NULL;

        if (!res)
            break;
        if (last && !is_good(last)) {
            PQclear(res);
            continue;
        }
        PQclear(last);
        last = res;
    }
    if (last && is_good(last) && !db->error->code)
        return last;
    import_db_fail(db, last);
    PQclear(last);
    return NULL;
}

PGresult *import_db_query(struct import_db *db, const char *sql, int nargs, const char *const *args)
{
    int sent = nargs ? PQsendQueryParams(db->conn, sql, nargs, NULL, args, NULL, NULL, 0)
                     : PQsendQuery(db->conn, sql);

    if (sent)
        return answer(db);
    import_db_fail(db, NULL);
    return NULL;
}

bool import_db_run(struct import_db *db, const char *sql)
{
    PGresult *res = import_db_query(db, sql, 0, NULL);

    PQclear(res);
    return res;
}

bool import_db_ask(struct import_db *db, const char *sql, int nargs, const char *const *args)
{
    PGresult *res = import_db_query(db, sql, nargs, args);
    bool yes = res && PQntuples(res) && *PQgetvalue(res, 0, 0) == 't';

    PQclear(res);
    return yes;
}
