#ifndef JOB_IMPORT_REPORT_H
#define JOB_IMPORT_REPORT_H

#include "job/import_pass.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * What an import says on standard output: each rejected row as it is met, then
 * the counts.
 */

/* More than there are reasons to reject a row. */
#define REPORT_REASONS_MAX 40
/* As many rejected rows as are told when it is not asked for all. */
#define REPORT_REJECTS_TOLD 20

struct import_report {
    bool all; /* tell every rejected row */
    uint64_t rejected;
    size_t nreasons;
    struct {
        const char *text;
        uint64_t rows;
    } reasons[REPORT_REASONS_MAX];
};

/** Tell and count a rejected row. Fits a listener, with the report as `ctx`. */
void import_report_reject(void *ctx, const struct import_reject *reject);
/** Tell the counts. */
void import_report_counts(const struct import_report *report, const struct import_counts *counts);

#endif
