/* What every route owes before its handler runs, and in which order. */
#include "unit.h"

#include "base/settings.h"
#include "fake.h"
#include "fake_db.h"
#include "http/auth.h"
#include "http/body.h"
#include "http/route.h"

#include <sodium.h>

#define TOKEN "alice-alice-alice-alice-alice-alice-alice-a"

struct move {
    const char *to;
};
FIELDS(move_body, struct move, FIELD(struct move, to, TEXT, .min = 1));

static struct request req;
static int handled;

static void handle(struct request *it)
{
    handled++;
    reply_empty(it);
}

static const struct route moving = {.name = "move",
                                    .method = "POST",
                                    .who = STAFF,
                                    .flags = IDEMPOTENT | IF_MATCH,
                                    .input = BODY,
                                    .fields = &move_body,
                                    .output = ROW,
                                    .handler = handle};
static const struct route reading = {
    .name = "read", .method = "GET", .who = ANYONE, .output = ROW, .handler = handle};

/* All that a request may bring; NULL: it does not. */
struct brought {
    const char *cookie, *site, *query, *type, *body, *if_match, *key;
};
static const struct brought all = {
    TOKEN, "same-origin", "", "application/json", "{\"to\":\"x\"}", "\"v3-json\"", "12345678"};

static int begin(void **state)
{
    (void)state;
    settings.limit_address = settings.limit_token = settings.limit_auth = 1000000;
    settings.trusted_proxy = "";
    settings.public_origin = "https://service.example";
    req = fake_request();
    fake_db_new();
    return 0;
}

static int clear(void **state)
{
    (void)state;
    while (*fake_db_asked(WRITE_LANE))
        fake_db_answer(WRITE_LANE, NULL);
    fake_clear(&req);
    return 0;
}

/* Let the body stand where libmicrohttpd's bytes are gathered. */
static void bring(const struct brought *it)
{
    static char body[200];
    static const char *const names[] = {"Sec-Fetch-Site", "Content-Type", "If-Match",
                                        "Idempotency-Key"};
    const char *const headers[] = {it->site, it->type, it->if_match, it->key};

    for (size_t i = 0; i < COUNT(names); i++)
        if (headers[i])
            fake_header(names[i], headers[i]);
    if (it->cookie)
        fake_value(MHD_COOKIE_KIND, COOKIE_NAME, it->cookie);
    snprintf(body, sizeof body, "%s", it->body ? it->body : "");
    req.query_string = it->query;
    req.upload.bytes = body;
    req.upload.len = strlen(body);
}

/* Run the request of somebody with this role; the code it is refused with, "" if it is handled. */
static const char *refusal(const struct route *route, const char *role, const struct brought *it)
{
    fake_clear(&req);
    auth_forget(&fake_db.worker.auth, "");
    req.worker = &fake_db.worker;
    req.route = route;
    req.method = route->method;
    fake_address("192.0.2.1");
    bring(it);
    handled = 0;
    request_run(&req);
    if (*fake_db_asked(READ_LANE))
        fake_db_answer(READ_LANE, FAKE_ROW({"role", STRING, role}, {"account", INT8, "9"},
                                           {"partner", INT8, "4"}, {"return", INT8, NULL},
                                           {"lasts_ms", INT8, "86400000"}));
    assert_true(req.answered);
    assert_int_equal(handled, !*fake_code(&req));
    req.upload.bytes = NULL;
    return fake_code(&req);
}

static void who_brings_all_is_handled(void **state)
{
    (void)state;
    assert_string_equal(refusal(&moving, "agent", &all), "");
    assert_string_equal(req.if_match, "3");
    assert_string_equal(req.idempotency.key, "12345678");
    assert_non_null(req.body);
}

/* Each row lacks one thing more than the one before; what is checked first is told. */
static void what_is_checked_first_is_told(void **state)
{
    struct brought it = all;

    (void)state;
    it.key = NULL;
    assert_string_equal(refusal(&moving, "agent", &it), "idempotency_key_missing");
    it.if_match = NULL;
    assert_string_equal(refusal(&moving, "agent", &it), "if_match_missing");
    it.body = "{";
    assert_string_equal(refusal(&moving, "agent", &it), "malformed_json");
    it.query = "order=asc";
    assert_string_equal(refusal(&moving, "agent", &it), "unknown_parameter");
    it.site = "cross-site";
    assert_string_equal(refusal(&moving, "agent", &it), "cross_site");
    assert_string_equal(refusal(&moving, "partner_tech", &it), "forbidden");
    it.cookie = NULL;
    assert_string_equal(refusal(&moving, "agent", &it), "not_signed_in");
    settings.limit_address = 1;
    for (int i = 0; i < 5; i++)
        refusal(&moving, "agent", &it);
    assert_string_equal(fake_code(&req), "quota_exceeded");
}

