/* An import from its first byte to its last. */
#include "import/import.h"
#include "import/family.h"
#include "import/record.h"
#include "import/stage.h"

#include "base/arena.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* An import under way. */
struct import {
    struct import_source *source;
    const struct import_options *options;
    const struct import_sink *sink;
    struct import_how how;
    struct import_survey survey;
    struct import_report report;
    struct import_error error;
    struct import_stream stream;
    struct import_stage stage;
    struct import_record record;
    bool repeated, written;
};

const char *import_outcome_name(enum import_outcome outcome)
{
    static const char *const names[] = {
        [IMPORT_DONE] = "imported",   [IMPORT_REPEATED] = "repeated",
        [IMPORT_REFUSED] = "refused", [IMPORT_CANCELLED] = "cancelled",
        [IMPORT_FAILED] = "failed",
    };

    return names[outcome];
}

static bool is_same_file(struct import *import)
{
    unsigned char hash[IMPORT_HASH];

    import_stream_hash(&import->stream, hash);
    return !memcmp(hash, import->survey.hash, sizeof hash) ||
           import_refuse(&import->error, "changed",
                         "The file changed while it was read, so nothing is imported.");
}

/* The third reading, into the staging table. */
static bool stage(struct import *import)
{
    bool good = import_stage_begin(&import->stage, &import->record.db,
                                   import_is_keyed(&import->how), import->how.tz);

    if (!good)
        return false;
    good = import_stream_open(&import->stream, import->source, import->sink, 2, &import->error) &&
           import_read(&import->survey, &import->how, import_stream_read, &import->stream,
                       import->sink, import_stage_fact, &import->stage, &import->report,
                       &import->error) &&
           is_same_file(import);
    import_stream_close(&import->stream);
    if (good)
        return import_stage_end(&import->stage);
    import_stage_abort(&import->stage);
    return false;
}

/* Whether what was read may be imported. */
static bool permit(struct import *import)
{
    const struct import_report *report = &import->report;

    if (report->rejected && !import->how.skip_rejects)
        return import_refuse(&import->error, "rejected_rows",
                             "%" PRIu64 " %s rejected, so nothing is imported: correct the file, "
                             "or have such rows left out.",
                             report->rejected, report->rejected == 1 ? "row was" : "rows were");
    if (!report->accepted)
        return import_refuse(&import->error, "nothing_to_import",
                             "No row says anything that can be imported.");
    return true;
}

/* An object of all that was found so far. */
static json_t *describe(const struct import *import, enum import_outcome outcome)
{
    const struct import_record *record = &import->record;
    bool dry = import->options->dry_run, kept = outcome == IMPORT_REPEATED || import->written;
    json_t *into =
        json_pack("{s:s, s:s?, s:b, s:b}", "outcome", import_outcome_name(outcome), "import",
                  kept && (!dry || outcome == IMPORT_REPEATED) ? record->id : NULL, "dry_run", dry,
                  "repeated", outcome == IMPORT_REPEATED);
    json_t *rows;

    import_survey_json(&import->survey, &import->how, into);
    import_report_json(&import->report, into);
    rows = json_object_get(into, "rows");
    json_object_set_new(rows, "new", json_integer(record->new));
    json_object_set_new(rows, "changed", json_integer(record->changed));
    json_object_set_new(rows, "unchanged", json_integer(record->unchanged));
    json_object_set_new(into, "orders", json_integer(record->orders));
    json_object_set_new(into, "events", json_integer(record->events));
    json_object_set_new(into, "problem",
                        import->error.code ? json_pack("{s:s, s:s}", "code", import->error.code,
                                                       "detail", import->error.text)
                                           : json_null());
    return into;
}

/* Everything that happens in the transaction but its end. */
static bool transact(struct import *import)
{
    struct import_record *record = &import->record;

    switch (import_record_begin(record)) {
    case RECORD_REPEATED:
        import->repeated = true;
        return false;
    case RECORD_FAILED:
        return false;
    case RECORD_OPEN:
        break;
    }
    if (!stage(import))
        return false;
    import_sink_tell(import->sink, import->source, IMPORT_READINGS, 0);
    return (import->report.rejected && !import->how.skip_rejects ? permit(import) : true) &&
           import_record_prepare(record, &import->stage) && permit(import) &&
           import_record_write(record);
}

static bool work(struct import *import)
{
    json_t *report;
    bool good;

    if (!import_how_read(&import->how, import->options, &import->error) ||
        !import_survey_run(&import->survey, import->source, &import->how, import->sink,
                           &import->report, &import->error) ||
        !transact(import))
        return false;
    import->written = true;
    report = describe(import, IMPORT_DONE);
    good = import_record_end(&import->record, report, import->options->dry_run);
    json_decref(report);
    import->written = good;
    return good;
}

static enum import_outcome outcome_of(const struct import *import, bool good)
{
    const char *code = import->error.code;

    if (good)
        return IMPORT_DONE;
    if (import->repeated)
        return IMPORT_REPEATED;
    if (!code || !strcmp(code, "database") || !strcmp(code, "unreadable") ||
        !strcmp(code, "bad_setting"))
        return IMPORT_FAILED;
    return strcmp(code, "cancelled") ? IMPORT_REFUSED : IMPORT_CANCELLED;
}

enum import_outcome import_run(PGconn *conn, struct import_source *source,
                               const struct import_options *options, const struct import_sink *sink,
                               json_t **report)
{
    struct import *import = xalloc(sizeof *import);
    enum import_outcome outcome;

    import->source = source;
    import->options = options;
    import->sink = sink;
    import->record = (struct import_record){
        .db = {.conn = conn, .sink = sink, .error = &import->error},
        .how = &import->how,
        .survey = &import->survey,
        .report = &import->report,
    };
    import_report_init(&import->report);
    outcome = outcome_of(import, work(import));
    import_record_undo(&import->record);
    *report = describe(import, outcome);
    if (outcome == IMPORT_DONE)
        import_sink_tell(sink, source, IMPORT_READINGS, UINT64_MAX);
    import_survey_release(&import->survey);
    import_report_release(&import->report);
    import_how_release(&import->how);
    free(import);
    return outcome;
}
