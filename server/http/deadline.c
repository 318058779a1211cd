/* Absolute deadlines of client connections. */
#include "http/deadline.h"
#include "base/arena.h"
#include "base/clock.h"

#include <stdlib.h>
#include <sys/socket.h>

/* The list is walked in full, but only so often. */
#define CHECK_EVERY_MS 200

void deadlines_init(struct deadlines *deadlines)
{
    deadlines->list.next = deadlines->list.previous = &deadlines->list;
    deadlines->checked_ms = 0;
}

struct deadline *deadline_add(struct deadlines *deadlines, int fd, long ms)
{
    struct deadline *deadline = xalloc(sizeof *deadline);

    deadline->fd = fd;
    deadline->at_ms = clock_ms() + ms;
    deadline->next = deadlines->list.next;
    deadline->previous = &deadlines->list;
    deadline->next->previous = deadline;
    deadlines->list.next = deadline;
    return deadline;
}

void deadline_remove(struct deadline *deadline)
{
    deadline->next->previous = deadline->previous;
    deadline->previous->next = deadline->next;
    free(deadline);
}

void deadline_set(struct deadline *deadline, long ms)
{
    deadline->at_ms = clock_ms() + ms;
}

void deadline_suspend(struct deadline *deadline)
{
    deadline->at_ms = INT64_MAX;
}

int deadlines_check(struct deadlines *deadlines, int64_t now)
{
    struct deadline *deadline;
    int ncut = 0;

    if (now - deadlines->checked_ms < CHECK_EVERY_MS)
        return 0;
    deadlines->checked_ms = now;
    for (deadline = deadlines->list.next; deadline != &deadlines->list; deadline = deadline->next) {
        if (now < deadline->at_ms)
            continue;
        shutdown(deadline->fd, SHUT_RDWR);
        deadline_suspend(deadline);
        ncut++;
    }
    return ncut;
}
