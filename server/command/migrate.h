#ifndef COMMAND_MIGRATE_H
#define COMMAND_MIGRATE_H

#include <libpq-fe.h>
#include <stdbool.h>

/**
 * Bring the database to this program's schema, under an advisory lock: each
 * migration in a transaction of its own with its number and checksum, then all
 * functions in one. A migration that changed since it ran is refused.
 */
bool migrate(PGconn *conn);

#endif
