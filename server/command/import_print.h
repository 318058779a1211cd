#ifndef COMMAND_IMPORT_PRINT_H
#define COMMAND_IMPORT_PRINT_H

#include "import/import.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* As many rejected rows as are told when it is not asked for all. */
#define REJECTS_TOLD 20

/**
 * What a person at a terminal sees of an import: rejected rows on standard output as they are
 * met, how far it is on standard error, and the report in words at its end.
 */
struct import_printer {
    bool all;      /* tell every rejected row */
    FILE *rejects; /* all of them as CSV; NULL: not asked for */
    uint64_t rejected;
    int64_t told_at; /* of the progress, on clock_ms() */
};

/** The functions of an import_sink, `ctx` being a struct import_printer. */
void import_print_reject(void *ctx, const struct import_reject *reject);
void import_print_progress(void *ctx, uint64_t done, uint64_t total);
void import_print_waits(void *ctx);
/** Tell the report: counts on standard output, why it was refused on standard error. */
void import_print_report(const struct import_printer *printer, enum import_outcome outcome,
                         const json_t *report);

#endif
