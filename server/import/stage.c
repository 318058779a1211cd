/* Facts on their way into the staging table. */
#include "import/stage.h"

#include <endian.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* In the order of import_stage(): the hash is that of all that comes behind it. */
static const char copy_staging[] =
    "COPY staged_row (line, key_seen, own_seen, shipped_at, came_at, key, hash, own, parent, kind,"
    " sku, country, channel, lot, shipped_on, came_on, class, reason, units, money_minor,"
    " currency, rank, restocked, reimbursed, serials, note) FROM STDIN (FORMAT binary)";
#define COLUMNS 26
/* Of rows that are only added up. */
static const char copy_sums[] =
    "COPY staged_row (line, kind, sku, country, channel, lot, shipped_on, came_on, class, reason,"
    " units, money_minor, currency) FROM STDIN (FORMAT binary)";
#define SUM_COLUMNS 13

/* A row at its longest, but for its serial numbers: texts of four bytes a character. */
#define ROW_MAX   4096
#define RANGE_MAX 128

#define SECONDS_1970_TO_2000 946684800

static void put(struct import_stage *stage, const void *bytes, size_t len)
{
    memcpy(stage->block + stage->len, bytes, len);
    stage->len += len;
}

static void put16(struct import_stage *stage, int16_t value)
{
    uint16_t bytes = htobe16((uint16_t)value);

    put(stage, &bytes, sizeof bytes);
}

static void put32(struct import_stage *stage, int32_t value)
{
    uint32_t bytes = htobe32((uint32_t)value);

    put(stage, &bytes, sizeof bytes);
}

/* Write over what put32() put at a place. */
static void patch32(struct import_stage *stage, size_t at, int32_t value)
{
    uint32_t bytes = htobe32((uint32_t)value);

    memcpy(stage->block + at, &bytes, sizeof bytes);
}

static void put64(struct import_stage *stage, int64_t value)
{
    uint64_t bytes = htobe64((uint64_t)value);

    put(stage, &bytes, sizeof bytes);
}

/* Values with their lengths before them; of a NULL there is only that. */
static void put_null(struct import_stage *stage)
{
    put32(stage, -1);
}

static void put_bytes(struct import_stage *stage, const void *bytes, size_t len)
{
    put32(stage, (int32_t)len);
    put(stage, bytes, len);
}

static void put_text(struct import_stage *stage, const char *text)
{
    if (text)
        put_bytes(stage, text, strlen(text));
    else
        put_null(stage);
}

static void put_bool(struct import_stage *stage, bool value)
{
    put_bytes(stage, value ? "\1" : "\0", 1);
}

static void put_integer(struct import_stage *stage, int32_t value)
{
    put32(stage, sizeof value);
    put32(stage, value);
}

static void put_bigint(struct import_stage *stage, int64_t value)
{
    put32(stage, sizeof value);
    put64(stage, value);
}

static void put_day(struct import_stage *stage, const struct fact_day *day)
{
    if (day->known)
        put_integer(stage, day->value.day);
    else
        put_null(stage);
}

/* Microseconds since 2000, where the zone matters and the instant is known. */
static void put_instant(struct import_stage *stage, const struct fact_day *day)
{
    if (stage->zoned && day->known && day->value.instant_known)
        put_bigint(stage, (day->value.instant - SECONDS_1970_TO_2000) * 1000000);
    else
        put_null(stage);
}

/* Ranges between line breaks, their parts between tabs: serial numbers hold neither. */
static void put_serials(struct import_stage *stage, const struct serial_list *serials)
{
    size_t at = stage->len;

    put32(stage, 0);
    for (size_t i = 0; i < serials->nranges; i++) {
        const struct serial_range *range = &serials->ranges[i];
        char text[RANGE_MAX];
        int len = snprintf(text, sizeof text, "%s%s\t%u\t%llu\t%llu", i ? "\n" : "", range->prefix,
                           range->width, (unsigned long long)range->first,
                           (unsigned long long)range->last);

        put(stage, text, (size_t)len);
    }
    patch32(stage, at, (int32_t)(stage->len - at - sizeof(int32_t)));
}

static bool send_block(struct import_stage *stage)
{
    if (PQputCopyData(stage->db->conn, stage->block, (int)stage->len) != 1)
        return import_db_fail(stage->db, NULL);
    stage->len = 0;
    return true;
}

