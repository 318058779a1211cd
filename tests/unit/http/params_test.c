/* Query strings, checked by a field table. */
#include "unit.h"

#include "fake.h"
#include "http/page.h"
#include "http/params.h"
#include "http/route.h"

#include <math.h>

static struct request req;

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
    return 0;
}

static const char *decoded(const char *text)
{
    return percent_decode(&req.arena, text, strlen(text), false);
}

static void escapes_are_decoded_once(void **state)
{
    (void)state;
    assert_string_equal(decoded(""), "");
    assert_string_equal(decoded("plain"), "plain");
    assert_string_equal(decoded("%41%42c"), "ABc");
    assert_string_equal(decoded("a%2fB%2F"), "a/B/");
    assert_string_equal(decoded("%2541"), "%41");
    assert_string_equal(decoded("%e8%BF%94"), "\xe8\xbf\x94");
    assert_string_equal(decoded("%7e"), "~");
}

static void a_plus_is_a_blank_in_forms_only(void **state)
{
    (void)state;
    assert_string_equal(decoded("a+b"), "a+b");
    assert_string_equal(percent_decode(&req.arena, "a+b%2B", 6, true), "a b+");
}

static void only_the_given_length_is_read(void **state)
{
    (void)state;
    assert_string_equal(percent_decode(&req.arena, "abc%41", 3, false), "abc");
    assert_null(percent_decode(&req.arena, "abc%41", 4, false));
    assert_null(percent_decode(&req.arena, "abc%41", 5, false));
}

static void a_broken_escape_or_unclean_text_is_none(void **state)
{
    static const char *const bad[] = {"%",    "a%",     "%4",          "%4g",    "%g4", "%%41",
                                      "%-1",  "% 1",    "%00",         "a%00b",  "%1f", "%7f",
                                      "%ff",  "%c0%af", "%ed%a0%80",   "%e8%bf", "%80", "%0x",
                                      "\x01", "\xff",   "%f5%80%80%80"};

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        if (decoded(bad[i]))
            fail_msg("decoded: %s", bad[i]);
}

/* Every byte written as an escape comes back, alone or within UTF-8. */
static void what_is_escaped_comes_back(void **state)
{
    (void)state;
    for (unsigned point = 1; point < 0x800; point++) {
        char utf8[3] = {0}, escaped[10];
        const char *got;

        if (point < 0x80)
            utf8[0] = (char)point;
        else
            utf8[0] = (char)(0xc0 | point >> 6), utf8[1] = (char)(0x80 | (point & 0x3f));
        snprintf(escaped, sizeof escaped, utf8[1] ? "%%%02x%%%02X" : "%%%02x",
                 (unsigned)(unsigned char)utf8[0], (unsigned)(unsigned char)utf8[1]);
        got = decoded(escaped);
        if ((point < ' ' && !strchr("\t\n\r", (int)point)) || (point >= 0x7f && point < 0xa0))
            assert_null(got);
        else
            assert_string_equal(got, utf8);
    }
}

static void a_query_is_split_into_names_and_values(void **state)
{
    struct param params[QUERY_PARAMS_MAX];

    (void)state;
    req.query_string = "state=open&q=a+b%26c&empty=&bare&&x=1=2";
    assert_int_equal(params_parse(&req, params), 5);
    assert_string_equal(params[0].name, "state");
    assert_string_equal(params[0].value, "open");
    assert_string_equal(params[1].value, "a b&c");
    assert_string_equal(params[2].value, "");
    assert_string_equal(params[3].name, "bare");
    assert_string_equal(params[3].value, "");
    assert_string_equal(params[4].value, "1=2");
    req.query_string = "";
    assert_int_equal(params_parse(&req, params), 0);
}

static void there_is_a_most_of_parameters(void **state)
{
    struct param params[QUERY_PARAMS_MAX];
    char query[200] = "a";

    (void)state;
    for (int i = 1; i < QUERY_PARAMS_MAX; i++)
        memcpy(query + 2 * i - 1, "&a", 3);
    req.query_string = query;
    assert_int_equal(params_parse(&req, params), QUERY_PARAMS_MAX);
    memcpy(query + 2 * QUERY_PARAMS_MAX - 1, "&a", 3);
    assert_true(params_parse(&req, params) < 0);
    assert_string_equal(fake_code(&req), "unknown_parameter");
}

static void a_query_that_cannot_be_decoded_is_refused(void **state)
{
    struct param params[QUERY_PARAMS_MAX];

    (void)state;
    req.query_string = "a=1&b=%zz";
    assert_true(params_parse(&req, params) < 0);
    assert_string_equal(fake_code(&req), "unknown_parameter");
}

struct filter {
    const char *state, *from;
};
FIELDS(filter_query, struct filter,
       FIELD(struct filter, state, TEXT, .one_of = "open closed", .optional = true),
       FIELD(struct filter, from, MONTH));
static const struct route list = {
    .method = "GET", .output = PAGE, .input = QUERY, .fields = &filter_query};
static const struct route single = {.method = "GET", .output = ROW, .input = NOTHING};

/* The code a query of a route is refused with; "" if it is taken. */
static const char *refusal(const struct route *route, const char *query)
{
    bool accepted;

    fake_clear(&req);
    req.route = route;
    req.query_string = query;
    accepted = params_accept(&req);
    assert_int_equal(accepted, !req.answered);
    return fake_code(&req);
}

