/* Blocking database work for commands and jobs. */
#include "io/dbsync.h"
#include "base/log.h"
#include "base/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void dbsync_complain(const char *what, PGconn *conn, const PGresult *res)
{
    const char *message = res ? PQresultErrorMessage(res) : PQerrorMessage(conn);

    fprintf(stderr, "aftersalesd: %s: %s%s", what, *message ? message : "no reason given",
            *message && message[strlen(message) - 1] == '\n' ? "" : "\n");
}

/* Routine remarks ("already exists, skipping") are not for people. */
static void no_notice(void *ctx, const PGresult *res)
{
    (void)ctx, (void)res;
}

PGconn *dbsync_connect(void)
{
    const char *const keys[] = {"dbname",          "fallback_application_name", "options",
                                "client_encoding", "connect_timeout",           NULL};
    const char *const values[] = {settings.database_url,
                                  "aftersalesd",
                                  "-c timezone=UTC -c datestyle=ISO",
                                  "UTF8",
                                  "10",
                                  NULL};
    PGconn *conn = PQconnectdbParams(keys, values, 1);

    if (!conn)
        abort();
    PQsetNoticeReceiver(conn, no_notice, NULL);
    if (PQstatus(conn) == CONNECTION_OK)
        return conn;
    dbsync_complain("cannot reach the database (set DATABASE_URL, or start PostgreSQL)", conn,
                    NULL);
    PQfinish(conn);
    return NULL;
}

static bool is_good(const PGresult *res)
{
    return PQresultStatus(res) == PGRES_COMMAND_OK || PQresultStatus(res) == PGRES_TUPLES_OK;
}

bool dbsync_run(PGconn *conn, const char *sql)
{
    PGresult *res = PQexec(conn, sql);
    bool good = is_good(res);

    if (!good)
        dbsync_complain("the database refused", conn, res);
    PQclear(res);
    return good;
}

PGresult *dbsync_query(PGconn *conn, const char *sql, int nargs, const char *const *args)
{
    PGresult *res = PQexecParams(conn, sql, nargs, NULL, args, NULL, NULL, 0);

    if (is_good(res))
        return res;
    dbsync_complain("the database refused", conn, res);
    PQclear(res);
    return NULL;
}

bool dbsync_prepare(PGconn *conn, const struct query *const *list, size_t n)
{
    bool good =
        dbsync_run(conn, "SET statement_timeout = '10min'; SET lock_timeout = '2s'; SET jit = off");

    for (size_t i = 0; good && i < n; i++)
        good = dbsync_run(conn, list[i]->prepare);
    return good;
}

PGresult *dbsync_execute(PGconn *conn, const struct query *query, const char *const *args)
{
    PGresult *res = PQexecPrepared(conn, query->name, query->nparams, args, NULL, NULL, 0);
    ExecStatusType status = PQresultStatus(res);

    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        return res;
    log_event(LOG_WARNING, "job_failed", "statement", query->name, "reason",
              PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY), NULL);
    PQclear(res);
    return NULL;
}
