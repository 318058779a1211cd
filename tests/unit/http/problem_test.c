/* Problem documents, and what an error of the database becomes. */
#include "unit.h"

#include "base/settings.h"
#include "capture.h"
#include "fake.h"
#include "fake_error.h"
#include "http/problem.h"

#include <ctype.h>

static struct request req;

static int begin(void **state)
{
    (void)state;
    req = fake_request();
    memset(&fake_error, 0, sizeof fake_error);
    settings.public_origin = "https://service.example";
    return 0;
}

static int clear(void **state)
{
    (void)state;
    fake_clear(&req);
    return 0;
}

/* A member of the answer, as text; "" if it is not there. */
static const char *member(const char *name)
{
    json_t *reply = json_loadb(req.reply.text, req.reply.len, JSON_REJECT_DUPLICATES, NULL);
    const char *text;

    assert_non_null(reply);
    text = arena_strdup(&req.arena, json_string_value(json_object_get(reply, name)));
    json_decref(reply);
    return text ? text : "";
}

static void a_problem_says_what_where_and_which_request(void **state)
{
    (void)state;
    reply_problem(&req, UNKNOWN_PARAMETER, "order");
    assert_int_equal(req.reply.status, 400);
    assert_string_equal(req.reply.type, "application/problem+json");
    assert_string_equal(member("type"), "https://service.example/problems/unknown_parameter");
    assert_string_equal(member("code"), "unknown_parameter");
    assert_string_equal(member("detail"), "order");
    assert_string_equal(member("instance"), "urn:uuid:00000000-0000-4000-8000-000000000000");
    assert_true(*member("title"));
    assert_string_equal(fake_answer_header(&req, "Content-Language"), "en");
}

static void without_a_detail_there_is_none(void **state)
{
    (void)state;
    reply_problem(&req, NOT_FOUND, NULL);
    assert_null(strstr(req.reply.text, "detail"));
    assert_null(strstr(req.reply.text, "errors"));
}

/* The status in the document is that of the answer; the code is a word a program can compare. */
static void every_problem_is_a_document_of_its_status(void **state)
{
    (void)state;
    for (int i = 0; i < NPROBLEMS; i++) {
        json_t *reply;

        fake_clear(&req);
        reply_problem(&req, (enum problem)i, NULL);
        assert_in_range(req.reply.status, 400, 599);
        reply = json_loadb(req.reply.text, req.reply.len, JSON_REJECT_DUPLICATES, NULL);
        assert_int_equal(json_integer_value(json_object_get(reply, "status")), req.reply.status);
        json_decref(reply);
        for (const char *c = fake_code(&req); *c; c++)
            assert_true(islower((unsigned char)*c) || *c == '_');
    }
}

static void a_detail_cannot_break_out_of_the_document(void **state)
{
    static const char wild[] = "\",\"code\":\"x\"}\n\t\\ \x01\x7f </script> \xe8\xbf\x94";

    (void)state;
    reply_problem(&req, NOT_FOUND, wild);
    assert_string_equal(member("detail"), wild);
    assert_string_equal(member("code"), "not_found");
}

static void each_wrong_field_has_its_entry(void **state)
{
    static const struct field_error errors[] = {
        {"/serial", "too_short", "At least 4."},
        {"/a~1\"b", "unknown",   NULL         }
    };
    json_t *reply, *list;

    (void)state;
    reply_field_errors(&req, INVALID_FIELDS, errors, COUNT(errors));
    reply = json_loadb(req.reply.text, req.reply.len, JSON_REJECT_DUPLICATES, NULL);
    list = json_object_get(reply, "errors");
    assert_int_equal(json_array_size(list), 2);
    assert_string_equal(json_string_value(json_object_get(json_array_get(list, 0), "detail")),
                        "At least 4.");
    assert_string_equal(json_string_value(json_object_get(json_array_get(list, 1), "pointer")),
                        "/a~1\"b");
    assert_null(json_object_get(json_array_get(list, 1), "detail"));
    json_decref(reply);
}

/* A handler may have prepared an answer: nothing of it may stand beside the problem. */
static void a_problem_takes_the_place_of_what_was_prepared(void **state)
{
    (void)state;
    reply_location(&req, "/api/v1/returns/ret_1");
    reply_header(&req, "Set-Cookie", "__Host-sid=abc");
    reply_json(&req, 200, "{}", 2);
    assert_non_null(req.reply.etag);
    reply_problem(&req, SERVER_BUSY, NULL);
    assert_null(req.reply.location);
    assert_null(req.reply.etag);
    assert_null(fake_answer_header(&req, "Set-Cookie"));
    assert_int_equal(req.reply.status, 503);
}

/* The value of a header of the answer to this problem; "" if it is not there. */
static const char *header_of(enum problem problem, const char *name)
{
    const char *value;

    fake_clear(&req);
    reply_problem(&req, problem, "12");
    value = fake_answer_header(&req, name);
    return value ? value : "";
}

