#ifndef BASE_SCHEMA_H
#define BASE_SCHEMA_H

#include <stddef.h>

/**
 * The SQL that makes a database, carried by the program: one file to install,
 * and never a schema of another version beside it. The build writes it from sql/.
 */
struct schema_file {
    const char *name; /* without its folder: "0001_access.sql" */
    const char *text;
};

/** What was ever changed, in order: the one at index i has number i + 1. */
extern const struct schema_file schema_migrations[];
extern const size_t nschema_migrations;
/** All functions as they should be now, applied again after the migrations. */
extern const struct schema_file schema_functions[];
extern const size_t nschema_functions;
/** Demo data; several statements, to be sent as one so that they are one transaction. */
extern const char schema_demo[];

#endif
