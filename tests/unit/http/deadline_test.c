/* Absolute deadlines of connections. The connections are pairs of sockets; the time is told. */
#include "unit.h"

#include "base/clock.h"
#include "http/deadline.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* Longer than the time between two looks at the list. */
#define A_LOOK_LATER 60000

static struct deadlines deadlines;

/* One connection: the server's end, the client's, and the watch over it. */
struct wire {
    int server, client;
    struct deadline *deadline;
};

static int begin(void **state)
{
    (void)state;
    deadlines_init(&deadlines);
    return 0;
}

static struct wire wire_open(long ms)
{
    int ends[2];

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends))
        abort();
    return (struct wire){ends[0], ends[1], deadline_add(&deadlines, ends[0], ms)};
}

static void wire_close(struct wire *wire)
{
    deadline_remove(wire->deadline);
    close(wire->server);
    close(wire->client);
}

/* Whether the client was hung up on. */
static bool is_cut(const struct wire *wire)
{
    char byte;
    ssize_t n = recv(wire->client, &byte, 1, MSG_PEEK);

    assert_true(n >= 0 || errno == EAGAIN);
    return n == 0;
}

/* Look at the list at this very time, however short ago the last look was. */
static int look(int64_t now)
{
    deadlines.checked_ms = now - A_LOOK_LATER;
    return deadlines_check(&deadlines, now);
}

static void a_connection_is_cut_when_its_time_has_come_and_not_before(void **state)
{
    int64_t before = clock_ms();
    struct wire wire = wire_open(5000);
    int64_t at = wire.deadline->at_ms;

    (void)state;
    assert_in_range(at, before + 5000, clock_ms() + 5000);
    assert_int_equal(look(before), 0);
    assert_int_equal(look(at - 1), 0);
    assert_false(is_cut(&wire));
    assert_int_equal(look(at), 1);
    assert_true(is_cut(&wire));
    wire_close(&wire);
}

static void only_those_that_are_late_are_cut(void **state)
{
    struct wire wires[] = {wire_open(60000), wire_open(1000), wire_open(80000), wire_open(2000),
                           wire_open(1000)};
    static const bool late[] = {false, true, false, true, true};

    (void)state;
    assert_int_equal(look(clock_ms() + 2500), 3);
    for (size_t i = 0; i < COUNT(wires); i++) {
        assert_int_equal(is_cut(&wires[i]), late[i]);
        wire_close(&wires[i]);
    }
}

/* A byte a second kept MHD's own time-out from ever ending. */
static void a_slow_drip_does_not_move_the_deadline(void **state)
{
    struct wire wire = wire_open(10000);
    int64_t start = wire.deadline->at_ms - 10000, now = start;
    int drops = 0;
    char byte;

    (void)state;
    while (!look(now)) {
        assert_int_equal(send(wire.client, "x", 1, MSG_NOSIGNAL), 1);
        assert_int_equal(recv(wire.server, &byte, 1, 0), 1);
        drops++;
        now += 1000;
        assert_true(drops < 100);
    }
    assert_int_equal(drops, 10);
    assert_int_equal(now - start, 10000);
    assert_true(send(wire.client, "x", 1, MSG_NOSIGNAL) < 0);
    wire_close(&wire);
}

static void a_new_phase_counts_from_its_beginning(void **state)
{
    struct wire wire = wire_open(1000);
    int64_t first = wire.deadline->at_ms;

    (void)state;
    deadline_set(wire.deadline, 60000);
    assert_in_range(wire.deadline->at_ms, first + 59000, clock_ms() + 60000);
    assert_int_equal(look(first + 1), 0);
    assert_false(is_cut(&wire));
    deadline_set(wire.deadline, 10);
    assert_int_equal(look(clock_ms() + 10), 1);
    assert_true(is_cut(&wire));
    wire_close(&wire);
}

