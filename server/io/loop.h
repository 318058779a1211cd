#ifndef IO_LOOP_H
#define IO_LOOP_H

#include <stdint.h>

/** An event loop over epoll, level-triggered; one for each worker thread. */
struct loop {
    int epoll;
};

/** One file descriptor the loop looks after; embed it in its owner. */
struct watch {
    int fd;
    void (*ready)(struct watch *watch, uint32_t events);
    uint32_t events; /* what is watched for now; 0: nothing, not in the loop */
};

/** The owner of an embedded watch. */
#define WATCH_OWNER(watch, type, member) ((type *)(void *)((char *)(watch)-offsetof(type, member)))

/** Make an empty loop; aborts if the kernel refuses. */
void loop_init(struct loop *loop);
void loop_release(struct loop *loop);
/** Start watching, or change what is watched for; no events at all: stop watching. */
void loop_watch(struct loop *loop, struct watch *watch, uint32_t events);
/** Sleep at most `timeout_ms` and call what became ready. */
void loop_turn(struct loop *loop, int timeout_ms);

#endif