static void some_problems_owe_a_header(void **state)
{
    (void)state;
    assert_string_equal(header_of(NOT_SIGNED_IN, "WWW-Authenticate"), "Bearer");
    assert_string_equal(header_of(WRONG_CREDENTIALS, "WWW-Authenticate"), "Bearer");
    assert_string_equal(header_of(FORBIDDEN, "WWW-Authenticate"), "");
    assert_true(*header_of(SERVER_BUSY, "Retry-After"));
    assert_true(*header_of(DATABASE_UNAVAILABLE, "Retry-After"));
    assert_true(*header_of(IDEMPOTENCY_IN_PROGRESS, "Retry-After"));
    assert_string_equal(header_of(INTERNAL, "Retry-After"), "");
    assert_string_equal(header_of(NOT_JSON, "Accept-Post"), "application/json");
}

static void who_is_stale_is_told_the_present_version(void **state)
{
    (void)state;
    reply_problem(&req, STALE, "12");
    assert_string_equal(req.reply.etag, "\"v12-json\"");
    reply_problem(&req, STALE, NULL);
    assert_null(req.reply.etag);
    reply_problem(&req, NOT_FOUND, "12");
    assert_null(req.reply.etag);
}

/* The code that an error of the database is answered with; what is logged goes to `capture`. */
static const char *answered(const char *sqlstate, const char *message)
{
    PGresult *error = PQmakeEmptyPGresult(NULL, PGRES_FATAL_ERROR);

    fake_clear(&req);
    fake_error.sqlstate = sqlstate;
    fake_error.message = message;
    capture_begin();
    reply_database_error(&req, error);
    capture_end();
    PQclear(error);
    return fake_code(&req);
}

static void a_problem_that_sql_raises_is_answered_by_its_name(void **state)
{
    (void)state;
    fake_error.detail = "received,inspected";
    assert_string_equal(answered("HT000", "TRANSITION_NOT_ALLOWED"), "transition_not_allowed");
    assert_string_equal(member("detail"), "received,inspected");
    assert_int_equal(req.reply.status, 409);
    assert_string_equal(capture.text, "");
    fake_error.detail = "8";
    assert_string_equal(answered("HT000", "STALE"), "stale");
    assert_string_equal(req.reply.etag, "\"v8-json\"");
}

static void a_name_that_is_no_problem_is_a_mistake_of_ours(void **state)
{
    (void)state;
    assert_string_equal(answered("HT000", "NO_SUCH_THING"), "internal");
    assert_non_null(strstr(capture.text, "NO_SUCH_THING"));
}

static void a_sqlstate_tells_whose_mistake_it_was(void **state)
{
    static const struct {
        const char *sqlstate, *code;
        bool logged;
    } rows[] = {
        {"23505", "already_exists",       false},
        {"23503", "invalid_value",        false},
        {"23514", "invalid_value",        false},
        {"22003", "invalid_value",        false},
        {"22021", "invalid_value",        false},
        {"40001", "server_busy",          true },
        {"40P01", "server_busy",          true },
        {"55P03", "server_busy",          true },
        {"57014", "server_busy",          true },
        {"53300", "server_busy",          true },
        {"57P01", "database_unavailable", true },
        {"08006", "database_unavailable", true },
        {"25006", "database_unavailable", true },
        {"42P01", "internal",             true },
        {"42501", "internal",             true },
        {"XX000", "internal",             true },
        {"",      "internal",             true },
        {NULL,    "internal",             true },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_string_equal(answered(rows[i].sqlstate, "words"), rows[i].code);
        assert_int_equal(strstr(capture.text, "statement_failed") != NULL, rows[i].logged);
    }
}

/* It may hold names of tables, and values of others: the log is for that. */
static void what_the_database_said_is_not_shown(void **state)
{
    (void)state;
    fake_error.detail = "Key (email)=(a@b.example) already exists.";
    fake_error.constraint = "account_email_key";
    assert_string_equal(answered("23505", "duplicate key value"), "already_exists");
    assert_string_equal(member("detail"), "account_email_key");
    assert_null(strstr(req.reply.text, "a@b.example"));
    fake_error.constraint = NULL;
    assert_string_equal(answered("42P01", "relation \"secret_table\" does not exist"), "internal");
    assert_null(strstr(req.reply.text, "secret_table"));
    assert_non_null(strstr(capture.text, "secret_table"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_problem_says_what_where_and_which_request, begin, clear),
        cmocka_unit_test_setup_teardown(without_a_detail_there_is_none, begin, clear),
        cmocka_unit_test_setup_teardown(every_problem_is_a_document_of_its_status, begin, clear),
        cmocka_unit_test_setup_teardown(a_detail_cannot_break_out_of_the_document, begin, clear),
        cmocka_unit_test_setup_teardown(each_wrong_field_has_its_entry, begin, clear),
        cmocka_unit_test_setup_teardown(a_problem_takes_the_place_of_what_was_prepared, begin,
                                        clear),
        cmocka_unit_test_setup_teardown(some_problems_owe_a_header, begin, clear),
        cmocka_unit_test_setup_teardown(who_is_stale_is_told_the_present_version, begin, clear),
        cmocka_unit_test_setup_teardown(a_problem_that_sql_raises_is_answered_by_its_name, begin,
                                        clear),
        cmocka_unit_test_setup_teardown(a_name_that_is_no_problem_is_a_mistake_of_ours, begin,
                                        clear),
        cmocka_unit_test_setup_teardown(a_sqlstate_tells_whose_mistake_it_was, begin, clear),
        cmocka_unit_test_setup_teardown(what_the_database_said_is_not_shown, begin, clear),
    };

    RUN(tests);
}
