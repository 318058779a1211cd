/* What has to be done every second, every minute and every day. */
#include "job/clock.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/settings.h"
#include "io/dbsync.h"
#include "job/flag.h"
#include "queries.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define SECOND_MS 1000
#define MINUTE_MS 60000
#define RETRY_MS  5000

static struct {
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t stop_asked;
    bool stopping;
} job = {.mutex = PTHREAD_MUTEX_INITIALIZER};

/* Sleep, unless it is time to end: then false. */
static bool sleep_ms(int64_t ms)
{
    struct timespec until;
    bool stopping;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += ms / 1000;
    until.tv_nsec += ms % 1000 * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    pthread_mutex_lock(&job.mutex);
    while (!job.stopping && !pthread_cond_timedwait(&job.stop_asked, &job.mutex, &until))
        continue;
    stopping = job.stopping;
    pthread_mutex_unlock(&job.mutex);
    return !stopping;
}

static bool run(PGconn *conn, const struct query *query, const char *const *args)
{
    PGresult *res = dbsync_execute(conn, query, args);

    PQclear(res);
    return res;
}

static bool every_minute(PGconn *conn)
{
    char hours[24];
    const char *const args[] = {hours};

    snprintf(hours, sizeof hours, "%ld", settings.idempotency_hours);
    return run(conn, &query_idempotency_expire, args) && run(conn, &query_token_expire, NULL) &&
           run(conn, &query_sign_in_expire, NULL) && run(conn, &query_upload_expire, NULL);
}

/* Work on one connection until it breaks; false when it is time to end. */
static bool work(PGconn *conn)
{
    static const struct query *const list[] = {&query_rollup_fold, &query_idempotency_expire,
                                               &query_token_expire, &query_sign_in_expire,
                                               &query_upload_expire};
    int64_t minute = 0;
    bool good = dbsync_prepare(conn, list, sizeof list / sizeof *list) && flag_job_prepare(conn);

    while (good) {
        good = run(conn, &query_rollup_fold, NULL) && flag_job_turn(conn);
        if (good && clock_ms() >= minute) {
            good = every_minute(conn);
            minute = clock_ms() + MINUTE_MS;
        }
        if (good && !sleep_ms(SECOND_MS))
            return false;
    }
    return true;
}

static void *clock_thread(void *unused)
{
    bool going = true;

    (void)unused;
    while (going) {
        PGconn *conn = dbsync_connect();

        going = !conn || work(conn);
        PQfinish(conn);
        going = going && sleep_ms(RETRY_MS);
    }
    return NULL;
}

void clock_job_start(void)
{
    pthread_condattr_t attributes;

    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&job.stop_asked, &attributes);
    pthread_condattr_destroy(&attributes);
    if (pthread_create(&job.thread, NULL, clock_thread, NULL))
        abort();
}

void clock_job_stop(void)
{
    pthread_mutex_lock(&job.mutex);
    job.stopping = true;
    pthread_cond_broadcast(&job.stop_asked);
    pthread_mutex_unlock(&job.mutex);
    pthread_join(job.thread, NULL);
}
