/* Rows of PostgreSQL to JSON. */
#include "unit.h"

#include "fake_rows.h"
#include "http/rowjson.h"

#include <jansson.h>

static struct arena arena;

static int clear(void **state)
{
    (void)state;
    arena_clear(&arena);
    return 0;
}

/* The row as JSON text; its rows are freed. What is written must always be JSON. */
static const char *object(PGresult *rows)
{
    struct text text = text_new(&arena);
    json_t *json;

    rowjson_object(&text, rows, 0);
    PQclear(rows);
    json = json_loads(text.bytes, JSON_REJECT_DUPLICATES, NULL);
    if (!json)
        fail_msg("not JSON: %s", text.bytes);
    json_decref(json);
    return text.bytes;
}

static void a_row_is_its_columns_in_order(void **state)
{
    (void)state;
    assert_string_equal(object(FAKE_ROW({"id", STRING, "ret_1"}, {"state", STRING, "filed"})),
                        "{\"id\":\"ret_1\",\"state\":\"filed\"}");
    assert_string_equal(object(FAKE_ROW({"only", INT4, "7"})), "{\"only\":7}");
}

static void the_type_of_a_column_decides_its_json(void **state)
{
    (void)state;
    assert_string_equal(
        object(FAKE_ROW({"a", INT2, "-1"}, {"b", INT4, "2"}, {"c", INT8, "9223372036854775807"},
                        {"d", FLOAT8, "0.25"}, {"e", NUMERIC, "1.50"}, {"f", FLOAT4, "1e-05"})),
        "{\"a\":-1,\"b\":2,\"c\":9223372036854775807,\"d\":0.25,\"e\":1.50,\"f\":1e-05}");
    assert_string_equal(object(FAKE_ROW({"yes", BOOL, "t"}, {"no", BOOL, "f"})),
                        "{\"yes\":true,\"no\":false}");
    assert_string_equal(
        object(FAKE_ROW({"number_like", STRING, "007"}, {"bool_like", STRING, "t"})),
        "{\"number_like\":\"007\",\"bool_like\":\"t\"}");
    assert_string_equal(object(FAKE_ROW({"day", DAY, "2026-11-23"})), "{\"day\":\"2026-11-23\"}");
}

static void json_passes_through(void **state)
{
    (void)state;
    assert_string_equal(object(FAKE_ROW({"allowed", JSON, "[\"repair\",\"close\"]"},
                                        {"more", JSONB, "{\"a\": null}"})),
                        "{\"allowed\":[\"repair\",\"close\"],\"more\":{\"a\": null}}");
}

static void an_absent_value_is_null_whatever_its_type(void **state)
{
    (void)state;
    assert_string_equal(object(FAKE_ROW({"a", STRING, NULL}, {"b", INT8, NULL}, {"c", BOOL, NULL},
                                        {"d", JSON, NULL}, {"e", TIMESTAMP, NULL})),
                        "{\"a\":null,\"b\":null,\"c\":null,\"d\":null,\"e\":null}");
    assert_string_equal(object(FAKE_ROW({"empty", STRING, ""})), "{\"empty\":\"\"}");
}

static void a_moment_is_written_as_rfc_3339_in_utc(void **state)
{
    (void)state;
    assert_string_equal(object(FAKE_ROW({"at", TIMESTAMP, "2026-11-23 22:41:12.123456+00"})),
                        "{\"at\":\"2026-11-23T22:41:12.123456Z\"}");
    assert_string_equal(object(FAKE_ROW({"at", TIMESTAMP, "2026-11-23 22:41:12+00"})),
                        "{\"at\":\"2026-11-23T22:41:12Z\"}");
    assert_string_equal(object(FAKE_ROW({"at", TIMESTAMP, "infinity"})), "{\"at\":\"infinity\"}");
}

/* JSON has no word for them, and a reader would choke on the whole answer. */
static void a_number_that_is_none_becomes_null(void **state)
{
    (void)state;
    assert_string_equal(object(FAKE_ROW({"a", FLOAT8, "NaN"}, {"b", FLOAT8, "Infinity"},
                                        {"c", FLOAT4, "-Infinity"}, {"d", NUMERIC, "NaN"})),
                        "{\"a\":null,\"b\":null,\"c\":null,\"d\":null}");
}

static void text_is_quoted_and_cannot_break_out(void **state)
{
    (void)state;
    assert_string_equal(object(FAKE_ROW({"note", STRING, "\",\"admin\":true,\"x\":\"\n\\"})),
                        "{\"note\":\"\\\",\\\"admin\\\":true,\\\"x\\\":\\\"\\n\\\\\"}");
    assert_string_equal(object(FAKE_ROW({"name", STRING, "\xe8\xbf\x94\xe4\xbf\xae"})),
                        "{\"name\":\"\xe8\xbf\x94\xe4\xbf\xae\"}");
}

