/* The thread that runs jobs. */
#include "job/runner.h"
#include "base/log.h"
#include "io/dbsync.h"
#include "job/import_job.h"
#include "job/job.h"

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* A notification may be lost: look for jobs at least so often. */
#define LOOK_MS  1000
#define RETRY_MS 2000

static const struct {
    const char *kind;
    job_fn *run;
} kinds[] = {
    {"import", import_job},
};

static struct {
    pthread_t thread;
    atomic_bool stopping;
    int woken; /* an eventfd */
} runner;

static enum job_end run(struct job *job, json_t **result, const char **problem)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(kinds[i].kind, job->kind))
            return kinds[i].run(job, result, problem);
    *problem = "This version of the service does not know jobs of this kind.";
    return JOB_FAILED;
}

enum turn { NOTHING_TO_DO, DONE_ONE, SESSION_LOST };

/* Take one job and run it to its end. */
static enum turn run_next(PGconn *conn)
{
    struct job job = {.stopping = &runner.stopping};
    json_t *result = NULL;
    const char *problem = NULL;
    enum job_end end;
    bool lost;

    if (!job_take(&job, conn))
        return PQstatus(conn) == CONNECTION_OK ? NOTHING_TO_DO : SESSION_LOST;
    log_event(LOG_NOTE, "job_begun", "job", job.id, "kind", job.kind, NULL);
    end = run(&job, &result, &problem);
    job_finish(&job, end, result, problem);
    log_event(LOG_NOTE, end == JOB_FAILED ? "job_refused" : "job_ended", "job", job.id, NULL);
    lost = job.lost;
    json_decref(result);
    job_release(&job);
    return lost ? SESSION_LOST : DONE_ONE;
}

/* Wait for a notification, for the end, or for a while. */
static void look_out(int database, int ms)
{
    struct pollfd watched[] = {
        {runner.woken, POLLIN, 0},
        {database,     POLLIN, 0}
    };

    poll(watched, database < 0 ? 1 : 2, ms);
}

static void notifications_drop(PGconn *conn)
{
    PGnotify *notify;

    while ((notify = PQnotifies(conn)))
        PQfreemem(notify);
}

/*
 * Run jobs on one connection until it breaks or the daemon stops. A session that lost its job
 * is given up: with it goes the lock, so that the job can be taken anew.
 */
static void work(PGconn *conn)
{
    bool good = jobs_prepare(conn) && dbsync_run(conn, "LISTEN job_changed");

    while (good && !atomic_load(&runner.stopping)) {
        enum turn turn = run_next(conn);

        good = turn != SESSION_LOST;
        if (turn == NOTHING_TO_DO) {
            look_out(PQsocket(conn), LOOK_MS);
            good = PQconsumeInput(conn);
            notifications_drop(conn);
        }
    }
}

static void *runner_thread(void *unused)
{
    (void)unused;
    while (!atomic_load(&runner.stopping)) {
        PGconn *conn = dbsync_connect();

        if (conn)
            work(conn);
        PQfinish(conn);
        if (!atomic_load(&runner.stopping))
            look_out(-1, RETRY_MS);
    }
    return NULL;
}

void runner_start(void)
{
    runner.woken = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (runner.woken < 0 || pthread_create(&runner.thread, NULL, runner_thread, NULL))
        abort();
}

void runner_stop(void)
{
    atomic_store(&runner.stopping, true);
    eventfd_write(runner.woken, 1);
    pthread_join(runner.thread, NULL);
    close(runner.woken);
}
