/* Helper threads for work that would block a loop. */
#include "io/offload.h"

#include "base/arena.h"

#include <pthread.h>
#include <sched.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

static struct {
    pthread_mutex_t mutex;
    pthread_cond_t more;
    struct offload_job *oldest, **newest;
    int waiting, limit, nthreads;
    bool stopping;
    pthread_t *threads;
} pool = {.mutex = PTHREAD_MUTEX_INITIALIZER, .more = PTHREAD_COND_INITIALIZER};

/* The next job; NULL when it is time to end. */
static struct offload_job *next_job(void)
{
    struct offload_job *job;

    pthread_mutex_lock(&pool.mutex);
    while (!pool.oldest && !pool.stopping)
        pthread_cond_wait(&pool.more, &pool.mutex);
    job = pool.oldest;
    if (job) {
        pool.oldest = job->next;
        if (!pool.oldest)
            pool.newest = &pool.oldest;
        pool.waiting--;
    }
    pthread_mutex_unlock(&pool.mutex);
    return job;
}

static void go_home(struct offload_job *job)
{
    struct offload_home *home = job->home;

    pthread_mutex_lock(&home->mutex);
    job->next = home->finished;
    home->finished = job;
    pthread_mutex_unlock(&home->mutex);
    eventfd_write(home->watch.fd, 1);
}

static void *helper(void *unused)
{
    struct offload_job *job;

    (void)unused;
    /* At nice 19 it would still keep its slice, some milliseconds, when a loop wakes up. */
    pthread_setschedparam(pthread_self(), SCHED_IDLE, &(struct sched_param){0});
    while ((job = next_job())) {
        job->work(job);
        go_home(job);
    }
    return NULL;
}

void offload_start(int nthreads, int limit)
{
    pool.newest = &pool.oldest;
    pool.limit = limit;
    pool.nthreads = nthreads;
    pool.threads = xalloc((size_t)nthreads * sizeof *pool.threads);
    for (int i = 0; i < nthreads; i++)
        if (pthread_create(&pool.threads[i], NULL, helper, NULL))
            abort();
}

void offload_stop(void)
{
    pthread_mutex_lock(&pool.mutex);
    pool.stopping = true;
    pthread_cond_broadcast(&pool.more);
    pthread_mutex_unlock(&pool.mutex);
    for (int i = 0; i < pool.nthreads; i++)
        pthread_join(pool.threads[i], NULL);
    free(pool.threads);
}

static void on_home(struct watch *watch, uint32_t events)
{
    struct offload_home *home = WATCH_OWNER(watch, struct offload_home, watch);
    struct offload_job *job, *next;
    eventfd_t count;

    (void)events;
    eventfd_read(watch->fd, &count);
    pthread_mutex_lock(&home->mutex);
    job = home->finished;
    home->finished = NULL;
    pthread_mutex_unlock(&home->mutex);
    for (; job; job = next) {
        next = job->next;
        job->done(job);
    }
}

void offload_home_init(struct offload_home *home, struct loop *loop)
{
    *home = (struct offload_home){.watch.fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK),
                                  .watch.ready = on_home,
                                  .mutex = PTHREAD_MUTEX_INITIALIZER};
    if (home->watch.fd < 0)
        abort();
    loop_watch(loop, &home->watch, EPOLLIN);
}

void offload_home_release(struct offload_home *home)
{
    close(home->watch.fd);
}

bool offload_send(struct offload_home *home, struct offload_job *job)
{
    bool room;

    job->home = home;
    job->next = NULL;
    pthread_mutex_lock(&pool.mutex);
    room = pool.waiting < pool.limit && !pool.stopping;
    if (room) {
        *pool.newest = job;
        pool.newest = &job->next;
        pool.waiting++;
        pthread_cond_signal(&pool.more);
    }
    pthread_mutex_unlock(&pool.mutex);
    return room;
}

int offload_waiting(void)
{
    int waiting;

    pthread_mutex_lock(&pool.mutex);
    waiting = pool.waiting;
    pthread_mutex_unlock(&pool.mutex);
    return waiting;
}
