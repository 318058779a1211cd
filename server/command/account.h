#ifndef COMMAND_ACCOUNT_H
#define COMMAND_ACCOUNT_H

#include <libpq-fe.h>
#include <stdbool.h>

/** An account to be made. `partner` is the name of a service partner, NULL for staff. */
struct account {
    const char *email, *role, *name, *partner, *password;
};

/** Make it; false, and a sentence on standard error, if that fails. */
bool account_add(PGconn *conn, const struct account *account);

#endif
