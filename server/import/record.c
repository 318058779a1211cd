/* The one transaction in which an import happens. */
#include "import/record.h"
#include "import/family.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The limits of the connection's role are for requests: an import takes its time. */
static const char begin[] = "BEGIN;"
                            "SET LOCAL statement_timeout = 0;"
                            "SET LOCAL lock_timeout = 0;"
                            "SET LOCAL idle_in_transaction_session_timeout = 0;"
                            "SET LOCAL work_mem = '64MB';"
                            "SET LOCAL jit = off";

/* What the last migration that is needed here brought. */
static const char find_schema[] = "SELECT to_regproc('import_record') IS NOT NULL";

/* 1634104435 is arbitrary: the advisory lock that only imports take. */
static const char try_lock[] = "SELECT pg_try_advisory_xact_lock(1634104435)";
static const char wait_lock[] = "SELECT pg_advisory_xact_lock(1634104435)";

static const char find_line[] = "SELECT true FROM product_line WHERE code = $1";
static const char find_zone[] = "SELECT true FROM pg_timezone_names WHERE name = $1";

/* First by the same reading, then the last one of others. */
static const char find_earlier[] =
    "SELECT public_id, to_char(created_at, 'YYYY-MM-DD'), map_hash = $2::bytea AS same"
    "  FROM sales_import"
    " WHERE file_hash = $1::bytea"
    " ORDER BY same DESC, id DESC"
    " LIMIT 1";

static const char keep_report[] = "UPDATE sales_import SET report = $2::json WHERE public_id = $1";

/* Where no daemon runs, nobody else folds; where one does, it may be quicker. */
static const char fold[] = "SELECT rollup_fold()";

static bool lock(struct import_record *record)
{
    struct import_db *db = &record->db;

    if (import_db_ask(db, try_lock, 0, NULL))
        return true;
    if (db->error->code)
        return false;
    if (db->sink->waits)
        db->sink->waits(db->sink->ctx);
    return import_db_run(db, wait_lock);
}

/* What was named must be there: no import makes a line of a slip of the pen. */
static bool names_check(struct import_record *record)
{
    const struct import_how *how = record->how;
    struct import_error *error = record->db.error;

    if (how->line_code && !how->line_name &&
        !import_db_ask(&record->db, find_line, 1, &how->line_code))
        return import_refuse(error, "unknown_line", "There is no product line with the code %s.",
                             how->line_code);
    if (how->tz && !import_db_ask(&record->db, find_zone, 1, &how->tz))
        return import_refuse(error, "bad_option", "The time zone %s is not known.", how->tz);
    return !error->code;
}

void import_hash_write(char out[IMPORT_HASH_TEXT], const unsigned char hash[IMPORT_HASH])
{
    memcpy(out, "\\x", 2);
    sodium_bin2hex(out + 2, IMPORT_HASH_TEXT - 2, hash, IMPORT_HASH);
}

/* What to do, given the earlier import of these bytes, if there is one. */
static enum record_state judge(struct import_record *record, const PGresult *earlier)
{
    char detail[300];

    if (!PQntuples(earlier))
        return RECORD_OPEN;
    if (*PQgetvalue(earlier, 0, 2) == 't') {
        snprintf(record->id, sizeof record->id, "%s", PQgetvalue(earlier, 0, 0));
        return RECORD_REPEATED;
    }
    snprintf(detail, sizeof detail, "This file was imported on %s in another way (%s); %s.",
             PQgetvalue(earlier, 0, 1), PQgetvalue(earlier, 0, 0),
             import_is_keyed(record->how) ? "its rows say now what this import says"
                                          : "both will count");
    import_report_warn(record->report, "imported_before", detail);
    return RECORD_OPEN;
}

static enum record_state look_for_earlier(struct import_record *record)
{
    char file_hash[IMPORT_HASH_TEXT], how_hash[IMPORT_HASH_TEXT];
    const char *const args[] = {file_hash, how_hash};
    enum record_state state;
    PGresult *res;

    import_hash_write(file_hash, record->survey->hash);
    import_hash_write(how_hash, record->how->hash);
    res = import_db_query(&record->db, find_earlier, 2, args);
    state = res ? judge(record, res) : RECORD_FAILED;
    PQclear(res);
    return state;
}

enum record_state import_record_begin(struct import_record *record)
{
    struct import_db *db = &record->db;

    id_new(record->id, "imp");
    if (!import_db_run(db, begin))
        return RECORD_FAILED;
    if (!import_db_ask(db, find_schema, 0, NULL)) {
        import_refuse(db->error, "database",
                      "The database lacks the tables: run `aftersalesd migrate` first.");
        return RECORD_FAILED;
    }
    if (!lock(record) || !names_check(record))
        return RECORD_FAILED;
    return look_for_earlier(record);
}

/* Nobody is asked for an end any more: what is told must be what happened. */
static bool commit(struct import_record *record)
{
    PGresult *res = PQexec(record->db.conn, "COMMIT");
    bool good = PQresultStatus(res) == PGRES_COMMAND_OK && !strcmp(PQcmdStatus(res), "COMMIT");

    if (!good)
        import_db_fail(&record->db, res);
    PQclear(res);
    return good;
}

bool import_record_end(struct import_record *record, const json_t *report, bool dry_run)
{
    char *text = dry_run ? NULL : json_dumps(report, JSON_COMPACT);
    const char *const args[] = {record->id, text};
    PGresult *res;

    if (dry_run)
        return import_db_run(&record->db, "ROLLBACK");
    res = import_db_query(&record->db, keep_report, 2, args);
    free(text);
    PQclear(res);
    if (!res || !commit(record))
        return false;
    PQclear(PQexec(record->db.conn, fold));
    return true;
}

void import_record_undo(struct import_record *record)
{
    if (PQtransactionStatus(record->db.conn) != PQTRANS_IDLE)
        PQclear(PQexec(record->db.conn, "ROLLBACK"));
}
