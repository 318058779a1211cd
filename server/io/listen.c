/* Listening sockets. */
#include "io/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKLOG 1024

union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

static socklen_t parse(union address *to, const char *text, int port)
{
    *to = (union address){0};
    if (inet_pton(AF_INET, text, &to->v4.sin_addr) == 1) {
        to->v4.sin_family = AF_INET;
        to->v4.sin_port = htons((uint16_t)port);
        return sizeof to->v4;
    }
    if (inet_pton(AF_INET6, text, &to->v6.sin6_addr) == 1) {
        to->v6.sin6_family = AF_INET6;
        to->v6.sin6_port = htons((uint16_t)port);
        return sizeof to->v6;
    }
    return 0;
}

/* The first socket does not share the port while it is bound: so a forgotten process is found. */
static int open_one(const union address *address, socklen_t len, bool share)
{
    int on = 1, fd = socket(address->any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (share)
        setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    if (!bind(fd, &address->any, len) && !listen(fd, BACKLOG))
        return fd;
    close(fd);
    return -1;
}

/* Whether the port is free for us alone. */
static bool port_is_free(const union address *address, socklen_t len)
{
    int fd = open_one(address, len, false);

    if (fd < 0)
        return false;
    close(fd);
    return true;
}

bool listen_open(const char *text, int port, int *fds, int n)
{
    union address address;
    socklen_t len = parse(&address, text, port);

    if (!len) {
        fprintf(stderr, "aftersalesd: \"%s\" is not an IP address to listen on.\n", text);
        return false;
    }
    errno = 0;
    for (int i = 0; i < n; i++) {
        fds[i] = i || n == 1 || port_is_free(&address, len) ? open_one(&address, len, n > 1) : -1;
        if (fds[i] < 0) {
            fprintf(stderr,
                    "aftersalesd: cannot listen on %s port %d: %s; stop what listens "
                    "there, or set AFTERSALES_PORT to another.\n",
                    text, port, strerror(errno));
            return false;
        }
        if (!port) /* the others share the port that the first was given */
            parse(&address, text, listen_port(fds[i])), port = listen_port(fds[i]);
    }
    return true;
}

int listen_port(int fd)
{
    union address address;
    socklen_t len = sizeof address;

    if (getsockname(fd, &address.any, &len))
        return 0;
    return ntohs(address.any.sa_family == AF_INET ? address.v4.sin_port : address.v6.sin6_port);
}
