/* Accounts of partners and staff, as commands make them. */
#include "command/account.h"
#include "base/id.h"
#include "base/password.h"
#include "http/field.h"
#include "io/dbsync.h"

#include <stdio.h>
#include <string.h>

static const char insert[] =
    "INSERT INTO account (public_id, email, name, role, partner, password_hash) "
    "SELECT $1, $2, $3, $4, (SELECT id FROM partner WHERE name = $5), $6 "
    " WHERE $5::text IS NULL OR EXISTS (SELECT FROM partner WHERE name = $5) "
    "RETURNING id";

bool account_add(PGconn *conn, const struct account *account)
{
    const struct field email_field = {.name = "email", .type = EMAIL};
    struct arena arena = {0};
    char id[ID_SIZE], hash[PASSWORD_HASH_SIZE];
    const char *email = NULL;
    struct field_fault fault = field_check(&arena, &email_field, account->email, &email);
    const char *const args[] = {id, email, account->name, account->role, account->partner, hash};
    PGresult *res = NULL;
    bool good;

    id_new(id, "acc");
    if (fault.code)
        fprintf(stderr, "aftersalesd: \"%s\" is not an e-mail address.\n", account->email);
    else if (!password_hash(hash, account->password))
        fprintf(stderr, "aftersalesd: there is not enough memory to hash a password.\n");
    else
        res = dbsync_query(conn, insert, 6, args);
    good = res && PQntuples(res) == 1;
    if (res && !good)
        fprintf(stderr, "aftersalesd: there is no service partner \"%s\".\n", account->partner);
    PQclear(res);
    arena_clear(&arena);
    return good;
}
