/* JSON bodies, checked by a field table. */
#include "unit.h"

#include "base/text.h"
#include "fake.h"
#include "http/body.h"
#include "http/field.h"
#include "http/route.h"

struct parcel {
    const char *note, *units, *gift, *country;
};
FIELDS(parcel_body, struct parcel, FIELD(struct parcel, note, TEXT, .min = 3, .max = 10),
       FIELD(struct parcel, units, INTEGER, .min = 1, .max = 9),
       FIELD(struct parcel, gift, BOOLEAN, .optional = true),
       FIELD(struct parcel, country, COUNTRY, .optional = true));
static const struct route route = {.input = BODY, .fields = &parcel_body};
static struct request req;
static struct arena texts; /* of the tests; the request's own goes with it */

static int begin(void **state)
{
    (void)state;
    req = fake_request();
    return 0;
}

static int clear(void **state)
{
    (void)state;
    fake_clear(&req);
    arena_clear(&texts);
    return 0;
}

/* Send bytes as the body; whether they are taken as a JSON object. */
static bool parse_bytes(const char *bytes, size_t len)
{
    bool good;

    fake_clear(&req);
    req.route = &route;
    req.method = "POST";
    req.upload.len = len;
    /* A copy of that very length: reading on would be seen. */
    req.upload.bytes = len ? malloc(len) : NULL;
    if (len)
        memcpy(req.upload.bytes, bytes, len);
    good = body_parse(&req);
    free(req.upload.bytes);
    req.upload.bytes = NULL;
    assert_int_equal(good, !req.answered);
    assert_int_equal(good, req.body != NULL);
    assert_string_equal(fake_code(&req), good ? "" : "malformed_json");
    return good;
}

static bool parse(const char *json)
{
    return parse_bytes(json, strlen(json));
}

/* The member `name` of the answered problem, as text in the arena. */
static const char *answered(const char *name)
{
    json_t *reply = json_loadb(req.reply.text, req.reply.len, 0, NULL);
    const char *text = arena_strdup(&req.arena, json_string_value(json_object_get(reply, name)));

    json_decref(reply);
    return text ? text : "";
}

static void an_object_is_taken(void **state)
{
    (void)state;
    assert_true(parse("{}"));
    assert_true(parse(" \n{\"a\": {\"b\": [1, 2.5e3, null, true, \"\\u00e9\\ud83d\\udd27\"]}}\t"));
}

static void what_is_no_object_is_refused(void **state)
{
    static const char *const bad[] = {
        "",
        " ",
        "null",
        "7",
        "\"text\"",
        "[]",
        "[{}]",
        "{",
        "}",
        "{}}",
        "{} {}",
        "{\"a\":1,}",
        "{'a':1}",
        "{a:1}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":NaN}",
        "{\"a\":1e999}",
        "{\"a\":0x1}",
        "{\"a\":9223372036854775808}",
        "{\"a\":\"b}",
        "{\"a\":\"\\x41\"}",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\xff\"}",
        "{\"a\":\"\xc0\xaf\"}",
        "{\"a\":\"\xed\xa0\x80\"}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\u0000\"}",
        "{\"a\\u0000b\":1}",
        "\xef\xbb\xbf{}",
        "{/* no */}",
        "{\"a\":1}x",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        if (parse(bad[i]))
            fail_msg("taken: %s", bad[i]);
    assert_false(parse_bytes("{}\0", 3));
    assert_false(parse_bytes("{\"a\":\"b\0c\"}", 11));
}

static void a_member_given_twice_is_refused(void **state)
{
    (void)state;
    assert_false(parse("{\"a\":1,\"a\":1}"));
    assert_false(parse("{\"a\":1,\"\\u0061\":2}"));
    assert_false(parse("{\"x\":{\"a\":1,\"a\":2}}"));
}

static void the_place_of_a_mistake_is_told(void **state)
{
    (void)state;
    assert_false(parse("{\n  \"a\": ]\n}"));
    assert_string_equal(answered("detail"), "At line 2, column 8.");
    assert_false(parse("[]"));
    assert_string_equal(answered("detail"), "It must be an object.");
}

static void an_empty_body_is_told_as_such(void **state)
{
    (void)state;
    assert_false(parse(""));
    assert_null(strstr(answered("detail"), "-1"));
}

/* An object with arrays within, so that it is `depth` deep in all. */
static const char *nested(int depth)
{
    struct text text = text_new(&texts);

    text_puts(&text, "{\"a\":");
    for (int i = 1; i < depth; i++)
        text_putc(&text, '[');
    for (int i = 1; i < depth; i++)
        text_putc(&text, ']');
    text_puts(&text, depth > 1 ? "}" : "1}");
    return text.bytes;
}

static void nesting_ends_at_its_limit(void **state)
{
    (void)state;
    assert_true(parse(nested(1)));
    assert_true(parse(nested(BODY_DEPTH_MAX)));
    assert_false(parse(nested(BODY_DEPTH_MAX + 1)));
    assert_string_equal(answered("detail"), "It is nested too deep.");
    assert_false(parse(nested(20000)));
}

