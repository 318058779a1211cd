/* What was uploaded, to be imported: piece by piece out of the database. */
#include "import/source.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char size_of[] =
    "SELECT count(*), coalesce(sum(length(bytes)), 0), coalesce(min(n), 0) - 1"
    "  FROM upload_piece"
    " WHERE upload = $1";

/* A number as text first, then bytes: so the whole answer is binary, and the number is not. */
static const char next_piece[] = "SELECT p.n::text AS number, p.bytes"
                                 "  FROM upload_piece AS p"
                                 " WHERE p.upload = $1 AND p.n > $2::integer"
                                 " ORDER BY p.n"
                                 " LIMIT 1";

static PGresult *ask(struct import_upload *upload, const char *question, int binary,
                     struct import_error *error)
{
    const char *const args[] = {upload->upload, upload->last};
    int nargs = binary ? 2 : 1;
    PGresult *res = PQexecParams(upload->conn, question, nargs, NULL, args, NULL, NULL, binary);

    if (PQresultStatus(res) == PGRES_TUPLES_OK)
        return res;
    import_refuse(error, "unreadable", "Cannot read what was uploaded: %s.",
                  PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY)
                      ? PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY)
                      : "the connection to the database was lost");
    PQclear(res);
    return NULL;
}

static void upload_close(struct import_source *source)
{
    struct import_upload *upload = (struct import_upload *)source;

    PQclear(upload->piece);
    upload->piece = NULL;
}

static bool upload_open(struct import_source *source, struct import_error *error)
{
    struct import_upload *upload = (struct import_upload *)source;
    PGresult *res;
    bool there;

    upload_close(source);
    res = ask(upload, size_of, 0, error);
    if (!res)
        return false;
    there = strcmp(PQgetvalue(res, 0, 0), "0") != 0;
    source->size = strtoll(PQgetvalue(res, 0, 1), NULL, 10);
    snprintf(upload->last, sizeof upload->last, "%s", PQgetvalue(res, 0, 2));
    PQclear(res);
    return there ||
           import_refuse(error, "unreadable", "Nothing was uploaded as %s.", upload->upload);
}

/* Have bytes of a piece at hand; false at the end of the last one, or on failure. */
static bool piece_next(struct import_upload *upload, struct import_error *error)
{
    while (!upload->piece || upload->at == (size_t)PQgetlength(upload->piece, 0, 1)) {
        PQclear(upload->piece);
        upload->piece = ask(upload, next_piece, 1, error);
        upload->at = 0;
        if (!upload->piece || !PQntuples(upload->piece))
            return false;
        snprintf(upload->last, sizeof upload->last, "%.*s", PQgetlength(upload->piece, 0, 0),
                 PQgetvalue(upload->piece, 0, 0));
    }
    return true;
}

static ssize_t upload_read(struct import_source *source, void *bytes, size_t size,
                           struct import_error *error)
{
    struct import_upload *upload = (struct import_upload *)source;
    size_t left;

    if (!piece_next(upload, error)) {
        upload_close(source);
        return error->code ? -1 : 0;
    }
    left = (size_t)PQgetlength(upload->piece, 0, 1) - upload->at;
    if (size > left)
        size = left;
    memcpy(bytes, PQgetvalue(upload->piece, 0, 1) + upload->at, size);
    upload->at += size;
    return (ssize_t)size;
}

void import_upload_init(struct import_upload *upload, PGconn *conn, const char *id)
{
    *upload = (struct import_upload){
        .source = {.open = upload_open, .read = upload_read, .close = upload_close},
        .conn = conn,
        .upload = id,
    };
}
