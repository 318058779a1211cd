/* Key-set pages and their cursors. */
#include "unit.h"

#include "base/seal.h"
#include "fake.h"
#include "fake_rows.h"
#include "http/page.h"
#include "http/route.h"

#include <sodium.h>

static const struct query by_age = {
    .name = "list", .keyset = {"created_at", "id"}
};
static const struct route list = {.output = PAGE, .query = &by_age};
static struct request req;

static int begin(void **state)
{
    (void)state;
    req = fake_request();
    return !seal_init("a secret of the tests, long enough");
}

static int clear(void **state)
{
    (void)state;
    fake_clear(&req);
    return 0;
}

/* Ask for a page; the code it was refused with, "" if it is given. */
static const char *ask(const char *path, const char *query)
{
    struct param params[QUERY_PARAMS_MAX];
    bool good;
    int n;

    fake_clear(&req);
    req.route = &list;
    req.path = path;
    req.query_string = arena_strdup(&req.arena, query);
    n = params_parse(&req, params);
    assert_true(n >= 0);
    good = page_read(&req, params, n);
    assert_int_equal(good, !req.answered);
    return fake_code(&req);
}

/* The URL of the page after a row with these keys; it outlives the request. */
static const char *next_after(const char *path, const char *query, const char *key1,
                              const char *key2)
{
    static char url[4096];
    PGresult *rows = FAKE_ROW({"id", STRING, key2}, {"created_at", TIMESTAMP, key1});

    assert_string_equal(ask(path, query), "");
    snprintf(url, sizeof url, "%s", page_next(&req, rows, 0));
    PQclear(rows);
    return url;
}

static const char *query_of(const char *url)
{
    return strchr(url, '?') + 1;
}

static void the_first_page_starts_before_every_row(void **state)
{
    (void)state;
    assert_string_equal(ask("/returns", ""), "");
    assert_null(req.page.after[0]);
    assert_null(req.page.after[1]);
    assert_int_equal(req.page.shown, 25);
    assert_string_equal(req.page.limit, "26");
    assert_string_equal(req.page.filters, "");
}

static void more_than_the_most_is_the_most(void **state)
{
    static const struct {
        const char *query;
        int shown;
    } rows[] = {
        {"limit=1",                    1  },
        {"limit=100",                  100},
        {"limit=101",                  100},
        {"limit=007",                  7  },
        {"limit=999999999",            100},
        {"limit=99999999999999999999", 100},
        {"limit=%31%30",               10 }
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_string_equal(ask("/returns", rows[i].query), "");
        assert_int_equal(req.page.shown, rows[i].shown);
        assert_int_equal(strtol(req.page.limit, NULL, 10), rows[i].shown + 1);
    }
}

static void nonsense_as_a_limit_is_refused(void **state)
{
    static const char *const bad[] = {"limit=",    "limit",    "limit=0",    "limit=-1",
                                      "limit=+5",  "limit=5x", "limit=%205", "limit=1e2",
                                      "limit=0x5", "limit=00"};

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_string_equal(ask("/returns", bad[i]), "unknown_parameter");
}

static void the_next_page_starts_after_the_last_row(void **state)
{
    const char *url = next_after("/returns", "limit=10", "2026-11-23 22:41:12.5+00", "ret_9");

    (void)state;
    assert_memory_equal(url, "/returns?limit=10&cursor=", 25);
    assert_null(strpbrk(url, " +\n\""));
    assert_string_equal(ask("/returns", query_of(url)), "");
    assert_string_equal(req.page.after[0], "2026-11-23 22:41:12.5+00");
    assert_string_equal(req.page.after[1], "ret_9");
    assert_int_equal(req.page.shown, 10);
}

static void filters_stay_in_the_way_to_the_next_page(void **state)
{
    const char *url = next_after("/returns", "state=approved&limit=5&country=DE", "k", "ret_9");

    (void)state;
    assert_memory_equal(url, "/returns?state=approved&country=DE&limit=5&cursor=", 50);
    assert_string_equal(ask("/returns", query_of(url)), "");
    assert_string_equal(req.page.filters, "state=approved&country=DE");
    /* and from there again, without gathering old cursors */
    url = next_after("/returns", query_of(url), "l", "ret_8");
    assert_ptr_equal(strstr(url, "cursor="), strrchr(url, '&') + 1);
}

/* Names and models hold anything a person may type, line breaks included. */
static void any_key_comes_back_from_its_cursor(void **state)
{
    static const char *const keys[] = {"",
                                       "\n",
                                       "a\nb",
                                       "a\n",
                                       "\xe8\xbf\x94\xe4\xbf\xae",
                                       "a&b=c%20+d",
                                       "\"'\\;--",
                                       "0123456789012345678901234567890123456789"};

    (void)state;
    for (size_t i = 0; i < COUNT(keys); i++) {
        const char *url = next_after("/products", "", keys[i], "prd_1");

        assert_string_equal(ask("/products", query_of(url)), "");
        assert_string_equal(req.page.after[0], keys[i]);
        assert_string_equal(req.page.after[1], "prd_1");
    }
}

