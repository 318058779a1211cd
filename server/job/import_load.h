#ifndef JOB_IMPORT_LOAD_H
#define JOB_IMPORT_LOAD_H

#include "base/id.h"
#include "job/import_copy.h"
#include "job/import_pass.h"

#include <libpq-fe.h>
#include <stdbool.h>

/**
 * The one transaction in which an import happens, from BEGIN to COMMIT.
 *
 * Before the COMMIT nobody sees anything of it, and whatever ends the process
 * ends the transaction with nothing done. A lock held to its end makes imports
 * wait for each other: of two with the same file the second finds the first.
 */
struct import_load {
    PGconn *conn;
    struct import_copy copy;
    char id[ID_SIZE]; /* of this import, or of the earlier one */
    char day[16];     /* of the earlier one */
};

enum import_load_state { LOAD_OPEN, LOAD_REPEATED, LOAD_FAILED };

/**
 * Connect, lock, and look whether these bytes were imported with this mapping.
 * LOAD_OPEN: rows may come. LOAD_FAILED: a sentence was written. Release it in all cases.
 */
enum import_load_state import_load_begin(struct import_load *load, const struct import_map *map,
                                         const struct import_counts *counts);
/** Take a sale or a return; fits a listener, with the load as `ctx`. */
bool import_load_row(void *ctx, const struct sales_row *row);
/** Make the counts of the rows and commit. False: a sentence was written. */
bool import_load_commit(struct import_load *load, const char *file_name,
                        const struct import_map *map, const struct import_counts *counts);
/** Disconnect; what was not committed is gone. */
void import_load_release(struct import_load *load);

#endif
