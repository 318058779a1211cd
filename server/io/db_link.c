/* The life of one connection: how it comes about, and how it ends. */
#include "base/clock.h"
#include "base/log.h"
#include "base/settings.h"
#include "io/db.h"
#include "io/dbpool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#define BACKOFF_FIRST_MS   100
#define BACKOFF_MAX_MS     500
#define CONNECT_TIMEOUT_MS 5000

/* What an error without a result is told as: its first line. */
static void log_lost(const struct db *db, const char *reason)
{
    static const char *const lanes[NLANES] = {"read", "write", "slow"};
    char line[200];

    snprintf(line, sizeof line, "%s", reason);
    line[strcspn(line, "\n")] = '\0';
    log_event(LOG_WARNING, "database_lost", "lane", lanes[db->lane], "reason", line, NULL);
}

static void on_prepared(struct db *db)
{
    PGresult *res;

    if (!PQconsumeInput(db->conn))
        return db_lose(db, PQerrorMessage(db->conn));
    while (!PQisBusy(db->conn) && (res = PQgetResult(db->conn))) {
        bool good = PQresultStatus(res) == PGRES_COMMAND_OK;

        PQclear(res);
        if (!good)
            return db_lose(db, PQerrorMessage(db->conn));
    }
    if (PQisBusy(db->conn))
        return;
    if (PQsetnonblocking(db->conn, 1) || !PQenterPipelineMode(db->conn))
        return db_lose(db, PQerrorMessage(db->conn));
    db->state = DB_READY;
    db->backoff_ms = 0;
    dbpool_feed(db->pool, db->lane);
}

/* While connecting, libpq may change its socket: watch it anew after every step. */
static void watch_connecting(struct db *db, uint32_t events)
{
    db->watch.fd = PQsocket(db->conn);
    loop_watch(db->pool->loop, &db->watch, events);
}

static void on_connecting(struct db *db)
{
    loop_watch(db->pool->loop, &db->watch, 0);
    switch (PQconnectPoll(db->conn)) {
    case PGRES_POLLING_READING:
        return watch_connecting(db, EPOLLIN);
    case PGRES_POLLING_WRITING:
        return watch_connecting(db, EPOLLOUT);
    case PGRES_POLLING_OK:
        db->state = DB_PREPARING;
        if (!PQsendQuery(db->conn, db->pool->lane[db->lane].prepare))
            return db_lose(db, PQerrorMessage(db->conn));
        return watch_connecting(db, EPOLLIN);
    default:
        return db_lose(db, PQerrorMessage(db->conn));
    }
}

static void on_socket(struct watch *watch, uint32_t events)
{
    struct db *db = WATCH_OWNER(watch, struct db, watch);

    (void)events;
    if (db->state == DB_CONNECTING)
        return on_connecting(db);
    if (db->state == DB_PREPARING)
        return on_prepared(db);
    db_flush(db);
    if (db->state == DB_READY)
        db_read(db);
}

/* A commit that waits for a standby can be cancelled: it then "succeeds" with this warning. */
static void on_notice(void *ctx, const PGresult *res)
{
    struct db *db = ctx;
    const char *state = db_sqlstate(res);

    if (!strcmp(state, "01000"))
        db->doubtful = true;
    if (strcmp(state, "00000"))
        log_event(LOG_WARNING, "database_notice", "sqlstate", state, NULL);
}

void db_connect(struct db *db)
{
    char options[320];
    const char *const keys[] = {"dbname",           "fallback_application_name", "options",
                                "tcp_user_timeout", "client_encoding",           NULL};
    const char *const values[] = {
        settings.database_url, "aftersalesd", options, "10000", "UTF8", NULL};

    snprintf(options, sizeof options,
             "-c timezone=UTC -c datestyle=ISO -c lock_timeout=2000 -c statement_timeout=%d "
             "-c default_transaction_read_only=%s -c idle_in_transaction_session_timeout=10000 "
             "-c jit=off -c plan_cache_mode=force_generic_plan",
             db->pool->lane[db->lane].timeout_ms, db->lane == WRITE_LANE ? "off" : "on");
    db->watch.ready = on_socket;
    db->newest = &db->oldest;
    db->conn = PQconnectStartParams(keys, values, 1);
    if (!db->conn)
        abort();
    PQsetNoticeReceiver(db->conn, on_notice, db);
    db->state = DB_CONNECTING;
    db->retry_at = clock_ms() + CONNECT_TIMEOUT_MS; /* until it is ready: when to give up */
    if (PQstatus(db->conn) == CONNECTION_BAD)
        return db_lose(db, PQerrorMessage(db->conn));
    watch_connecting(db, EPOLLOUT);
}

/* Reads go to another connection once; anything else has an unknown outcome. */
static void calls_end(struct db *db)
{
    struct db_call *call = db->oldest, *next;

    db->oldest = NULL;
    db->newest = &db->oldest;
    db->ncalls = 0;
    for (; call; call = next) {
        next = call->next;
        PQclear(call->result);
        call->result = NULL;
        if (db->lane == READ_LANE && !call->resent) {
            call->resent = true;
            call->sent = false;
            if (dbpool_send(db->pool, call))
                continue;
        }
        call->lost = true;
        call->done(call, NULL);
    }
}

void db_lose(struct db *db, const char *reason)
{
    if (db->state == DB_CLOSED)
        return;
    if (reason)
        log_lost(db, reason);
    loop_watch(db->pool->loop, &db->watch, 0);
    PQfinish(db->conn);
    db->conn = NULL;
    db->state = DB_CLOSED;
    db->nsyncs = 0;
    db->unsynced = db->unflushed = db->held = db->doubtful = false;
    db->backoff_ms = db->backoff_ms ? db->backoff_ms * 2 : BACKOFF_FIRST_MS;
    if (db->backoff_ms > BACKOFF_MAX_MS)
        db->backoff_ms = BACKOFF_MAX_MS;
    db->retry_at = clock_ms() + db->backoff_ms;
    calls_end(db);
    for (const char *const *channel = db_channels; *channel; channel++)
        db->pool->on_notify(db->pool->ctx, *channel, "");
}

void db_tick(struct db *db, int64_t now)
{
    switch (db->state) {
    case DB_CLOSED:
        if (now >= db->retry_at)
            db_connect(db);
        break;
    case DB_CONNECTING:
    case DB_PREPARING:
        if (now >= db->retry_at)
            db_lose(db, "connecting took too long");
        break;
    case DB_READY:
        if (db->oldest && now >= db->oldest->deadline)
            db_lose(db, "no answer");
        break;
    }
}
