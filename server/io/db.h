#ifndef IO_DB_H
#define IO_DB_H

#include "io/loop.h"

#include <libpq-fe.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * One connection to PostgreSQL in pipeline mode, driven by a loop.
 *
 * A connection of the READ lane is shared: statements of many requests follow
 * each other in its pipeline, one sync mark a turn, and each result is
 * delivered as it comes (a read has nothing to commit). Connections of the
 * other lanes carry one call at a time, and a call is over only when its sync
 * mark has come: an earlier "command OK" may still be rolled back.
 *
 * Every call that was taken ends in exactly one callback, whatever happens.
 */

enum lane { READ_LANE, WRITE_LANE, SLOW_LANE, NLANES };

/** One prepared statement; the build writes them from sql/query. */
struct query {
    const char *name;
    int nparams;
    const char *prepare; /* PREPARE name(types) AS ... */
    const char *file;    /* where it was written ... */
    int line;            /* ... and the line its SQL begins on */
    enum lane lane;
    const char *keyset[2]; /* columns a list is paged by; NULL where it is none */
};

/** A statement and its arguments, which must live until the call is over. */
struct db_step {
    const struct query *query;
    const char *const *args;
};

struct db_call;
/** Called once for every call, in order; `res` is NULL if it was lost. Callee owns `res`. */
typedef void db_done_fn(struct db_call *call, PGresult *res);

#define DB_STEPS_MAX 2

/**
 * What is asked of the database: one or two statements in one transaction.
 * Embed it in its owner; it must stay where it is until `done` was called.
 */
struct db_call {
    struct db_step step[DB_STEPS_MAX];
    int nsteps;
    /* Keep the transaction open when the last statement succeeded: `done` then
       gets its result before the commit, and must call db_finish(). */
    bool hold;
    db_done_fn *done;

    /* Read by the owner in `done`. */
    bool sent;     /* whether the database may have seen it */
    bool lost;     /* no result will come: the connection is gone, or none was to be had */
    struct db *db; /* the connection it ran on */

    /* The rest is the connection's. */
    struct db_call *next;
    PGresult *result;
    int finished;
    bool resent, failed;
    int64_t deadline;
};

enum db_state { DB_CLOSED, DB_CONNECTING, DB_PREPARING, DB_READY };

struct db {
    struct watch watch;
    struct dbpool *pool;
    enum lane lane;
    enum db_state state;
    PGconn *conn;
    struct db_call *oldest, **newest; /* sent and not over */
    int ncalls;
    int nsyncs;    /* sync marks under way */
    bool unsynced; /* statements after the last sync mark */
    bool unflushed;
    bool held;     /* a transaction is open and waits for db_finish() */
    bool doubtful; /* the server warned that a commit may not be durable */
    int64_t retry_at;
    int backoff_ms;
};

/** Start connecting, if it is time to; the loop does the rest. */
void db_connect(struct db *db);
/** Put a call into the pipeline; the connection must be able to take it. */
void db_submit(struct db *db, struct db_call *call);
/** Whether it can take a call now. */
bool db_can_take(const struct db *db);
/** Whether a call has been under way on it for longer than a quick one takes. */
bool db_is_behind(const struct db *db);
/**
 * End a held transaction: run `step` as its last statement (or nothing, if it
 * has no query) and commit. `call->done` is called again when that is over.
 */
void db_finish(struct db_call *call, struct db_step step);
/** Take in what has come; the connection must be ready. */
void db_read(struct db *db);
/** End the turn: place sync marks and write out what is queued. */
void db_flush(struct db *db);
/** Notice a connection that stopped answering, and reconnect lost ones. */
void db_tick(struct db *db, int64_t now);
/** Give the connection up: every call on it ends, without a result. No reason: it is meant so. */
void db_lose(struct db *db, const char *reason);

/** The SQLSTATE of an error result; "" if it has none. */
const char *db_sqlstate(const PGresult *res);

#endif
