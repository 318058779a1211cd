/* What a judgement of all lines changes. */
#include "job/judging.h"
#include "base/value.h"
#include "line/tell.h"

#include <string.h>

static const char *cell(const struct judging *judging, int row, const char *column)
{
    int number = PQfnumber(judging->standing, column);

    return PQgetisnull(judging->standing, row, number) ? NULL
                                                       : PQgetvalue(judging->standing, row, number);
}

/* The flag of a row of flag_standing_list. */
static struct standing standing_of(const struct judging *judging, int row)
{
    const char *clean_since = cell(judging, row, "clean_since");

    return (struct standing){
        .key = cell(judging, row, "flag"),
        .code = flag_code_find(cell(judging, row, "code")),
        .subject = cell(judging, row, "subject"),
        .level = level_find(cell(judging, row, "level")),
        .clean = clean_since != NULL,
        .clean_since = clean_since ? day_read(clean_since) : 0,
    };
}

static void tell_figures(struct judging *judging, const struct finding *finding,
                         const struct assessment *it)
{
    struct text *out = &judging->changes;

    value_word(out, "sentence",
               finding ? finding_sentence(finding, it, &judging->settings, &judging->arena) : NULL);
    if (!finding) {
        value_word(out, "evidence", NULL);
        return;
    }
    value_open(out, "evidence", '{');
    value_word(out, "as_of", judging->as_of);
    value_word(out, "data_version", judging->data_version);
    assessment_tell(out, it, &judging->plan);
    value_close(out, '}');
}

static void tell_change(struct judging *judging, const struct standing *standing,
                        enum change change, const struct finding *finding,
                        const struct assessment *it)
{
    struct text *out = &judging->changes;
    char day[MONTH_SIZE];

    value_open(out, NULL, '{');
    value_word(out, "flag", standing->key);
    value_word(out, "line", it->line->key);
    value_word(out, "code", standing->key ? NULL : flag_code_name(standing->code));
    value_word(out, "subject", standing->subject);
    value_word(out, "level", level_name(standing->level));
    value_word(out, "change", change_name(change));
    value_word(out, "clean_since", standing->clean ? day_write(day, standing->clean_since) : NULL);
    tell_figures(judging, finding, it);
    value_close(out, '}');
    judging->changed +=
        change == CHANGE_RAISED || change == CHANGE_LEVEL || change == CHANGE_CLEARED;
}

/* A flag that stands; returns what is left of it. Figures are told anew once a day. */
static enum level step_standing(struct judging *judging, int row, const struct finding *findings,
                                size_t n, const struct assessment *it)
{
    struct standing standing = standing_of(judging, row);
    const struct finding *finding = standing_find(&standing, findings, n);
    enum change change =
        standing_step(&standing, finding, judging->lines.now.day, judging->settings.clean_days);
    bool old = strcmp(cell(judging, row, "as_of"), judging->as_of) != 0;

    if (change || (finding && old))
        tell_change(judging, &standing, change, finding, it);
    return change == CHANGE_CLEARED ? LEVEL_NONE : standing.level;
}

static bool stands(const struct judging *judging, const char *line, const struct finding *finding)
{
    for (int row = 0; row < PQntuples(judging->standing); row++) {
        struct standing standing = standing_of(judging, row);

        if (!strcmp(cell(judging, row, "line"), line) && standing_find(&standing, finding, 1))
            return true;
    }
    return false;
}

static void raise_new(struct judging *judging, const struct finding *finding,
                      const struct assessment *it)
{
    struct standing standing = {.code = finding->code, .subject = finding->subject};
    enum change change =
        standing_step(&standing, finding, judging->lines.now.day, judging->settings.clean_days);

    if (change)
        tell_change(judging, &standing, change, finding, it);
}

static void judge_line(struct judging *judging, const struct assessment *it)
{
    const char *gap = assessment_gap(it, &judging->settings);
    struct finding *findings;
    size_t n = findings_make(&findings, it, &judging->settings, &judging->arena);
    enum level status = findings_status(findings, n, gap);

    for (int row = 0; row < PQntuples(judging->standing); row++)
        if (!strcmp(cell(judging, row, "line"), it->line->key)) {
            enum level kept = step_standing(judging, row, findings, n, it);

            status = kept > status ? kept : status;
        }
    for (size_t i = 0; i < n; i++)
        if (!stands(judging, it->line->key, &findings[i]))
            raise_new(judging, &findings[i], it);
    value_open(&judging->statuses, NULL, '{');
    value_word(&judging->statuses, "line", it->line->key);
    value_word(&judging->statuses, "status", level_name(status));
    value_close(&judging->statuses, '}');
}

void judging_assess(struct judging *judging)
{
    judging->all = arena_alloc(&judging->arena, (judging->lines.n + 1) * sizeof *judging->all);
    assess(judging->all, &judging->lines, judging->lines.now, &judging->plan, &judging->arena);
}

void judging_tell(struct judging *judging)
{
    judging->changes = text_new(&judging->arena);
    judging->statuses = text_new(&judging->arena);
    value_open(&judging->changes, NULL, '[');
    value_open(&judging->statuses, NULL, '[');
    for (size_t i = 0; i < judging->lines.n; i++)
        judge_line(judging, &judging->all[i]);
    value_close(&judging->changes, ']');
    value_close(&judging->statuses, ']');
}
