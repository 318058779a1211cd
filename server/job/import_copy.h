#ifndef JOB_IMPORT_COPY_H
#define JOB_IMPORT_COPY_H

#include "job/import_row.h"

#include <libpq-fe.h>
#include <stdbool.h>
#include <stddef.h>

/**
 * Rows on their way into the staging table, in PostgreSQL's binary COPY format.
 *
 * Binary, because the numbers and days are there already: the server copies
 * bytes where it would have to parse text. Sent in blocks, which costs a fraction
 * of a call per row.
 */
#define IMPORT_COPY_BLOCK 65536

struct import_copy {
    PGconn *conn;
    size_t len;
    char block[IMPORT_COPY_BLOCK];
};

/** Make the staging table `sales_row`, which ends with the transaction, and begin COPY. */
bool import_copy_start(struct import_copy *copy, PGconn *conn);
/** Add a sale or a return. On failure a sentence was written. */
bool import_copy_row(struct import_copy *copy, const struct sales_row *row);
/** Send the rest and end the COPY. */
bool import_copy_end(struct import_copy *copy);

#endif
