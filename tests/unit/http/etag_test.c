/* Entity tags: what a caller has seen. */
#include "unit.h"

#include "fake_rows.h"
#include "http/etag.h"

#include <sodium.h>

static struct arena arena;

static int clear(void **state)
{
    (void)state;
    arena_clear(&arena);
    return 0;
}

static void a_row_is_tagged_by_its_version(void **state)
{
    PGresult *rows = FAKE_ROW({"id", STRING, "x"}, {"row_version", INT8, "42"});

    (void)state;
    assert_string_equal(etag_of_row(&arena, rows), "\"v42-json\"");
    PQclear(rows);
}

static void rows_without_a_version_have_no_tag(void **state)
{
    PGresult *plain = FAKE_ROW({"id", STRING, "x"});
    PGresult *none = fake_rows(
        (struct fake_column[]){
            {"row_version", INT8}
    },
        1, NULL, 0);

    (void)state;
    assert_null(etag_of_row(&arena, plain));
    assert_null(etag_of_row(&arena, none));
    PQclear(plain);
    PQclear(none);
}

static void bytes_are_tagged_by_their_hash(void **state)
{
    const char *tag = etag_of_bytes(&arena, "{\"items\":[]}", 12);

    (void)state;
    assert_memory_equal(tag, "\"h", 2);
    assert_string_equal(tag + strlen(tag) - 6, "-json\"");
    assert_null(strpbrk(tag + 1, " ,*"));
    assert_string_equal(tag, etag_of_bytes(&arena, "{\"items\":[]}", 12));
    assert_string_not_equal(tag, etag_of_bytes(&arena, "{\"items\":[]}", 11));
    assert_string_not_equal(tag, etag_of_bytes(&arena, "{\"items\":{}}", 12));
    assert_non_null(etag_of_bytes(&arena, "", 0));
}

static void a_tag_is_found_anywhere_in_a_list(void **state)
{
    static const char *const good[] = {
        "\"v7-json\"",
        "W/\"v7-json\"",
        "\"a\", \"v7-json\"",
        "\"v7-json\", \"a\"",
        "\"a\",\"v7-json\",\"b\"",
        "W/\"a\", W/\"v7-json\"",
        "  \"v7-json\"  ",
        "\t\"a\"\t,\t\"v7-json\"",
        ", ,\"v7-json\"",
        "*",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(good); i++)
        if (!etag_is_listed(good[i], "\"v7-json\""))
            fail_msg("not found in %s", good[i]);
}

static void another_tag_is_not_it(void **state)
{
    static const char *const bad[] = {
        "",
        "\"\"",
        "v7-json",
        "\"v7-json",
        "v7-json\"",
        "\"v77-json\"",
        "\"v7-jsonx\"",
        "\"xv7-json\"",
        "\"V7-JSON\"",
        "\"v7-json\"x",
        "w/\"v7-json\"",
        "W/ \"v7-json\"",
        "\"a\" \"v7-json\"",
        "\"v8-json\", \"v6-json\"",
        ",,,",
        "*x",
        "\"a\", *",
    };

    (void)state;
    assert_false(etag_is_listed(NULL, "\"v7-json\""));
    for (size_t i = 0; i < COUNT(bad); i++)
        if (etag_is_listed(bad[i], "\"v7-json\""))
            fail_msg("found in %s", bad[i]);
}

static void a_version_is_read_back_from_its_tag(void **state)
{
    (void)state;
    assert_string_equal(etag_version(&arena, "\"v1-json\""), "1");
    assert_string_equal(etag_version(&arena, "\"v999999999999999999-json\""), "999999999999999999");
}

static void a_tag_of_others_has_no_version(void **state)
{
    static const char *const bad[] = {
        "",
        "*",
        "v1-json",
        "\"v-json\"",
        "\"v1-json",
        "\"v1-json\" ",
        " \"v1-json\"",
        "W/\"v1-json\"",
        "\"v1\"",
        "\"v1-html\"",
        "\"v-1-json\"",
        "\"v+1-json\"",
        "\"v 1-json\"",
        "\"v1x-json\"",
        "\"habc-json\"",
        "\"v1-json\", \"v2-json\"",
        "\"v12345678901234567890-json\"",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        if (etag_version(&arena, bad[i]))
            fail_msg("taken: %s", bad[i]);
}

/* A version beyond bigint would be an error of the database and not a stale one. */
static void a_version_that_no_row_can_have_is_none(void **state)
{
    (void)state;
    assert_null(etag_version(&arena, "\"v9999999999999999999-json\""));
    assert_null(etag_version(&arena, "\"v9223372036854775808-json\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_row_is_tagged_by_its_version, clear),
        cmocka_unit_test_teardown(rows_without_a_version_have_no_tag, clear),
        cmocka_unit_test_teardown(bytes_are_tagged_by_their_hash, clear),
        cmocka_unit_test_teardown(a_tag_is_found_anywhere_in_a_list, clear),
        cmocka_unit_test_teardown(another_tag_is_not_it, clear),
        cmocka_unit_test_teardown(a_version_is_read_back_from_its_tag, clear),
        cmocka_unit_test_teardown(a_tag_of_others_has_no_version, clear),
        cmocka_unit_test_teardown(a_version_that_no_row_can_have_is_none, clear),
    };

    RUN(tests);
}
