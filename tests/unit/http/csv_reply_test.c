/* A JSON answer told as a sheet. */
#include "unit.h"

#include "base/seal.h"
#include "fake.h"
#include "http/csv_reply.h"
#include "http/route.h"

static const struct computed members[] = {
    {"items", "{\"items\":{\"required\":[\"month\",\"rate\"]}}", true},
};
static const struct computed_table computed = {members, 1};
static const struct route route = {
    .method = "GET", .name = "line_cohort_list", .output = VALUE, .computed = &computed};
static struct request req;

static int begin(void **state)
{
    (void)state;
    req = fake_request();
    req.route = &route;
    req.csv_table = "items";
    return !seal_init("a secret of the tests, long enough");
}

static int clear(void **state)
{
    (void)state;
    fake_clear(&req);
    return 0;
}

/* The sheet of an answer without its byte order mark. */
static const char *sheet(const char *json)
{
    reply_reset(&req);
    csv_reply(&req, json, strlen(json));
    assert_int_equal(req.reply.status, 200);
    assert_string_equal(req.reply.type, "text/csv; charset=utf-8");
    assert_memory_equal(req.reply.text, "\xef\xbb\xbf", 3);
    return req.reply.text + 3;
}

static void rows_become_lines_under_their_names(void **state)
{
    (void)state;
    assert_string_equal(sheet("{\"items\":[{\"month\":\"2026-01-01\",\"rate\":0.1,\"n\":7},"
                              "{\"month\":\"2026-02-01\",\"rate\":null,\"ok\":true}]}"),
                        "month,rate,n,ok\r\n2026-01-01,0.1,7,\r\n2026-02-01,,,true\r\n");
}

static void a_table_without_rows_has_its_names(void **state)
{
    (void)state;
    assert_string_equal(sheet("{\"items\":[]}"), "month,rate\r\n");
}

static void objects_within_are_told_by_their_members(void **state)
{
    (void)state;
    assert_string_equal(sheet("{\"items\":[{\"month\":\"a\",\"rate\":1,\"cost\":null},"
                              "{\"month\":\"b\",\"rate\":2,\"cost\":{\"minor\":5,\"of\":{\"x\":1}},"
                              "\"list\":[1,2]}]}"),
                        "month,rate,cost.minor,cost.of.x,list\r\na,1,,,\r\nb,2,5,1,\"[1,2]\"\r\n");
}

static void texts_are_quoted_and_no_spreadsheet_takes_them_for_formulas(void **state)
{
    (void)state;
    assert_string_equal(
        sheet("{\"items\":[{\"month\":\"a,\\\"b\\\"\\n\",\"rate\":-5},"
              "{\"month\":\"=1+1\",\"rate\":-0.5},{\"month\":\"@x,\",\"rate\":1},"
              "{\"month\":\"-2\",\"rate\":1}]}"),
        "month,rate\r\n\"a,\"\"b\"\"\n\",-5\r\n'=1+1,-0.5\r\n\"'@x,\",1\r\n'-2,1\r\n");
}

static void a_table_that_is_not_there_is_a_problem(void **state)
{
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        static const char *const tables[] = {"other", "rate", "words"};

        reply_reset(&req);
        req.csv_table = tables[i];
        csv_reply(&req, "{\"rate\":1,\"words\":[\"a\"]}", 24);
        assert_string_equal(fake_code(&req), "unknown_parameter");
    }
}

/* What is asked for by parameters and by the Accept header. */
static const char *wanted(const char *format, const char *table, const char *accept)
{
    struct param params[2];
    int n = 0;

    req = fake_request();
    req.route = &route;
    if (accept)
        fake_header("Accept", accept);
    if (format)
        params[n++] = (struct param){"format", format};
    if (table)
        params[n++] = (struct param){"table", table};
    reply_reset(&req);
    return csv_read(&req, params, n) ? (req.csv_table ? req.csv_table : "json") : fake_code(&req);
}

static void the_format_is_that_of_the_parameter_or_of_the_header(void **state)
{
    (void)state;
    assert_string_equal(wanted(NULL, NULL, NULL), "json");
    assert_string_equal(wanted("csv", NULL, NULL), "items");
    assert_string_equal(wanted("csv", "ages", "application/json"), "ages");
    assert_string_equal(wanted(NULL, NULL, "text/csv"), "items");
    assert_string_equal(wanted(NULL, "ages", " Text/CSV;q=0.9, */*"), "ages");
    assert_string_equal(wanted(NULL, NULL, "application/json, text/csv"), "json");
    assert_string_equal(wanted(NULL, NULL, "text/csvx"), "json");
    assert_string_equal(wanted("json", NULL, "text/csv"), "json");
    assert_string_equal(wanted("xls", NULL, NULL), "unknown_parameter");
}

static void the_sheet_has_a_tag_of_its_own(void **state)
{
    (void)state;
    req.reply.etag = "\"habc-json\"";
    csv_reply(&req, "{\"items\":[]}", 12);
    assert_string_equal(req.reply.etag, "\"habc-csv\"");
    assert_string_equal(fake_answer_header(&req, "Content-Disposition"),
                        "attachment; filename=\"line_cohort_list.csv\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rows_become_lines_under_their_names, begin, clear),
        cmocka_unit_test_setup_teardown(a_table_without_rows_has_its_names, begin, clear),
        cmocka_unit_test_setup_teardown(objects_within_are_told_by_their_members, begin, clear),
        cmocka_unit_test_setup_teardown(texts_are_quoted_and_no_spreadsheet_takes_them_for_formulas,
                                        begin, clear),
        cmocka_unit_test_setup_teardown(a_table_that_is_not_there_is_a_problem, begin, clear),
        cmocka_unit_test_setup_teardown(the_format_is_that_of_the_parameter_or_of_the_header, begin,
                                        clear),
        cmocka_unit_test_setup_teardown(the_sheet_has_a_tag_of_its_own, begin, clear),
    };

    RUN(tests);
}