static void a_route_takes_the_parameters_it_knows(void **state)
{
    (void)state;
    assert_string_equal(refusal(&list, "state=open&from=2026-01&limit=5"), "");
    assert_string_equal(refusal(&list, ""), "");
    assert_string_equal(refusal(&single, ""), "");
    assert_string_equal(refusal(&list, "format=csv"), "");
    assert_string_equal(refusal(&list, "order=asc"), "unknown_parameter");
    assert_string_equal(refusal(&list, "State=open"), "unknown_parameter");
    assert_string_equal(refusal(&list, "=x"), "unknown_parameter");
    assert_string_equal(refusal(&single, "limit=5"), "unknown_parameter");
    assert_string_equal(refusal(&single, "state=open"), "unknown_parameter");
    assert_string_equal(refusal(&single, "format=csv"), "unknown_parameter");
}

static void a_parameter_given_twice_is_refused(void **state)
{
    (void)state;
    assert_string_equal(refusal(&list, "state=open&state=open"), "unknown_parameter");
    assert_string_equal(refusal(&list, "state=open&st%61te=closed"), "unknown_parameter");
    assert_string_equal(refusal(&list, "limit=5&limit=6"), "unknown_parameter");
}

static void a_query_fills_the_struct_of_its_table(void **state)
{
    struct filter in;

    (void)state;
    req.route = &list;
    req.query_string = "from=2026-01&state=closed";
    assert_true(QUERY_READ(&req, &in));
    assert_string_equal(in.state, "closed");
    assert_string_equal(in.from, "2026-01-01");
    req.query_string = "from=2026-01";
    assert_true(QUERY_READ(&req, &in));
    assert_null(in.state);
}

struct figures {
    double age, share;
};
FIELDS(figure_query, struct figures, FIELD(struct figures, age, NUMBER),
       FIELD(struct figures, share, NUMBER, .min = 0, .max = 1, .optional = true));
static const struct route figure_route = {
    .method = "GET", .output = VALUE, .input = QUERY, .fields = &figure_query};

static void figures_are_numbers_and_nothing_else(void **state)
{
    static const char *const wrong[] = {"age=",      "age=x",          "age=1x",   "age=0x10",
                                        "age=nan",   "age=inf",        "age=1e99", "age=%201",
                                        "share=0.5", "age=1&share=1.5"};
    struct figures in;

    (void)state;
    req.route = &figure_route;
    req.query_string = "age=9e1&share=.5";
    assert_true(QUERY_READ(&req, &in));
    assert_true(in.age == 90 && in.share == 0.5);
    req.query_string = "age=-3.25";
    assert_true(QUERY_READ(&req, &in));
    assert_true(in.age == -3.25 && isnan(in.share));
    for (size_t i = 0; i < COUNT(wrong); i++) {
        fake_clear(&req);
        req.route = &figure_route;
        req.query_string = wrong[i];
        assert_false(QUERY_READ(&req, &in));
        assert_string_equal(fake_code(&req), "invalid_fields");
    }
}

static void wrong_parameters_are_told_one_by_one(void **state)
{
    struct filter in;
    json_t *reply, *errors;

    (void)state;
    req.route = &list;
    req.query_string = "state=lost";
    assert_false(QUERY_READ(&req, &in));
    assert_string_equal(fake_code(&req), "invalid_fields");
    reply = json_loadb(req.reply.text, req.reply.len, 0, NULL);
    errors = json_object_get(reply, "errors");
    assert_int_equal(json_array_size(errors), 2);
    assert_string_equal(json_string_value(json_object_get(json_array_get(errors, 0), "code")),
                        "not_one_of");
    assert_string_equal(json_string_value(json_object_get(json_array_get(errors, 1), "code")),
                        "missing");
    json_decref(reply);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(escapes_are_decoded_once, begin, clear),
        cmocka_unit_test_setup_teardown(a_plus_is_a_blank_in_forms_only, begin, clear),
        cmocka_unit_test_setup_teardown(only_the_given_length_is_read, begin, clear),
        cmocka_unit_test_setup_teardown(a_broken_escape_or_unclean_text_is_none, begin, clear),
        cmocka_unit_test_setup_teardown(what_is_escaped_comes_back, begin, clear),
        cmocka_unit_test_setup_teardown(a_query_is_split_into_names_and_values, begin, clear),
        cmocka_unit_test_setup_teardown(there_is_a_most_of_parameters, begin, clear),
        cmocka_unit_test_setup_teardown(a_query_that_cannot_be_decoded_is_refused, begin, clear),
        cmocka_unit_test_setup_teardown(a_route_takes_the_parameters_it_knows, begin, clear),
        cmocka_unit_test_setup_teardown(a_parameter_given_twice_is_refused, begin, clear),
        cmocka_unit_test_setup_teardown(a_query_fills_the_struct_of_its_table, begin, clear),
        cmocka_unit_test_setup_teardown(wrong_parameters_are_told_one_by_one, begin, clear),
        cmocka_unit_test_setup_teardown(figures_are_numbers_and_nothing_else, begin, clear),
    };

    RUN(tests);
}
