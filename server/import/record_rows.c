/* What was staged is looked at and written. */
#include "import/family.h"
#include "import/record.h"

#include "base/settings.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NUMBERS  8
#define WARNINGS "100"

static const char prepare[] =
    "SELECT import_prepare($1, $2, $3::boolean, $4, $5::boolean), serial_check($6::boolean)";
static const char find_rejects[] = "DECLARE reject CURSOR FOR"
                                   " SELECT line, code, detail FROM staged_reject ORDER BY line";
static const char next_rejects[] = "FETCH 1000 FROM reject";
static const char end_rejects[] = "CLOSE reject";
/* What is left when rows were rejected here: the reader had counted them. */
static const char count_rest[] =
    "SELECT kind, count(*) FILTER (WHERE units <> 0 OR kind <> 'shipment'), sum(abs(units)),"
    "       count(*) FILTER (WHERE kind = 'shipment' AND came_on IS NOT NULL),"
    "       coalesce(sum(abs(units)) FILTER (WHERE kind = 'shipment' AND came_on IS NOT NULL), 0),"
    "       count(*) FILTER (WHERE own <> key AND NOT own_seen AND kind <> 'reimbursement')"
    "  FROM staged_row"
    " GROUP BY kind";

static const char write_rows[] =
    "SELECT new, changed, unchanged, events, distinct_orders"
    "  FROM import_record($1, $2, $3::bytea, $4::bytea, $5, $6::boolean, $7, $8::bigint, $9::bigint,"
    "                     $10::bigint, $11::bigint, $12::bigint, $13::bigint, $14::bigint,"
    "                     $15::bigint)";
static const char find_warnings[] =
    "SELECT code, detail || coalesce(' (' || sum(rows) || ' rows).', '.')"
    "  FROM staged_warning"
    " GROUP BY code, detail"
    " ORDER BY code, detail"
    " LIMIT " WARNINGS;

/* The column that is meant by what the database rejects. */
static int column_meant(const struct import_survey *survey, const char *code)
{
    static const char *const skus[] = {"sku", "item", "product"};

    for (size_t i = 0; i < survey->ncolumns; i++) {
        const char *field = survey->columns[i].field;

        if (!field)
            continue;
        if (!strcmp(code, "serial_overlap") && !strcmp(field, "serial_from"))
            return (int)i;
        for (size_t s = 0; s < 3 && strcmp(code, "serial_overlap") != 0; s++)
            if (!strcmp(field, skus[s]))
                return (int)i;
    }
    return -1;
}

/* Literals for the codes that SQL has: whoever is told one may keep it. */
static const char *code_of(const char *code)
{
    return !strcmp(code, "serial_overlap")  ? "serial_overlap"
           : !strcmp(code, "ambiguous_sku") ? "ambiguous_sku"
                                            : "unknown_sku";
}

static void tell_rejects(struct import_record *record, const PGresult *rows)
{
    const struct import_sink *sink = record->db.sink;

    for (int row = 0; row < PQntuples(rows); row++) {
        const char *code = code_of(PQgetvalue(rows, row, 1));
        int column = column_meant(record->survey, code);
        struct import_reject reject = {
            .line = strtoull(PQgetvalue(rows, row, 0), NULL, 10),
            .column_number = (size_t)(column + 1),
            .column = column < 0 ? NULL : record->survey->columns[column].name,
            .code = code,
            .detail = PQgetvalue(rows, row, 2),
        };

        record->report->accepted--;
        import_report_reject(record->report, code, reject.detail);
        if (sink->reject)
            sink->reject(sink->ctx, &reject);
    }
}

