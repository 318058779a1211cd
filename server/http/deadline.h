#ifndef HTTP_DEADLINE_H
#define HTTP_DEADLINE_H

#include <stdint.h>

/**
 * Absolute deadlines of connections. MHD's own time-out starts anew with every
 * byte, so a client that sends one a second would stay for ever.
 *
 * A deadline belongs to a phase: header, body, answer, idle. When it passes,
 * the socket is shut down and MHD notices.
 */
struct deadline {
    struct deadline *next, *previous;
    int fd;
    int64_t at_ms;
};

struct deadlines {
    struct deadline list; /* ring: its own first and last */
    int64_t checked_ms;
};

void deadlines_init(struct deadlines *deadlines);
/** Watch a connection; it must be in the arguments of deadline_remove() before its socket is
 * closed. */
struct deadline *deadline_add(struct deadlines *deadlines, int fd, long ms);
void deadline_remove(struct deadline *deadline);
/** Start the next phase, `ms` from now. */
void deadline_set(struct deadline *deadline, long ms);
/** No deadline in this phase: somebody else watches. */
void deadline_suspend(struct deadline *deadline);
/** Cut those that passed and tell how many. Cheap to call every turn. */
int deadlines_check(struct deadlines *deadlines, int64_t now);

#endif
