/* A job under way: what it tells of itself. */
#include "job/job.h"
#include "base/clock.h"
#include "base/text.h"
#include "io/dbsync.h"
#include "queries.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TELL_EVERY_MS 250
/* Rejected rows are kept back until they are so many bytes. */
#define REJECTS_MAX 65536

static const char *const states[] = {
    [JOB_SUCCEEDED] = "succeeded",
    [JOB_FAILED] = "failed",
    [JOB_CANCELLED] = "cancelled",
    [JOB_CUT] = "queued",
};

bool jobs_prepare(PGconn *conn)
{
    static const struct query *const list[] = {&query_job_claim, &query_job_progress,
                                               &query_job_finish, &query_job_reject_clear};

    return dbsync_prepare(conn, list, sizeof list / sizeof *list);
}

static const char *column(struct job *job, const PGresult *rows, const char *name)
{
    int place = PQfnumber(rows, name);

    return PQgetisnull(rows, 0, place) ? NULL
                                       : arena_strdup(&job->arena, PQgetvalue(rows, 0, place));
}

bool job_take(struct job *job, PGconn *conn)
{
    PGresult *rows = dbsync_execute(conn, &query_job_claim, NULL);

    if (!rows || !PQntuples(rows)) {
        PQclear(rows);
        return false;
    }
    job->conn = conn;
    job->key = column(job, rows, "key");
    job->id = column(job, rows, "id");
    job->kind = column(job, rows, "kind");
    job->account = column(job, rows, "created_by");
    job->upload = column(job, rows, "upload");
    job->file_name = column(job, rows, "file_name");
    job->map = column(job, rows, "map");
    job->total = strtoll(column(job, rows, "total"), NULL, 10);
    job->options = json_loads(column(job, rows, "options"), 0, NULL);
    job->step = "";
    job->rejects = text_new(&job->reject_arena);
    PQclear(rows);
    PQclear(dbsync_execute(conn, &query_job_reject_clear, &job->key));
    return true;
}

/* A statement about the job; without an answer the session is gone, and the job with it. */
static PGresult *tell(struct job *job, const struct query *query, const char *const *args)
{
    PGresult *res = job->lost ? NULL : dbsync_execute(job->conn, query, args);

    job->lost = job->lost || PQstatus(job->conn) != CONNECTION_OK;
    return res;
}

static void progress_tell(struct job *job)
{
    char processed[24], rejected[24];
    const char *const args[] = {job->key, *job->step ? job->step : NULL, processed, rejected};
    PGresult *res;

    snprintf(processed, sizeof processed, "%" PRId64, job->processed);
    snprintf(rejected, sizeof rejected, "%" PRId64, job->rejected);
    res = tell(job, &query_job_progress, args);
    job->cancel_asked =
        job->cancel_asked || (res && PQntuples(res) && *PQgetvalue(res, 0, 0) == 't');
    PQclear(res);
    job->told_ms = clock_ms();
}

void job_progress(struct job *job, const char *step, int64_t processed)
{
    bool new_step = strcmp(step, job->step) != 0;

    job->step = step;
    job->processed = processed;
    if (new_step || clock_ms() - job->told_ms >= TELL_EVERY_MS)
        progress_tell(job);
}

bool job_is_to_end(const struct job *job)
{
    return job->cancel_asked || job->lost ||
           atomic_load_explicit(job->stopping, memory_order_relaxed);
}

/* COPY's text form: what would end a cell or a row is escaped. */
static void add_cell(struct text *text, const char *value)
{
    for (; *value; value++) {
        const char *special = strchr("\t\n\r\\", *value);

        if (special) {
            text_putc(text, '\\');
            text_putc(text, "tnr\\"[special - "\t\n\r\\"]);
        } else {
            text_putc(text, *value);
        }
    }
}

static void rejects_send(struct job *job)
{
    PGresult *res;

    if (job->lost || !job->rejects.len)
        return;
    res = PQexec(job->conn, "COPY job_reject (job, line, n, \"column\", code, detail) FROM STDIN");
    if (PQresultStatus(res) == PGRES_COPY_IN &&
        PQputCopyData(job->conn, job->rejects.bytes, (int)job->rejects.len) == 1 &&
        PQputCopyEnd(job->conn, NULL) == 1) {
        PQclear(res);
        res = PQgetResult(job->conn);
    }
    if (PQresultStatus(res) != PGRES_COMMAND_OK)
        job->lost = true; /* what was rejected must be told: another attempt will */
    PQclear(res);
    while ((res = PQgetResult(job->conn)))
        PQclear(res);
    arena_clear(&job->reject_arena);
    job->rejects = text_new(&job->reject_arena);
}

void job_reject(struct job *job, int64_t line, const char *column_name, const char *code,
                const char *detail)
{
    struct text *text = &job->rejects;

    job->reject_n = line == job->reject_line ? job->reject_n + 1 : 0;
    job->reject_line = line;
    job->rejected++;
    text_printf(text, "%s\t%" PRId64 "\t%" PRId64 "\t", job->key, line, job->reject_n);
    if (column_name)
        add_cell(text, column_name);
    else
        text_puts(text, "\\N");
    text_putc(text, '\t');
    add_cell(text, code);
    text_putc(text, '\t');
    add_cell(text, detail);
    text_putc(text, '\n');
    if (text->len >= REJECTS_MAX)
        rejects_send(job);
}

void job_finish(struct job *job, enum job_end end, const json_t *result, const char *problem)
{
    char processed[24], rejected[24];
    char *dumped = result ? json_dumps(result, JSON_COMPACT) : NULL;
    const char *const args[] = {job->key, states[end], processed, rejected, dumped, problem};

    rejects_send(job);
    snprintf(processed, sizeof processed, "%" PRId64,
             end == JOB_SUCCEEDED ? job->total : job->processed);
    snprintf(rejected, sizeof rejected, "%" PRId64, job->rejected);
    PQclear(tell(job, &query_job_finish, args));
    free(dumped);
}

void job_release(struct job *job)
{
    json_decref(job->options);
    arena_clear(&job->arena);
    arena_clear(&job->reject_arena);
    *job = (struct job){0};
}
