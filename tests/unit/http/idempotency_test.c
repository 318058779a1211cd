/* Idempotency-Key: what a key is, whose it is, and which request it stands for. */
#include "unit.h"

#include "fake.h"
#include "http/idempotency.h"
#include "http/route.h"

static const struct route filing = {.name = "return_file", .method = "POST", .flags = IDEMPOTENT};
static const struct route moving = {.name = "return_move", .method = "POST", .flags = IDEMPOTENT};
static const struct route reading = {.name = "return_get", .method = "GET"};
static struct request req;

/* An anonymous filing with a body and no key yet. */
static void request_new(void)
{
    static char body[] = "{\"serial\":\"A1\"}";

    fake_clear(&req);
    req.route = &filing;
    req.method = "POST";
    req.path = "/api/v1/returns";
    req.upload.bytes = body;
    req.upload.len = sizeof body - 1;
}

static int begin(void **state)
{
    (void)state;
    req = fake_request();
    request_new();
    return 0;
}

static int clear(void **state)
{
    (void)state;
    fake_clear(&req);
    return 0;
}

/* The key as it is read from this header; NULL, and the problem is answered, if it is none. */
static const char *key_of(const char *header)
{
    bool good;

    request_new();
    if (header)
        fake_header("Idempotency-Key", header);
    good = idempotency_read(&req);
    assert_int_equal(good, req.idempotency.key != NULL);
    assert_string_equal(fake_code(&req), good ? "" : "idempotency_key_missing");
    return req.idempotency.key;
}

static void a_key_is_a_token_or_a_string_with_quotes(void **state)
{
    (void)state;
    assert_string_equal(key_of("12345678"), "12345678");
    assert_string_equal(key_of("\"12345678\""), "12345678");
    assert_string_equal(key_of("8e03978e-40d5-43dd-bc93-6894a57f9324"),
                        "8e03978e-40d5-43dd-bc93-6894a57f9324");
    assert_string_equal(key_of("!#$%&'()*+,-./:;<=>?@[]^_`{|}~"), "!#$%&'()*+,-./:;<=>?@[]^_`{|}~");
}

static void a_key_has_8_to_255_characters_without_its_quotes(void **state)
{
    char header[300] = "\"";

    (void)state;
    memset(header + 1, 'k', sizeof header - 2);
    for (size_t len = 0; len < 290; len++) {
        bool good = len >= 8 && len <= 255;

        header[1 + len] = '\0';
        assert_int_equal(key_of(header + 1) != NULL, good);
        header[1 + len] = '"', header[2 + len] = '\0';
        assert_int_equal(key_of(header) != NULL, good);
        header[1 + len] = header[2 + len] = 'k';
    }
}

static void what_is_no_key_is_refused(void **state)
{
    static const char *const bad[] = {NULL,
                                      "\"",
                                      "1234 5678",
                                      " 12345678",
                                      "12345678\t",
                                      "12345678\x7f",
                                      "12345678\x01",
                                      "1234567\xc3\xa9",
                                      "\"12345678",
                                      "12345678\"",
                                      "1234\"5678",
                                      "\"\"12345678\"\"",
                                      "\"1234\\\"5678\"",
                                      "1234\\5678"};

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        if (key_of(bad[i]))
            fail_msg("taken: %s", bad[i]);
    assert_int_equal(req.reply.status, 400);
}

static void a_route_that_is_not_idempotent_asks_for_no_key(void **state)
{
    (void)state;
    req.route = &reading;
    fake_header("Idempotency-Key", "12345678");
    assert_true(idempotency_read(&req));
    assert_null(req.idempotency.key);
}

/* Whose key it is: the scope under which it is kept. */
static const char *scope_of(const struct route *route, struct principal who)
{
    static char scope[200];

    request_new();
    fake_header("Idempotency-Key", "12345678");
    req.route = route;
    req.who = who;
    assert_true(idempotency_read(&req));
    snprintf(scope, sizeof scope, "%s", req.idempotency.scope);
    return scope;
}

/* Two callers may think of one key: neither may get the other's answer. */
static void a_key_belongs_to_its_caller_and_its_route(void **state)
{
    const struct principal customer = {.role = CUSTOMER, .role_name = "customer", .scope = "7"};
    const struct principal agent = {.role = AGENT, .role_name = "agent", .scope = "7"};
    const struct principal other = {.role = AGENT, .role_name = "agent", .scope = "77"};
    const struct principal nobody = {0};
    char first[200];

    (void)state;
    snprintf(first, sizeof first, "%s", scope_of(&filing, customer));
    assert_string_equal(scope_of(&filing, customer), first);
    assert_string_not_equal(scope_of(&filing, agent), first);
    assert_string_not_equal(scope_of(&filing, nobody), first);
    assert_string_not_equal(scope_of(&moving, customer), first);
    snprintf(first, sizeof first, "%s", scope_of(&filing, agent));
    assert_string_not_equal(scope_of(&filing, other), first);
}

/* What the request is known by, if these parts of it are so. */
static const char *fingerprint_of(const char *path, const char *if_match, const char *body)
{
    static char kept[2][HASH_SIZE];
    static int turn;
    char bytes[100];

    request_new();
    fake_header("Idempotency-Key", "12345678");
    snprintf(bytes, sizeof bytes, "%s", body);
    req.path = path;
    req.if_match = if_match;
    req.upload.bytes = bytes;
    req.upload.len = strlen(bytes);
    assert_true(idempotency_read(&req));
    turn = !turn;
    snprintf(kept[turn], HASH_SIZE, "%s", req.idempotency.fingerprint);
    return kept[turn];
}

static void another_path_version_or_body_is_another_request(void **state)
{
    char first[HASH_SIZE];

    (void)state;
    snprintf(first, sizeof first, "%s", fingerprint_of("/a", "1", "{}"));
    assert_memory_equal(first, "\\x", 2);
    assert_string_equal(fingerprint_of("/a", "1", "{}"), first);
    assert_string_not_equal(fingerprint_of("/b", "1", "{}"), first);
    assert_string_not_equal(fingerprint_of("/a", "2", "{}"), first);
    assert_string_not_equal(fingerprint_of("/a", NULL, "{}"), first);
    assert_string_not_equal(fingerprint_of("/a", "1", "{ }"), first);
    assert_string_not_equal(fingerprint_of("/a", "1", ""), first);
    /* what moves from one part to the next makes another, too */
    assert_string_not_equal(fingerprint_of("/a", "1", "23"), fingerprint_of("/a", "12", "3"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_key_is_a_token_or_a_string_with_quotes, begin, clear),
        cmocka_unit_test_setup_teardown(a_key_has_8_to_255_characters_without_its_quotes, begin,
                                        clear),
        cmocka_unit_test_setup_teardown(what_is_no_key_is_refused, begin, clear),
        cmocka_unit_test_setup_teardown(a_route_that_is_not_idempotent_asks_for_no_key, begin,
                                        clear),
        cmocka_unit_test_setup_teardown(a_key_belongs_to_its_caller_and_its_route, begin, clear),
        cmocka_unit_test_setup_teardown(another_path_version_or_body_is_another_request, begin,
                                        clear),
    };

    RUN(tests);
}
