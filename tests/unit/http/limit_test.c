/* Quotas by the generic cell rate algorithm. */
#include "unit.h"

#include "base/settings.h"
#include "fake.h"
#include "http/limit.h"
#include "http/route.h"

#define SECOND INT64_C(1000000)

static const struct limit_policy ten_a_minute = {"ten", 10, 60};
static struct request req;

static int begin(void **state)
{
    (void)state;
    req = fake_request();
    settings.limit_address = 3;
    settings.limit_token = 5;
    settings.limit_auth = 2;
    settings.trusted_proxy = "";
    return 0;
}

static int clear(void **state)
{
    (void)state;
    fake_clear(&req);
    return 0;
}

/* How many of `n` requests at once are let in. */
static long burst(const struct limit_policy *policy, const char *key, int64_t now, long n)
{
    struct limit_verdict verdict;
    long admitted = 0;

    while (n--)
        admitted += limit_take(policy, key, now, &verdict);
    return admitted;
}

static void the_whole_quota_may_come_at_once_and_no_more(void **state)
{
    static const struct limit_policy policies[] = {
        {"a", 1,       60 },
        {"b", 3,       60 },
        {"c", 7,       10 },
        {"d", 10,      900},
        {"e", 60,      60 },
        {"f", 7000,    60 },
        {"g", 70001,   60 },
        {"h", 999983,  60 },
        {"i", 1,       1  },
        {"j", 333333,  1  },
        {"k", 1500000, 1  },
        {"l", 100000,  1  },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(policies); i++)
        assert_int_equal(burst(&policies[i], "burst", SECOND, 1600000), policies[i].quota);
}

static void a_quota_comes_back_bit_by_bit(void **state)
{
    (void)state;
    assert_int_equal(burst(&ten_a_minute, "bits", 100 * SECOND, 20), 10);
    assert_int_equal(burst(&ten_a_minute, "bits", 106 * SECOND - 1, 20), 0);
    assert_int_equal(burst(&ten_a_minute, "bits", 106 * SECOND, 20), 1);
    assert_int_equal(burst(&ten_a_minute, "bits", 118 * SECOND, 20), 2);
    assert_int_equal(burst(&ten_a_minute, "bits", 1000 * SECOND, 20), 10);
}

static void what_is_left_is_told(void **state)
{
    struct limit_verdict verdict;

    (void)state;
    for (long left = 9; left >= 0; left--) {
        assert_true(limit_take(&ten_a_minute, "left", SECOND, &verdict));
        assert_int_equal(verdict.remaining, left);
        assert_int_equal(verdict.reset_s, left ? 0 : 6);
    }
    assert_false(limit_take(&ten_a_minute, "left", SECOND, &verdict));
    assert_int_equal(verdict.remaining, 0);
    assert_string_equal(verdict.policy, "ten");
    assert_int_equal(verdict.quota, 10);
    assert_int_equal(verdict.window_s, 60);
}

/* A small generator with a fixed seed: a failure comes back. */
static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 33;
}

/* What the algorithm promises: in any time t from the first request on, at most quota + rate t. */
static void no_sequence_of_requests_gets_more_than_quota_and_rate(void **state)
{
    static const struct limit_policy policies[] = {
        {"p", 1,       60 },
        {"q", 7,       10 },
        {"r", 60,      60 },
        {"s", 300,     60 },
        {"t", 70001,   60 },
        {"u", 11,      900},
        {"v", 2000000, 1  }
    };
    uint64_t seed = 1;

    (void)state;
    for (size_t i = 0; i < COUNT(policies); i++) {
        const struct limit_policy *policy = &policies[i];
        int64_t window = policy->window_s * SECOND, step = window / policy->quota + 1;
        int64_t start = 5 * SECOND, now = start, admitted = 0;
        struct limit_verdict verdict;

        for (int n = 0; n < 100000; n++) {
            now += (int64_t)(next_random(&seed) % (uint64_t)(2 * step));
            if (n % 1000 == 0)
                now += (int64_t)(next_random(&seed) % (uint64_t)window);
            admitted += limit_take(policy, "any", now, &verdict);
            assert_true(admitted <= policy->quota + (now - start) * policy->quota / window + 1);
            assert_in_range(verdict.remaining, 0, policy->quota);
        }
    }
}

static void who_waits_as_long_as_told_is_let_in_and_not_a_second_before(void **state)
{
    static const struct limit_policy policies[] = {
        {"w", 1,  60 },
        {"x", 7,  10 },
        {"y", 11, 900},
        {"z", 60, 60 }
    };
    uint64_t seed = 2;

    (void)state;
    for (size_t i = 0; i < COUNT(policies); i++) {
        int64_t now = 1;
        struct limit_verdict verdict, again;

        for (int round = 0; round < 1000; round++) {
            now += (int64_t)(next_random(&seed) % (uint64_t)SECOND);
            if (limit_take(&policies[i], "wait", now, &verdict))
                continue;
            assert_true(verdict.reset_s >= 1);
            assert_false(
                limit_take(&policies[i], "wait", now + (verdict.reset_s - 1) * SECOND, &again));
            now += verdict.reset_s * SECOND;
            assert_true(limit_take(&policies[i], "wait", now, &again));
        }
    }
}

static void a_refused_request_takes_nothing(void **state)
{
    (void)state;
    assert_int_equal(burst(&ten_a_minute, "hammer", SECOND, 100000), 10);
    assert_int_equal(burst(&ten_a_minute, "hammer", 61 * SECOND, 20), 10);
}

