/* From method and path to a row of a table; the table is the test's own. */
#include "unit.h"

#include "fake.h"
#include "http/route.h"

/* Linked before the program's. The fourth hides part of the fifth: the first that fits wins. */
const struct route routes[] = {
    {.name = "list",   .method = "GET",    .pattern = "/parts"                 },
    {.name = "add",    .method = "POST",   .pattern = "/parts"                 },
    {.name = "send",   .method = "POST",   .pattern = "/orders"                },
    {.name = "newest", .method = "GET",    .pattern = "/parts/newest"          },
    {.name = "get",    .method = "GET",    .pattern = "/parts/:id"             },
    {.name = "drop",   .method = "DELETE", .pattern = "/parts/:id"             },
    {.name = "image",  .method = "GET",    .pattern = "/parts/:id/images/:no"  },
    {.name = "deep",   .method = "GET",    .pattern = "/:a/:b/:c/:d/four"      },
    {.name = "deeper", .method = "GET",    .pattern = "/:a/:b/:c/:d/:e/toomany"},
};
const size_t nroutes = COUNT(routes);

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

/* The name of the route that is found; the code of the problem if none is. */
static const char *found(const char *method, const char *path)
{
    bool good;

    fake_clear(&req);
    req.method = method;
    req.path = path;
    good = route_find(&req);
    assert_int_equal(good, !req.answered);
    assert_int_equal(good, req.route != NULL);
    return good ? req.route->name : fake_code(&req);
}

static const char *allowed(const char *path)
{
    req.path = path;
    return route_allowed(&req);
}

static void method_and_path_together_choose_the_route(void **state)
{
    (void)state;
    assert_string_equal(found("GET", "/parts"), "list");
    assert_string_equal(found("POST", "/parts"), "add");
    assert_string_equal(found("GET", "/parts/7"), "get");
    assert_string_equal(found("DELETE", "/parts/7"), "drop");
}

static void a_parameter_is_what_stands_in_its_place(void **state)
{
    (void)state;
    assert_string_equal(found("GET", "/parts/prt_01x"), "get");
    assert_string_equal(req.param[0], "prt_01x");
    assert_null(req.param[1]);
    assert_string_equal(found("GET", "/parts/a%b:c/images/12"), "image");
    assert_string_equal(req.param[0], "a%b:c");
    assert_string_equal(req.param[1], "12");
    assert_string_equal(found("GET", "/1/22/333/4444/four"), "deep");
    assert_string_equal(req.param[0], "1");
    assert_string_equal(req.param[3], "4444");
}

/* The request lives longer than the buffer its path came in. */
static void a_parameter_is_a_copy(void **state)
{
    char path[] = "/parts/abc";

    (void)state;
    assert_string_equal(found("GET", path), "get");
    memset(path, 'x', strlen(path));
    assert_string_equal(req.param[0], "abc");
}

static void a_parameter_is_never_empty_and_never_holds_a_slash(void **state)
{
    (void)state;
    assert_string_equal(found("GET", "/parts/"), "not_found");
    assert_string_equal(found("GET", "/parts//images/1"), "not_found");
    assert_string_equal(found("GET", "/parts/7/images/"), "not_found");
    assert_string_equal(found("GET", "/parts/7/8/images/1"), "not_found");
}

static void only_the_whole_path_counts(void **state)
{
    static const char *const bad[] = {
        "",           "/",      "parts",   "/part",           "/partsx", "/parts/7/",
        "/parts/7/x", "/Parts", "//parts", "/parts/7/images", "/xparts", "/parts/7/images/1/2"};

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_string_equal(found("GET", bad[i]), "not_found");
        assert_int_equal(req.reply.status, 404);
    }
}

static void the_first_that_fits_wins(void **state)
{
    (void)state;
    assert_string_equal(found("GET", "/parts/newest"), "newest");
    assert_string_equal(found("DELETE", "/parts/newest"), "drop");
    assert_string_equal(req.param[0], "newest");
}

