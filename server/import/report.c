/* What is told of an import. */
#include "import/report.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

void import_report_init(struct import_report *report)
{
    memset(report, 0, sizeof *report);
    report->codes.arena = &report->arena;
    report->warnings = json_array();
    report->questions = json_array();
}

void import_report_release(struct import_report *report)
{
    json_decref(report->warnings);
    json_decref(report->questions);
    report->warnings = report->questions = NULL;
    arena_clear(&report->arena);
}

void import_report_fact(struct import_report *report, const struct fact *fact)
{
    uint64_t units = (uint64_t)llabs(fact->units);

    report->accepted++;
    report->kind_rows[fact->kind] += fact->units || fact->kind != FACT_SHIPMENT;
    report->kind_units[fact->kind] += units;
    if (fact->kind == FACT_SHIPMENT && fact->came.known) {
        report->kind_rows[FACT_RETURN]++;
        report->kind_units[FACT_RETURN] += units;
    }
    if (fact->kind == FACT_RETURN) {
        report->restocked += fact->restocked ? units : 0;
        report->reimbursed += fact->reimbursed ? units : 0;
    }
}

static void count(struct import_report *report, struct report_reasons *reasons, const char *code,
                  const char *detail)
{
    size_t i = 0;

    while (i < reasons->n && (strcmp(reasons->list[i].code, code) != 0 ||
                              strcmp(reasons->list[i].detail, detail) != 0))
        i++;
    if (i == REPORT_REASONS_MAX) {
        reasons->list[i - 1].rows++;
        return;
    }
    if (i == reasons->n) {
        bool last = ++reasons->n == REPORT_REASONS_MAX;

        reasons->list[i] = (struct report_reason){
            .code = last ? "other" : code,
            .detail = arena_strdup(&report->arena, last ? "something else" : detail),
        };
    }
    reasons->list[i].rows++;
}

void import_report_skip(struct import_report *report, const char *code, const char *detail)
{
    report->skipped++;
    count(report, &report->skips, code, detail);
}

void import_report_reject(struct import_report *report, const char *code, const char *detail)
{
    report->rejected++;
    count(report, &report->rejects, code, detail);
}

static bool is_same(const struct report_money *money, const char *type, const char *description,
                    const char *currency)
{
    return !strcmp(money->type, type) && !strcmp(money->description, description) &&
           !strcmp(money->currency, currency);
}

bool import_report_money(struct import_report *report, const char *type, const char *description,
                         const char *currency, int64_t amount)
{
    struct report_money *money = report->money;
    size_t i = 0;

    while (i < report->nmoney && !is_same(&money[i], type, description, currency))
        i++;
    if (i == REPORT_MONEY_MAX)
        return false;
    if (i == report->nmoney) {
        report->nmoney++;
        money[i] = (struct report_money){
            .type = arena_strdup(&report->arena, type),
            .description = arena_strdup(&report->arena, description),
            .currency = arena_strdup(&report->arena, currency),
        };
    }
    money[i].rows++;
    return !__builtin_add_overflow(money[i].amount, amount, &money[i].amount);
}

void import_report_warn(struct import_report *report, const char *code, const char *detail)
{
    json_array_append_new(report->warnings,
                          json_pack("{s:s, s:s}", "code", code, "detail", detail));
}