static void callers_and_policies_do_not_share_a_quota(void **state)
{
    const struct limit_policy other = {"other", 10, 60};

    (void)state;
    assert_int_equal(burst(&ten_a_minute, "alice", SECOND, 20), 10);
    assert_int_equal(burst(&ten_a_minute, "bob", SECOND, 20), 10);
    assert_int_equal(burst(&other, "alice", SECOND, 20), 10);
}

static const struct route plain = {.method = "GET"}, guessing = {.flags = LIMIT_AUTH},
                          health = {.flags = UNLIMITED};

/* How many of ten requests from this address are let in. */
static int admitted(const struct route *route, const char *address, const char *forwarded)
{
    int n = 0;

    for (int i = 0; i < 10; i++) {
        fake_clear(&req);
        req.route = route;
        fake_address(address);
        if (forwarded)
            fake_header("X-Forwarded-For", forwarded);
        n += limit_admit(&req);
    }
    return n;
}

static void each_address_has_its_quota(void **state)
{
    (void)state;
    assert_int_equal(admitted(&plain, "192.0.2.1", NULL), 3);
    assert_string_equal(fake_code(&req), "quota_exceeded");
    assert_int_equal(strtol(fake_answer_header(&req, "Retry-After"), NULL, 10), req.limit.reset_s);
    assert_int_equal(admitted(&plain, "192.0.2.2", NULL), 3);
    assert_int_equal(admitted(&health, "192.0.2.1", NULL), 10);
}

/* A subscriber chooses the lower half of the address freely, however it is then written. */
static void a_whole_network_of_ipv6_is_one_caller(void **state)
{
    (void)state;
    assert_int_equal(admitted(&plain, "2001:db8:1:2::1", NULL), 3);
    assert_int_equal(admitted(&plain, "2001:db8:1:2:a:b:c:d", NULL), 0);
    assert_int_equal(admitted(&plain, "2001:db8:1:3::1", NULL), 3);
    assert_int_equal(admitted(&plain, "2001:db8::1", NULL), 3);
    assert_int_equal(admitted(&plain, "2001:db8::2", NULL), 0);
    assert_int_equal(admitted(&plain, "2001:db8::a:b:c:d", NULL), 0);
    assert_int_equal(admitted(&plain, "::ffff:192.0.2.8", NULL), 3);
    assert_int_equal(admitted(&plain, "::ffff:192.0.2.9", NULL), 3);
}

static void only_the_trusted_proxy_may_speak_for_another(void **state)
{
    (void)state;
    settings.trusted_proxy = "192.0.2.10";
    assert_int_equal(admitted(&plain, "192.0.2.11", "198.51.100.1"), 3);
    assert_int_equal(admitted(&plain, "192.0.2.11", "198.51.100.2"), 0);
    assert_int_equal(admitted(&plain, "192.0.2.10", "198.51.100.1"), 3);
    assert_int_equal(admitted(&plain, "192.0.2.10", "198.51.100.2"), 3);
    assert_int_equal(admitted(&plain, "192.0.2.10", "203.0.113.9, 198.51.100.2"), 0);
}

static void guessing_has_a_stricter_quota_of_its_own(void **state)
{
    (void)state;
    assert_int_equal(admitted(&guessing, "192.0.2.20", NULL), 2);
    assert_string_equal(req.limit.policy, "auth");
    assert_int_equal(admitted(&plain, "192.0.2.20", NULL), 1);
}

static void a_token_is_counted_wherever_it_comes_from(void **state)
{
    int n = 0;

    (void)state;
    for (int i = 0; i < 10; i++) {
        fake_clear(&req);
        req.route = &plain;
        req.who = (struct principal){.role = AGENT, .token_hash = "\\x01"};
        fake_address(i % 2 ? "192.0.2.30" : "192.0.2.31");
        n += limit_admit(&req);
    }
    assert_int_equal(n, 5);
    assert_string_equal(req.limit.policy, "token");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_whole_quota_may_come_at_once_and_no_more, begin, clear),
        cmocka_unit_test_setup_teardown(a_quota_comes_back_bit_by_bit, begin, clear),
        cmocka_unit_test_setup_teardown(what_is_left_is_told, begin, clear),
        cmocka_unit_test_setup_teardown(no_sequence_of_requests_gets_more_than_quota_and_rate,
                                        begin, clear),
        cmocka_unit_test_setup_teardown(who_waits_as_long_as_told_is_let_in_and_not_a_second_before,
                                        begin, clear),
        cmocka_unit_test_setup_teardown(a_refused_request_takes_nothing, begin, clear),
        cmocka_unit_test_setup_teardown(callers_and_policies_do_not_share_a_quota, begin, clear),
        cmocka_unit_test_setup_teardown(each_address_has_its_quota, begin, clear),
        cmocka_unit_test_setup_teardown(a_whole_network_of_ipv6_is_one_caller, begin, clear),
        cmocka_unit_test_setup_teardown(only_the_trusted_proxy_may_speak_for_another, begin, clear),
        cmocka_unit_test_setup_teardown(guessing_has_a_stricter_quota_of_its_own, begin, clear),
        cmocka_unit_test_setup_teardown(a_token_is_counted_wherever_it_comes_from, begin, clear),
    };

    RUN(tests);
}
