#ifndef FAKE_DB_H
#define FAKE_DB_H

/**
 * A worker whose database is the test. Its connections seem ready and busy, so
 * every statement waits in its lane until the test takes and answers it.
 */

#include "base/settings.h"
#include "fake_rows.h"
#include "http/worker.h"

#define FAKE_DB_BUSY 1000

static struct {
    struct worker worker;
    struct db conns[NLANES];
    int suspended; /* requests that wait for their answer */
} fake_db;

void MHD_suspend_connection(struct MHD_Connection *conn)
{
    (void)conn;
    fake_db.suspended++;
}

void MHD_resume_connection(struct MHD_Connection *conn)
{
    (void)conn;
    fake_db.suspended--;
}

/** A worker that knows nobody yet, with a database that waits to be told what to answer. */
static inline struct worker *fake_db_new(void)
{
    struct dbpool *pool = &fake_db.worker.db;

    memset(&fake_db, 0, sizeof fake_db);
    settings.database_queue = 16;
    pool->conns = fake_db.conns;
    pool->nconns = NLANES;
    for (int i = 0; i < NLANES; i++) {
        pool->lane[i] = (struct dblane){.first = &fake_db.conns[i], .n = 1, .timeout_ms = 1000};
        pool->lane[i].newest = &pool->lane[i].oldest;
        fake_db.conns[i] = (struct db){
            .pool = pool, .lane = (enum lane)i, .state = DB_READY, .ncalls = FAKE_DB_BUSY};
    }
    return &fake_db.worker;
}

/** The database goes away: nothing is taken any more. */
static inline void fake_db_leave(void)
{
    for (int i = 0; i < NLANES; i++)
        fake_db.conns[i].state = DB_CLOSED;
}

/** The name of the statement that waits first in a lane; "" if none does. */
static inline const char *fake_db_asked(enum lane lane)
{
    const struct db_call *call = fake_db.worker.db.lane[lane].oldest;

    return call ? call->step[call->nsteps - 1].query->name : "";
}

/** Its argument number `i`, from 0. */
static inline const char *fake_db_arg(enum lane lane, int i)
{
    const struct db_call *call = fake_db.worker.db.lane[lane].oldest;

    return call->step[call->nsteps - 1].args[i];
}

/** Answer it; the result is taken over. NULL: it is lost. */
static inline void fake_db_answer(enum lane which, PGresult *result)
{
    struct dblane *lane = &fake_db.worker.db.lane[which];
    struct db_call *call = lane->oldest;

    if (!call)
        abort();
    lane->oldest = call->next;
    if (!lane->oldest)
        lane->newest = &lane->oldest;
    lane->nwaiting--;
    call->lost = !result;
    call->done(call, result);
}

#endif