/* A request has room for four: a fifth must not be written behind it. */
static void a_pattern_with_too_many_parameters_fits_nothing(void **state)
{
    (void)state;
    assert_string_equal(found("GET", "/1/2/3/4/5/toomany"), "not_found");
}

static void a_head_is_answered_by_the_get_of_its_path(void **state)
{
    (void)state;
    assert_string_equal(found("HEAD", "/parts"), "list");
    assert_string_equal(found("HEAD", "/parts/7"), "get");
    assert_string_equal(found("HEAD", "/orders"), "method_not_allowed");
    assert_string_equal(found("HEAD", "/none"), "not_found");
}

static void a_method_that_is_not_there_is_told_those_that_are(void **state)
{
    (void)state;
    assert_string_equal(found("PUT", "/parts"), "method_not_allowed");
    assert_int_equal(req.reply.status, 405);
    assert_string_equal(fake_answer_header(&req, "Allow"), "GET, HEAD, POST, OPTIONS");
    assert_string_equal(found("POST", "/parts/7"), "method_not_allowed");
    assert_string_equal(fake_answer_header(&req, "Allow"), "GET, HEAD, DELETE, OPTIONS");
    assert_string_equal(found("GET", "/orders"), "method_not_allowed");
    assert_string_equal(fake_answer_header(&req, "Allow"), "POST, OPTIONS");
}

static void a_method_is_written_in_capitals(void **state)
{
    (void)state;
    assert_string_equal(found("get", "/parts"), "method_not_allowed");
    assert_string_equal(found("head", "/parts"), "method_not_allowed");
    assert_string_equal(found("GETS", "/parts"), "method_not_allowed");
    assert_string_equal(found("", "/parts"), "method_not_allowed");
}

static void options_of_a_path_are_its_methods_and_nothing_else(void **state)
{
    (void)state;
    assert_string_equal(found("OPTIONS", "/parts/7/images/1"), "");
    assert_int_equal(req.reply.status, 204);
    assert_int_equal(req.reply.len, 0);
    assert_string_equal(fake_answer_header(&req, "Allow"), "GET, HEAD, OPTIONS");
}

static void where_nothing_is_no_method_is_allowed(void **state)
{
    (void)state;
    assert_null(allowed("/none"));
    assert_string_equal(found("OPTIONS", "/none"), "not_found");
    assert_null(fake_answer_header(&req, "Allow"));
    assert_string_equal(found("PUT", "/none"), "not_found");
    assert_null(fake_answer_header(&req, "Allow"));
    assert_string_equal(allowed("/orders"), "POST, OPTIONS");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(method_and_path_together_choose_the_route, begin, clear),
        cmocka_unit_test_setup_teardown(a_parameter_is_what_stands_in_its_place, begin, clear),
        cmocka_unit_test_setup_teardown(a_parameter_is_a_copy, begin, clear),
        cmocka_unit_test_setup_teardown(a_parameter_is_never_empty_and_never_holds_a_slash, begin,
                                        clear),
        cmocka_unit_test_setup_teardown(only_the_whole_path_counts, begin, clear),
        cmocka_unit_test_setup_teardown(the_first_that_fits_wins, begin, clear),
        cmocka_unit_test_setup_teardown(a_pattern_with_too_many_parameters_fits_nothing, begin,
                                        clear),
        cmocka_unit_test_setup_teardown(a_head_is_answered_by_the_get_of_its_path, begin, clear),
        cmocka_unit_test_setup_teardown(a_method_that_is_not_there_is_told_those_that_are, begin,
                                        clear),
        cmocka_unit_test_setup_teardown(a_method_is_written_in_capitals, begin, clear),
        cmocka_unit_test_setup_teardown(options_of_a_path_are_its_methods_and_nothing_else, begin,
                                        clear),
        cmocka_unit_test_setup_teardown(where_nothing_is_no_method_is_allowed, begin, clear),
    };

    RUN(tests);
}