static void a_suspended_deadline_never_passes_until_it_is_set_again(void **state)
{
    struct wire wire = wire_open(1000);

    (void)state;
    deadline_suspend(wire.deadline);
    assert_int_equal(look(clock_ms() + INT64_C(1000) * 86400 * 365), 0);
    assert_false(is_cut(&wire));
    deadline_set(wire.deadline, 1000);
    assert_int_equal(look(clock_ms() + 1000), 1);
    assert_true(is_cut(&wire));
    wire_close(&wire);
}

static void a_connection_is_cut_and_counted_once(void **state)
{
    struct wire wire = wire_open(0);
    int64_t now = clock_ms();

    (void)state;
    assert_int_equal(look(now), 1);
    assert_int_equal(look(now + 1), 0);
    assert_int_equal(look(now + 3600000), 0);
    wire_close(&wire);
}

/* The kernel gives the lowest free number to the next connection: somebody else's. */
static void a_removed_one_never_cuts_who_got_its_number(void **state)
{
    struct wire old = wire_open(0), new;

    (void)state;
    wire_close(&old);
    new = wire_open(60000);
    assert_true(new.server == old.server);
    assert_int_equal(look(clock_ms() + 1000), 0);
    assert_false(is_cut(&new));
    wire_close(&new);
}

static void any_may_be_removed_and_the_others_stay(void **state)
{
    (void)state;
    for (size_t removed = 0; removed < 3; removed++) {
        struct wire wires[] = {wire_open(0), wire_open(0), wire_open(0)};

        deadline_remove(wires[removed].deadline);
        assert_int_equal(look(clock_ms()), 2);
        for (size_t i = 0; i < COUNT(wires); i++) {
            assert_int_equal(is_cut(&wires[i]), i != removed);
            if (i != removed)
                deadline_remove(wires[i].deadline);
            close(wires[i].server);
            close(wires[i].client);
        }
    }
}

/* The socket is for MHD to close: a number closed here could be somebody else's by then. */
static void a_cut_socket_is_shut_down_and_not_closed(void **state)
{
    struct wire wire = wire_open(0);
    char byte;

    (void)state;
    assert_int_equal(look(clock_ms()), 1);
    assert_int_equal(recv(wire.server, &byte, 1, 0), 0);
    assert_int_equal(close(wire.server), 0);
    wire.server = dup(wire.client);
    wire_close(&wire);
}

/* A worker turns thousands of times a second: the list is not walked each time. */
static void between_two_looks_nothing_is_done(void **state)
{
    struct wire wire;
    int64_t now = clock_ms();

    (void)state;
    assert_int_equal(deadlines_check(&deadlines, now), 0);
    wire = wire_open(0);
    assert_int_equal(deadlines_check(&deadlines, now + 1), 0);
    assert_false(is_cut(&wire));
    assert_int_equal(deadlines_check(&deadlines, now + A_LOOK_LATER), 1);
    assert_true(is_cut(&wire));
    wire_close(&wire);
}

static void without_connections_nothing_is_late(void **state)
{
    (void)state;
    assert_int_equal(look(clock_ms()), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_connection_is_cut_when_its_time_has_come_and_not_before, begin),
        cmocka_unit_test_setup(only_those_that_are_late_are_cut, begin),
        cmocka_unit_test_setup(a_slow_drip_does_not_move_the_deadline, begin),
        cmocka_unit_test_setup(a_new_phase_counts_from_its_beginning, begin),
        cmocka_unit_test_setup(a_suspended_deadline_never_passes_until_it_is_set_again, begin),
        cmocka_unit_test_setup(a_connection_is_cut_and_counted_once, begin),
        cmocka_unit_test_setup(a_removed_one_never_cuts_who_got_its_number, begin),
        cmocka_unit_test_setup(any_may_be_removed_and_the_others_stay, begin),
        cmocka_unit_test_setup(a_cut_socket_is_shut_down_and_not_closed, begin),
        cmocka_unit_test_setup(between_two_looks_nothing_is_done, begin),
        cmocka_unit_test_setup(without_connections_nothing_is_late, begin),
    };

    RUN(tests);
}
