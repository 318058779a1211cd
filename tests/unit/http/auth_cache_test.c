/* Tokens looked up, believed for a while, and forgotten. The database is the test. */
#include "unit.h"

#include "base/clock.h"
#include "fake.h"
#include "fake_db.h"
#include "http/auth.h"

#include <sodium.h>

#define ALICE "alice-alice-alice-alice-alice-alice-alice-a"
#define BOB   "bob-bob-bob-bob-bob-bob-bob-bob-bob-bob-bob"

static struct request req;
static int called; /* so often the request went on */

static void go_on(struct request *it)
{
    assert_ptr_equal(it, &req);
    called++;
    reply_empty(it);
}

static int begin(void **state)
{
    (void)state;
    req = fake_request();
    req.worker = fake_db_new();
    called = 0;
    return 0;
}

/* Nobody waits for what was noted; each note frees itself. */
static void notes_end(void)
{
    while (*fake_db_asked(WRITE_LANE))
        fake_db_answer(WRITE_LANE, NULL);
}

static int clear(void **state)
{
    (void)state;
    notes_end();
    fake_clear(&req);
    return 0;
}

/* A new request with this token; whether the database is asked who it is. */
static bool asks(const char *token)
{
    fake_clear(&req);
    req.worker = &fake_db.worker;
    called = 0;
    auth_find(&req, token, go_on);
    assert_int_equal(called, !*fake_db_asked(READ_LANE));
    return !called;
}

/* How much longer the next token lasts. */
static const char *lasts_ms = "86400000";

static PGresult *account(const char *role, const char *number, const char *partner)
{
    return FAKE_ROW({"role", STRING, role}, {"account", INT8, number}, {"partner", INT8, partner},
                    {"return", INT8, NULL}, {"lasts_ms", INT8, lasts_ms});
}

static PGresult *customer(const char *number)
{
    return FAKE_ROW({"role", STRING, "customer"}, {"account", INT8, NULL}, {"partner", INT8, NULL},
                    {"return", INT8, number}, {"lasts_ms", INT8, lasts_ms});
}

/* Let a token be looked up and found. */
static void know(const char *token, PGresult *rows)
{
    assert_true(asks(token));
    fake_db_answer(READ_LANE, rows);
    assert_int_equal(called, 1);
}

static const char *hash_of(const char *token)
{
    static char hash[HASH_SIZE];

    hash_text(hash, token, strlen(token));
    return hash;
}

static void without_a_token_nobody_is_asked(void **state)
{
    (void)state;
    assert_false(asks(NULL));
    assert_int_equal(req.who.role, 0);
    assert_null(req.who.token_hash);
}

static void what_has_not_the_form_of_a_token_never_reaches_the_database(void **state)
{
    static const char *const bad[] = {"",
                                      "abc",
                                      ALICE "a",
                                      " " ALICE,
                                      "alice-alice-alice-alice-alice-alice-alice-=",
                                      "alice.alice.alice.alice.alice.alice.alice.a"};

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_false(asks(bad[i]));
        assert_int_equal(req.who.role, 0);
    }
}

static void the_database_is_told_the_hash_and_not_the_token(void **state)
{
    (void)state;
    assert_true(asks(ALICE));
    assert_int_equal(fake_db.suspended, 1);
    assert_string_equal(fake_db_asked(READ_LANE), "token_lookup");
    assert_string_equal(fake_db_arg(READ_LANE, 0), hash_of(ALICE));
    fake_db_answer(READ_LANE, customer("7"));
    assert_int_equal(fake_db.suspended, 0);
}

/* Rows are filtered by it: the wrong column would show a caller what is not theirs. */
static void each_role_is_confined_to_what_is_its_own(void **state)
{
    (void)state;
    know(ALICE, customer("71"));
    assert_int_equal(req.who.role, CUSTOMER);
    assert_string_equal(req.who.role_name, "customer");
    assert_string_equal(req.who.scope, "71");
    assert_null(req.who.account);
    know(BOB, account("partner_tech", "5", "42"));
    assert_int_equal(req.who.role, PARTNER_TECH);
    assert_string_equal(req.who.scope, "42");
    assert_string_equal(req.who.account, "5");
}

static void staff_are_known_by_their_account(void **state)
{
    static const struct {
        const char *name;
        enum role role;
    } rows[] = {
        {"agent",   AGENT  },
        {"manager", MANAGER},
        {"admin",   ADMIN  }
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        auth_forget(&fake_db.worker.auth, "");
        know(ALICE, account(rows[i].name, "9", NULL));
        assert_int_equal(req.who.role, rows[i].role);
        assert_string_equal(req.who.role_name, rows[i].name);
        assert_string_equal(req.who.scope, "9");
        assert_string_equal(req.who.account, "9");
    }
}

static void a_role_nobody_knows_may_do_nothing(void **state)
{
    (void)state;
    know(ALICE, account("owner", "9", NULL));
    assert_int_equal(req.who.role, 0);
}

