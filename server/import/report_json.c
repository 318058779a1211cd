/* What is told of an import, as JSON. */
#include "import/report.h"

#include <inttypes.h>
#include <stdio.h>

struct warning {
    const char *code, *sentence;
};

#define WARNING(code, sentence) (struct warning){#code, sentence},
static const struct warning warnings[IMPORT_WARNINGS] = {
#include "import/warnings.def"
};
#undef WARNING

static json_t *number(uint64_t n)
{
    return json_integer((json_int_t)n);
}

static json_t *rows_json(const struct import_report *report)
{
    return json_pack("{s:o, s:o, s:o, s:o}", "read", number(report->rows), "accepted",
                     number(report->accepted), "skipped", number(report->skipped), "rejected",
                     number(report->rejected));
}

/* By what they say: rows and units. */
static json_t *facts_json(const uint64_t counts[FACT_KINDS])
{
    static const char *const names[FACT_KINDS] = {
        [FACT_SHIPMENT] = "shipped",         [FACT_RETURN] = "returned",
        [FACT_CANCEL] = "cancelled",         [FACT_REFUND] = "refunded",
        [FACT_REIMBURSEMENT] = "reimbursed", [FACT_REPLACEMENT] = "replaced",
    };
    json_t *object = json_object();

    for (enum fact_kind kind = 0; kind < FACT_KINDS; kind++)
        json_object_set_new(object, names[kind], number(counts[kind]));
    return object;
}

static json_t *reasons_json(const struct report_reasons *reasons)
{
    json_t *list = json_array();

    for (size_t i = 0; i < reasons->n; i++)
        json_array_append_new(list, json_pack("{s:s, s:s, s:o}", "code", reasons->list[i].code,
                                              "detail", reasons->list[i].detail, "rows",
                                              number(reasons->list[i].rows)));
    return list;
}

static json_t *money_json(const struct import_report *report)
{
    json_t *list = json_array();

    for (size_t i = 0; i < report->nmoney; i++) {
        const struct report_money *money = &report->money[i];

        json_array_append_new(
            list, json_pack("{s:s, s:s, s:o, s:I, s:s}", "type", money->type, "description",
                            money->description, "rows", number(money->rows), "amount_minor",
                            (json_int_t)money->amount, "currency", money->currency));
    }
    return list;
}

/* The counted ones first. */
static json_t *warnings_json(const struct import_report *report)
{
    json_t *list = json_array();

    for (enum import_warning w = 0; w < IMPORT_WARNINGS; w++) {
        char detail[400];

        if (!report->warned[w])
            continue;
        snprintf(detail, sizeof detail, "%s (%" PRIu64 " %s).", warnings[w].sentence,
                 report->warned[w], report->warned[w] == 1 ? "row" : "rows");
        json_array_append_new(list,
                              json_pack("{s:s, s:s}", "code", warnings[w].code, "detail", detail));
    }
    json_array_extend(list, report->warnings);
    return list;
}

void import_report_json(const struct import_report *report, json_t *into)
{
    json_t *units = facts_json(report->kind_units);

    json_object_set_new(units, "restocked", number(report->restocked));
    json_object_set_new(units, "marked_reimbursed", number(report->reimbursed));
    json_object_set_new(into, "rows", rows_json(report));
    json_object_set_new(into, "rows_by_kind", facts_json(report->kind_rows));
    json_object_set_new(into, "units", units);
    json_object_set_new(into, "codes", import_codes_json(&report->codes));
    json_object_set_new(into, "codes_not_told", number(report->codes.others));
    json_object_set_new(into, "money", money_json(report));
    json_object_set_new(into, "skipped_by_reason", reasons_json(&report->skips));
    json_object_set_new(into, "rejects_by_reason", reasons_json(&report->rejects));
    json_object_set_new(into, "warnings", warnings_json(report));
    json_object_set(into, "questions", report->questions);
}
