#ifndef IMPORT_REPORT_H
#define IMPORT_REPORT_H

#include "import/code.h"
#include "import/fact.h"
#include "import/import.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/** What is warned of: the rows of warnings.def. */
enum import_warning {
#define WARNING(code, sentence) WARN_##code,
#include "import/warnings.def"
#undef WARNING
    IMPORT_WARNINGS,
};

/* Bounds of what is told: a file that has more of it is unlike any that we know. */
#define REPORT_REASONS_MAX 64
#define REPORT_MONEY_MAX   500

/** Rows that are alike in something: a reason to reject or to skip them. */
struct report_reason {
    const char *code, *detail;
    uint64_t rows;
};

/** A list of them, as they were met; all that have no place in it are the last. */
struct report_reasons {
    size_t n;
    struct report_reason list[REPORT_REASONS_MAX];
};

/** Amounts of a kind, added up. */
struct report_money {
    const char *type, *description, *currency;
    uint64_t rows;
    int64_t amount;
};

/**
 * What is told of an import: counted as it is read, and made JSON of at its end. Texts that are
 * kept are in its arena. Large: not for the stack.
 */
struct import_report {
    struct arena arena;
    uint64_t rows, accepted, skipped, rejected;
    uint64_t kind_rows[FACT_KINDS], kind_units[FACT_KINDS];
    uint64_t restocked, reimbursed; /* units that came back and were */
    uint64_t warned[IMPORT_WARNINGS];
    struct report_reasons rejects, skips;
    struct import_codes codes;
    size_t nmoney;
    struct report_money money[REPORT_MONEY_MAX];
    json_t *warnings, *questions; /* lists of objects; never NULL */
};

/** Begin. */
void import_report_init(struct import_report *report);
/** Free it. */
void import_report_release(struct import_report *report);

/** Count a fact. */
void import_report_fact(struct import_report *report, const struct fact *fact);
/** Count a row that says nothing of ours; both texts are literals. */
void import_report_skip(struct import_report *report, const char *code, const char *detail);
/** Count a rejected row. `detail` is copied if it is a new one. */
void import_report_reject(struct import_report *report, const char *code, const char *detail);
/** Add to the amounts of a kind; false if there are too many kinds, or it grows too large. */
bool import_report_money(struct import_report *report, const char *type, const char *description,
                         const char *currency, int64_t amount);
/** Warn of something beside the counted warnings. */
void import_report_warn(struct import_report *report, const char *code, const char *detail);

/** Put all that was counted into the object. */
void import_report_json(const struct import_report *report, json_t *into);

#endif