bool import_stage_begin(struct import_stage *stage, struct import_db *db, bool keyed, bool zoned)
{
    static const char signature[11] = "PGCOPY\n\377\r\n"; /* its NUL belongs to it */
    PGresult *res;
    bool good;

    memset(stage, 0, sizeof *stage);
    stage->db = db;
    stage->keyed = keyed;
    stage->zoned = zoned;
    if (!import_db_run(db, "SELECT import_stage()"))
        return false;
    res = PQexec(db->conn, keyed ? copy_staging : copy_sums);
    good = PQresultStatus(res) == PGRES_COPY_IN || import_db_fail(db, res);
    PQclear(res);
    put(stage, signature, sizeof signature);
    put32(stage, 0); /* no flags */
    put32(stage, 0); /* no more header */
    return good;
}

/* What identifies the row, and whether it may have been there before. */
static void put_identity(struct import_stage *stage, const struct fact *fact)
{
    bool seen = import_seen(&stage->keys, fact->key);
    bool own_seen = import_seen(&stage->owns, fact->own);

    stage->keys_seen += seen;
    stage->orders +=
        !own_seen && fact->kind != FACT_REIMBURSEMENT && memcmp(fact->own, fact->key, FACT_ID) != 0;
    put_bool(stage, seen);
    put_bool(stage, own_seen);
    put_instant(stage, &fact->shipped);
    put_instant(stage, &fact->came);
    put_bytes(stage, fact->key, FACT_ID);
}

/* What is added up. */
static void put_sums(struct import_stage *stage, const struct fact *fact)
{
    put_text(stage, fact_kind_name(fact->kind));
    put_text(stage, fact->sku);
    put_text(stage, fact->country);
    put_text(stage, fact->channel);
    put_text(stage, fact->lot);
    put_day(stage, &fact->shipped);
    put_day(stage, &fact->came);
    put_text(stage, fact->classed ? event_class_name(fact->class) : NULL);
    put_text(stage, fact->reason);
    put_integer(stage, fact->units);
    put_bigint(stage, fact->money);
    put_text(stage, fact->currency);
}

static void put_content(struct import_stage *stage, const struct fact *fact)
{
    put_bytes(stage, fact->own, FACT_ID);
    if (fact->has_parent)
        put_bytes(stage, fact->parent, FACT_ID);
    else
        put_null(stage);
    put_sums(stage, fact);
    put32(stage, sizeof(int16_t));
    put16(stage, (int16_t)fact->rank);
    put_bool(stage, fact->restocked);
    put_bool(stage, fact->reimbursed);
    if (fact->serials)
        put_serials(stage, fact->serials);
    else
        put_null(stage);
    put_text(stage, fact->note);
}

/* A row with its key, and the hash of what it says. */
static void put_keyed(struct import_stage *stage, const struct fact *fact)
{
    unsigned char *hash;

    put_identity(stage, fact);
    hash = (unsigned char *)stage->block + stage->len + sizeof(int32_t);
    put_bytes(stage, fact->key, FACT_ID); /* in its place */
    put_content(stage, fact);
    crypto_generichash(hash, FACT_ID, hash + FACT_ID,
                       (size_t)((unsigned char *)stage->block + stage->len - hash) - FACT_ID, NULL,
                       0);
}

bool import_stage_fact(void *context, const struct import_reader *reader, const struct fact *fact)
{
    struct import_stage *stage = context;
    size_t ranges = fact->serials ? fact->serials->nranges : 0;

    stage->serials += ranges > 0;
    if (stage->len + ROW_MAX + ranges * RANGE_MAX > sizeof stage->block && !send_block(stage))
        return false;
    put16(stage, stage->keyed ? COLUMNS : SUM_COLUMNS);
    put_bigint(stage, (int64_t)reader->csv->line);
    if (stage->keyed)
        put_keyed(stage, fact);
    else
        put_sums(stage, fact);
    return true;
}

bool import_stage_end(struct import_stage *stage)
{
    PGresult *res;
    bool good;

    put16(stage, -1); /* no more rows */
    if (!send_block(stage))
        return false;
    if (PQputCopyEnd(stage->db->conn, NULL) != 1)
        return import_db_fail(stage->db, NULL);
    res = PQgetResult(stage->db->conn);
    good = PQresultStatus(res) == PGRES_COMMAND_OK || import_db_fail(stage->db, res);
    PQclear(res);
    PQclear(PQgetResult(stage->db->conn)); /* the NULL that ends the command */
    return good;
}

void import_stage_abort(struct import_stage *stage)
{
    PGresult *res;

    PQputCopyEnd(stage->db->conn, "the import ended early");
    while ((res = PQgetResult(stage->db->conn)) && PQresultStatus(res) != PGRES_COPY_IN)
        PQclear(res);
    PQclear(res);
}
