/* What an import says. */
#include "job/import_report.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define CELL_TOLD 40 /* bytes */

static void count_reason(struct import_report *report, const char *reason)
{
    size_t i = 0;

    while (i < report->nreasons && strcmp(report->reasons[i].text, reason) != 0)
        i++;
    if (i == REPORT_REASONS_MAX)
        return;
    if (i == report->nreasons)
        report->reasons[report->nreasons++].text = reason;
    report->reasons[i].rows++;
}

/* The beginning of a cell; whole characters, and nothing that moves a terminal. */
static void tell_cell(const char *cell)
{
    size_t len = strnlen(cell, CELL_TOLD + 1);

    if (len > CELL_TOLD)
        for (len = CELL_TOLD; len && ((unsigned char)cell[len] & 0xc0) == 0x80;)
            len--;
    fputs(": \"", stdout);
    for (size_t i = 0; i < len; i++)
        putchar(iscntrl((unsigned char)cell[i]) ? '?' : cell[i]);
    fputs(cell[len] ? "...\"" : "\"", stdout);
}

void import_report_reject(void *ctx, const struct import_reject *reject)
{
    struct import_report *report = ctx;

    report->rejected++;
    count_reason(report, reject->reason);
    if (!report->all && report->rejected > REPORT_REJECTS_TOLD)
        return;
    import_progress_clear();
    printf("line %" PRIu64 ", column ", reject->line);
    if (reject->column_name)
        printf("\"%s\": %s", reject->column_name, reject->reason);
    else
        printf("%zu: %s", reject->column_number, reject->reason);
    if (reject->cell && *reject->cell)
        tell_cell(reject->cell);
    putchar('\n');
}

static void tell_part(uint64_t rows, const char *what)
{
    if (rows)
        printf("  %10" PRIu64 "  %s\n", rows, what);
}

void import_report_counts(const struct import_report *report, const struct import_counts *counts)
{
    const uint64_t *kind = counts->kind;

    if (!report->all && report->rejected > REPORT_REJECTS_TOLD)
        printf("and %" PRIu64 " more rejected rows: --dry-run tells them all\n",
               report->rejected - REPORT_REJECTS_TOLD);
    printf("rows read     %10" PRIu64 "\n", counts->rows);
    printf("rows sold     %10" PRIu64 ", %" PRIu64 " units\n", kind[ROW_SOLD], counts->units_sold);
    printf("rows returned %10" PRIu64 ", %" PRIu64 " units\n", kind[ROW_RETURNED],
           counts->units_returned);
    printf("rows skipped  %10" PRIu64 "\n", import_counts_skipped(counts));
    tell_part(kind[ROW_OTHER_PRODUCT], "product does not match \"product_pattern\"");
    tell_part(kind[ROW_NOT_SOLD], "quantity or price is not above the limits of \"sold\"");
    tell_part(kind[ROW_NO_UNITS], "returned, but the quantity is 0");
    printf("rows rejected %10" PRIu64 "\n", kind[ROW_REJECTED]);
    for (size_t i = 0; i < report->nreasons; i++)
        tell_part(report->reasons[i].rows, report->reasons[i].text);
}
