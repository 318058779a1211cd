#ifndef IMPORT_STAGE_H
#define IMPORT_STAGE_H

#include "import/db.h"
#include "import/family.h"
#include "import/seen.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * Facts on their way into the table staged_row, in PostgreSQL's binary COPY format.
 *
 * Binary, because the numbers, days and ids are there already: the server copies bytes where it
 * would have to parse text. Sent in blocks, which costs a fraction of a call per row.
 */
#define STAGE_BLOCK 262144

struct import_stage {
    struct import_db *db;
    bool keyed;         /* rows have keys, and hashes to compare them by */
    bool zoned;         /* days are to be told in another zone: send the instants */
    uint64_t keys_seen; /* rows whose key may have been there before */
    uint64_t serials;   /* rows with serial numbers */
    uint64_t orders;    /* rows whose order was surely not there before */
    size_t len;
    char block[STAGE_BLOCK];
    struct import_seen keys, owns;
};

/** Make the staging tables and begin COPY. Large: not for the stack. */
bool import_stage_begin(struct import_stage *stage, struct import_db *db, bool keyed, bool zoned);
/** Add a fact; an import_fact_fn, `stage` is a struct import_stage. */
bool import_stage_fact(void *stage, const struct import_reader *reader, const struct fact *fact);
/** Send the rest and end the COPY. */
bool import_stage_end(struct import_stage *stage);
/** Break the COPY off; the transaction is of no use then. */
void import_stage_abort(struct import_stage *stage);

#endif
