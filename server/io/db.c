/* The pipeline of one connection: what is sent, and what comes back. */
#include "io/db.h"
#include "base/clock.h"
#include "io/dbpool.h"

#include <assert.h>
#include <string.h>
#include <sys/epoll.h>

/* Statements of one shared connection on their way at a time; more wait in the lane. */
#define WINDOW 64
/* A connection whose oldest statement has waited longer does not keep pace. */
#define PACE_MS 4
/* A result may come this much later than the server's own time-out. */
#define GRACE_MS 3000

#ifdef LIBPQ_HAS_SEND_PIPELINE_SYNC
#define PIPELINE_SYNC PQsendPipelineSync /* libpq 17: nothing is written before the flush */
#else
#define PIPELINE_SYNC PQpipelineSync
#endif

const char *db_sqlstate(const PGresult *res)
{
    const char *state = PQresultErrorField(res, PG_DIAG_SQLSTATE);

    return state ? state : "";
}

bool db_can_take(const struct db *db)
{
    if (db->state != DB_READY || db->held)
        return false;
    return db->lane == READ_LANE ? db->ncalls < WINDOW : db->ncalls == 0 && db->nsyncs == 0;
}

bool db_is_behind(const struct db *db)
{
    int64_t longest = db->pool->lane[db->lane].timeout_ms + GRACE_MS;

    return db->oldest && clock_ms() > db->oldest->deadline - longest + PACE_MS;
}

static bool step_send(struct db *db, const struct db_step *step)
{
    return PQsendQueryPrepared(db->conn, step->query->name, step->query->nparams, step->args, NULL,
                               NULL, 0);
}

static bool sync_send(struct db *db)
{
    db->nsyncs++;
    db->unsynced = false;
    db->unflushed = true;
    return PIPELINE_SYNC(db->conn);
}

void db_submit(struct db *db, struct db_call *call)
{
    bool taken = true;

    call->db = db;
    call->sent = true;
    call->next = NULL;
    call->result = NULL;
    call->finished = 0;
    call->failed = false;
    call->deadline = clock_ms() + db->pool->lane[db->lane].timeout_ms + GRACE_MS;
    *db->newest = call;
    db->newest = &call->next;
    db->ncalls++;
    for (int i = 0; taken && i < call->nsteps; i++)
        taken = step_send(db, &call->step[i]);
    if (call->hold)
        taken = taken && PQsendFlushRequest(db->conn);
    else if (db->lane != READ_LANE)
        taken = taken && sync_send(db);
    else
        db->unsynced = true;
    db->unflushed = true;
    if (!taken)
        db_lose(db, PQerrorMessage(db->conn));
}

void db_finish(struct db_call *call, struct db_step step)
{
    struct db *db = call->db;
    bool taken = true;

    assert(db->held && db->oldest == call);
    db->held = false;
    call->hold = false;
    call->nsteps = call->finished;
    if (step.query) {
        call->step[0] = step;
        call->nsteps++;
        taken = step_send(db, &step);
    }
    if (!taken || !sync_send(db))
        db_lose(db, PQerrorMessage(db->conn));
}

/* Take the oldest call out and tell its owner. */
static void call_end(struct db *db, PGresult *res)
{
    struct db_call *call = db->oldest;

    db->oldest = call->next;
    if (!db->oldest)
        db->newest = &db->oldest;
    db->ncalls--;
    call->done(call, res);
}

/* A statement before it in the shared pipeline failed: a read is simply run again. */
static bool call_again(struct db *db, PGresult *res)
{
    struct db_call *call = db->oldest;

    if (db->lane != READ_LANE || call->resent || PQresultStatus(res) != PGRES_PIPELINE_ABORTED)
        return false;
    PQclear(res);
    db->oldest = call->next;
    if (!db->oldest)
        db->newest = &db->oldest;
    db->ncalls--;
    call->resent = true;
    db_submit(db, call);
    return true;
}

