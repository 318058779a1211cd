/* Rows on their way into the staging table. */
#include "job/import_copy.h"

#include "io/dbsync.h"

#include <endian.h>
#include <string.h>

/* No constraints: what comes here was checked, and the tables check it again. */
static const char create_staging[] = "CREATE TEMP TABLE sales_row ("
                                     " product text COLLATE \"C\","
                                     " country text COLLATE \"C\","
                                     " channel text COLLATE \"C\","
                                     " day date, sold integer, returned integer"
                                     ") ON COMMIT DROP";
static const char copy_staging[] = "COPY sales_row FROM STDIN (FORMAT binary)";
#define COLUMNS 6

/* A row at its longest: three texts, three numbers, and their lengths. */
#define ROW_MAX 512

static void put(struct import_copy *copy, const void *bytes, size_t len)
{
    memcpy(copy->block + copy->len, bytes, len);
    copy->len += len;
}

static void put16(struct import_copy *copy, int16_t value)
{
    uint16_t bytes = htobe16((uint16_t)value);

    put(copy, &bytes, sizeof bytes);
}

static void put32(struct import_copy *copy, int32_t value)
{
    uint32_t bytes = htobe32((uint32_t)value);

    put(copy, &bytes, sizeof bytes);
}

static void put_text(struct import_copy *copy, const char *text)
{
    size_t len = strlen(text);

    put32(copy, (int32_t)len);
    put(copy, text, len);
}

/* date and integer alike: both are four bytes on the wire. */
static void put_number(struct import_copy *copy, int32_t value)
{
    put32(copy, sizeof value);
    put32(copy, value);
}

static bool send_block(struct import_copy *copy)
{
    if (PQputCopyData(copy->conn, copy->block, (int)copy->len) != 1) {
        dbsync_complain("the database took no more rows", copy->conn, NULL);
        return false;
    }
    copy->len = 0;
    return true;
}

bool import_copy_start(struct import_copy *copy, PGconn *conn)
{
    static const char signature[11] = "PGCOPY\n\377\r\n"; /* its NUL belongs to it */
    PGresult *res;
    bool good;

    copy->conn = conn;
    copy->len = 0;
    if (!dbsync_run(conn, create_staging))
        return false;
    res = PQexec(conn, copy_staging);
    good = PQresultStatus(res) == PGRES_COPY_IN;
    if (!good)
        dbsync_complain("the database refused the rows", conn, res);
    PQclear(res);
    put(copy, signature, sizeof signature);
    put32(copy, 0); /* no flags */
    put32(copy, 0); /* no more header */
    return good;
}

bool import_copy_row(struct import_copy *copy, const struct sales_row *row)
{
    if (copy->len + ROW_MAX > sizeof copy->block && !send_block(copy))
        return false;
    put16(copy, COLUMNS);
    put_text(copy, row->product);
    put_text(copy, row->country);
    put_text(copy, row->channel);
    put_number(copy, row->day);
    put_number(copy, row->kind == ROW_SOLD ? row->units : 0);
    put_number(copy, row->kind == ROW_RETURNED ? row->units : 0);
    return true;
}

bool import_copy_end(struct import_copy *copy)
{
    PGresult *res;
    bool good;

    put16(copy, -1); /* no more rows */
    if (!send_block(copy))
        return false;
    if (PQputCopyEnd(copy->conn, NULL) != 1) {
        dbsync_complain("the database took no more rows", copy->conn, NULL);
        return false;
    }
    res = PQgetResult(copy->conn);
    good = PQresultStatus(res) == PGRES_COMMAND_OK;
    if (!good)
        dbsync_complain("the database refused the rows", copy->conn, res);
    PQclear(res);
    PQclear(PQgetResult(copy->conn)); /* the NULL that ends the command */
    return good;
}
