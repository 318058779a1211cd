#ifndef IMPORT_SURVEY_H
#define IMPORT_SURVEY_H

#include "import/how.h"
#include "import/report.h"
#include "import/stream.h"
#include "read/table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A column of the file, and how its cells are written. */
struct import_column {
    const char *name, *field; /* field: our name of it; NULL: not known */
    const char *use;          /* "needed", "optional", "ignored", "personal", "unknown" */
    enum column_kind kind;
    bool styled; /* its cells have a style that must be found */
    uint64_t blank;
    struct date_column dates;
    struct decimal_column decimals;
    enum date_style date_style;
    enum decimal_style decimal_style;
};

/**
 * The whole file is looked at before anything of it is believed: which bytes, is it text, is it
 * all there, where its header is, which format it has, how each column writes dates and amounts.
 */
struct import_survey {
    struct arena arena; /* what the rest points to */
    unsigned char hash[IMPORT_HASH];
    uint64_t bytes; /* unpacked */
    bool packed;
    struct encoding_found encoding;
    struct table_how table;
    uint64_t header_line;
    enum format format; /* FORMAT_none: mapped */
    struct import_column *columns;
    size_t ncolumns;
    int at[FORMAT_COLUMNS]; /* number of the column of each row of formats.def; -1: not there */
    unsigned header_checks; /* rows that were compared with all headers we know */
};

/**
 * Survey a source. False: it is refused, why is in `error`; what must be answered to have it
 * accepted is in the report's questions. The survey is good as far as it came, for the report.
 */
bool import_survey_run(struct import_survey *survey, struct import_source *source,
                       const struct import_how *how, const struct import_sink *sink,
                       struct import_report *report, struct import_error *error);
/** Put what was found into the object: file, format, encoding, delimiter, columns ... */
void import_survey_json(const struct import_survey *survey, const struct import_how *how,
                        json_t *into);
/** Free it. */
void import_survey_release(struct import_survey *survey);

/* The second half of import_survey_run(). */

/** Find what the columns are, from the header's names and keys. */
bool survey_columns(struct import_survey *survey, const struct import_how *how, size_t ncolumns,
                    const char *const *names, const char **keys, struct import_report *report,
                    struct import_error *error);
/** See the cells of the row at hand; false if it is a header: the file is several in one. */
bool survey_row(struct import_survey *survey, const struct csv *csv, struct import_error *error);
/** Decide the styles of the columns; false, with questions, if they are open. */
bool survey_decide(struct import_survey *survey, const struct import_how *how,
                   struct import_report *report, struct import_error *error);

#endif
