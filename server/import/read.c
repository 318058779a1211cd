/* The reading that makes facts of rows. */
#include "import/family.h"

#include <inttypes.h>
#include <stdlib.h>

/* A reading under way. */
struct reading {
    struct import_reader reader;
    const struct import_family *family;
    struct import_survey *seen; /* of a mapped file; else NULL */
    const struct import_sink *sink;
    import_fact_fn *take;
    void *ctx;
    struct table table;
    struct serial_list serials;
};

const struct import_family *import_family_of(enum format format)
{
    static const struct import_family families[] = {
        {FORMAT_none,                    mapped_row,             mapped_begin,     NULL          },
        {FORMAT_fba_returns,             fba_return_row,         NULL,             NULL          },
        {FORMAT_mfn_returns,             mfn_return_row,         NULL,             NULL          },
        {FORMAT_all_orders,              all_orders_row,         NULL,             NULL          },
        {FORMAT_fulfilled_shipments,     fulfilled_shipment_row, NULL,             NULL          },
        {FORMAT_replacements,            replacement_row,        NULL,             NULL          },
        {FORMAT_settlement_v1,           settlement_v1_row,      settlement_begin, settlement_end},
        {FORMAT_settlement_v2,           settlement_v2_row,      settlement_begin, settlement_end},
        {FORMAT_reimbursements,          reimbursement_row,      NULL,             NULL          },
        {FORMAT_date_range_transactions, transaction_row,        NULL,             NULL          },
        {FORMAT_shopify_orders,          shopify_row,            shopify_begin,    NULL          },
        {FORMAT_b2b_shipments,           dealer_shipment_row,    NULL,             NULL          },
    };
    size_t i = 0;

    while (families[i].format != format)
        i++;
    return &families[i];
}

bool import_is_keyed(const struct import_how *how)
{
    return !how->mapped || how->map.key;
}

static void tell_reject(struct reading *reading, int column, const char *code, const char *detail)
{
    const struct import_survey *survey = reading->reader.survey;
    struct import_reject reject = {
        .line = reading->table.csv.line,
        .column_number = (size_t)(column + 1),
        .column =
            column >= 0 && (size_t)column < survey->ncolumns ? survey->columns[column].name : NULL,
        .code = code,
        .detail = detail,
    };

    import_report_reject(reading->reader.report, code, detail);
    if (reading->sink->reject)
        reading->sink->reject(reading->sink->ctx, &reject);
}

static bool is_blank_row(const struct csv *csv)
{
    for (size_t i = 0; i < csv->ncells; i++)
        if (!cell_is_blank(csv->cells[i].text))
            return false;
    return true;
}

/* False ends the reading. */
static bool take_row(struct reading *reading)
{
    struct import_reader *reader = &reading->reader;
    struct fact fact = {.lot = "", .reason = "", .note = ""};

    if (is_blank_row(&reading->table.csv)) {
        reader_skip(reader, "blank", "all cells of the row are blank");
        return true;
    }
    reader->rejected = false;
    switch (reading->family->row(reader, &fact)) {
    case FACT_REJECTED:
        tell_reject(reading, reader->reject_column, reader->reject_code, reader->reject_detail);
        return true;
    case FACT_SKIPPED:
        return true;
    case FACT_MADE:
        break;
    }
    import_report_fact(reader->report, &fact);
    return reading->take(reading->ctx, reader, &fact);
}

static bool failed(struct reading *reading)
{
    if (reading->table.problem)
        import_refuse(reading->reader.error, "changed",
                      "The file changed while it was read, so nothing is imported.");
    return false;
}

static bool rows_read(struct reading *reading)
{
    struct import_reader *reader = &reading->reader;
    enum csv_result result = table_next(&reading->table); /* the header */

    if (result == CSV_FAILED)
        return failed(reading);
    reading->table.csv.width = reader->survey->ncolumns;
    while ((result = table_next(&reading->table)) == CSV_ROW || result == CSV_BAD_ROW) {
        reader->report->rows++;
        if (result == CSV_ROW && reading->seen &&
            !survey_row(reading->seen, &reading->table.csv, reader->error))
            return false;
        if (result == CSV_BAD_ROW)
            tell_reject(reading, (int)reading->table.csv.column, "bad_row",
                        reading->table.csv.problem);
        else if (!take_row(reading))
            return false;
    }
    return result == CSV_END || failed(reading);
}

static bool family_read(struct reading *reading)
{
    const struct import_family *family = reading->family;
    struct import_reader *reader = &reading->reader;

    return (!family->begin || family->begin(reader)) && rows_read(reading) &&
           (!family->end || family->end(reader));
}

bool import_read(struct import_survey *survey, const struct import_how *how, csv_read_fn *read,
                 void *source, const struct import_sink *sink, import_fact_fn *take, void *ctx,
                 struct import_report *report, struct import_error *error)
{
    struct reading *reading = xalloc(sizeof *reading);
    bool good;

    reading->family = import_family_of(survey->format);
    reading->seen = how->mapped ? survey : NULL;
    reading->sink = sink;
    reading->take = take;
    reading->ctx = ctx;
    reading->reader = (struct import_reader){
        .how = how,
        .survey = survey,
        .report = report,
        .error = error,
        .csv = &reading->table.csv,
        .serials = &reading->serials,
    };
    good = table_open(&reading->table, &survey->table, read, source) ? family_read(reading)
                                                                     : failed(reading);
    table_close(&reading->table);
    arena_clear(&reading->reader.arena);
    free(reading);
    return good;
}
