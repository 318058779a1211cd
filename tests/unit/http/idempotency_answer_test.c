/* Idempotency-Key: the first answer is kept beside its effect, and given again. The database
   is the test. */
#include "unit.h"

#include "base/seal.h"
#include "capture.h"
#include "fake.h"
#include "fake_db.h"
#include "fake_error.h"
#include "http/idempotency.h"
#include "http/route.h"

#include <sodium.h>

static const struct route filing = {.name = "return_file", .method = "POST", .flags = IDEMPOTENT};
static const struct route reading = {.name = "return_get", .method = "GET"};
static struct request req;

/* A request on this route, with the key "12345678". */
static int request_new(const struct route *route)
{
    req = fake_request();
    req.worker = fake_db_new();
    req.route = route;
    req.method = route->method;
    memset(&fake_error, 0, sizeof fake_error);
    fake_header("Idempotency-Key", "12345678");
    return !idempotency_read(&req);
}

static int begin(void **state)
{
    (void)state;
    return !seal_init("a secret of the tests, long enough") || request_new(&filing);
}

static int clear(void **state)
{
    (void)state;
    fake_clear(&req);
    return 0;
}

static void the_claim_goes_before_and_the_answer_after(void **state)
{
    struct db_step claim, store;

    (void)state;
    claim = idempotency_claim(&req);
    assert_string_equal(claim.query->name, "idempotency_claim");
    assert_string_equal(claim.args[0], req.idempotency.scope);
    assert_string_equal(claim.args[1], "12345678");
    assert_string_equal(claim.args[2], req.idempotency.fingerprint);
    reply_location(&req, "/api/v1/returns/ret_1");
    req.reply.etag = "\"v1-json\"";
    reply_json(&req, 201, "{\"id\":\"ret_1\"}", 14);
    store = idempotency_store(&req);
    assert_string_equal(store.query->name, "idempotency_store");
    assert_string_equal(store.args[1], "12345678");
    assert_string_equal(store.args[3], "201");
    assert_string_equal(store.args[4], "/api/v1/returns/ret_1");
    assert_string_equal(store.args[5], "\"v1-json\"");
    assert_null(strstr(store.args[6], "ret_1"));
}

/* What was refused left no effect: the same key may come again, mended. */
static void a_refusal_is_not_kept(void **state)
{
    (void)state;
    reply_problem(&req, UNKNOWN_PRODUCT, NULL);
    assert_null(idempotency_store(&req).query);
}

/* The database says that the key is known; whether the first answer is asked for. */
static bool replays(const char *sqlstate)
{
    PGresult *error = PQmakeEmptyPGresult(NULL, PGRES_FATAL_ERROR);
    bool good;

    fake_error.sqlstate = sqlstate;
    good = idempotency_replays(&req, error);
    PQclear(error);
    return good;
}

static PGresult *kept(const char *status, const char *etag, const char *sealed)
{
    return FAKE_ROW({"status", INT4, status}, {"location", STRING, NULL}, {"etag", STRING, etag},
                    {"sealed_body", STRING, sealed});
}

static void a_known_request_gets_the_first_answer(void **state)
{
    (void)state;
    assert_true(replays("HT001"));
    assert_string_equal(fake_db_asked(WRITE_LANE), "idempotency_replay");
    assert_string_equal(fake_db_arg(WRITE_LANE, 0), req.idempotency.scope);
    assert_string_equal(fake_db_arg(WRITE_LANE, 1), "12345678");
    fake_db_answer(WRITE_LANE, kept("201", "\"v1-json\"", seal_close(&req.arena, "{\"a\":1}", 7)));
    assert_true(req.idempotency.replayed);
    assert_int_equal(req.reply.status, 201);
    assert_int_equal(req.reply.len, 7);
    assert_memory_equal(req.reply.text, "{\"a\":1}", 7);
    assert_string_equal(req.reply.etag, "\"v1-json\"");
    assert_null(req.reply.location);
    assert_int_equal(fake_db.suspended, 0);
}

static void another_error_is_no_replay(void **state)
{
    (void)state;
    assert_false(replays("23505"));
    assert_false(replays("HT000"));
    assert_false(replays(NULL));
    assert_string_equal(fake_db_asked(WRITE_LANE), "");
}

static void without_a_key_nothing_is_replayed(void **state)
{
    (void)state;
    fake_clear(&req);
    request_new(&reading);
    assert_false(replays("HT001"));
    assert_string_equal(fake_db_asked(WRITE_LANE), "");
}

/* The record goes when its time is over, and may go just between the claim and the question. */
static void an_answer_that_expired_meanwhile_is_asked_for_again(void **state)
{
    PGresult *rows = kept("201", NULL, "\\x00"), *none = PQcopyResult(rows, PG_COPYRES_ATTRS);

    (void)state;
    PQclear(rows);
    assert_true(replays("HT001"));
    fake_db_answer(WRITE_LANE, none);
    assert_string_equal(fake_code(&req), "idempotency_in_progress");
    assert_false(req.idempotency.replayed);
}

static void an_answer_under_another_secret_is_not_given(void **state)
{
    (void)state;
    assert_true(replays("HT001"));
    capture_begin();
    fake_db_answer(WRITE_LANE, kept("201", NULL, "\\x00112233445566778899aabbccddeeff"));
    assert_non_null(strstr(capture_end(), "kept_answer_unreadable"));
    assert_string_equal(fake_code(&req), "internal");
    assert_false(req.idempotency.replayed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_claim_goes_before_and_the_answer_after, begin, clear),
        cmocka_unit_test_setup_teardown(a_refusal_is_not_kept, begin, clear),
        cmocka_unit_test_setup_teardown(a_known_request_gets_the_first_answer, begin, clear),
        cmocka_unit_test_setup_teardown(another_error_is_no_replay, begin, clear),
        cmocka_unit_test_setup_teardown(without_a_key_nothing_is_replayed, begin, clear),
        cmocka_unit_test_setup_teardown(an_answer_that_expired_meanwhile_is_asked_for_again, begin,
                                        clear),
        cmocka_unit_test_setup_teardown(an_answer_under_another_secret_is_not_given, begin, clear),
    };

    if (sodium_init() < 0)
        return 1;
    RUN(tests);
}
