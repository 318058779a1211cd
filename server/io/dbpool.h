#ifndef IO_DBPOOL_H
#define IO_DBPOOL_H

#include "io/db.h"

/**
 * A worker's connections, in three lanes, so that no report stands before a
 * ticket: READ (few, shared), WRITE (more, one transaction each), SLOW.
 * What no connection can take waits in the lane's queue, up to a limit.
 */
struct dbpool {
    struct loop *loop;
    struct db *conns; /* all lanes, one after the other */
    int nconns;
    struct dblane {
        struct db *first;
        int n;
        int timeout_ms;
        char *prepare; /* all statements of the lane, as one simple query */
        struct db_call *oldest, **newest;
        int nwaiting;
    } lane[NLANES];
    /* Told of every notification; the payload "" means that some may be lost. */
    void (*on_notify)(void *ctx, const char *channel, const char *payload);
    void *ctx;
};

/** What the connections of the lane READ listen to; NULL ends. */
extern const char *const db_channels[];

/** Connections that each of `nloops` pools holds: its share of the settings. */
int dbpool_size(int nloops);
/** Prepare one of `nloops` pools for `queries`; connections are made by dbpool_tick(). */
void dbpool_init(struct dbpool *pool, struct loop *loop, int nloops,
                 const struct query *const *queries, size_t nqueries);
/** Close everything. Calls must have ended before. */
void dbpool_release(struct dbpool *pool);
/**
 * Queue one call in the lane of its last statement. False, and no callback
 * will come, if the queue is full or the database is away.
 */
bool dbpool_send(struct dbpool *pool, struct db_call *call);
/** Let waiting calls go to connections that can take one. */
void dbpool_feed(struct dbpool *pool, enum lane lane);
/** Write out what was queued; the worker calls it once a turn. */
void dbpool_flush(struct dbpool *pool);
/** Time-outs and reconnections; the worker calls it every turn. */
void dbpool_tick(struct dbpool *pool, int64_t now);
/** Whether every lane has a connection. */
bool dbpool_is_ready(const struct dbpool *pool);
/** Calls waiting or under way. */
int dbpool_load(const struct dbpool *pool);
/** End all calls without a result: the last resort of a shutdown. */
void dbpool_fail_all(struct dbpool *pool);

#endif
