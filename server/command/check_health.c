/* aftersalesd check-health: asks the running daemon whether it can serve. */
#include "base/settings.h"
#include "command/command.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define PATIENCE_S 5

/* Where the daemon listens; one that listens everywhere does so on loopback too. */
static struct sockaddr_in address(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)settings.port)};

    if (inet_pton(AF_INET, settings.listen_address, &to.sin_addr) != 1 || !to.sin_addr.s_addr)
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return to;
}

static bool ask(int fd)
{
    static const char question[] =
        "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    const struct timeval patience = {.tv_sec = PATIENCE_S};
    const struct sockaddr_in to = address();
    char answer[13] = "";

    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    return !connect(fd, (const struct sockaddr *)&to, sizeof to) &&
           write(fd, question, strlen(question)) == (ssize_t)strlen(question) &&
           recv(fd, answer, sizeof answer - 1, MSG_WAITALL) == sizeof answer - 1 &&
           !strcmp(answer, "HTTP/1.1 200");
}

int command_check_health(int argc, char **argv)
{
    int fd;
    bool ready;

    if (argc > 1)
        return command_usage(argv[0]);
    fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ready = fd >= 0 && ask(fd);
    if (fd >= 0)
        close(fd);
    if (!ready)
        fprintf(stderr, "aftersalesd: nothing ready to serve answers on port %ld.\n",
                settings.port);
    return ready ? 0 : 1;
}
