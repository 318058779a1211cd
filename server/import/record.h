#ifndef IMPORT_RECORD_H
#define IMPORT_RECORD_H

#include "base/id.h"
#include "import/db.h"
#include "import/how.h"
#include "import/report.h"
#include "import/stage.h"
#include "import/survey.h"

#include <stdbool.h>

/**
 * The one transaction in which an import happens, from BEGIN to COMMIT.
 *
 * Before the COMMIT nobody sees anything of it, and whatever ends the process ends the
 * transaction with nothing done. A lock held to its end makes imports wait for each other: of two
 * with the same file the second finds the first.
 */
struct import_record {
    struct import_db db;
    const struct import_how *how;
    const struct import_survey *survey;
    struct import_report *report;
    char id[ID_SIZE]; /* of this import, or of the earlier one */
    uint64_t unseen;  /* orders that no accepted row before them can have named */
    /* What the database told of the rows. */
    json_int_t new, changed, unchanged, events, orders;
};

enum record_state { RECORD_OPEN, RECORD_REPEATED, RECORD_FAILED };

/** Begin, lock, and look whether these bytes were imported in this way before. */
enum record_state import_record_begin(struct import_record *record);
/** Find products for what was staged; tell what is rejected for the lack of one. */
bool import_record_prepare(struct import_record *record, const struct import_stage *stage);
/** Write what was staged. */
bool import_record_write(struct import_record *record);
/** Keep the report with the import, and commit; or, for a dry run, undo everything. */
bool import_record_end(struct import_record *record, const json_t *report, bool dry_run);
#define IMPORT_HASH_TEXT (2 * IMPORT_HASH + 3)
/** Write a hash as PostgreSQL reads a bytea. */
void import_hash_write(char out[IMPORT_HASH_TEXT], const unsigned char hash[IMPORT_HASH]);
/** Undo everything. */
void import_record_undo(struct import_record *record);

#endif
