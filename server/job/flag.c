/* Judging all lines, and keeping what changed. */
#include "job/flag.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/settings.h"
#include "io/dbsync.h"
#include "job/judging.h"
#include "line/cohorts.h"
#include "queries.h"

#include <stdio.h>
#include <stdlib.h>

#define LEVEL 0.95
/* After a judgement it rests for so many times as long as it took. */
#define REST 20

static const struct query *const statements[] = {
    &query_flag_claim,         &query_line_fact_list, &query_line_history_list,
    &query_flag_standing_list, &query_flag_record,    &query_segment_cell_list};

static int64_t rests_until;

bool flag_job_prepare(PGconn *conn)
{
    return dbsync_prepare(conn, statements, sizeof statements / sizeof *statements);
}

static const char *kept(struct judging *judging, const PGresult *res, const char *column)
{
    return arena_strdup(&judging->arena, PQgetvalue(res, 0, PQfnumber(res, column)));
}

/* Whether it is time, and nobody else is at it; -1 if the connection is of no use. */
static int claim(PGconn *conn, struct judging *judging)
{
    char seconds[24];
    const char *const args[] = {seconds};
    PGresult *res;
    int due;

    snprintf(seconds, sizeof seconds, "%ld", settings.flag_seconds);
    res = dbsync_execute(conn, &query_flag_claim, args);
    due = res ? PQntuples(res) > 0 : -1;
    if (due > 0) {
        judging->data_version = kept(judging, res, "data_version");
        judging->settings_version = kept(judging, res, "settings_version");
    }
    PQclear(res);
    return due;
}

static bool read_history(PGconn *conn, struct judging *judging, const PGresult *facts)
{
    int thresholds = PQfnumber(facts, "thresholds"), since;
    char month[MONTH_SIZE], periods[DECIMAL_SIZE];
    const char *args[16] = {NULL};
    PGresult *history;

    judging->as_of = kept(judging, facts, "as_of");
    judging->settings = flag_settings_read(
        PQgetisnull(facts, 0, thresholds) ? NULL : PQgetvalue(facts, 0, thresholds));
    judging->plan =
        (struct assess_plan){.settings = &judging->settings, .level = LEVEL, .drawn = true};
    periods_of_age(judging->settings.age, &judging->plan.periods);
    since = history_since(moment_on(judging->as_of, true));
    args[1] = "false";
    args[11] = judging->as_of;
    args[13] = month_write(month, since);
    args[14] = decimal_write(periods, judging->plan.periods > NOWCAST_PERIODS
                                          ? (int64_t)judging->plan.periods
                                          : NOWCAST_PERIODS);
    args[15] = judging->settings_version;
    history = dbsync_execute(conn, &query_line_history_list, args);
    if (history)
        histories_read(&judging->lines, &judging->arena, facts, history, since,
                       (size_t)strtol(periods, NULL, 10));
    PQclear(history);
    return history != NULL;
}

static bool read_all(PGconn *conn, struct judging *judging)
{
    const char *const args[] = {NULL, "false", NULL, NULL, NULL, NULL, NULL};
    PGresult *facts = dbsync_execute(conn, &query_line_fact_list, args);
    bool good = facts && read_history(conn, judging, facts);

    PQclear(facts);
    judging->standing = good ? dbsync_execute(conn, &query_flag_standing_list, NULL) : NULL;
    return judging->standing != NULL;
}

static bool record(PGconn *conn, struct judging *judging)
{
    const char *const args[] = {judging->as_of, judging->changes.bytes, judging->statuses.bytes,
                                judging->data_version, judging->settings_version};
    PGresult *res = dbsync_execute(conn, &query_flag_record, args);
    char changed[DECIMAL_SIZE];

    PQclear(res);
    if (res && judging->changed)
        log_event(LOG_NOTE, "flags", "changed", decimal_write(changed, (int64_t)judging->changed),
                  NULL);
    return res != NULL;
}

static bool judge(PGconn *conn, struct judging *judging)
{
    bool good = read_all(conn, judging);

    if (good) {
        judging_assess(judging);
        for (size_t i = 0; i < judging->lines.n; i++)
            if (trend_rises(&judging->all[i].trend, &judging->settings))
                judging->all[i].trend.why = judging_explain(conn, judging, &judging->all[i]);
        judging_tell(judging);
    }
    PQclear(judging->standing);
    return good && record(conn, judging);
}

/* In one transaction, of which the claim holds the lock. */
static bool claim_and_judge(PGconn *conn, struct judging *judging)
{
    int due = dbsync_run(conn, "BEGIN") ? claim(conn, judging) : -1;
    bool good = due == 0 || (due > 0 && judge(conn, judging));

    return dbsync_run(conn, good ? "COMMIT" : "ROLLBACK") && good;
}

bool flag_job_turn(PGconn *conn)
{
    struct judging judging = {.changed = 0};
    int64_t begun = clock_ms();
    int due;
    bool good;

    if (begun < rests_until)
        return true;
    due = claim(conn, &judging);
    good = due == 0 || (due > 0 && claim_and_judge(conn, &judging));
    arena_clear(&judging.arena);
    rests_until = clock_ms() + REST * (clock_ms() - begun);
    return good;
}