static void neighbours_with_one_prefix_become_an_object(void **state)
{
    (void)state;
    assert_string_equal(
        object(FAKE_ROW({"id", STRING, "x"}, {"cost.currency", STRING, "EUR"},
                        {"cost.price_minor", INT8, "12900"}, {"name", STRING, "n"})),
        "{\"id\":\"x\",\"cost\":{\"currency\":\"EUR\",\"price_minor\":12900},"
        "\"name\":\"n\"}");
    assert_string_equal(object(FAKE_ROW({"a.x", INT4, "1"}, {"a.y", INT4, "2"})),
                        "{\"a\":{\"x\":1,\"y\":2}}");
}

static void an_object_ends_where_another_begins(void **state)
{
    (void)state;
    assert_string_equal(
        object(FAKE_ROW({"a.x", INT4, "1"}, {"b.x", INT4, "2"}, {"ab.x", INT4, "3"},
                        {"c", INT4, "4"}, {"cd.x", INT4, "5"}, {"cd.y", INT4, "6"})),
        "{\"a\":{\"x\":1},\"b\":{\"x\":2},\"ab\":{\"x\":3},\"c\":4,\"cd\":{\"x\":5,\"y\":6}}");
}

static void an_object_of_nulls_stays_an_object(void **state)
{
    (void)state;
    assert_string_equal(
        object(FAKE_ROW({"contact.name", STRING, NULL}, {"contact.email", STRING, NULL})),
        "{\"contact\":{\"name\":null,\"email\":null}}");
}

static void an_open_object_takes_more_members(void **state)
{
    struct text text = text_new(&arena);
    PGresult *rows = FAKE_ROW({"sold", INT8, "10"}, {"cost.currency", STRING, "EUR"});

    (void)state;
    rowjson_open_object(&text, rows, 0);
    text_puts(&text, ",\"rate\":0.1}");
    assert_string_equal(text.bytes, "{\"sold\":10,\"cost\":{\"currency\":\"EUR\"},\"rate\":0.1}");
    PQclear(rows);
}

static void many_rows_are_an_array_of_as_many_as_are_asked_for(void **state)
{
    static const struct fake_column columns[] = {
        {"id",   INT4  },
        {"at.x", STRING}
    };
    static const char *const values[] = {"1", "a", "2", NULL, "3", "c"};
    PGresult *rows = fake_rows(columns, 2, values, 3);
    struct text all = text_new(&arena), some = text_new(&arena), none = text_new(&arena);

    (void)state;
    rowjson_array(&all, rows, 3);
    rowjson_array(&some, rows, 2);
    rowjson_array(&none, rows, 0);
    assert_string_equal(all.bytes,
                        "[{\"id\":1,\"at\":{\"x\":\"a\"}},{\"id\":2,\"at\":{\"x\":null}},"
                        "{\"id\":3,\"at\":{\"x\":\"c\"}}]");
    assert_string_equal(some.bytes,
                        "[{\"id\":1,\"at\":{\"x\":\"a\"}},{\"id\":2,\"at\":{\"x\":null}}]");
    assert_string_equal(none.bytes, "[]");
    PQclear(rows);
}

static void the_described_type_is_the_written_one(void **state)
{
    (void)state;
    assert_string_equal(rowjson_type(BOOL).type, "boolean");
    assert_string_equal(rowjson_type(INT8).type, "integer");
    assert_string_equal(rowjson_type(NUMERIC).type, "number");
    assert_string_equal(rowjson_type(STRING).type, "string");
    assert_string_equal(rowjson_type(DAY).format, "date");
    assert_string_equal(rowjson_type(TIMESTAMP).format, "date-time");
    assert_null(rowjson_type(JSONB).type);
    assert_null(rowjson_type(INT4).format);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_row_is_its_columns_in_order, clear),
        cmocka_unit_test_teardown(the_type_of_a_column_decides_its_json, clear),
        cmocka_unit_test_teardown(json_passes_through, clear),
        cmocka_unit_test_teardown(an_absent_value_is_null_whatever_its_type, clear),
        cmocka_unit_test_teardown(a_moment_is_written_as_rfc_3339_in_utc, clear),
        cmocka_unit_test_teardown(a_number_that_is_none_becomes_null, clear),
        cmocka_unit_test_teardown(text_is_quoted_and_cannot_break_out, clear),
        cmocka_unit_test_teardown(neighbours_with_one_prefix_become_an_object, clear),
        cmocka_unit_test_teardown(an_object_ends_where_another_begins, clear),
        cmocka_unit_test_teardown(an_object_of_nulls_stays_an_object, clear),
        cmocka_unit_test_teardown(an_open_object_takes_more_members, clear),
        cmocka_unit_test_teardown(many_rows_are_an_array_of_as_many_as_are_asked_for, clear),
        cmocka_unit_test_teardown(the_described_type_is_the_written_one, clear),
    };

    RUN(tests);
}
