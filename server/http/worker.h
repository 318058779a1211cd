#ifndef HTTP_WORKER_H
#define HTTP_WORKER_H

#include "http/auth.h"
#include "http/deadline.h"
#include "http/metrics.h"
#include "http/stream.h"
#include "io/dbpool.h"
#include "io/loop.h"
#include "io/offload.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

/**
 * One core's world: a loop, an HTTP daemon and database connections. Workers
 * share nothing but files, settings, quotas, helper threads and counters.
 */
struct worker {
    struct loop loop;
    struct dbpool db;
    struct offload_home home;
    struct MHD_Daemon *daemon;
    struct watch http;   /* the daemon's epoll */
    struct watch signal; /* an eventfd: wakes the loop to end */
    struct auth_cache auth;
    struct deadlines deadlines;
    struct stream streams;
    struct metrics metrics;
    int nrequests; /* begun and not completed */
    int njobs;     /* on helper threads */
    atomic_bool stopping;
    pthread_t thread;
};

/** Make one of `nworkers` that accepts on `listen_fd`; false and a logged line if that fails. */
bool worker_init(struct worker *worker, int nworkers, int listen_fd);
/** Connect to the database, at most `timeout_ms`; false if it did not come. */
bool worker_connect(struct worker *worker, int timeout_ms);
/** Run in a thread of its own until worker_stop(). */
void worker_start(struct worker *worker);
/** Take no new connections, finish what is under way, end. Any thread may call it. */
void worker_stop(struct worker *worker);
/** Free everything, once the thread has ended. */
void worker_release(struct worker *worker);

/** Whether every worker has its database connections: a request may reach any of them. */
bool workers_are_connected(void);
/** Whether the process is on its way out: tell balancers. */
extern atomic_bool draining;

#endif
