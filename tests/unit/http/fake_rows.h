#ifndef FAKE_ROWS_H
#define FAKE_ROWS_H

/** Rows as PostgreSQL would send them. */

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

/** Types of columns, by their numbers in pg_type. */
enum {
    BOOL = 16,
    INT8 = 20,
    INT2 = 21,
    INT4 = 23,
    STRING = 25,
    JSON = 114,
    FLOAT4 = 700,
    FLOAT8 = 701,
    DAY = 1082,
    TIMESTAMP = 1184,
    NUMERIC = 1700,
    JSONB = 3802
};

struct fake_column {
    const char *name;
    Oid type;
};

/** `nrows` rows of `ncolumns` values, one after another; NULL is NULL. For PQclear(). */
static inline PGresult *fake_rows(const struct fake_column *columns, int ncolumns,
                                  const char *const *values, int nrows)
{
    PGresult *rows = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK);
    PGresAttDesc *attributes = calloc((size_t)ncolumns + 1, sizeof *attributes);

    for (int i = 0; i < ncolumns; i++) {
        attributes[i].name = (char *)(uintptr_t)columns[i].name;
        attributes[i].typid = columns[i].type;
    }
    if (!PQsetResultAttrs(rows, ncolumns, attributes))
        abort();
    for (int i = 0; i < nrows * ncolumns; i++) {
        char *value = (char *)(uintptr_t)values[i];

        if (!PQsetvalue(rows, i / ncolumns, i % ncolumns, value, value ? (int)strlen(value) : -1))
            abort();
    }
    free(attributes);
    return rows;
}

/** One row; its columns and values by name, type and value: FAKE_ROW({"id", STRING, "x"}, ...). */
struct fake_cell {
    const char *name;
    Oid type;
    const char *value;
};
#define FAKE_ROW(...)                                 \
    fake_row((const struct fake_cell[]){__VA_ARGS__}, \
             sizeof((const struct fake_cell[]){__VA_ARGS__}) / sizeof(struct fake_cell))

static inline PGresult *fake_row(const struct fake_cell *cells, size_t n)
{
    struct fake_column columns[32];
    const char *values[32];

    if (n > 32)
        abort();
    for (size_t i = 0; i < n; i++) {
        columns[i] = (struct fake_column){cells[i].name, cells[i].type};
        values[i] = cells[i].value;
    }
    return fake_rows(columns, (int)n, values, 1);
}

#endif
