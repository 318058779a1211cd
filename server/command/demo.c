/* aftersalesd demo: machines, customers and people to look at. */
#include "base/schema.h"
#include "command/account.h"
#include "command/command.h"
#include "io/dbsync.h"

#include <stdio.h>

/* Known to everyone who can read this: for demonstrations on one's own machine only. */
static const struct account people[] = {
    {"partner@demo.example", "partner_tech", "Jana Roth", "Werkstatt Rhein", "demo-partner-2026"},
    {"agent@demo.example",   "agent",        "Li Wei",    NULL,              "demo-agent-2026"  },
    {"manager@demo.example", "manager",      "Chen Yu",   NULL,              "demo-manager-2026"},
    {"admin@demo.example",   "admin",        "Zhao Min",  NULL,              "demo-admin-2026"  },
};
static const size_t npeople = sizeof people / sizeof *people;

/* 1: there is something, 0: nothing, -1: cannot tell. */
static int is_filled(PGconn *conn)
{
    PGresult *res = dbsync_query(conn, "SELECT EXISTS (SELECT FROM product_line)", 0, NULL);
    int filled = res ? *PQgetvalue(res, 0, 0) == 't' : -1;

    PQclear(res);
    return filled;
}

static bool fill(PGconn *conn)
{
    bool good = dbsync_run(conn, "BEGIN") && dbsync_run(conn, schema_demo);

    for (size_t i = 0; good && i < npeople; i++)
        good = account_add(conn, &people[i]);
    return dbsync_run(conn, good ? "COMMIT; ANALYZE" : "ROLLBACK") && good;
}

int command_demo(int argc, char **argv)
{
    PGconn *conn;
    int filled;
    bool good;

    if (argc > 1)
        return command_usage(argv[0]);
    conn = dbsync_connect();
    filled = conn ? is_filled(conn) : -1;
    good = filled == 1 || (filled == 0 && fill(conn));
    PQfinish(conn);
    if (!good)
        return 1;
    printf("Demo sign-ins%s:\n", filled ? " (if this database was filled by this command)" : "");
    for (size_t i = 0; i < npeople; i++)
        printf("  %-13s %-22s %s\n", people[i].role, people[i].email, people[i].password);
    return 0;
}
