/* What a request says of its caller: credentials, roles and origin. */
#include "unit.h"

#include "base/settings.h"
#include "fake.h"
#include "http/auth.h"
#include "http/route.h"

static struct request req;

static int begin(void **state)
{
    (void)state;
    settings.public_origin = "https://service.example";
    req = fake_request();
    return 0;
}

static int clear(void **state)
{
    (void)state;
    fake_clear(&req);
    return 0;
}

static void fake_cookie(const char *name, const char *value)
{
    fake_value(MHD_COOKIE_KIND, name, value);
}

/* The token of the request; "two" if it is refused, "none" if it has none. */
static const char *token(void)
{
    const char *text = NULL;

    if (!auth_token(&req, &text))
        return "two";
    assert_false(req.answered);
    return text ? text : "none";
}

/* The token of a request with this header. */
static const char *token_of(const char *authorization)
{
    fake_clear(&req);
    fake_header("Authorization", authorization);
    assert_true(auth_is_tried(&req));
    return token();
}

static void without_credentials_there_is_no_token(void **state)
{
    (void)state;
    assert_string_equal(token(), "none");
    assert_false(auth_is_tried(&req));
}

static void the_cookie_holds_the_token(void **state)
{
    (void)state;
    fake_cookie("__Host-sid", "abc");
    assert_string_equal(token(), "abc");
    assert_true(auth_is_tried(&req));
}

/* The prefix is what makes a browser keep others from setting it. */
static void another_cookie_is_no_token(void **state)
{
    (void)state;
    fake_cookie("sid", "abc");
    fake_cookie("__Secure-sid", "abc");
    fake_cookie("__Host-sid2", "abc");
    fake_header("__Host-sid", "abc");
    assert_string_equal(token(), "none");
    assert_false(auth_is_tried(&req));
}

static void the_header_holds_the_token_behind_its_scheme(void **state)
{
    (void)state;
    assert_string_equal(token_of("Bearer abc"), "abc");
    assert_string_equal(token_of("bearer abc"), "abc");
    assert_string_equal(token_of("BEARER abc"), "abc");
}

/* It is a credential all the same, and one that opens nothing. */
static void another_scheme_is_tried_and_opens_nothing(void **state)
{
    static const char *const others[] = {"",        "Basic YTpi", "Bearer",    "Bearerabc",
                                         "Token x", " Bearer x",  "Bearer\tx", "Bearer "};

    (void)state;
    for (size_t i = 0; i < COUNT(others); i++)
        assert_string_equal(token_of(others[i]), "");
}

static void cookie_and_header_at_once_are_refused(void **state)
{
    static const char *const headers[] = {"Bearer abc", "Bearer other", "Basic YTpi", ""};

    (void)state;
    for (size_t i = 0; i < COUNT(headers); i++) {
        fake_clear(&req);
        fake_cookie("__Host-sid", "abc");
        fake_header("Authorization", headers[i]);
        assert_string_equal(token(), "two");
        assert_string_equal(fake_code(&req), "two_credentials");
        assert_int_equal(req.reply.status, 400);
    }
}

/* The code with which a caller is kept from a route; "" if it may pass. */
static const char *refusal(int who, enum role role)
{
    const struct route route = {.who = who};
    bool permitted;

    fake_clear(&req);
    req.route = &route;
    req.who.role = role;
    permitted = auth_permits(&req);
    req.route = NULL;
    assert_int_equal(permitted, !req.answered);
    return fake_code(&req);
}

static void a_route_is_open_to_its_roles_only(void **state)
{
    static const enum role roles[] = {CUSTOMER, PARTNER_TECH, AGENT, MANAGER, ADMIN};

    (void)state;
    for (size_t i = 0; i < COUNT(roles); i++) {
        assert_string_equal(refusal(ANYONE, roles[i]), "");
        for (int who = 1; who < 1 << COUNT(roles); who++)
            assert_string_equal(refusal(who, roles[i]), who & (int)roles[i] ? "" : "forbidden");
    }
}

