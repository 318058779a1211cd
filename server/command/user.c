/* aftersalesd user add: a new account; its password comes on standard input. */
#include "base/password.h"
#include "command/account.h"
#include "command/command.h"
#include "io/dbsync.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define LINE_SIZE 256

/* One line, not shown while it is typed. */
static bool read_password(char line[LINE_SIZE])
{
    struct termios shown, hidden;
    bool terminal = isatty(STDIN_FILENO) && !tcgetattr(STDIN_FILENO, &shown);
    bool good;

    if (terminal) {
        fprintf(stderr, "Password (at least %d characters): ", PASSWORD_MIN);
        hidden = shown;
        hidden.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(STDIN_FILENO, TCSANOW, &hidden);
    }
    good = fgets(line, LINE_SIZE, stdin);
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSANOW, &shown);
        fprintf(stderr, "\n");
    }
    if (good)
        line[strcspn(line, "\r\n")] = '\0';
    if (good && strlen(line) >= PASSWORD_MIN)
        return true;
    fprintf(stderr, "aftersalesd: give a password of at least %d characters on standard input.\n",
            PASSWORD_MIN);
    return false;
}

int command_user(int argc, char **argv)
{
    struct account account;
    char password[LINE_SIZE];
    PGconn *conn;
    bool good;

    if (argc < 5 || argc > 6 || strcmp(argv[1], "add"))
        return command_usage(argv[0]);
    account = (struct account){argv[2], argv[3], argv[4], argc > 5 ? argv[5] : NULL, password};
    if (!read_password(password))
        return 1;
    conn = dbsync_connect();
    good = conn && account_add(conn, &account);
    sodium_memzero(password, sizeof password);
    PQfinish(conn);
    return good ? 0 : 1;
}
