#ifndef JOB_JUDGING_H
#define JOB_JUDGING_H

#include "base/text.h"
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
    struct text changes, statuses; /* as flag_record() of SQL takes them */
    size_t changed;                /* flags that were raised, raised further, lowered or cleared */
};

/** Judge what was read: fills the last three members. */
void judging_make(struct judging *judging);

#endif