static void an_unknown_token_is_nobody_and_asked_for_again(void **state)
{
    PGresult *rows = customer("7");
    PGresult *none = PQcopyResult(rows, PG_COPYRES_ATTRS);

    (void)state;
    PQclear(rows);
    know(ALICE, none);
    assert_int_equal(req.who.role, 0);
    assert_string_equal(fake_db_asked(WRITE_LANE), "");
    assert_true(asks(ALICE));
    fake_db_answer(READ_LANE, customer("7"));
}

static void believed_at_most(long long ms)
{
    for (size_t i = 0; i < AUTH_SLOTS; i++)
        assert_true(fake_db.worker.auth.slot[i].until_ms <= clock_ms() + ms);
}

static void a_known_token_is_believed_for_a_while(void **state)
{
    (void)state;
    know(ALICE, account("agent", "9", NULL));
    assert_false(asks(ALICE));
    assert_int_equal(req.who.role, AGENT);
    assert_string_equal(req.who.scope, "9");
    assert_string_equal(req.who.token_hash, hash_of(ALICE));
    believed_at_most(AUTH_TTL_MS);
    for (size_t i = 0; i < AUTH_SLOTS; i++)
        fake_db.worker.auth.slot[i].until_ms = clock_ms();
    know(ALICE, account("manager", "9", NULL));
    assert_int_equal(req.who.role, MANAGER);
}

static void a_token_that_ends_soon_is_believed_no_longer(void **state)
{
    (void)state;
    lasts_ms = "5000";
    know(ALICE, account("agent", "9", NULL));
    lasts_ms = "86400000";
    believed_at_most(5000);
}

/* Two hashes can fall into one slot: then all slots are somebody else's. */
static void a_slot_of_another_token_is_not_believed(void **state)
{
    struct auth_entry bobs = {.until_ms = clock_ms() + AUTH_TTL_MS, .role = ADMIN};

    (void)state;
    snprintf(bobs.hash, sizeof bobs.hash, "%s", hash_of(BOB));
    for (size_t i = 0; i < AUTH_SLOTS; i++)
        fake_db.worker.auth.slot[i] = bobs;
    know(ALICE, customer("7"));
    assert_int_equal(req.who.role, CUSTOMER);
    assert_false(asks(BOB));
    assert_int_equal(req.who.role, ADMIN);
}

static void a_revoked_token_is_forgotten_and_others_are_not(void **state)
{
    (void)state;
    know(ALICE, customer("7"));
    know(BOB, customer("8"));
    auth_forget(&fake_db.worker.auth, hash_of(ALICE) + 2);
    assert_false(asks(BOB));
    know(ALICE, customer("7"));
}

static void when_a_notice_may_be_lost_all_are_forgotten(void **state)
{
    (void)state;
    know(ALICE, customer("7"));
    know(BOB, customer("8"));
    auth_forget(&fake_db.worker.auth, "");
    know(ALICE, customer("7"));
    know(BOB, customer("8"));
}

static void the_use_of_a_token_is_noted_once_a_look_up(void **state)
{
    (void)state;
    know(ALICE, customer("7"));
    assert_string_equal(fake_db_asked(WRITE_LANE), "token_touch");
    assert_string_equal(fake_db_arg(WRITE_LANE, 0), hash_of(ALICE));
    fake_db_answer(WRITE_LANE, NULL);
    assert_false(asks(ALICE));
    assert_string_equal(fake_db_asked(WRITE_LANE), "");
}

/* To take a caller for a stranger would tell somebody signed in to sign in. */
static void without_the_database_nobody_is_taken_for_a_stranger(void **state)
{
    (void)state;
    assert_true(asks(ALICE));
    fake_db_answer(READ_LANE, NULL);
    assert_int_equal(called, 0);
    assert_string_equal(fake_code(&req), "database_unavailable");
    fake_db_leave();
    fake_clear(&req);
    req.worker = &fake_db.worker;
    auth_find(&req, ALICE, go_on);
    assert_int_equal(called, 0);
    assert_string_equal(fake_code(&req), "database_unavailable");
    assert_int_equal(fake_db.suspended, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, clear)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(without_a_token_nobody_is_asked),
        TEST(what_has_not_the_form_of_a_token_never_reaches_the_database),
        TEST(the_database_is_told_the_hash_and_not_the_token),
        TEST(each_role_is_confined_to_what_is_its_own),
        TEST(staff_are_known_by_their_account),
        TEST(a_role_nobody_knows_may_do_nothing),
        TEST(an_unknown_token_is_nobody_and_asked_for_again),
        TEST(a_known_token_is_believed_for_a_while),
        TEST(a_token_that_ends_soon_is_believed_no_longer),
        TEST(a_slot_of_another_token_is_not_believed),
        TEST(a_revoked_token_is_forgotten_and_others_are_not),
        TEST(when_a_notice_may_be_lost_all_are_forgotten),
        TEST(the_use_of_a_token_is_noted_once_a_look_up),
        TEST(without_the_database_nobody_is_taken_for_a_stranger),
    };

    if (sodium_init() < 0)
        return 1;
    RUN(tests);
}
