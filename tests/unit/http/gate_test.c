/* The request gate: nothing passes that two parsers could read in two ways. */
#include "unit.h"

#include "fake.h"
#include "http/gate.h"

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

static bool clean(const char *target)
{
    return gate_target_is_clean(target, strcspn(target, "?"));
}

static void ordinary_targets_are_clean(void **state)
{
    static const char *const good[] = {
        "/",
        "/api/v1/returns",
        "/api/v1/returns/ret_0123/events?limit=5&cursor=a%2Fb",
        "/api/v1/returns/",
        "/en/file",
        "/a.b/c-d_e~f",
        "/a%20b",
        "/%C3%A9",
        "/r?a=../..//%00%2e",
        "/r?",
        "/r??",
        "/r?a/../b",
        "/...",
        "/.well-known/x",
        "/a..b/..c/d..",
        "/%25%41%e4%b8%ad",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(good); i++)
        if (!clean(good[i]))
            fail_msg("refused: %s", good[i]);
}

static void hostile_targets_are_refused(void **state)
{
    static const char *const bad[] = {
        /* not the origin form */
        "",
        "*",
        "api/v1",
        "?x",
        "http://service.example/",
        "//evil.example/",
        "service.example:443",
        /* dot segments and empty ones, plain and encoded */
        "/..",
        "/.",
        "/../",
        "/./",
        "/a/..",
        "/a/.",
        "/a/../b",
        "/a/./b",
        "/a//b",
        "/a//",
        "//",
        "/..?x",
        "/.?x",
        "/a/..?",
        "/%2e",
        "/%2E%2e/",
        "/a/%2e%2E/b",
        "/a/.%2e/b",
        "/x%2ejs",
        /* separators, controls and DEL, encoded */
        "/a%2fb",
        "/a%2Fb",
        "/a%5cb",
        "/a%5Cb",
        "/a%00",
        "/a%00b",
        "/a%0d%0aX:%20y",
        "/a%09b",
        "/a%1fb",
        "/a%1Bb",
        "/a%7fb",
        "/a%7Fb",
        /* escapes that are none */
        "/%",
        "/a%",
        "/a%4",
        "/a%zz",
        "/a%g0",
        "/a%0",
        "/a%-1",
        "/a%?41",
        "/a% 1",
        /* bytes that never stand in a target */
        "/a b",
        "/a\tb",
        "/a\x01",
        "/a\x7f",
        "/a\x80",
        "/\xc3\xa9",
        "/a\\b",
        "/a#b",
        "/a\"b",
        "/a<b",
        "/a>b",
        "/a^b",
        "/a`b",
        "/a{b",
        "/a|b",
        "/a}b",
        "/r?a b",
        "/r?a#b",
        "/r?a\\b",
        "/r?\xff",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        if (clean(bad[i]))
            fail_msg("passes: %s", bad[i]);
}

/* Send a target through the whole gate; the code it was refused with, "" if it passed. */
static const char *pass(const char *method, const char *target)
{
    bool passed;

    fake_clear(&req);
    fake_header("Host", "service.example");
    req.method = method;
    req.target = target;
    passed = gate_pass(&req, "HTTP/1.1");
    assert_int_equal(passed, !req.answered);
    return fake_code(&req);
}

static void a_good_request_gets_its_path_decoded_and_its_query_raw(void **state)
{
    (void)state;
    assert_string_equal(pass("GET", "/api/a%20b%C3%A9?x=%41&y"), "");
    assert_string_equal(req.path, "/api/a b\xc3\xa9");
    assert_string_equal(req.query_string, "x=%41&y");
    assert_string_equal(pass("POST", "/api"), "");
    assert_string_equal(req.query_string, "");
}

static void a_bad_request_is_told_why_and_hung_up_on(void **state)
{
    char target[TARGET_MAX + 2];

    (void)state;
    assert_string_equal(pass("GET", "/a/../b"), "malformed_target");
    assert_string_equal(fake_answer_header(&req, "Connection"), "close");
    assert_string_equal(pass("GET", "/%ff"), "malformed_target");
    assert_string_equal(pass("GET", "/%c0%ae"), "malformed_target");
    memset(target, 'a', sizeof target);
    target[0] = '/';
    target[TARGET_MAX + 1] = '\0';
    assert_string_equal(pass("GET", target), "target_too_long");
    target[TARGET_MAX] = '\0';
    assert_string_equal(pass("GET", target), "");
}

static void a_method_that_is_not_ours_is_refused_with_those_that_are(void **state)
{
    static const char *const bad[] = {"",     "get",    "CONNECT", "TRACE", "PROPFIND",
                                      "GET ", "GETGET", "\x01GET", "PRI"};

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_string_equal(pass(bad[i], "/api"), "method_not_allowed");
    assert_non_null(fake_answer_header(&req, "Allow"));
}

static void bad_framing_is_refused_before_anything_else(void **state)
{
    (void)state;
    fake_header("Host", "a");
    fake_header("Content-Length", "5");
    fake_header("Transfer-Encoding", "chunked");
    req.target = "/a/../b";
    assert_false(gate_pass(&req, "HTTP/1.1"));
    assert_string_equal(fake_code(&req), "malformed_request");
    assert_string_equal(fake_answer_header(&req, "Connection"), "close");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ordinary_targets_are_clean),
        cmocka_unit_test(hostile_targets_are_refused),
        cmocka_unit_test_setup_teardown(a_good_request_gets_its_path_decoded_and_its_query_raw,
                                        begin, clear),
        cmocka_unit_test_setup_teardown(a_bad_request_is_told_why_and_hung_up_on, begin, clear),
        cmocka_unit_test_setup_teardown(a_method_that_is_not_ours_is_refused_with_those_that_are,
                                        begin, clear),
        cmocka_unit_test_setup_teardown(bad_framing_is_refused_before_anything_else, begin, clear),
    };

    RUN(tests);
}
