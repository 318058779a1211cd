#ifndef IO_LISTEN_H
#define IO_LISTEN_H

#include <stdbool.h>

/**
 * Open `n` listening sockets for one address and port, into `fds`. More than
 * one share the port, so that each loop has an accept queue of its own; it is
 * refused if somebody else listens there already. False, and a sentence on
 * standard error, if that fails.
 */
bool listen_open(const char *address, int port, int *fds, int n);
/** The port that a listening socket has. */
int listen_port(int fd);

#endif
