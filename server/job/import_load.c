/* The one transaction in which an import happens. */
#include "job/import_load.h"

#include "io/dbsync.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* The limits of the connection's role are for requests: an import takes its time. */
static const char begin[] = "BEGIN;"
                            "SET LOCAL statement_timeout = 0;"
                            "SET LOCAL lock_timeout = 0;"
                            "SET LOCAL work_mem = '64MB'";

/* The last thing that a migration makes of what is needed here. */
static const char find_schema[] = "SELECT to_regproc('sales_import_record') IS NOT NULL";

/* 1634104435 is arbitrary: the advisory lock that only imports take. */
static const char try_lock[] = "SELECT pg_try_advisory_xact_lock(1634104435)";
static const char wait_lock[] = "SELECT pg_advisory_xact_lock(1634104435)";

/* First the same mapping, then the last one of others. */
static const char find_earlier[] =
    "SELECT public_id, to_char(created_at, 'YYYY-MM-DD'), map_hash = $2::bytea AS same"
    "  FROM sales_import"
    " WHERE file_hash = $1::bytea"
    " ORDER BY same DESC, id DESC"
    " LIMIT 1";

/* Where no daemon runs, nobody else folds; where one does, it may be quicker. */
static const char fold[] = "SELECT rollup_fold()";

static const char record[] =
    "SELECT sales_import_record($1, $2, $3::bytea, $4::bytea, $5, $6, $7::bigint, $8::bigint,"
    "                           $9::bigint, $10::bigint, $11::bigint, $12::bigint)";

/* Ask what is true or false; a database that cannot tell has complained. */
static bool ask(PGconn *conn, const char *question, bool *answer)
{
    PGresult *res = dbsync_query(conn, question, 0, NULL);

    *answer = res && *PQgetvalue(res, 0, 0) == 't';
    PQclear(res);
    return res;
}

static bool has_schema(PGconn *conn)
{
    bool there;

    if (ask(conn, find_schema, &there) && !there)
        fputs("aftersalesd: the database lacks the tables: run `aftersalesd migrate` first.\n",
              stderr);
    return there;
}

static bool lock(PGconn *conn)
{
    PGresult *res;
    bool got;

    if (!ask(conn, try_lock, &got) || got)
        return got;
    fputs("Another import is running: waiting for its end.\n", stderr);
    res = dbsync_query(conn, wait_lock, 0, NULL);
    PQclear(res);
    return res;
}

static void bytea(char out[HASH_SIZE], const unsigned char hash[32])
{
    memcpy(out, "\\x", 2);
    sodium_bin2hex(out + 2, HASH_SIZE - 2, hash, 32);
}

/* What to do, given the earlier import of these bytes, if there is one. */
static enum import_load_state judge(struct import_load *load, const PGresult *earlier)
{
    if (!PQntuples(earlier))
        return LOAD_OPEN;
    if (*PQgetvalue(earlier, 0, 2) == 't') {
        snprintf(load->id, sizeof load->id, "%s", PQgetvalue(earlier, 0, 0));
        snprintf(load->day, sizeof load->day, "%s", PQgetvalue(earlier, 0, 1));
        return LOAD_REPEATED;
    }
    fprintf(stderr,
            "Note: this file was imported on %s with another mapping (%s); both will count.\n",
            PQgetvalue(earlier, 0, 1), PQgetvalue(earlier, 0, 0));
    return LOAD_OPEN;
}

static enum import_load_state look_for_earlier(struct import_load *load,
                                               const struct import_map *map,
                                               const struct import_counts *counts)
{
    char file_hash[HASH_SIZE], map_hash[HASH_SIZE];
    const char *const args[] = {file_hash, map_hash};
    enum import_load_state state;
    PGresult *res;

    bytea(file_hash, counts->file_hash);
    bytea(map_hash, map->hash);
    res = dbsync_query(load->conn, find_earlier, 2, args);
    state = res ? judge(load, res) : LOAD_FAILED;
    PQclear(res);
    return state;
}

enum import_load_state import_load_begin(struct import_load *load, const struct import_map *map,
                                         const struct import_counts *counts)
{
    enum import_load_state state;

    id_new(load->id, "imp");
    load->conn = dbsync_connect();
    if (!load->conn || !dbsync_run(load->conn, begin) || !has_schema(load->conn) ||
        !lock(load->conn))
        return LOAD_FAILED;
    state = look_for_earlier(load, map, counts);
    if (state == LOAD_OPEN && !import_copy_start(&load->copy, load->conn))
        state = LOAD_FAILED;
    return state;
}

bool import_load_row(void *ctx, const struct sales_row *row)
{
    struct import_load *load = ctx;

    return import_copy_row(&load->copy, row);
}

bool import_load_commit(struct import_load *load, const char *file_name,
                        const struct import_map *map, const struct import_counts *counts)
{
    const uint64_t numbers[] = {
        counts->rows,
        counts->kind[ROW_SOLD],
        counts->kind[ROW_RETURNED],
        import_counts_skipped(counts) + counts->kind[ROW_REJECTED],
        counts->units_sold,
        counts->units_returned,
    };
    char file_hash[HASH_SIZE], map_hash[HASH_SIZE], text[6][24];
    const char *const args[] = {load->id,       file_name,      file_hash, map_hash,
                                map->line_code, map->line_name, text[0],   text[1],
                                text[2],        text[3],        text[4],   text[5]};
    PGresult *res;

    bytea(file_hash, counts->file_hash);
    bytea(map_hash, map->hash);
    for (size_t i = 0; i < 6; i++)
        snprintf(text[i], sizeof text[i], "%" PRIu64, numbers[i]);
    if (!import_copy_end(&load->copy))
        return false;
    import_progress_step("Adding up");
    res = dbsync_query(load->conn, record, 12, args);
    import_progress_clear();
    PQclear(res);
    if (!res || !dbsync_run(load->conn, "COMMIT"))
        return false;
    PQclear(dbsync_query(load->conn, fold, 0, NULL));
    return true;
}

void import_load_release(struct import_load *load)
{
    PQfinish(load->conn);
    load->conn = NULL;
}
