/* All product lines: what is thought of each, and why. */
#include "api/line_schema.h"
#include "api/watch.h"
#include "line/tell.h"

#include <string.h>

FIELDS(line_assessment_list_query, struct watching, SCOPE_FIELDS,
       FIELD(struct watching, line, ID, .optional = true),
       FIELD(struct watching, age, NUMBER, .min = 30, .max = 1095, .optional = true));

MEMBERS(line_assessment_list_computed, ANALYSIS_MEMBERS, INTEGER_MEMBER("age"),
        INTEGER_MEMBER("lines"),
        TABLE_MEMBER("items", "\"id\",\"code\",\"name\",\"grr\",\"nrr\",\"qrr\",\"status\"",
                     ASSESSMENT_PROPERTIES AND_WORD("status") AND_DAY("since")
                         AND_NULLABLE_WORD("reason") AND_REASONS));

static analysis_fn tell_lines;

/** GET /api/v1/analytics/lines: every line, judged, or one. */
void line_assessment_list(struct request *req)
{
    struct watching *asked = REQ_STATE(req, struct watching);

    if (QUERY_READ(req, asked))
        watch_lines(req, asked->line, false, tell_lines);
}

/* What is kept of a line stands for all of it, on the present day. */
static bool is_plain(const struct scope *scope)
{
    return !scope->as_of && !scope->classes && !scope->country && !scope->channel && !scope->lot &&
           !scope->sku && !scope_has_serials(scope) && !scope->from && !scope->to &&
           scope_by_shipment(scope);
}

/* A status is kept until its reasons are gone for long enough: then flags still stand. */
static void tell_status(struct text *out, const struct line_history *line, enum level found,
                        bool plain)
{
    enum level kept = plain ? level_find(line->status) : LEVEL_NONE;
    enum level status = kept > found && kept >= LEVEL_WATCH ? kept : found;
    bool same = plain && line->status && !strcmp(level_name(status), line->status);

    value_word(out, "status", level_name(status));
    value_word(out, "since", same ? line->since : NULL);
}

static void tell_line(struct analysis *analysis, const struct assessment *it,
                      const struct assess_plan *plan)
{
    const struct watching *asked = analysis->asked;
    const char *gap = assessment_gap(it, plan->settings);
    struct text *out = analysis->out;
    struct finding *findings;
    size_t n = findings_make(&findings, it, plan->settings, analysis->arena);

    value_open(out, NULL, '{');
    assessment_tell(out, it, plan);
    tell_status(out, it->line, findings_status(findings, n, gap), is_plain(&asked->scope));
    value_word(out, "reason", gap);
    findings_tell(out, "reasons", findings, n, it, plan);
    value_close(out, '}');
}

static void warn_of_trimmed(struct analysis *analysis, const struct line_histories *lines)
{
    for (size_t i = 0; i < lines->n; i++)
        if (lines->at[i].trimmed > 0)
            analysis_warn(analysis, "trimmed",
                          arena_printf(analysis->arena,
                                       "%s: months of shipment before the newest %d are left out "
                                       "of its rates.",
                                       lines->at[i].name, HISTORY_MONTHS_MAX));
}

static const char *tell_lines(struct analysis *analysis)
{
    struct line_histories lines;
    struct assess_plan plan;
    struct assessment *assessments = watch_assess(analysis, &lines, &plan);

    if (!assessments)
        return AGE_FAULT;
    value_word(analysis->out, "method",
               "cohorts of months of shipment by ages that are over; Beta posterior of units that "
               "count in full; observed against expected by months since shipment");
    value_whole(analysis->out, "age", period_end(plan.periods - 1));
    value_whole(analysis->out, "lines", (int64_t)lines.n);
    value_open(analysis->out, "items", '[');
    for (size_t i = 0; i < lines.n; i++)
        tell_line(analysis, &assessments[i], &plan);
    value_close(analysis->out, ']');
    warn_of_trimmed(analysis, &lines);
    return NULL;
}
