/* What a person at a terminal sees of an import. */
#include "command/import_print.h"

#include "base/clock.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#define TERMINAL_EVERY_MS 200
#define LOG_EVERY_MS      10000

static void progress_clear(void)
{
    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
}

/* One line that a terminal overwrites; in a log so few that a short import has none. */
void import_print_progress(void *ctx, uint64_t done, uint64_t total)
{
    struct import_printer *printer = ctx;
    bool terminal = isatty(STDERR_FILENO);
    int64_t now = clock_ms();

    if (done == total || now - printer->told_at < (terminal ? TERMINAL_EVERY_MS : LOG_EVERY_MS))
        return;
    printer->told_at = now;
    fprintf(stderr, "%sImporting: %" PRIu64 " %%%s", terminal ? "\r" : "",
            total ? done / (total / 100 + 1) : 0, terminal ? "" : "\n");
}

void import_print_waits(void *ctx)
{
    (void)ctx;
    fputs("Another import is running: waiting for its end.\n", stderr);
}

/* A cell of CSV, in quotes. */
static void csv_write(FILE *file, const char *text)
{
    putc('"', file);
    for (; *text; text++) {
        if (*text == '"')
            putc('"', file);
        putc(*text, file);
    }
    putc('"', file);
}

void import_print_reject(void *ctx, const struct import_reject *reject)
{
    struct import_printer *printer = ctx;

    printer->rejected++;
    if (printer->rejects) {
        fprintf(printer->rejects, "%" PRIu64 ",", reject->line);
        csv_write(printer->rejects, reject->column ? reject->column : "");
        fprintf(printer->rejects, ",%s,", reject->code);
        csv_write(printer->rejects, reject->detail);
        fputs("\r\n", printer->rejects);
    }
    if (!printer->all && printer->rejected > REJECTS_TOLD)
        return;
    progress_clear();
    if (reject->column)
        printf("line %" PRIu64 ", column \"%s\": %s\n", reject->line, reject->column,
               reject->detail);
    else if (reject->column_number)
        printf("line %" PRIu64 ", column %zu: %s\n", reject->line, reject->column_number,
               reject->detail);
    else
        printf("line %" PRIu64 ": %s\n", reject->line, reject->detail);
}

static json_int_t number(const json_t *object, const char *name)
{
    return json_integer_value(json_object_get(object, name));
}

static const char *string(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));

    return text ? text : "";
}

static void tell_kind(const json_t *report, const char *kind, bool always)
{
    json_int_t rows = number(json_object_get(report, "rows_by_kind"), kind);

    if (rows || always)
        printf("rows %-9s%10lld, %lld units\n", !strcmp(kind, "shipped") ? "sold" : kind,
               (long long)rows, (long long)number(json_object_get(report, "units"), kind));
}

static void tell_reasons(const char *title, json_int_t rows, const json_t *reasons)
{
    size_t i;
    json_t *reason;

    printf("rows %-9s%10lld\n", title, (long long)rows);
    json_array_foreach(reasons, i, reason)
        printf("  %10lld  %s\n", (long long)number(reason, "rows"), string(reason, "detail"));
}

static void tell_counts(const json_t *report)
{
    const json_t *rows = json_object_get(report, "rows");

    printf("rows %-9s%10lld\n", "read", (long long)number(rows, "read"));
    tell_kind(report, "shipped", true);
    tell_kind(report, "returned", true);
    tell_kind(report, "cancelled", false);
    tell_kind(report, "refunded", false);
    tell_kind(report, "reimbursed", false);
    tell_kind(report, "replaced", false);
    tell_reasons("skipped", number(rows, "skipped"), json_object_get(report, "skipped_by_reason"));
    tell_reasons("rejected", number(rows, "rejected"),
                 json_object_get(report, "rejects_by_reason"));
}

static void tell_columns(const json_t *report)
{
    size_t i;
    json_t *column;
    const char *comma = "";

    json_array_foreach(json_object_get(report, "columns"), i, column)
    {
        if (strcmp(string(column, "use"), "unknown") != 0)
            continue;
        printf("%s\"%s\"", *comma ? comma : "columns that are not known: ", string(column, "name"));
        comma = ", ";
    }
    if (*comma)
        putchar('\n');
}

static void tell_codes(const json_t *report)
{
    size_t i;
    json_t *code;
    const char *column = "";

    json_array_foreach(json_object_get(report, "codes"), i, code)
    {
        const char *class = string(code, "class");

        if (strcmp(column, string(code, "column")) != 0)
            printf("%s:\n", string(code, "column"));
        column = string(code, "column");
        printf("  %10lld  %s%s%s%s\n", (long long)number(code, "rows"), string(code, "code"),
               *class ? ", " : "", class,
               json_is_true(json_object_get(code, "known")) ? "" : " (not known)");
    }
}

static void tell_money(const json_t *report)
{
    size_t i;
    json_t *money;

    json_array_foreach(json_object_get(report, "money"), i, money)
        printf("%s %s: %lld %s in minor units, %lld rows\n", string(money, "type"),
               string(money, "description"), (long long)number(money, "amount_minor"),
               string(money, "currency"), (long long)number(money, "rows"));
}

static void tell_list(const json_t *list, const char *what)
{
    size_t i;
    json_t *entry;

    json_array_foreach(list, i, entry) printf("%s: %s\n", what, string(entry, "detail"));
}

/* What was found out about the file itself; of a mapped one the mapping says it. */
static void tell_file(const json_t *report)
{
    const char *format = string(report, "format");

    if (!strcmp(format, "mapped"))
        return;
    printf("format %s, encoding %s, %lld orders\n", format, string(report, "encoding"),
           (long long)number(report, "orders"));
    tell_columns(report);
    tell_codes(report);
    tell_money(report);
}

static void tell_end(enum import_outcome outcome, const json_t *report)
{
    const json_t *rows = json_object_get(report, "rows");

    if (outcome == IMPORT_REPEATED)
        printf("Nothing to do: this file was imported in this way before, as %s.\n",
               string(report, "import"));
    else if (outcome == IMPORT_DONE && json_is_true(json_object_get(report, "dry_run")))
        puts("Dry run: nothing was changed.");
    else if (outcome == IMPORT_DONE)
        printf("Imported as %s: %lld rows new, %lld changed, %lld unchanged.\n",
               string(report, "import"), (long long)number(rows, "new"),
               (long long)number(rows, "changed"), (long long)number(rows, "unchanged"));
}

void import_print_report(const struct import_printer *printer, enum import_outcome outcome,
                         const json_t *report)
{
    const json_t *problem = json_object_get(report, "problem");
    bool read = number(json_object_get(report, "rows"), "read") > 0;

    progress_clear();
    if (!printer->all && printer->rejected > REJECTS_TOLD)
        printf("and %" PRIu64 " more rejected rows: --dry-run tells them all\n",
               printer->rejected - REJECTS_TOLD);
    if (read) {
        tell_counts(report);
        tell_file(report);
        tell_list(json_object_get(report, "warnings"), "warning");
    }
    tell_end(outcome, report);
    if (json_is_object(problem))
        fprintf(stderr, "aftersalesd import: %s\n", string(problem, "detail"));
    if (outcome == IMPORT_FAILED)
        fputs("aftersalesd import: it failed; to run it again is safe.\n", stderr);
}