static void brackets_in_a_string_are_text(void **state)
{
    static const char forty[] = "[{[{[{[{[{[{[{[{[{[{[{[{[{[{[{[{[{[{[{[{";

    (void)state;
    assert_true(parse(arena_printf(&texts, "{\"note\":\"%s\"}", forty)));
    /* a quote that is escaped does not end the string, a backslash that is escaped does not
       escape the quote behind it */
    assert_true(parse(arena_printf(&texts, "{\"note\":\"\\\"%s\"}", forty)));
    assert_true(parse(arena_printf(&texts, "{\"note\":\"\\\\\\\"%s\"}", forty)));
    assert_true(parse(arena_printf(&texts, "{\"note\":\"\\\\\",\"b\":\"%s\"}", forty)));
}

static void a_string_cannot_hide_nesting(void **state)
{
    (void)state;
    assert_false(parse(arena_printf(&texts, "{\"a\":\"\\\"\",\"b\":%s}", nested(40))));
    assert_string_equal(answered("detail"), "It is nested too deep.");
    assert_false(parse(arena_printf(&texts, "{\"a\":\"\\\\\",\"b\":%s}", nested(40))));
    assert_string_equal(answered("detail"), "It is nested too deep.");
}

/* Parse and read; one "pointer code" a line for what was wrong, "" if nothing was. */
static const char *read_into(struct parcel *in, const char *json)
{
    struct text text;
    json_t *reply, *error;
    size_t i;

    assert_true(parse(json));
    text = text_new(&req.arena);
    text_puts(&text, "");
    if (BODY_READ(&req, in))
        return "";
    reply = json_loadb(req.reply.text, req.reply.len, 0, NULL);
    json_array_foreach(json_object_get(reply, "errors"), i, error) text_printf(
        &text, "%s%s %s", i ? "\n" : "", json_string_value(json_object_get(error, "pointer")),
        json_string_value(json_object_get(error, "code")));
    json_decref(reply);
    return text.bytes;
}

static void a_body_fills_the_struct_of_its_table(void **state)
{
    struct parcel in;

    (void)state;
    assert_string_equal(
        read_into(&in, "{\"units\":3,\"note\":\"caf\\u00e9\",\"gift\":false,\"country\":\"DE\"}"),
        "");
    assert_string_equal(in.note, "caf\xc3\xa9");
    assert_string_equal(in.units, "3");
    assert_string_equal(in.gift, "false");
    assert_string_equal(in.country, "DE");
}

static void an_optional_member_may_be_absent_or_null(void **state)
{
    struct parcel in;

    (void)state;
    assert_string_equal(read_into(&in, "{\"units\":3,\"note\":\"abc\",\"gift\":null}"), "");
    assert_null(in.gift);
    assert_null(in.country);
}

static void every_wrong_member_is_told_at_once(void **state)
{
    struct parcel in;

    (void)state;
    assert_string_equal(read_into(&in, "{}"), "/note missing\n/units missing");
    assert_string_equal(fake_code(&req), "invalid_fields");
    assert_string_equal(read_into(&in, "{\"note\":\"ab\",\"units\":10,\"country\":\"de\"}"),
                        "/note too_short\n/units out_of_range\n/country malformed");
}

static void a_type_is_never_guessed(void **state)
{
    struct parcel in;

    (void)state;
    assert_string_equal(read_into(&in, "{\"note\":7,\"units\":\"3\",\"gift\":\"true\"}"),
                        "/note wrong_type\n/units wrong_type\n/gift wrong_type");
    assert_string_equal(read_into(&in, "{\"note\":[\"abc\"],\"units\":3.0,\"gift\":1}"),
                        "/note wrong_type\n/units wrong_type\n/gift wrong_type");
    assert_string_equal(read_into(&in, "{\"note\":true,\"units\":true,\"gift\":{}}"),
                        "/note wrong_type\n/units wrong_type\n/gift wrong_type");
}

static void members_nobody_asked_for_are_refused(void **state)
{
    struct parcel in;

    (void)state;
    assert_string_equal(read_into(&in, "{\"note\":\"abc\",\"units\":3,\"role\":\"admin\"}"),
                        "/role unknown");
    assert_string_equal(fake_code(&req), "unknown_member");
    assert_string_equal(read_into(&in, "{\"Note\":\"abc\"}"), "/Note unknown");
    assert_string_equal(read_into(&in, "{\"a/b~c\":1}"), "/a~1b~0c unknown");
    assert_string_equal(read_into(&in, "{\"\":1}"), "/ unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_object_is_taken, begin, clear),
        cmocka_unit_test_setup_teardown(what_is_no_object_is_refused, begin, clear),
        cmocka_unit_test_setup_teardown(a_member_given_twice_is_refused, begin, clear),
        cmocka_unit_test_setup_teardown(the_place_of_a_mistake_is_told, begin, clear),
        cmocka_unit_test_setup_teardown(an_empty_body_is_told_as_such, begin, clear),
        cmocka_unit_test_setup_teardown(nesting_ends_at_its_limit, begin, clear),
        cmocka_unit_test_setup_teardown(brackets_in_a_string_are_text, begin, clear),
        cmocka_unit_test_setup_teardown(a_string_cannot_hide_nesting, begin, clear),
        cmocka_unit_test_setup_teardown(a_body_fills_the_struct_of_its_table, begin, clear),
        cmocka_unit_test_setup_teardown(an_optional_member_may_be_absent_or_null, begin, clear),
        cmocka_unit_test_setup_teardown(every_wrong_member_is_told_at_once, begin, clear),
        cmocka_unit_test_setup_teardown(a_type_is_never_guessed, begin, clear),
        cmocka_unit_test_setup_teardown(members_nobody_asked_for_are_refused, begin, clear),
    };

    RUN(tests);
}
