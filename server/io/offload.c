/* Helper threads for work that would block a loop. */
#include "io/offload.h"

#include "base/arena.h"

#include <pthread.h>
#include <sched.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

#define CALCULATION_NICE 5

static struct pool {
    pthread_mutex_t mutex;
    pthread_cond_t more;
    struct offload_job *oldest, **newest;
    int waiting, limit, nthreads;
    bool stopping;
    pthread_t *threads;
} pools[OFFLOAD_QUEUES];

/* The next job; NULL when it is time to end. */
static struct offload_job *next_job(struct pool *pool)
{
    struct offload_job *job;

    pthread_mutex_lock(&pool->mutex);
    while (!pool->oldest && !pool->stopping)
        pthread_cond_wait(&pool->more, &pool->mutex);
    job = pool->oldest;
    if (job) {
        pool->oldest = job->next;
        if (!pool->oldest)
            pool->newest = &pool->oldest;
        pool->waiting--;
    }
    pthread_mutex_unlock(&pool->mutex);
    return job;
}

void offload_go_home(struct offload_job *job)
{
    struct offload_home *home = job->home;

    pthread_mutex_lock(&home->mutex);
    job->next = home->finished;
    home->finished = job;
    pthread_mutex_unlock(&home->mutex);
    eventfd_write(home->watch.fd, 1);
}

/* At nice 19 a helper would still keep its slice, some milliseconds, when a loop wakes up: on the
   idle policy it keeps none, but under load it hardly gets on. */
static void give_way(enum offload_queue queue)
{
    bool idle = queue == OFFLOAD_PASSWORDS;

    pthread_setschedparam(pthread_self(), idle ? SCHED_IDLE : SCHED_BATCH,
                          &(struct sched_param){0});
    if (!idle)
        setpriority(PRIO_PROCESS, (id_t)gettid(), CALCULATION_NICE);
}

static void *helper(void *arg)
{
    struct pool *pool = arg;
    struct offload_job *job;

    give_way((enum offload_queue)(pool - pools));
    while ((job = next_job(pool))) {
        job->work(job);
        offload_go_home(job);
    }
    return NULL;
}

void offload_start(enum offload_queue queue, int nthreads, int limit)
{
    struct pool *pool = &pools[queue];

    *pool = (struct pool){
        .mutex = PTHREAD_MUTEX_INITIALIZER,
        .more = PTHREAD_COND_INITIALIZER,
        .newest = &pool->oldest,
        .limit = limit,
        .nthreads = nthreads,
        .threads = xalloc((size_t)nthreads * sizeof *pool->threads),
    };
    for (int i = 0; i < nthreads; i++)
        if (pthread_create(&pool->threads[i], NULL, helper, pool))
            abort();
}

static void pool_stop(struct pool *pool)
{
    pthread_mutex_lock(&pool->mutex);
    pool->stopping = true;
    pthread_cond_broadcast(&pool->more);
    pthread_mutex_unlock(&pool->mutex);
    for (int i = 0; i < pool->nthreads; i++)
        pthread_join(pool->threads[i], NULL);
    free(pool->threads);
}

void offload_stop(void)
{
    for (int i = 0; i < OFFLOAD_QUEUES; i++)
        pool_stop(&pools[i]);
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

bool offload_send(enum offload_queue queue, struct offload_home *home, struct offload_job *job)
{
    struct pool *pool = &pools[queue];
    bool room;

    job->home = home;
    job->next = NULL;
    pthread_mutex_lock(&pool->mutex);
    room = pool->waiting < pool->limit && !pool->stopping;
    if (room) {
        *pool->newest = job;
        pool->newest = &job->next;
        pool->waiting++;
        pthread_cond_signal(&pool->more);
    }
    pthread_mutex_unlock(&pool->mutex);
    return room;
}

int offload_waiting(enum offload_queue queue)
{
    struct pool *pool = &pools[queue];
    int waiting;

    pthread_mutex_lock(&pool->mutex);
    waiting = pool->waiting;
    pthread_mutex_unlock(&pool->mutex);
    return waiting;
}
