#ifndef IMPORT_READER_H
#define IMPORT_READER_H

#include "import/fact.h"
#include "import/how.h"
#include "import/report.h"
#include "import/survey.h"
#include "read/marketplace.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * The row at hand, as its family reads it: cells by the number of their column, each strictly.
 *
 * A column that the file does not have has the number -1, and its cells are blank; so are those
 * of a row that stops early. The readers answer false when the row has to be rejected, and have
 * kept why: the first reason stays. What a cell holds is told to nobody.
 */
struct import_reader {
    const struct import_how *how;
    const struct import_survey *survey;
    struct import_report *report;
    struct import_error *error;
    struct csv *csv;
    struct arena arena;          /* lives as long as the reading */
    void *state;                 /* of the family, in the arena */
    struct serial_list *serials; /* room for those of a row */

    bool rejected;
    int reject_column; /* -1: the row as a whole */
    const char *reject_code, *reject_detail;
};

/** The number of a column of formats.def in the file, -1 if it is not there. */
#define AT(reader, column) ((reader)->survey->at[COLUMN_##column])

/** What became of a row. */
enum fact_result { FACT_MADE, FACT_SKIPPED, FACT_REJECTED };

/** Reject the row because of a column. Always false. Both texts are literals. */
bool reader_reject(struct import_reader *reader, int column, const char *code, const char *detail);
/** Leave the row out, as it says nothing of ours. Both texts are literals. */
enum fact_result reader_skip(struct import_reader *reader, const char *code, const char *detail);
/** Count a warning. */
void reader_warn(struct import_reader *reader, enum import_warning warning);

/** The text of a cell without the blanks around it; "" if it is blank or not there. */
const char *reader_cell(struct import_reader *reader, int column);
/** The same where a text must be. */
bool reader_needed(struct import_reader *reader, int column, const char **text);
/**
 * A text that is kept, of at most `most` characters; "" is one. What a spreadsheet would take for
 * a formula is refused; an apostrophe before it, which an export put there, is taken away.
 */
bool reader_text(struct import_reader *reader, int column, size_t most, const char **text);
/** The SKU of the row, which must be there. */
bool reader_sku(struct import_reader *reader, int column, struct fact *fact);
/** A day by the style of its column; not known if it is blank. */
bool reader_day(struct import_reader *reader, int column, struct fact_day *day);
/** The same where a day must be. */
bool reader_day_needed(struct import_reader *reader, int column, struct fact_day *day);
/** A number of units from 0 to 1,000,000; `blank` if the cell is. */
bool reader_units(struct import_reader *reader, int column, int32_t blank, int32_t *units);
/** The same where a number must be; it may be negative. */
bool reader_signed_units(struct import_reader *reader, int column, int32_t *units);
/** An amount in minor units by the style of its column; 0 if blank, or without a currency. */
bool reader_money(struct import_reader *reader, int column, const char *currency, int64_t *money);
/** The price of one unit in a cell, times the units of the fact, as its money. */
bool reader_price(struct import_reader *reader, int column, struct fact *fact);
/** Whether an amount is not larger than the tables hold. */
bool reader_amount_fits(struct import_reader *reader, int column, int64_t money);
/** The marketplace that a cell names; NULL if it names none that is known. */
const struct marketplace *reader_marketplace(struct import_reader *reader, int column);
/** The row's currency; else what was said of the file; else its marketplace's; else NULL. */
bool reader_currency(struct import_reader *reader, int column, const struct marketplace *place,
                     const char **currency);
/** The row's country; else what was said of the file; else its marketplace's; else ZZ. */
bool reader_country(struct import_reader *reader, int column, const struct marketplace *place,
                    const char **country);
/** The channel that was said of the file, else `usual`. */
const char *reader_channel(const struct import_reader *reader, const char *usual);
/** What the word in a cell means; counted. STATUS_UNKNOWN for a blank one, too. */
struct status reader_status(struct import_reader *reader, int column, enum status_list list);
/** The reason of a return and the class of event it means, into the fact; counted. */
bool reader_reason(struct import_reader *reader, int column, struct fact *fact);
/** The order of the row, as the fact's own; without one its key is. Call it when the key is made.
 */
void reader_order(struct import_reader *reader, int column, struct fact *fact);
/** The key of the row: of what it is, and the texts of these columns. */
void reader_key(struct import_reader *reader, struct fact *fact, const char *what, size_t n,
                const int *columns);
/** reader_key() of the columns that follow. */
#define READER_KEY(reader, fact, what, ...)                                          \
    reader_key(reader, fact, what, sizeof((const int[]){__VA_ARGS__}) / sizeof(int), \
               (const int[]){__VA_ARGS__})

#endif