/* What none of our tags is cannot be the present one: that is stale, and not a missing header. */
static void a_tag_of_others_is_stale(void **state)
{
    static const char *const others[] = {"*", "W/\"v3-json\"", "\"v3\"", "v3-json",
                                         "\"habc-json\""};
    struct brought it = all;

    (void)state;
    for (size_t i = 0; i < COUNT(others); i++) {
        it.if_match = others[i];
        assert_string_equal(refusal(&moving, "agent", &it), "stale");
        assert_int_equal(req.reply.status, 412);
    }
}

static void a_route_asks_only_for_what_it_needs(void **state)
{
    const struct brought nothing = {.query = ""};
    struct brought it = all;

    (void)state;
    assert_string_equal(refusal(&reading, "agent", &nothing), "");
    it.key = "x";
    it.if_match = "*";
    assert_string_equal(refusal(&reading, "agent", &it), "");
    assert_null(req.if_match);
    assert_null(req.idempotency.key);
}

static bool is_json(const char *type)
{
    fake_clear(&req);
    if (type)
        fake_header("Content-Type", type);
    if (body_is_json(&req))
        return true;
    assert_string_equal(fake_code(&req), "not_json");
    return false;
}

static void only_json_is_taken_for_json(void **state)
{
    static const char *const good[] = {"application/json", "Application/JSON",
                                       "application/json;charset=utf-8",
                                       "application/json; charset=utf-8", "application/json "};
    static const char *const bad[] = {NULL,
                                      "",
                                      "text/plain",
                                      "application/jsonp",
                                      "application/problem+json",
                                      "text/json",
                                      "application/x-www-form-urlencoded",
                                      "application/json,text/plain",
                                      "text/plain; application/json"};

    (void)state;
    for (size_t i = 0; i < COUNT(good); i++)
        assert_true(is_json(good[i]));
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(is_json(bad[i]));
}

static const struct query first = {.name = "first", .lane = READ_LANE};
static const struct query second = {.name = "second", .lane = READ_LANE};
static const PGresult *first_rows;

static void second_found(struct request *it, const PGresult *rows)
{
    assert_string_equal(PQgetvalue(first_rows, 0, 0), "kept");
    assert_string_equal(PQgetvalue(rows, 0, 0), "not kept");
    reply_empty(it);
}

static void first_found(struct request *it, const PGresult *rows)
{
    const char *const args[] = {NULL};

    first_rows = rows;
    req_keep(it, rows);
    req_query(it, &second, args, second_found);
}

/* Under AddressSanitizer: neither freed too early, nor twice, nor never. */
static void rows_that_are_kept_outlive_the_next_question(void **state)
{
    const char *const args[] = {NULL};

    (void)state;
    req.worker = &fake_db.worker;
    req_query(&req, &first, args, first_found);
    fake_db_answer(READ_LANE, FAKE_ROW({"a", STRING, "kept"}));
    assert_string_equal(fake_db_asked(READ_LANE), "second");
    fake_db_answer(READ_LANE, FAKE_ROW({"a", STRING, "not kept"}));
    assert_int_equal(req.reply.status, 204);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_brings_all_is_handled, begin, clear),
        cmocka_unit_test_setup_teardown(what_is_checked_first_is_told, begin, clear),
        cmocka_unit_test_setup_teardown(a_tag_of_others_is_stale, begin, clear),
        cmocka_unit_test_setup_teardown(a_route_asks_only_for_what_it_needs, begin, clear),
        cmocka_unit_test_setup_teardown(rows_that_are_kept_outlive_the_next_question, begin, clear),
        cmocka_unit_test_setup_teardown(only_json_is_taken_for_json, begin, clear),
    };

    if (sodium_init() < 0)
        return 1;
    RUN(tests);
}
