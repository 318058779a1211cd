/* epoll, and nothing else. */
#include "io/loop.h"

#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#define EVENTS_A_TURN 64

void loop_init(struct loop *loop)
{
    loop->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (loop->epoll < 0)
        abort();
}

void loop_release(struct loop *loop)
{
    close(loop->epoll);
}

void loop_watch(struct loop *loop, struct watch *watch, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.ptr = watch};
    int operation = !events ? EPOLL_CTL_DEL : watch->events ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;

    if (events == watch->events)
        return;
    if (epoll_ctl(loop->epoll, operation, watch->fd, &event) && operation != EPOLL_CTL_DEL)
        abort();
    watch->events = events;
}

void loop_turn(struct loop *loop, int timeout_ms)
{
    struct epoll_event events[EVENTS_A_TURN];
    int n = epoll_wait(loop->epoll, events, EVENTS_A_TURN, timeout_ms);

    for (int i = 0; i < n; i++) {
        struct watch *watch = events[i].data.ptr;

        /* One that an earlier event of this turn took out must not be called. */
        if (watch->events)
            watch->ready(watch, events[i].events);
    }
}
