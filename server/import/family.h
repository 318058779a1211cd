#ifndef IMPORT_FAMILY_H
#define IMPORT_FAMILY_H

#include "import/reader.h"

/**
 * The families of formats: how a row of each becomes a fact. One file each, import_NAME.c.
 *
 * `row` gets a fact that has nothing but empty texts. What it points a fact's texts to must live
 * until the next row is read. A family that needs to know more than its row keeps it in
 * `reader->state`, which `begin` makes, and tells at the `end` whether all went well: false with
 * `reader->error` refuses the file.
 */
struct import_family {
    enum format format; /* FORMAT_none: mapped */
    enum fact_result (*row)(struct import_reader *reader, struct fact *fact);
    bool (*begin)(struct import_reader *reader);
    bool (*end)(struct import_reader *reader);
};

/** The family of a format; of FORMAT_none the one of mapped files. */
const struct import_family *import_family_of(enum format format);

enum fact_result fba_return_row(struct import_reader *reader, struct fact *fact);
enum fact_result mfn_return_row(struct import_reader *reader, struct fact *fact);
enum fact_result all_orders_row(struct import_reader *reader, struct fact *fact);
enum fact_result fulfilled_shipment_row(struct import_reader *reader, struct fact *fact);
enum fact_result replacement_row(struct import_reader *reader, struct fact *fact);
bool settlement_begin(struct import_reader *reader);
enum fact_result settlement_v1_row(struct import_reader *reader, struct fact *fact);
enum fact_result settlement_v2_row(struct import_reader *reader, struct fact *fact);
bool settlement_end(struct import_reader *reader);
enum fact_result reimbursement_row(struct import_reader *reader, struct fact *fact);
enum fact_result transaction_row(struct import_reader *reader, struct fact *fact);
bool shopify_begin(struct import_reader *reader);
enum fact_result shopify_row(struct import_reader *reader, struct fact *fact);
enum fact_result dealer_shipment_row(struct import_reader *reader, struct fact *fact);
bool mapped_begin(struct import_reader *reader);
enum fact_result mapped_row(struct import_reader *reader, struct fact *fact);

/** Whether rows have keys: they supersede each other, instead of being added. */
bool import_is_keyed(const struct import_how *how);

/** Who gets the facts of a reading; false ends it, and why is in the reader's error. */
typedef bool import_fact_fn(void *ctx, const struct import_reader *reader, const struct fact *fact);

/**
 * The third reading: every row becomes a fact for `take`, or is skipped, or rejected and told to
 * the sink. All of it is counted in the report; the survey sees the rows of a mapped file here.
 * False: it ended before its end, or the file is not what it should be as a whole; why is in
 * `error`.
 */
bool import_read(struct import_survey *survey, const struct import_how *how, csv_read_fn *read,
                 void *source, const struct import_sink *sink, import_fact_fn *take, void *ctx,
                 struct import_report *report, struct import_error *error);

#endif
