#ifndef IMPORT_IMPORT_H
#define IMPORT_IMPORT_H

#include "import/source.h"

#include <jansson.h>
#include <libpq-fe.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * Import of what shops and marketplaces tell of sales: orders, shipments, returns, refunds,
 * settlements; in their own formats (read/formats.def), or any CSV by a mapping.
 *
 * The bytes are read three times, in constant memory. First as a whole: which encoding, is it
 * text, is it all there. Then row by row: how its columns write dates and amounts. What cannot be
 * told from the file is a question, and the file is refused until whoever sends it answers. Only
 * then rows become facts and go into the database, in one transaction. That all readings saw the
 * same bytes is checked by their hash.
 *
 * Rows are compared with what is known of them: the same again changes nothing, a row that says
 * something else supersedes what it said, and the ledger follows (sql/function/source_*.sql). The
 * same bytes with the same options again are not even read into the database.
 *
 * Personal columns are never read beyond their header; orders are stored as a hash; cells are
 * never told, only where they are and what is wrong with them.
 */

/** What a person says of a file. NULL where nothing is said; all texts are borrowed. */
struct import_options {
    const char *file_name;  /* to be listed under; never opened */
    const char *format;     /* a name of formats.def; else it is found */
    const char *map;        /* a mapping, JSON text: see import_map.h */
    const char *line;       /* code of the product line in which unknown SKUs become products */
    const char *channel;    /* for all rows, instead of the format's own */
    const char *country;    /* where a row tells none */
    const char *tz;         /* days are told in this IANA zone, where an instant is known */
    const char *encoding;   /* a charset's name */
    const char *date_order; /* "dmy" or "mdy", where the file leaves it open */
    const char *decimal;    /* "dot" or "comma", likewise */
    const char *currency;   /* where a row tells none */
    bool dry_run;           /* do the same, but keep nothing */
    bool skip_rejects;      /* leave bad rows out instead of refusing the file */
};

/** A row that cannot be imported; dies when the callback returns. Never a cell's content. */
struct import_reject {
    uint64_t line;        /* from 1 */
    size_t column_number; /* from 1; 0: the row as a whole */
    const char *column;   /* its name; NULL beyond the header's last */
    const char *code;     /* a literal, such as "bad_date" */
    const char *detail;   /* the end of a sentence: "not a whole number" */
};

/** Who wants to know how it goes. Any function may be NULL. */
struct import_sink {
    void *ctx;
    /** So much of the work is done; `total` does not change. */
    void (*progress)(void *ctx, uint64_t done, uint64_t total);
    /** Called for each rejected row, in the order of the file but for what the database finds. */
    void (*reject)(void *ctx, const struct import_reject *reject);
    /** Asked several times a second, also while the database works: true ends the import. */
    bool (*cancelled)(void *ctx);
    /** Another import is running, and this one waits for its end. */
    void (*waits)(void *ctx);
};

enum import_outcome {
    IMPORT_DONE,      /* imported; or, of a dry run, would be */
    IMPORT_REPEATED,  /* the same bytes with the same options were imported before */
    IMPORT_REFUSED,   /* the file, the options or the mapping are not good; the report says why */
    IMPORT_CANCELLED, /* the sink said so */
    IMPORT_FAILED,    /* the database or the machine; to try again is safe */
};

/** "imported", "repeated", "refused", "cancelled", "failed". */
const char *import_outcome_name(enum import_outcome outcome);

/**
 * Import a source over `conn`, which is in no transaction, and is in none afterwards. Prints
 * nothing and keeps nothing between calls. `*report` becomes a new object in all cases, for the
 * caller to release: `import` is the id or null, `problem` is {code, detail} or null; the rest is
 * described in tests/import/README.md.
 */
enum import_outcome import_run(PGconn *conn, struct import_source *source,
                               const struct import_options *options, const struct import_sink *sink,
                               json_t **report);

#endif