static void a_cursor_belongs_to_its_list_and_its_filters(void **state)
{
    const char *url = next_after("/returns", "state=approved", "k", "ret_9");
    char cursor[1000], query[1100];

    (void)state;
    snprintf(cursor, sizeof cursor, "%s", strstr(url, "cursor="));
    snprintf(query, sizeof query, "state=approved&%s", cursor);
    assert_string_equal(ask("/returns", query), "");
    assert_string_equal(ask("/tickets", query), "cursor_mismatch");
    snprintf(query, sizeof query, "state=closed&%s", cursor);
    assert_string_equal(ask("/returns", query), "cursor_mismatch");
    assert_string_equal(ask("/returns", cursor), "cursor_mismatch");
}

static void one_changed_character_spoils_a_cursor(void **state)
{
    const char *url = next_after("/returns", "", "2026-11-23 22:41:12+00", "ret_9");
    char query[1000];

    (void)state;
    snprintf(query, sizeof query, "%s", query_of(url));
    for (char *c = strstr(query, "cursor=") + 7; *c; c++) {
        char right = *c;

        *c = right == 'A' ? 'B' : 'A';
        assert_string_equal(ask("/returns", query), "cursor_mismatch");
        *c = right;
    }
    assert_string_equal(ask("/returns", query), "");
}

static void a_cursor_of_another_secret_or_of_nobody_is_refused(void **state)
{
    static const char *const bad[] = {
        "cursor=",    "cursor", "cursor=AAAA", "cursor=!!!!", "cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "cursor=YQpi"};
    char query[1000], large[2100] = "cursor=";

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_string_equal(ask("/returns", bad[i]), "cursor_mismatch");
    memset(large + 7, 'A', 2080);
    assert_string_equal(ask("/returns", large), "cursor_mismatch");
    snprintf(query, sizeof query, "%s", query_of(next_after("/returns", "", "k", "ret_9")));
    assert_true(seal_init("another secret of the tests, as long"));
    assert_string_equal(ask("/returns", query), "cursor_mismatch");
}

/* A cursor made of the tag of one and the keys of another; it outlives the request. */
static const char *forged(const char *tag_of, const char *keys_of)
{
    static char query[1000];
    unsigned char tag[500], keys[500];
    size_t taglen, len;

    if (sodium_base642bin(tag, sizeof tag, tag_of, strlen(tag_of), NULL, &taglen, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) ||
        sodium_base642bin(keys, sizeof keys, keys_of, strlen(keys_of), NULL, &len, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING))
        abort();
    memcpy(keys, tag, SEAL_TAG_SIZE);
    memcpy(query, "cursor=", 7);
    sodium_bin2base64(query + 7, sizeof query - 7, keys, len,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return query;
}

static void the_tag_of_one_row_does_not_fit_another(void **state)
{
    char first[500], second[500], moved[500];

    (void)state;
    snprintf(first, sizeof first, "%s", strstr(next_after("/a", "", "k", "ret_9"), "cursor=") + 7);
    snprintf(second, sizeof second, "%s",
             strstr(next_after("/a", "", "k", "ret_8"), "cursor=") + 7);
    snprintf(moved, sizeof moved, "%s", strstr(next_after("/a", "", "kr", "et_9"), "cursor=") + 7);
    assert_string_equal(ask("/a", forged(first, first)), "");
    assert_string_equal(ask("/a", forged(first, second)), "cursor_mismatch");
    assert_string_equal(ask("/a", forged(second, first)), "cursor_mismatch");
    assert_string_equal(ask("/a", forged(first, moved)), "cursor_mismatch");
}

/* "%6Cimit" is "limit" to the reader of parameters, so it must be to the writer of links. */
static void the_way_to_the_next_page_has_one_limit_however_it_was_spelt(void **state)
{
    const char *url = next_after("/returns", "%6Cimit=5&stat%65=open", "k", "ret_9");

    (void)state;
    assert_string_equal(ask("/returns", query_of(url)), "");
    assert_int_equal(req.page.shown, 5);
    assert_null(strstr(url, "%6Cimit"));
    assert_non_null(strstr(url, "stat%65=open"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_first_page_starts_before_every_row, begin, clear),
        cmocka_unit_test_setup_teardown(more_than_the_most_is_the_most, begin, clear),
        cmocka_unit_test_setup_teardown(nonsense_as_a_limit_is_refused, begin, clear),
        cmocka_unit_test_setup_teardown(the_next_page_starts_after_the_last_row, begin, clear),
        cmocka_unit_test_setup_teardown(filters_stay_in_the_way_to_the_next_page, begin, clear),
        cmocka_unit_test_setup_teardown(any_key_comes_back_from_its_cursor, begin, clear),
        cmocka_unit_test_setup_teardown(a_cursor_belongs_to_its_list_and_its_filters, begin, clear),
        cmocka_unit_test_setup_teardown(one_changed_character_spoils_a_cursor, begin, clear),
        cmocka_unit_test_setup_teardown(the_tag_of_one_row_does_not_fit_another, begin, clear),
        cmocka_unit_test_setup_teardown(a_cursor_of_another_secret_or_of_nobody_is_refused, begin,
                                        clear),
        cmocka_unit_test_setup_teardown(the_way_to_the_next_page_has_one_limit_however_it_was_spelt,
                                        begin, clear),
    };

    if (sodium_init() < 0)
        return 1;
    RUN(tests);
}
