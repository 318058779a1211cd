/* Every statement is prepared once before the service opens: a bad one must not wait for a
 * customer. */
#include "http/describe.h"
#include "base/arena.h"
#include "io/dbsync.h"
#include "queries.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SERVER_VERSION_MIN 150000

static struct description *descriptions;
static char server_version[64];
static int server_connections;

/* The line of the file an error points at: PREPARE's own line stands before the statement's. */
static int line_of(const struct query *query, const PGresult *res)
{
    const char *position = PQresultErrorField(res, PG_DIAG_STATEMENT_POSITION);
    const char *at = query->prepare + (position ? strtol(position, NULL, 10) - 1 : 0);
    int line = query->line - 1;

    for (const char *c = query->prepare; *c && c < at; c++)
        line += *c == '\n';
    return line < query->line ? query->line : line;
}

static bool prepare(PGconn *conn, const struct query *query)
{
    PGresult *res = PQexec(conn, query->prepare);
    bool good = PQresultStatus(res) == PGRES_COMMAND_OK;

    if (!good)
        fprintf(stderr, "aftersalesd: %s:%d: %s.\n", query->file, line_of(query, res),
                PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY));
    PQclear(res);
    return good;
}

/* All columns of our tables that are NOT NULL, as pairs of table and number. */
static PGresult *find_not_null(PGconn *conn)
{
    return dbsync_query(conn,
                        "SELECT a.attrelid, a.attnum FROM pg_attribute AS a "
                        "  JOIN pg_class AS c ON c.oid = a.attrelid "
                        " WHERE a.attnotnull AND c.relkind = 'r' "
                        "   AND c.relnamespace = current_schema()::regnamespace",
                        0, NULL);
}

/* Whether a column may be NULL: unless its table forbids it and no outer join can bring it in. */
static bool is_nullable(const struct query *query, const PGresult *res, int column,
                        const PGresult *not_null)
{
    if (!PQftable(res, column) || strstr(query->prepare, "LEFT JOIN"))
        return true;
    for (int i = 0; i < PQntuples(not_null); i++)
        if (strtoul(PQgetvalue(not_null, i, 0), NULL, 10) == PQftable(res, column) &&
            strtol(PQgetvalue(not_null, i, 1), NULL, 10) == PQftablecol(res, column))
            return false;
    return true;
}

static void describe(PGconn *conn, const struct query *query, const PGresult *not_null,
                     struct description *description)
{
    PGresult *res = PQdescribePrepared(conn, query->name);
    int n = PQnfields(res);
    struct column *columns = xalloc((size_t)n * sizeof *columns);

    for (int i = 0; i < n; i++)
        columns[i] = (struct column){xstrdup(PQfname(res, i)), PQftype(res, i),
                                     is_nullable(query, res, i, not_null)};
    *description = (struct description){columns, n};
    PQclear(res);
}

static bool count_connections(PGconn *conn)
{
    PGresult *res =
        dbsync_query(conn,
                     "SELECT current_setting('max_connections')::int"
                     " - current_setting('superuser_reserved_connections')::int"
                     " - coalesce(current_setting('reserved_connections', true)::int, 0)",
                     0, NULL);

    if (res)
        server_connections = (int)strtol(PQgetvalue(res, 0, 0), NULL, 10);
    PQclear(res);
    return res;
}

static bool server_is_fit(PGconn *conn)
{
    snprintf(server_version, sizeof server_version, "%s",
             PQparameterStatus(conn, "server_version"));
    if (PQserverVersion(conn) < SERVER_VERSION_MIN) {
        fprintf(stderr, "aftersalesd: PostgreSQL 15 or later is needed, this is %s.\n",
                server_version);
        return false;
    }
    if (strcmp(PQparameterStatus(conn, "server_encoding"), "UTF8")) {
        fprintf(stderr, "aftersalesd: the database must have the encoding UTF8.\n");
        return false;
    }
    return count_connections(conn);
}

bool describe_statements(void)
{
    PGconn *conn = dbsync_connect();
    PGresult *not_null = NULL;
    bool good = conn && server_is_fit(conn) && (not_null = find_not_null(conn));

    descriptions = xalloc(nqueries * sizeof *descriptions);
    for (size_t i = 0; good && i < nqueries; i++)
        good = prepare(conn, queries[i]);
    for (size_t i = 0; good && i < nqueries; i++)
        describe(conn, queries[i], not_null, &descriptions[i]);
    PQclear(not_null);
    PQfinish(conn);
    return good;
}

struct description describe_query(const struct query *query)
{
    for (size_t i = 0; i < nqueries; i++)
        if (queries[i] == query)
            return descriptions[i];
    return (struct description){0};
}

int describe_server_connections(void)
{
    return server_connections;
}

const char *describe_server_version(void)
{
    return server_version;
}
