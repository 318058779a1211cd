/* The ways to answer, as a handler leaves them. */
#include "unit.h"

#include "base/seal.h"
#include "fake.h"
#include "fake_rows.h"
#include "http/page.h"
#include "http/route.h"

#include <sodium.h>

static const struct query by_name = {
    .name = "list", .keyset = {"name", "id"}
};
static const struct route list = {.output = PAGE, .query = &by_name};
static const struct fake_column columns[] = {
    {"id",          STRING},
    {"name",        STRING},
    {"row_version", INT8  }
};
static const char *const values[] = {"prt_1", "A", "1", "prt_2", "B", "2", "prt_3", "C", "3"};
static struct request req;

static int begin(void **state)
{
    (void)state;
    req = fake_request();
    req.path = "/api/v1/parts";
    return !seal_init("a secret of the tests, long enough");
}

static int clear(void **state)
{
    (void)state;
    fake_clear(&req);
    return 0;
}

/* Answer with the first `n` of three rows. */
static void answer(rows_fn *reply, int n)
{
    PGresult *rows = fake_rows(columns, COUNT(columns), values, n);

    reply_reset(&req);
    req.reply.nheaders = 0;
    reply(&req, rows);
    PQclear(rows); /* what was answered must not need them */
    assert_true(req.answered);
}

static void a_row_is_answered_with_its_version(void **state)
{
    (void)state;
    answer(reply_row, 1);
    assert_int_equal(req.reply.status, 200);
    assert_string_equal(req.reply.type, "application/json");
    assert_string_equal(req.reply.text, "{\"id\":\"prt_1\",\"name\":\"A\",\"row_version\":1}");
    assert_int_equal(req.reply.len, strlen(req.reply.text));
    assert_string_equal(req.reply.etag, "\"v1-json\"");
    assert_null(req.reply.location);
}

/* "Not yours" and "not there" are one answer. */
static void no_row_is_not_found_whatever_was_asked(void **state)
{
    static rows_fn *const replies[] = {reply_row, reply_created, reply_done};

    (void)state;
    for (size_t i = 0; i < COUNT(replies); i++) {
        answer(replies[i], 0);
        assert_string_equal(fake_code(&req), "not_found");
        assert_null(req.reply.location);
        assert_null(req.reply.etag);
    }
}

static void what_was_created_is_told_with_its_place(void **state)
{
    PGresult *rows = FAKE_ROW({"id", STRING, "ret_1"});

    (void)state;
    req.method = "POST";
    answer(reply_created, 1);
    assert_int_equal(req.reply.status, 201);
    assert_string_equal(req.reply.location, "/api/v1/parts/prt_1");
    assert_string_equal(req.reply.etag, "\"v1-json\"");
    reply_reset(&req);
    reply_location(&req, "/elsewhere");
    reply_created(&req, rows);
    assert_string_equal(req.reply.location, "/elsewhere");
    assert_null(req.reply.etag);
    PQclear(rows);
}

static void what_has_no_id_has_no_place(void **state)
{
    PGresult *rows = FAKE_ROW({"token", STRING, "abc"});

    (void)state;
    req.method = "POST";
    reply_created(&req, rows);
    assert_int_equal(req.reply.status, 201);
    assert_null(req.reply.location);
    PQclear(rows);
}

static void what_is_done_says_nothing(void **state)
{
    (void)state;
    answer(reply_done, 1);
    assert_int_equal(req.reply.status, 204);
    assert_int_equal(req.reply.len, 0);
    assert_null(req.reply.type);
    assert_null(req.reply.etag);
}

/* Only what a GET shows can be asked for again with the tag. */
static void only_what_was_read_is_tagged_by_its_bytes(void **state)
{
    static const struct {
        const char *method;
        unsigned status;
        bool tagged;
    } rows[] = {
        {"GET",    200, true },
        {"HEAD",   200, true },
        {"POST",   200, false},
        {"DELETE", 200, false},
        {"GET",    201, false},
        {"GET",    503, false}
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        reply_reset(&req);
        req.method = rows[i].method;
        reply_json(&req, rows[i].status, "{}", 2);
        assert_int_equal(req.reply.etag != NULL, rows[i].tagged);
    }
}

