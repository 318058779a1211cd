/* Connections in lanes, and the calls that wait for one. */
#include "io/dbpool.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/settings.h"

#include <stdlib.h>
#include <string.h>

const char *const db_channels[] = {"token_revoked", "job_changed", NULL};

/* The simple query that readies a connection: every statement of its lane. */
static char *lane_prepare(enum lane lane, const struct query *const *queries, size_t nqueries)
{
    const char *listen = lane == READ_LANE ? "LISTEN token_revoked; LISTEN job_changed; " : "";
    size_t len = strlen(listen) + 1;
    char *text, *end;

    for (size_t i = 0; i < nqueries; i++)
        if (queries[i]->lane == lane)
            len += strlen(queries[i]->prepare) + 2;
    text = xalloc(len);
    end = stpcpy(text, listen);
    for (size_t i = 0; i < nqueries; i++)
        if (queries[i]->lane == lane)
            end = stpcpy(stpcpy(end, queries[i]->prepare), ";\n");
    return text;
}

/* One loop's connections in a lane: more loops need no more of them, but each needs one. */
static int lane_share(enum lane lane, int nloops)
{
    const long all[NLANES] = {settings.read_connections, settings.write_connections,
                              settings.slow_connections};

    return (int)((all[lane] + nloops - 1) / nloops);
}

int dbpool_size(int nloops)
{
    int size = 0;

    for (int lane = 0; lane < NLANES; lane++)
        size += lane_share((enum lane)lane, nloops);
    return size;
}

void dbpool_init(struct dbpool *pool, struct loop *loop, int nloops,
                 const struct query *const *queries, size_t nqueries)
{
    const long timeouts[NLANES] = {settings.read_timeout_ms, settings.write_timeout_ms,
                                   settings.slow_timeout_ms};

    pool->loop = loop;
    pool->nconns = dbpool_size(nloops);
    pool->conns = xalloc((size_t)pool->nconns * sizeof *pool->conns);
    for (int lane = 0, first = 0; lane < NLANES; first += pool->lane[lane].n, lane++) {
        struct dblane *this = &pool->lane[lane];

        *this = (struct dblane){.first = pool->conns + first,
                                .n = lane_share((enum lane)lane, nloops),
                                .timeout_ms = (int)timeouts[lane],
                                .prepare = lane_prepare((enum lane)lane, queries, nqueries)};
        this->newest = &this->oldest;
        for (int i = 0; i < this->n; i++) {
            this->first[i].pool = pool;
            this->first[i].lane = (enum lane)lane;
            this->first[i].newest = &this->first[i].oldest;
        }
    }
}

void dbpool_release(struct dbpool *pool)
{
    for (int i = 0; i < pool->nconns; i++)
        if (pool->conns[i].conn)
            PQfinish(pool->conns[i].conn);
    for (int lane = 0; lane < NLANES; lane++)
        free(pool->lane[lane].prepare);
    free(pool->conns);
}

/*
 * The connection for the next call; NULL if none can take it. Calls gather on
 * the first one that keeps pace, for what goes out together costs both sides
 * least; only behind a slow statement the others are asked, the idlest first.
 */
static struct db *lane_choose(const struct dblane *lane)
{
    struct db *best = NULL;

    for (int i = 0; i < lane->n; i++) {
        struct db *db = &lane->first[i];

        if (!db_can_take(db))
            continue;
        if (!db_is_behind(db))
            return db;
        if (!best || db->ncalls < best->ncalls)
            best = db;
    }
    return best;
}

static bool lane_is_connected(const struct dblane *lane)
{
    for (int i = 0; i < lane->n; i++)
        if (lane->first[i].state == DB_READY)
            return true;
    return false;
}

bool dbpool_send(struct dbpool *pool, struct db_call *call)
{
    struct dblane *lane = &pool->lane[call->step[call->nsteps - 1].query->lane];
    struct db *db = lane->oldest ? NULL : lane_choose(lane);

    call->next = NULL;
    call->db = NULL;
    if (db) {
        db_submit(db, call);
        return true;
    }
    if (lane->nwaiting >= settings.database_queue || !lane_is_connected(lane))
        return false;
    call->deadline = clock_ms() + lane->timeout_ms;
    *lane->newest = call;
    lane->newest = &call->next;
    lane->nwaiting++;
    return true;
}

static struct db_call *lane_take(struct dblane *lane)
{
    struct db_call *call = lane->oldest;

    lane->oldest = call->next;
    if (!lane->oldest)
        lane->newest = &lane->oldest;
    lane->nwaiting--;
    return call;
}

void dbpool_feed(struct dbpool *pool, enum lane which)
{
    struct dblane *lane = &pool->lane[which];
    struct db *db;

    while (lane->oldest && (db = lane_choose(lane)))
        db_submit(db, lane_take(lane));
}

void dbpool_flush(struct dbpool *pool)
{
    for (int i = 0; i < pool->nconns; i++)
        db_flush(&pool->conns[i]);
}

/*
 * Nothing waits longer than a statement may run, nor for a database that is
 * away. A lane without any connection tries its first alone: until that one
 * stands, the others would only be in its way, on a server that just starts.
 */
static void lane_tick(struct dblane *lane, int64_t now)
{
    bool connected = lane_is_connected(lane);

    for (int i = 0; i < lane->n; i++)
        if (connected || !i || lane->first[i].state != DB_CLOSED)
            db_tick(&lane->first[i], now);
    while (lane->oldest && (!connected || now >= lane->oldest->deadline)) {
        struct db_call *call = lane_take(lane);

        call->lost = true;
        call->done(call, NULL);
    }
}

void dbpool_tick(struct dbpool *pool, int64_t now)
{
    for (int lane = 0; lane < NLANES; lane++)
        lane_tick(&pool->lane[lane], now);
}

bool dbpool_is_ready(const struct dbpool *pool)
{
    for (int lane = 0; lane < NLANES; lane++)
        if (!lane_is_connected(&pool->lane[lane]))
            return false;
    return true;
}

int dbpool_load(const struct dbpool *pool)
{
    int load = 0;

    for (int lane = 0; lane < NLANES; lane++)
        load += pool->lane[lane].nwaiting;
    for (int i = 0; i < pool->nconns; i++)
        load += pool->conns[i].ncalls;
    return load;
}

void dbpool_fail_all(struct dbpool *pool)
{
    for (int lane = 0; lane < NLANES; lane++)
        while (pool->lane[lane].oldest) {
            struct db_call *call = lane_take(&pool->lane[lane]);

            call->lost = true;
            call->done(call, NULL);
        }
    for (int i = 0; i < pool->nconns; i++) {
        for (struct db_call *call = pool->conns[i].oldest; call; call = call->next)
            call->resent = true;
        db_lose(&pool->conns[i], NULL);
    }
}