/* All results of the current call's transaction are in: hold it, or wait for the sync. */
static void call_results_complete(struct db *db)
{
    struct db_call *call = db->oldest;
    PGresult *res = call->result;

    if (!call->hold)
        return;
    if (call->failed) { /* nothing to decide: end the broken transaction */
        call->hold = false;
        if (!sync_send(db))
            db_lose(db, PQerrorMessage(db->conn));
        return;
    }
    db->held = true;
    call->result = NULL;
    call->done(call, res);
}

/* One statement's results are complete. */
static void on_statement_end(struct db *db)
{
    struct db_call *call = db->oldest;
    PGresult *res;

    if (!call || ++call->finished < call->nsteps)
        return;
    if (db->lane != READ_LANE) {
        call_results_complete(db);
        return;
    }
    res = call->result;
    call->result = NULL;
    if (!call_again(db, res))
        call_end(db, res);
}

/* The transaction is over, for better or worse: only now may anyone hear of it. */
static void on_sync(struct db *db, PGresult *mark)
{
    PGresult *res;

    PQclear(mark);
    db->nsyncs--;
    if (db->lane == READ_LANE || !db->oldest)
        return;
    res = db->oldest->result;
    db->oldest->result = NULL;
    if (db->doubtful) {
        PQclear(res);
        res = NULL;
        db->oldest->lost = true;
    }
    db->doubtful = false;
    call_end(db, res);
}

/* Keep the first error of a call, else its newest result. */
static void on_result(struct db *db, PGresult *res)
{
    struct db_call *call = db->oldest;
    ExecStatusType status = PQresultStatus(res);
    bool bad = status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK;

    if (!call || call->failed) {
        PQclear(res);
        return;
    }
    PQclear(call->result);
    call->result = res;
    call->failed = bad;
}

/* Plans made before a migration: the connection must prepare anew. */
static bool is_outdated(const struct db *db)
{
    const PGresult *res = db->oldest ? db->oldest->result : NULL;
    const char *state = res ? db_sqlstate(res) : "";

    return !strcmp(state, "0A000") || !strcmp(state, "26000");
}

static void drain_results(struct db *db)
{
    while (db->state == DB_READY && !db->held && (db->oldest || db->nsyncs)) {
        PGresult *res;

        if (PQisBusy(db->conn))
            return;
        res = PQgetResult(db->conn);
        if (!res && PQstatus(db->conn) == CONNECTION_BAD)
            return db_lose(db, PQerrorMessage(db->conn));
        if (!res)
            on_statement_end(db);
        else if (PQresultStatus(res) == PGRES_PIPELINE_SYNC)
            on_sync(db, res);
        else
            on_result(db, res);
        if (is_outdated(db))
            return db_lose(db, "prepared statements are outdated");
    }
}

static void drain_notifications(struct db *db)
{
    PGnotify *notify;

    while (db->conn && (notify = PQnotifies(db->conn))) {
        db->pool->on_notify(db->pool->ctx, notify->relname, notify->extra);
        PQfreemem(notify);
    }
}

void db_read(struct db *db)
{
    if (!PQconsumeInput(db->conn))
        return db_lose(db, PQerrorMessage(db->conn));
    drain_results(db);
    if (db->state != DB_READY)
        return;
    drain_notifications(db);
    if (PQstatus(db->conn) == CONNECTION_BAD)
        return db_lose(db, PQerrorMessage(db->conn));
    dbpool_feed(db->pool, db->lane);
}

void db_flush(struct db *db)
{
    int left;

    if (db->state != DB_READY || !db->unflushed)
        return;
    if (db->unsynced && !sync_send(db))
        return db_lose(db, PQerrorMessage(db->conn));
    left = PQflush(db->conn);
    if (left < 0)
        return db_lose(db, PQerrorMessage(db->conn));
    db->unflushed = left > 0;
    loop_watch(db->pool->loop, &db->watch, left ? EPOLLIN | EPOLLOUT : EPOLLIN);
}
