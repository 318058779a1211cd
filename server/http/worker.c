/* One core's world, and its turn. */
#include "http/worker.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/settings.h"
#include "http/server.h"
#include "queries.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* MHD 0.9.75 can stop accepting for good unless it is run at least this often. */
#define NAP_MAX_MS 100

atomic_bool draining;
static atomic_int unconnected; /* workers without their database */

bool workers_are_connected(void)
{
    return !atomic_load_explicit(&unconnected, memory_order_relaxed);
}

static void note_database(struct worker *worker)
{
    int ready = dbpool_is_ready(&worker->db);

    if (ready != worker->metrics.database_ready)
        atomic_fetch_add_explicit(&unconnected, ready ? -1 : 1, memory_order_relaxed);
    worker->metrics.database_ready = ready;
}

static void on_notify(void *ctx, const char *channel, const char *payload)
{
    struct worker *worker = ctx;

    if (!strcmp(channel, "token_revoked"))
        auth_forget(&worker->auth, payload);
    else
        streams_wake(&worker->streams, payload);
}

/* MHD_run() follows every turn anyway. */
static void on_http(struct watch *watch, uint32_t events)
{
    (void)watch, (void)events;
}

static void on_signal(struct watch *watch, uint32_t events)
{
    eventfd_t count;

    (void)events;
    eventfd_read(watch->fd, &count);
}

bool worker_init(struct worker *worker, int nworkers, int listen_fd)
{
    atomic_fetch_add(&unconnected, 1);
    loop_init(&worker->loop);
    dbpool_init(&worker->db, &worker->loop, nworkers, queries, nqueries);
    worker->db.on_notify = on_notify;
    worker->db.ctx = worker;
    offload_home_init(&worker->home, &worker->loop);
    deadlines_init(&worker->deadlines);
    streams_init(&worker->streams);
    worker->signal = (struct watch){eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), on_signal, 0};
    loop_watch(&worker->loop, &worker->signal, EPOLLIN);
    worker->daemon = server_start(worker, listen_fd);
    if (!worker->daemon) {
        log_event(LOG_ERROR, "http_refused", "reason", "libmicrohttpd did not start", NULL);
        return false;
    }
    worker->http = (struct watch){
        MHD_get_daemon_info(worker->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd, on_http, 0};
    return true;
}

bool worker_connect(struct worker *worker, int timeout_ms)
{
    int64_t until = clock_ms() + timeout_ms;

    while (!dbpool_is_ready(&worker->db) && clock_ms() < until) {
        dbpool_tick(&worker->db, clock_ms());
        loop_turn(&worker->loop, 10);
    }
    note_database(worker);
    return worker->metrics.database_ready;
}

static int nap(struct worker *worker)
{
    MHD_UNSIGNED_LONG_LONG ms;

    if (MHD_get_timeout(worker->daemon, &ms) != MHD_YES || ms > NAP_MAX_MS)
        return NAP_MAX_MS;
    return (int)ms;
}

static void turn(struct worker *worker)
{
    int64_t started, lag;

    loop_turn(&worker->loop, nap(worker)); /* rows in: replies are made */
    started = clock_us();
    MHD_run(worker->daemon);   /* replies out, requests in */
    dbpool_flush(&worker->db); /* their statements out */
    log_flush();
    dbpool_tick(&worker->db, clock_ms());
    streams_tick(&worker->streams, clock_ms());
    worker->metrics.cut += (uint64_t)deadlines_check(&worker->deadlines, clock_ms());
    lag = clock_us() - started;
    if ((uint64_t)lag > worker->metrics.loop_lag_us)
        worker->metrics.loop_lag_us = (uint64_t)lag;
    worker->metrics.database_load = dbpool_load(&worker->db);
    note_database(worker);
}

/* MHD must not be stopped with a suspended request: wait for all, then end those that are left. */
static void drain(struct worker *worker)
{
    MHD_socket listen_fd = MHD_quiesce_daemon(worker->daemon);
    int64_t until = clock_ms() + settings.drain_timeout_ms;

    if (listen_fd >= 0)
        close(listen_fd);
    while (worker->nrequests && clock_ms() < until)
        turn(worker);
    dbpool_fail_all(&worker->db);
    while (worker->njobs)
        loop_turn(&worker->loop, NAP_MAX_MS);
    MHD_run(worker->daemon);
    log_flush();
}

static void *worker_thread(void *cls)
{
    struct worker *worker = cls;

    log_hold();
    loop_watch(&worker->loop, &worker->http, EPOLLIN);
    while (!atomic_load(&worker->stopping))
        turn(worker);
    drain(worker);
    return NULL;
}

void worker_start(struct worker *worker)
{
    if (pthread_create(&worker->thread, NULL, worker_thread, worker))
        abort();
}

void worker_stop(struct worker *worker)
{
    atomic_store(&worker->stopping, true);
    eventfd_write(worker->signal.fd, 1);
}

void worker_release(struct worker *worker)
{
    MHD_stop_daemon(worker->daemon);
    dbpool_release(&worker->db);
    offload_home_release(&worker->home);
    close(worker->signal.fd);
    loop_release(&worker->loop);
}
