/* Calculated answers that are kept. */
#include "unit.h"

#include "http/kept.h"

#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define ROOM 4000

static const char *found(const char *etag)
{
    static char copy[ROOM + 1];
    struct arena arena = {0};
    size_t len = 0;
    const char *text = kept_find(&arena, etag, &len);

    if (text)
        snprintf(copy, sizeof copy, "%.*s", (int)len, text);
    arena_clear(&arena);
    return text ? copy : NULL;
}

static void an_answer_is_found_by_its_tag_only(void **state)
{
    (void)state;
    kept_limit(0);
    kept_limit(ROOM);
    kept_put("\"a\"", "first", 5);
    kept_put("\"b\"", "second", 6);
    assert_string_equal(found("\"a\""), "first");
    assert_string_equal(found("\"b\""), "second");
    assert_null(found("\"c\""));
    assert_null(found(""));
}

static void the_oldest_give_way_to_what_is_newer(void **state)
{
    char tag[16], text[900] = "";

    (void)state;
    kept_limit(0);
    kept_limit(ROOM);
    memset(text, 'x', sizeof text);
    for (int i = 0; i < 5; i++) {
        snprintf(tag, sizeof tag, "\"%d\"", i);
        kept_put(tag, text, sizeof text);
    }
    assert_null(found("\"0\""));
    for (int i = 1; i < 5; i++) {
        snprintf(tag, sizeof tag, "\"%d\"", i);
        assert_non_null(found(tag));
    }
}

static void small_answers_are_limited_in_number(void **state)
{
    char tag[16];

    (void)state;
    kept_limit(0);
    kept_limit(1 << 20);
    for (int i = 0; i < 5000; i++) {
        snprintf(tag, sizeof tag, "\"%d\"", i);
        kept_put(tag, "x", 1);
    }
    assert_null(found("\"0\""));
    assert_string_equal(found("\"4999\""), "x");
    assert_string_equal(found("\"4500\""), "x");
}

static void what_would_take_much_of_the_room_is_not_kept(void **state)
{
    char text[ROOM] = "";

    (void)state;
    kept_limit(0);
    kept_limit(ROOM);
    kept_put("\"large\"", text, ROOM / 4 + 1);
    assert_null(found("\"large\""));
    kept_put("\"fits\"", text, ROOM / 4);
    assert_non_null(found("\"fits\""));
}

static void nothing_is_kept_without_room(void **state)
{
    (void)state;
    kept_limit(ROOM);
    kept_put("\"a\"", "first", 5);
    kept_limit(0);
    assert_null(found("\"a\""));
    kept_put("\"b\"", "second", 6);
    assert_null(found("\"b\""));
}

/* How many of the jobs have come to that home. */
static int at(const struct offload_home *home)
{
    int n = 0;

    for (const struct offload_job *job = home->finished; job; job = job->next)
        n++;
    return n;
}

static struct offload_home a_home(void)
{
    return (struct offload_home){.watch = {.fd = eventfd(0, EFD_NONBLOCK)},
                                 .mutex = PTHREAD_MUTEX_INITIALIZER};
}

static void many_wait_for_the_one_that_makes_an_answer(void **state)
{
    struct offload_home home = a_home();
    struct offload_job jobs[4] = {0};

    (void)state;
    kept_limit(0);
    kept_limit(ROOM);
    assert_false(kept_await("\"a\"", &home, &jobs[0]));
    assert_true(kept_await("\"a\"", &home, &jobs[1]));
    assert_false(kept_await("\"b\"", &home, &jobs[2]));
    assert_true(kept_await("\"a\"", &home, &jobs[3]));
    assert_int_equal(at(&home), 0);
    kept_over("\"a\"");
    assert_int_equal(at(&home), 2);
    kept_over("\"a\"");
    kept_over("\"b\"");
    assert_int_equal(at(&home), 2);
    assert_false(kept_await("\"a\"", &home, &jobs[0]));
    kept_over("\"a\"");
    close(home.watch.fd);
}

static void nobody_waits_where_nothing_is_kept(void **state)
{
    struct offload_home home = a_home();
    struct offload_job jobs[2] = {0};

    (void)state;
    kept_limit(0);
    assert_false(kept_await("\"a\"", &home, &jobs[0]));
    assert_false(kept_await("\"a\"", &home, &jobs[1]));
    kept_over("\"a\"");
    assert_int_equal(at(&home), 0);
    close(home.watch.fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_is_found_by_its_tag_only),
        cmocka_unit_test(the_oldest_give_way_to_what_is_newer),
        cmocka_unit_test(small_answers_are_limited_in_number),
        cmocka_unit_test(what_would_take_much_of_the_room_is_not_kept),
        cmocka_unit_test(nothing_is_kept_without_room),
        cmocka_unit_test(many_wait_for_the_one_that_makes_an_answer),
        cmocka_unit_test(nobody_waits_where_nothing_is_kept),
    };

    RUN(tests);
}
