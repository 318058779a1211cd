/* Jobs: work that outlives a request, and those who watch it. */
#include "base/text.h"
#include "http/csv_reply.h"
#include "http/reply.h"
#include "http/rowjson.h"
#include "http/stream.h"
#include "queries.h"
#include "routes.h"

#include <stdio.h>
#include <string.h>

/* Rows of a sheet that are asked for at a time. */
#define SHEET_ROWS      1000
#define SHEET_ROWS_TEXT "1000"

/** GET /api/v1/jobs: newest first. */
void job_list(struct request *req)
{
    q_job_list(req, reply_page, req->page.after[0], req->page.after[1], req->page.limit);
}

/** GET /api/v1/jobs/:id */
void job_get(struct request *req)
{
    q_job_get(req, reply_row, req->param[0]);
}

/** DELETE /api/v1/jobs/:id: ends it, unless it is over. */
void job_cancel(struct request *req)
{
    q_job_cancel(req, reply_done, req->param[0]);
}

static rows_fn job_found, job_told;
static handler_fn job_ask;

static const char *column(const PGresult *rows, const char *name)
{
    return PQgetvalue(rows, 0, PQfnumber(rows, name));
}

static bool job_is_over(const PGresult *rows)
{
    return !PQgetisnull(rows, 0, PQfnumber(rows, "finished_at"));
}

/** GET /api/v1/jobs/:id/events: the job at once, and again at each change. */
void job_watch(struct request *req)
{
    q_job_get(req, job_found, req->param[0]);
}

/* The version that was told last: several connections may hear of one change. */
struct watched {
    char version[24];
};

static void job_found(struct request *req, const PGresult *rows)
{
    const char *seen = request_header(req, "Last-Event-ID");

    if (!PQntuples(rows))
        return reply_problem(req, NOT_FOUND, NULL);
    if (seen && job_is_over(rows) && !strcmp(seen, column(rows, "row_version")))
        return reply_empty(req); /* the client has heard the end: 204 tells it not to come again */
    stream_open(req, STREAM_EVENTS, "text/event-stream; charset=utf-8", req->param[0], job_ask);
    (void)REQ_STATE(req, struct watched);
    stream_write(req, "retry: 3000\n\n", 13);
    job_told(req, rows);
}

static void job_ask(struct request *req)
{
    q_job_get(req, job_told, req->param[0]);
}

/* The id of an event is the job's version, so a client that comes again misses nothing. */
static void job_told(struct request *req, const PGresult *rows)
{
    struct watched *watched = req->state;
    struct arena arena = {0}; /* a stream may live long */
    struct text text = text_new(&arena);

    if (!strcmp(watched->version, column(rows, "row_version")))
        return;
    snprintf(watched->version, sizeof watched->version, "%s", column(rows, "row_version"));
    text_printf(&text, "id: %s\nevent: job\ndata: ", column(rows, "row_version"));
    rowjson_object(&text, rows, 0);
    text_puts(&text, "\n\n");
    stream_write(req, text.bytes, text.len);
    arena_clear(&arena);
    if (job_is_over(rows))
        stream_end(req);
}

/** GET /api/v1/jobs/:id/rejects: in the order of the file. */
void job_reject_list(struct request *req)
{
    q_job_reject_list(req, reply_page, req->param[0], req->page.after[0], req->page.after[1],
                      req->page.limit);
}

/* How far a sheet is: the keys of the last row that was written. */
struct sheet {
    char line[24], n[24];
};

static rows_fn sheet_begun, sheet_rows;
static handler_fn sheet_ask;

/** GET /api/v1/jobs/:id/rejects.csv: all of them, however many. */
void job_reject_sheet(struct request *req)
{
    (void)REQ_STATE(req, struct sheet);
    q_job_reject_list(req, sheet_begun, req->param[0], NULL, NULL, SHEET_ROWS_TEXT);
}

static void sheet_begun(struct request *req, const PGresult *rows)
{
    static const char names[] = "\xef\xbb\xbfline,column,code,detail\r\n";

    stream_open(req, STREAM_ROWS, "text/csv; charset=utf-8", "", sheet_ask);
    reply_header(req, "Content-Disposition", "attachment; filename=\"rejects.csv\"");
    stream_write(req, names, sizeof names - 1);
    sheet_rows(req, rows);
}

static void sheet_ask(struct request *req)
{
    struct sheet *sheet = req->state;

    q_job_reject_list(req, sheet_rows, req->param[0], sheet->line, sheet->n, SHEET_ROWS_TEXT);
}

static void sheet_row(struct text *text, const PGresult *rows, int row)
{
    static const char *const names[] = {"line", "column", "code", "detail"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        text_puts(text, i ? "," : "");
        csv_cell(text, PQgetvalue(rows, row, PQfnumber(rows, names[i])));
    }
    text_puts(text, "\r\n");
}

static void sheet_rows(struct request *req, const PGresult *rows)
{
    struct sheet *sheet = req->state;
    struct arena arena = {0}; /* each part is let go before the next comes */
    struct text text = text_new(&arena);
    int n = PQntuples(rows);

    for (int row = 0; row < n; row++)
        sheet_row(&text, rows, row);
    stream_write(req, text.bytes, text.len);
    arena_clear(&arena);
    if (n < SHEET_ROWS)
        return stream_end(req);
    snprintf(sheet->line, sizeof sheet->line, "%s", PQgetvalue(rows, n - 1, 0));
    snprintf(sheet->n, sizeof sheet->n, "%s", PQgetvalue(rows, n - 1, 1));
}
