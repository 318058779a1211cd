/* aftersalesd migrate: the database gets this program's schema. */
#include "command/migrate.h"
#include "base/clock.h"
#include "base/id.h"
#include "base/schema.h"
#include "command/command.h"
#include "io/dbsync.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* 1634104434 is arbitrary: the advisory lock that only migrations take. */
static const char preparations[] =
    "SET client_min_messages = warning;"
    "SELECT pg_advisory_lock(1634104434);"
    "CREATE TABLE IF NOT EXISTS schema_migration ("
    "    number     integer CONSTRAINT schema_migration_pkey PRIMARY KEY,"
    "    name       text NOT NULL,"
    "    hash       bytea NOT NULL,"
    "    ms         integer NOT NULL,"
    "    applied_at timestamptz NOT NULL DEFAULT now())";

static bool record(PGconn *conn, const char *number, const struct schema_file *file,
                   const char *hash, int64_t ms)
{
    char duration[24];
    const char *const args[] = {number, file->name, hash, duration};
    PGresult *res;

    snprintf(duration, sizeof duration, "%lld", (long long)ms);
    res = dbsync_query(conn,
                       "INSERT INTO schema_migration (number, name, hash, ms) "
                       "VALUES ($1::int, $2, $3::bytea, $4::int)",
                       4, args);
    PQclear(res);
    return res;
}

static bool apply(PGconn *conn, const char *number, const struct schema_file *file,
                  const char *hash)
{
    int64_t started = clock_ms();

    if (dbsync_run(conn, "BEGIN; SET LOCAL lock_timeout = '3s'") && dbsync_run(conn, file->text) &&
        record(conn, number, file, hash, clock_ms() - started) && dbsync_run(conn, "COMMIT")) {
        printf("migrated: %s\n", file->name);
        return true;
    }
    fprintf(stderr, "aftersalesd: %s was not applied; the database is as it was before it.\n",
            file->name);
    dbsync_run(conn, "ROLLBACK");
    return false;
}

/* Apply one migration, unless it is there; one that is there must be the same. */
static bool migrate_one(PGconn *conn, size_t index)
{
    const struct schema_file *file = &schema_migrations[index];
    char number[24], hash[HASH_SIZE];
    const char *const args[] = {number};
    PGresult *res;
    bool there, same;

    snprintf(number, sizeof number, "%zu", index + 1);
    hash_text(hash, file->text, strlen(file->text));
    res = dbsync_query(conn, "SELECT hash FROM schema_migration WHERE number = $1::int", 1, args);
    if (!res)
        return false;
    there = PQntuples(res);
    same = there && !strcmp(PQgetvalue(res, 0, 0), hash);
    PQclear(res);
    if (!there)
        return apply(conn, number, file, hash);
    if (!same)
        fprintf(stderr,
                "aftersalesd: %s was changed after it had been applied here; migrations "
                "are append-only, so write a new one.\n",
                file->name);
    return same;
}

/* Migrations this program does not know were made by a newer one. */
static bool is_not_newer(PGconn *conn)
{
    PGresult *res =
        dbsync_query(conn, "SELECT coalesce(max(number), 0) FROM schema_migration", 0, NULL);
    bool newer = res && strtoul(PQgetvalue(res, 0, 0), NULL, 10) > nschema_migrations;

    PQclear(res);
    if (newer)
        fprintf(stderr, "aftersalesd: the database was migrated by a newer program; use that.\n");
    return res && !newer;
}

static bool apply_functions(PGconn *conn)
{
    bool good = dbsync_run(conn, "BEGIN");

    for (size_t i = 0; good && i < nschema_functions; i++) {
        good = dbsync_run(conn, schema_functions[i].text);
        if (!good)
            fprintf(stderr, "aftersalesd: %s is bad.\n", schema_functions[i].name);
    }
    return dbsync_run(conn, good ? "COMMIT" : "ROLLBACK") && good;
}

bool migrate(PGconn *conn)
{
    bool good = dbsync_run(conn, preparations) && is_not_newer(conn);

    for (size_t i = 0; good && i < nschema_migrations; i++)
        good = migrate_one(conn, i);
    return good && apply_functions(conn) &&
           dbsync_run(conn, "SELECT pg_advisory_unlock(1634104434)");
}

int command_migrate(int argc, char **argv)
{
    PGconn *conn;
    bool good;

    if (argc > 1)
        return command_usage(argv[0]);
    conn = dbsync_connect();
    good = conn && migrate(conn);
    PQfinish(conn);
    return good ? 0 : 1;
}
