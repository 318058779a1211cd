#ifndef IMPORT_CODE_H
#define IMPORT_CODE_H

#include "base/arena.h"
#include "read/reason.h"
#include "read/status.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Different codes that are told of a file; of more only the number of rows. */
#define IMPORT_CODES_MAX 500

/**
 * The codes of a file: reasons, statuses, dispositions, types. Each is counted, and what it means
 * is looked up once.
 */
struct import_code {
    const char *column; /* its header */
    const char *text;   /* as in the file */
    uint64_t rows;
    bool known;   /* we know what it means */
    bool classed; /* it is that of a kind of event */
    enum event_class class;
    enum status_meaning meaning; /* of statuses */
};

/** Fills in what a code means. */
typedef void import_code_fn(struct import_code *code, const void *ctx);

struct import_codes {
    struct arena *arena;
    size_t n;
    struct import_code list[IMPORT_CODES_MAX]; /* as they were met */
    uint16_t slots[2 * IMPORT_CODES_MAX];      /* by hash: an index + 1, or 0 */
    struct import_code other;                  /* when the list is full */
    uint64_t others;                           /* rows with codes that have no place in it */
};

/**
 * Count a code in a column, which `look` explains when it is met for the first time. The answer
 * lives until the next call.
 */
const struct import_code *import_code_count(struct import_codes *codes, const char *column,
                                            const char *text, import_code_fn *look,
                                            const void *ctx);
/** [{column, code, rows, class, known}], column by column, as they were met; a new reference. */
json_t *import_codes_json(const struct import_codes *codes);

#endif
