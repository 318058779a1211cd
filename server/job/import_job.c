/* The job that reads a file which was sent in. */
#include "job/import_job.h"
#include "import/import.h"
#include "io/dbsync.h"

#include <string.h>

/* What was asked, as the importer takes it. */
static struct import_options options_of(const struct job *job)
{
    const json_t *said = job->options;
#define TEXT_OF(name) json_string_value(json_object_get(said, name))

    return (struct import_options){
        .file_name = job->file_name,
        .format = TEXT_OF("format"),
        .map = job->map,
        .line = TEXT_OF("line"),
        .channel = TEXT_OF("channel"),
        .country = TEXT_OF("country"),
        .tz = TEXT_OF("tz"),
        .encoding = TEXT_OF("encoding"),
        .date_order = TEXT_OF("date_order"),
        .decimal = TEXT_OF("decimal"),
        .currency = TEXT_OF("currency"),
        .dry_run = json_is_true(json_object_get(said, "validate_only")),
        .skip_rejects = json_is_true(json_object_get(said, "skip_rejects")),
    };
#undef TEXT_OF
}

/* An import reads the file several times, and records; a job is its bytes, once. */
static void on_progress(void *ctx, uint64_t done, uint64_t total)
{
    struct job *job = ctx;

    job_progress(job, "reading", (int64_t)((double)job->total * (double)done / (double)total));
}

static void on_reject(void *ctx, const struct import_reject *reject)
{
    job_reject(ctx, (int64_t)reject->line, reject->column, reject->code, reject->detail);
}

/* Asking keeps the job's own news fresh as well: somebody may have asked for its end. */
static bool on_asked(void *ctx)
{
    struct job *job = ctx;

    job_progress(job, job->step, job->processed);
    return job_is_to_end(job);
}

static void on_wait(void *ctx)
{
    struct job *job = ctx;

    job_progress(job, "waiting", job->processed);
}

/* Why it was refused, in the report's words. */
static const char *problem_of(struct job *job, const json_t *report)
{
    const json_t *problem = json_object_get(report, "problem");
    const char *detail = json_string_value(json_object_get(problem, "detail"));

    return detail ? arena_strdup(&job->arena, detail) : "The file was refused.";
}

static enum job_end end_of(struct job *job, enum import_outcome outcome, const json_t *report,
                           const char **problem)
{
    switch (outcome) {
    case IMPORT_DONE:
    case IMPORT_REPEATED:
        return JOB_SUCCEEDED;
    case IMPORT_REFUSED:
        *problem = problem_of(job, report);
        return JOB_FAILED;
    case IMPORT_CANCELLED:
        return job->cancel_asked ? JOB_CANCELLED : JOB_CUT;
    case IMPORT_FAILED:
        break;
    }
    return JOB_CUT;
}

enum job_end import_job(struct job *job, json_t **result, const char **problem)
{
    const struct import_sink sink = {
        .ctx = job,
        .progress = on_progress,
        .reject = on_reject,
        .cancelled = on_asked,
        .waits = on_wait,
    };
    const struct import_options options = options_of(job);
    PGconn *effect = dbsync_connect(), *bytes = dbsync_connect();
    struct import_upload upload;
    enum import_outcome outcome = IMPORT_FAILED;

    if (effect && bytes) {
        import_upload_init(&upload, bytes, job->upload);
        outcome = import_run(effect, &upload.source, &options, &sink, result);
    }
    PQfinish(effect);
    PQfinish(bytes);
    return end_of(job, outcome, *result, problem);
}