/* Answer a page of `shown` when the statement gave `n` rows. */
static json_t *page(int shown, int n)
{
    json_t *reply;

    req.route = &list;
    req.query_string = "";
    req.page.filters = "state=open";
    req.page.shown = shown;
    answer(reply_page, n);
    assert_int_equal(req.reply.status, 200);
    reply = json_loadb(req.reply.text, req.reply.len, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(reply);
    assert_int_equal(json_integer_value(json_object_get(json_object_get(reply, "page"), "limit")),
                     shown);
    return reply;
}

/* One row more than is shown was asked for, to learn whether there is one. */
static void the_row_too_many_is_not_shown_but_leads_to_the_next_page(void **state)
{
    json_t *reply = page(2, 3);
    const char *next = json_string_value(json_object_get(json_object_get(reply, "page"), "next"));

    (void)state;
    assert_int_equal(json_array_size(json_object_get(reply, "items")), 2);
    assert_memory_equal(next, "/api/v1/parts?state=open&limit=2&cursor=", 40);
    assert_string_equal(fake_answer_header(&req, "Link"),
                        arena_printf(&req.arena, "<%s>; rel=\"next\"", next));
    json_decref(reply);
}

/* One row further, and the row that was not shown would never be. */
static void the_next_page_begins_after_the_last_row_shown(void **state)
{
    struct param params[QUERY_PARAMS_MAX];
    json_t *reply = page(2, 3);
    const char *next = json_string_value(json_object_get(json_object_get(reply, "page"), "next"));

    (void)state;
    req.query_string = arena_strdup(&req.arena, strchr(next, '?') + 1);
    json_decref(reply);
    reply_reset(&req);
    assert_true(page_read(&req, params, params_parse(&req, params)));
    assert_string_equal(req.page.after[0], "B");
    assert_string_equal(req.page.after[1], "prt_2");
}

static void the_last_page_leads_nowhere(void **state)
{
    (void)state;
    for (int n = 0; n <= 3; n++) {
        json_t *reply = page(3, n);

        assert_int_equal(json_array_size(json_object_get(reply, "items")), n);
        assert_true(json_is_null(json_object_get(json_object_get(reply, "page"), "next")));
        assert_null(fake_answer_header(&req, "Link"));
        json_decref(reply);
    }
}

/* A list is tagged by what it shows: its rows' versions are not its own. */
static void a_page_is_tagged_by_its_bytes(void **state)
{
    const char *tag;

    (void)state;
    json_decref(page(2, 2));
    tag = req.reply.etag;
    assert_memory_equal(tag, "\"h", 2);
    json_decref(page(2, 2));
    assert_string_equal(req.reply.etag, tag);
    json_decref(page(2, 1));
    assert_string_not_equal(req.reply.etag, tag);
    json_decref(page(3, 2));
    assert_string_not_equal(req.reply.etag, tag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_row_is_answered_with_its_version, begin, clear),
        cmocka_unit_test_setup_teardown(no_row_is_not_found_whatever_was_asked, begin, clear),
        cmocka_unit_test_setup_teardown(what_was_created_is_told_with_its_place, begin, clear),
        cmocka_unit_test_setup_teardown(what_has_no_id_has_no_place, begin, clear),
        cmocka_unit_test_setup_teardown(what_is_done_says_nothing, begin, clear),
        cmocka_unit_test_setup_teardown(only_what_was_read_is_tagged_by_its_bytes, begin, clear),
        cmocka_unit_test_setup_teardown(the_row_too_many_is_not_shown_but_leads_to_the_next_page,
                                        begin, clear),
        cmocka_unit_test_setup_teardown(the_next_page_begins_after_the_last_row_shown, begin,
                                        clear),
        cmocka_unit_test_setup_teardown(the_last_page_leads_nowhere, begin, clear),
        cmocka_unit_test_setup_teardown(a_page_is_tagged_by_its_bytes, begin, clear),
    };

    if (sodium_init() < 0)
        return 1;
    RUN(tests);
}
