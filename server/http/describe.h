#ifndef HTTP_DESCRIBE_H
#define HTTP_DESCRIBE_H

#include "io/db.h"

#include <stdbool.h>

/** What a statement returns, as the server described it. */
struct column {
    const char *name;
    Oid type;
    bool nullable;
};
struct description {
    const struct column *columns;
    int ncolumns;
};

/**
 * Prepare every statement once, before anything is served, and keep what it
 * returns. False, with file, line and reason on standard error, if one is bad
 * or the server is not fit (version, encoding).
 */
bool describe_statements(void);
/** The columns of a statement. */
struct description describe_query(const struct query *query);
/** Connections the server has for all roles that are not privileged; 0 before. */
int describe_server_connections(void);
/** The version of the server, as in "17.2"; "" before describe_statements(). */
const char *describe_server_version(void);

#endif
