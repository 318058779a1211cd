#ifndef JOB_JUDGING_H
#define JOB_JUDGING_H

#include "base/text.h"
#include "io/db.h"
#include "line/standing.h"

#include <libpq-fe.h>

/** One judgement of all lines: what is read, and what has changed. For job/flag.c alone. */
struct judging {
    struct arena arena;
    struct line_histories lines;
    struct flag_settings settings;
    struct assess_plan plan;
    PGresult *standing; /* flags that are not cleared */
    const char *as_of, *data_version, *settings_version;
    struct assessment *all;
    struct text changes, statuses; /* as flag_record() of SQL takes them */
    size_t changed;                /* flags that were raised, raised further, lowered or cleared */
};

/** Assess the lines that were read. */
void judging_assess(struct judging *judging);
/** Tell what the assessments change: fills the last three members. */
void judging_tell(struct judging *judging);
/** What explains the rise of a line, in sentences in the arena; NULL if nothing does. */
const char *judging_explain(PGconn *conn, struct judging *judging, const struct assessment *it);

#endif
