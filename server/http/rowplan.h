#ifndef HTTP_ROWPLAN_H
#define HTTP_ROWPLAN_H

#include "base/arena.h"

#include <libpq-fe.h>
#include <stdbool.h>

/**
 * How the rows of a result become JSON objects: what stands before each value.
 *
 * A statement's columns are the same each time, so its plan is made once and
 * kept for the life of the program; all threads share it and none changes it.
 */
struct rowplan {
    int ncolumns;
    struct rowplan_column {
        const char *name;
        const char *before; /* `,"name":` and the braces around it */
        size_t before_len;
        Oid type;
    } * columns;
    bool nested; /* the last column is in a nested object */
};

/** The plan for `rows`; where there is no room to keep it, it is made in `arena`. */
const struct rowplan *rowplan_find(struct arena *arena, const PGresult *rows);

#endif
