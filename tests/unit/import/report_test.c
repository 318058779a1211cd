/* What is counted and told of an import. */
#include "unit.h"

#include "import/report.h"
#include "import/seen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void look(struct import_code *code, const void *ctx)
{
    (void)ctx;
    code->known = *code->text != '?';
    code->classed = true;
    code->class = EVENT_fault;
}

static struct import_report *report_new(void)
{
    struct import_report *report = malloc(sizeof *report);

    import_report_init(report);
    return report;
}

static void report_free(struct import_report *report)
{
    import_report_release(report);
    free(report);
}

static void codes_are_counted_by_column_and_looked_up_once(void **state)
{
    struct import_report *report = report_new();
    static const char reason[] = "reason", status[] = "status";
    json_t *codes;

    (void)state;
    for (int i = 0; i < 3; i++)
        import_code_count(&report->codes, reason, "BROKEN", look, NULL);
    import_code_count(&report->codes, status, "BROKEN", look, NULL);
    assert_false(import_code_count(&report->codes, reason, "?", look, NULL)->known);
    codes = import_codes_json(&report->codes);
    assert_int_equal(json_array_size(codes), 3);
    assert_int_equal(json_integer_value(json_object_get(json_array_get(codes, 0), "rows")), 3);
    assert_string_equal(json_string_value(json_object_get(json_array_get(codes, 1), "code")), "?");
    assert_string_equal(json_string_value(json_object_get(json_array_get(codes, 2), "column")),
                        "status");
    json_decref(codes);
    report_free(report);
}

static void a_file_of_endless_codes_takes_no_endless_memory(void **state)
{
    struct import_report *report = report_new();
    char code[24];

    (void)state;
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 10000; i++) {
            snprintf(code, sizeof code, "code %d", i);
            assert_int_equal(import_code_count(&report->codes, "c", code, look, NULL)->class,
                             EVENT_fault);
        }
    assert_int_equal(report->codes.n, IMPORT_CODES_MAX);
    assert_int_equal(report->codes.list[0].rows, 2);
    assert_int_equal(report->codes.others, 2 * (10000 - IMPORT_CODES_MAX));
    report_free(report);
}

static void so_does_a_file_of_endless_reasons_to_reject(void **state)
{
    struct import_report *report = report_new();
    uint64_t rows = 0;
    char detail[40];

    (void)state;
    for (int i = 0; i < 10000; i++) {
        snprintf(detail, sizeof detail, "the note %d was there before", i);
        import_report_reject(report, "serial_overlap", detail);
    }
    assert_int_equal(report->rejected, 10000);
    assert_int_equal(report->rejects.n, REPORT_REASONS_MAX);
    for (size_t i = 0; i < report->rejects.n; i++)
        rows += report->rejects.list[i].rows;
    assert_int_equal(rows, 10000);
    assert_string_equal(report->rejects.list[REPORT_REASONS_MAX - 1].code, "other");
    report_free(report);
}

static void amounts_are_added_up_by_what_they_are_for(void **state)
{
    struct import_report *report = report_new();
    char what[24];

    (void)state;
    assert_true(import_report_money(report, "Order", "Principal", "EUR", 150));
    assert_true(import_report_money(report, "Order", "Principal", "EUR", -50));
    assert_true(import_report_money(report, "Order", "Principal", "USD", 7));
    assert_int_equal(report->nmoney, 2);
    assert_int_equal(report->money[0].amount, 100);
    assert_true(import_report_money(report, "Order", "Principal", "EUR", INT64_MAX - 100));
    assert_false(import_report_money(report, "Order", "Principal", "EUR", 1));
    for (int i = 0; i < REPORT_MONEY_MAX - 2; i++) {
        snprintf(what, sizeof what, "fee %d", i);
        assert_true(import_report_money(report, "Fee", what, "EUR", 1));
    }
    assert_false(import_report_money(report, "Fee", "one too many", "EUR", 1));
    report_free(report);
}

static void what_was_seen_is_always_doubted_and_what_was_not_hardly_ever(void **state)
{
    struct import_seen *seen = calloc(1, sizeof *seen);
    unsigned char id[FACT_ID];
    const char *text;
    char number[24];
    size_t doubted = 0;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        snprintf(number, sizeof number, "%d", i);
        text = number;
        fact_id(id, "seen", 1, &text);
        doubted += import_seen(seen, id);
    }
    assert_true(doubted < 5);
    for (int i = 0; i < 100000; i += 7) {
        snprintf(number, sizeof number, "%d", i);
        text = number;
        fact_id(id, "seen", 1, &text);
        assert_true(import_seen(seen, id));
    }
    free(seen);
}

static void ids_part_their_texts(void **state)
{
    static const char *const one[] = {"ab", "c"}, *const other[] = {"a", "bc"};
    unsigned char a[FACT_ID], b[FACT_ID];

    (void)state;
    fact_id(a, "x", 2, one);
    fact_id(b, "x", 2, other);
    assert_memory_not_equal(a, b, FACT_ID);
    fact_id(b, "y", 2, one);
    assert_memory_not_equal(a, b, FACT_ID);
    fact_id(b, "x", 2, one);
    assert_memory_equal(a, b, FACT_ID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_counted_by_column_and_looked_up_once),
        cmocka_unit_test(a_file_of_endless_codes_takes_no_endless_memory),
        cmocka_unit_test(so_does_a_file_of_endless_reasons_to_reject),
        cmocka_unit_test(amounts_are_added_up_by_what_they_are_for),
        cmocka_unit_test(what_was_seen_is_always_doubted_and_what_was_not_hardly_ever),
        cmocka_unit_test(ids_part_their_texts),
    };

    RUN(tests);
}