/* Count again what is left. */
static bool recount(struct import_record *record)
{
    PGresult *res = import_db_query(&record->db, count_rest, 0, NULL);
    struct import_report *report = record->report;

    record->unseen = 0;
    memset(report->kind_rows, 0, sizeof report->kind_rows);
    memset(report->kind_units, 0, sizeof report->kind_units);
    for (int row = 0; row < PQntuples(res); row++) {
        for (enum fact_kind kind = 0; kind < FACT_KINDS; kind++) {
            if (strcmp(fact_kind_name(kind), PQgetvalue(res, row, 0)) != 0)
                continue;
            report->kind_rows[kind] += strtoull(PQgetvalue(res, row, 1), NULL, 10);
            report->kind_units[kind] += strtoull(PQgetvalue(res, row, 2), NULL, 10);
        }
        report->kind_rows[FACT_RETURN] += strtoull(PQgetvalue(res, row, 3), NULL, 10);
        report->kind_units[FACT_RETURN] += strtoull(PQgetvalue(res, row, 4), NULL, 10);
        record->unseen += strtoull(PQgetvalue(res, row, 5), NULL, 10);
    }
    PQclear(res);
    return res;
}

/* A file may have more bad rows than fit into memory: they come in portions. */
static bool rejects_read(struct import_record *record)
{
    uint64_t before = record->report->rejected;
    bool more = import_db_run(&record->db, find_rejects);
    PGresult *res;

    while (more) {
        res = import_db_query(&record->db, next_rejects, 0, NULL);
        if (!res)
            return false;
        tell_rejects(record, res);
        more = PQntuples(res);
        PQclear(res);
    }
    if (record->db.error->code || !import_db_run(&record->db, end_rejects))
        return false;
    return record->report->rejected == before || recount(record);
}

bool import_record_prepare(struct import_record *record, const struct import_stage *stage)
{
    const struct import_how *how = record->how;
    const char *const args[] = {
        how->line_code,
        how->line_name,
        how->only_line ? "t" : "f",
        how->tz,
        stage->keys_seen ? "t" : "f",
        stage->serials ? "t" : "f",
    };
    PGresult *res = import_db_query(&record->db, prepare, 6, args);

    PQclear(res);
    record->unseen = stage->orders;
    return res && rejects_read(record);
}

/* The numbers that the list of imports tells. */
static void numbers_write(const struct import_report *report, uint64_t orders,
                          char out[NUMBERS][24])
{
    const uint64_t numbers[NUMBERS] = {
        report->rows,
        report->kind_rows[FACT_SHIPMENT],
        report->kind_rows[FACT_RETURN],
        report->skipped + report->rejected,
        report->rejected,
        report->kind_units[FACT_SHIPMENT],
        report->kind_units[FACT_RETURN],
        orders,
    };

    for (size_t i = 0; i < NUMBERS; i++)
        snprintf(out[i], 24, "%" PRIu64, numbers[i]);
}

static bool warnings_read(struct import_record *record)
{
    PGresult *res = import_db_query(&record->db, find_warnings, 0, NULL);

    for (int row = 0; row < PQntuples(res); row++)
        import_report_warn(record->report, PQgetvalue(res, row, 0), PQgetvalue(res, row, 1));
    PQclear(res);
    return res;
}

bool import_record_write(struct import_record *record)
{
    const struct import_how *how = record->how;
    const char *name = how->options->file_name;
    char file_hash[IMPORT_HASH_TEXT], how_hash[IMPORT_HASH_TEXT], text[NUMBERS][24];
    const char *const args[] = {
        record->id,
        name ? name : "?",
        file_hash,
        how_hash,
        how->mapped ? "mapped" : format_name(record->survey->format),
        import_is_keyed(how) ? "t" : "f",
        settings.reporting_currency,
        text[0],
        text[1],
        text[2],
        text[3],
        text[4],
        text[5],
        text[6],
        text[7],
    };
    PGresult *res;

    import_hash_write(file_hash, record->survey->hash);
    import_hash_write(how_hash, how->hash);
    numbers_write(record->report, record->unseen, text);
    res = import_db_query(&record->db, write_rows, 15, args);
    if (!res)
        return false;
    record->new = strtoll(PQgetvalue(res, 0, 0), NULL, 10);
    record->changed = strtoll(PQgetvalue(res, 0, 1), NULL, 10);
    record->unchanged = strtoll(PQgetvalue(res, 0, 2), NULL, 10);
    record->events = strtoll(PQgetvalue(res, 0, 3), NULL, 10);
    record->orders = strtoll(PQgetvalue(res, 0, 4), NULL, 10);
    PQclear(res);
    return warnings_read(record);
}
