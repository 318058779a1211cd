/* The table of the API: that its rows can be reached, and do not contradict themselves. */
#include "unit.h"

#include "fake.h"
#include "http/route.h"

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

/* A path that fits the pattern, every parameter being "x9". */
static const char *path_of(const char *pattern)
{
    char *path = arena_alloc(&req.arena, 2 * strlen(pattern) + 3), *end = path;

    while (*pattern) {
        if (*pattern != ':') {
            *end++ = *pattern++;
            continue;
        }
        end = stpcpy(end, "x9");
        pattern += strcspn(pattern, "/");
    }
    *end = '\0';
    return path;
}

static void every_route_is_found_and_hidden_by_none(void **state)
{
    (void)state;
    assert_true(nroutes > 20);
    for (size_t i = 0; i < nroutes; i++) {
        req.method = routes[i].method;
        req.path = path_of(routes[i].pattern);
        if (!route_find(&req) || req.route != &routes[i])
            fail_msg("%s %s leads elsewhere", routes[i].method, routes[i].pattern);
        if (strchr(routes[i].pattern, ':'))
            assert_string_equal(req.param[0], "x9");
    }
}

static void a_path_tells_each_of_its_methods_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < nroutes; i++) {
        const char *allow, *again;

        req.path = path_of(routes[i].pattern);
        allow = route_allowed(&req);
        again = strstr(strstr(allow, routes[i].method) + 1, routes[i].method);
        if (again)
            fail_msg("%s: Allow: %s", routes[i].pattern, allow);
    }
}

static void what_only_reads_asks_for_no_key_and_no_version(void **state)
{
    (void)state;
    for (size_t i = 0; i < nroutes; i++) {
        bool reads = !strcmp(routes[i].method, "GET");

        if (reads && (routes[i].flags & (IDEMPOTENT | IF_MATCH) || routes[i].input == BODY))
            fail_msg("%s wants what a read has not", routes[i].name);
    }
}

/* A cache keeps it for all: so nobody may be kept from it. */
static void what_caches_may_share_is_open_to_anyone(void **state)
{
    size_t shared = 0;

    (void)state;
    for (size_t i = 0; i < nroutes; i++) {
        if (!(routes[i].flags & SHARED))
            continue;
        shared++;
        if (routes[i].who != ANYONE || strcmp(routes[i].method, "GET") != 0)
            fail_msg("%s is not for everyone", routes[i].name);
    }
    assert_true(shared > 0);
}

/* Kept answers are told to whoever may ask: they must not depend on who does. */
static void what_is_kept_by_version_is_read_by_staff(void **state)
{
    size_t versioned = 0;

    (void)state;
    for (size_t i = 0; i < nroutes; i++) {
        if (!(routes[i].flags & VERSIONED))
            continue;
        versioned++;
        if (routes[i].who != STAFF || strcmp(routes[i].method, "GET") != 0 ||
            routes[i].output != VALUE)
            fail_msg("%s is not the same for all who may ask", routes[i].name);
    }
    assert_true(versioned > 0);
}

/* A watcher asks without pause and unseen: nothing behind the quota's back but health. */
static void only_what_watchers_ask_has_no_quota(void **state)
{
    (void)state;
    for (size_t i = 0; i < nroutes; i++)
        if (routes[i].flags & UNLIMITED && !strncmp(routes[i].pattern, "/api/", 5))
            fail_msg("%s has no quota", routes[i].name);
}

/* Of the rest, what the handler writes by itself: objects, streams, texts. */
static bool has_rows(enum route_output output)
{
    return output != OWN && output != VALUE && output != EVENTS && output != SHEET;
}

static void what_takes_fields_or_shows_rows_says_which(void **state)
{
    (void)state;
    for (size_t i = 0; i < nroutes; i++) {
        const struct route *route = &routes[i];

        assert_non_null(route->handler);
        assert_int_equal(route->input != NOTHING, route->fields != NULL);
        assert_int_equal(has_rows(route->output), route->query != NULL);
        assert_int_equal(route->output == COMPUTED || route->output == VALUE,
                         route->computed != NULL);
        if (route->output == PAGE && (!route->query->keyset[0] || !route->query->keyset[1]))
            fail_msg("%s has no key to page by", route->name);
    }
}

/*
 * A repeated write is known by its key; signing in makes a new token each time, on
 * purpose, and what only calculates writes nothing.
 */
static void every_post_is_done_once_but_for_signing_in(void **state)
{
    (void)state;
    for (size_t i = 0; i < nroutes; i++)
        if (!strcmp(routes[i].method, "POST") && !(routes[i].flags & IDEMPOTENT) &&
            routes[i].output != VALUE)
            assert_string_equal(routes[i].name, "session_open");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_route_is_found_and_hidden_by_none, begin, clear),
        cmocka_unit_test_setup_teardown(a_path_tells_each_of_its_methods_once, begin, clear),
        cmocka_unit_test(what_only_reads_asks_for_no_key_and_no_version),
        cmocka_unit_test(what_caches_may_share_is_open_to_anyone),
        cmocka_unit_test(what_is_kept_by_version_is_read_by_staff),
        cmocka_unit_test(only_what_watchers_ask_has_no_quota),
        cmocka_unit_test(what_takes_fields_or_shows_rows_says_which),
        cmocka_unit_test(every_post_is_done_once_but_for_signing_in),
    };

    RUN(tests);
}