/* Signing in may help a stranger, and helps nobody else. */
static void a_stranger_is_told_to_sign_in(void **state)
{
    (void)state;
    assert_string_equal(refusal(ANYONE, 0), "");
    assert_string_equal(refusal(STAFF, 0), "not_signed_in");
    assert_int_equal(req.reply.status, 401);
    assert_string_equal(fake_answer_header(&req, "WWW-Authenticate"), "Bearer");
    assert_string_equal(refusal(MANAGER | ADMIN, AGENT), "forbidden");
    assert_int_equal(req.reply.status, 403);
    assert_null(fake_answer_header(&req, "WWW-Authenticate"));
}

/* Where a request comes from, and whether it brings the cookie. */
struct origin {
    const char *site, *origin;
    bool cookie, ours;
};

static bool is_ours(const char *method, const struct origin *from)
{
    bool good;

    fake_clear(&req);
    req.method = method;
    if (from->site)
        fake_header("Sec-Fetch-Site", from->site);
    if (from->origin)
        fake_header("Origin", from->origin);
    if (from->cookie)
        fake_cookie("__Host-sid", "abc");
    good = auth_same_origin(&req);
    assert_string_equal(fake_code(&req), good ? "" : "cross_site");
    return good;
}

static const struct origin origins[] = {
  /* what the browser says counts, and no page can say it in its place */
    {"same-origin", "https://service.example",              true,  true },
    {"none",        NULL,                                   true,  true },
    {"same-site",   "https://service.example",              true,  false},
    {"cross-site",  "https://service.example",              true,  false},
    {"cross-site",  NULL,                                   false, false},
    {"Same-Origin", NULL,                                   true,  false},
    {"",            "https://service.example",              true,  false},
    {"same-origin", "https://other.example",                true,  true },
 /* an older browser says only the origin */
    {NULL,          "https://service.example",              true,  true },
    {NULL,          "https://other.example",                true,  false},
    {NULL,          "http://service.example",               true,  false},
    {NULL,          "https://service.example:8443",         true,  false},
    {NULL,          "https://service.example/",             true,  false},
    {NULL,          "https://service.example.evil.example", true,  false},
    {NULL,          "https://sub.service.example",          true,  false},
    {NULL,          "null",                                 true,  false},
    {NULL,          "",                                     true,  false},
    {NULL,          "https://other.example",                false, false},
 /* a script says neither; only a browser sends cookies unasked */
    {NULL,          NULL,                                   false, true },
    {NULL,          NULL,                                   true,  false},
};

static void what_changes_something_must_come_from_our_own_pages(void **state)
{
    static const char *const methods[] = {"POST", "PUT", "PATCH", "DELETE"};

    (void)state;
    for (size_t m = 0; m < COUNT(methods); m++)
        for (size_t i = 0; i < COUNT(origins); i++)
            if (is_ours(methods[m], &origins[i]) != origins[i].ours)
                fail_msg("%s, row %zu is judged wrongly", methods[m], i);
}

static void what_only_reads_may_come_from_anywhere(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(origins); i++) {
        assert_true(is_ours("GET", &origins[i]));
        assert_true(is_ours("HEAD", &origins[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(without_credentials_there_is_no_token, begin, clear),
        cmocka_unit_test_setup_teardown(the_cookie_holds_the_token, begin, clear),
        cmocka_unit_test_setup_teardown(another_cookie_is_no_token, begin, clear),
        cmocka_unit_test_setup_teardown(the_header_holds_the_token_behind_its_scheme, begin, clear),
        cmocka_unit_test_setup_teardown(another_scheme_is_tried_and_opens_nothing, begin, clear),
        cmocka_unit_test_setup_teardown(cookie_and_header_at_once_are_refused, begin, clear),
        cmocka_unit_test_setup_teardown(a_route_is_open_to_its_roles_only, begin, clear),
        cmocka_unit_test_setup_teardown(a_stranger_is_told_to_sign_in, begin, clear),
        cmocka_unit_test_setup_teardown(what_changes_something_must_come_from_our_own_pages, begin,
                                        clear),
        cmocka_unit_test_setup_teardown(what_only_reads_may_come_from_anywhere, begin, clear),
    };

    RUN(tests);
}
