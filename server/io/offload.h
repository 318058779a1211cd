#ifndef IO_OFFLOAD_H
#define IO_OFFLOAD_H

#include "io/loop.h"

#include <pthread.h>
#include <stdbool.h>

/**
 * Work too slow for a loop, done on a few helper threads below its priority: with an equal one
 * they would take the cores from the loops, and every other request would wait for them. There
 * are two queues, so that nobody's sign-in waits for a long calculation.
 */

enum offload_queue {
    OFFLOAD_PASSWORDS,    /* Argon2id, only when a core has nothing else to do */
    OFFLOAD_CALCULATIONS, /* analyses: they get on under load, too */
    OFFLOAD_QUEUES
};

struct offload_job {
    void (*work)(struct offload_job *job); /* on a helper thread */
    void (*done)(struct offload_job *job); /* back on the loop it came from */
    struct offload_home *home;
    struct offload_job *next;
};

/** Where jobs come back to: one for each loop. */
struct offload_home {
    struct watch watch; /* an eventfd */
    pthread_mutex_t mutex;
    struct offload_job *finished;
};

/** Start a queue of at most `limit` jobs with `nthreads` helpers, once for the process. */
void offload_start(enum offload_queue queue, int nthreads, int limit);
/** Let the helpers finish what they have and end. */
void offload_stop(void);
void offload_home_init(struct offload_home *home, struct loop *loop);
void offload_home_release(struct offload_home *home);
/** Queue a job; false, and nothing happens, if too many wait already. */
bool offload_send(enum offload_queue queue, struct offload_home *home, struct offload_job *job);
/** Send a job home that no helper had: its `home` and `done` are set. From any thread. */
void offload_go_home(struct offload_job *job);
/** Jobs that wait for a helper. */
int offload_waiting(enum offload_queue queue);

#endif
