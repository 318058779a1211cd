#ifndef IO_OFFLOAD_H
#define IO_OFFLOAD_H

#include "io/loop.h"

#include <pthread.h>
#include <stdbool.h>

/**
 * Work too slow for a loop (Argon2id), done on a few helper threads of the
 * lowest priority: with equal priority they would take the cores from the
 * loops, and every other request would wait for somebody's sign-in.
 */

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

/** Start `nthreads` helpers with a queue of `limit` jobs, once for the process. */
void offload_start(int nthreads, int limit);
/** Let the helpers finish what they have and end. */
void offload_stop(void);
void offload_home_init(struct offload_home *home, struct loop *loop);
void offload_home_release(struct offload_home *home);
/** Queue a job; false, and nothing happens, if too many wait already. */
bool offload_send(struct offload_home *home, struct offload_job *job);
/** Jobs that wait for a helper. */
int offload_waiting(void);

#endif
