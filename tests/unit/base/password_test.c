/* Passwords: Argon2id, and no difference between strangers and friends. */
#include "unit.h"

#include "base/password.h"

#include <dlfcn.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

static const char password[] = "correct horse battery staple";

/* What the one function that costs time was asked for; these tests stand before libsodium. */
static struct {
    int calls;
    unsigned long long passes;
    size_t memory;
    bool fails; /* as it does without memory */
} work;

int crypto_pwhash_argon2id(unsigned char *const out, unsigned long long outlen,
                           const char *const passwd, unsigned long long passwdlen,
                           const unsigned char *const salt, unsigned long long opslimit,
                           size_t memlimit, int alg)
{
    __typeof__(&crypto_pwhash_argon2id) real;

    work.calls++;
    work.passes = opslimit;
    work.memory = memlimit;
    *(void **)&real = dlsym(RTLD_NEXT, "crypto_pwhash_argon2id");
    return work.fails ? -1 : real(out, outlen, passwd, passwdlen, salt, opslimit, memlimit, alg);
}

static int forget_work(void **state)
{
    (void)state;
    memset(&work, 0, sizeof work);
    return 0;
}

/* A PHC text of `typed`, made here by the standard's words and with as little work as can be. */
static const char *cheap_hash(const char *typed)
{
    static char text[PASSWORD_HASH_SIZE];
    unsigned char key[32];
    char key_text[64];

    if (crypto_pwhash_argon2id(key, sizeof key, typed, strlen(typed),
                               (const unsigned char *)"somesaltsomesalt", 1, 8192,
                               crypto_pwhash_ALG_ARGON2ID13))
        return "";
    sodium_bin2base64(key_text, sizeof key_text, key, sizeof key,
                      sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    snprintf(text, sizeof text, "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$%s", key_text);
    return text;
}

static void a_hash_is_in_phc_form_and_opens_to_its_password(void **state)
{
    char hash[PASSWORD_HASH_SIZE];

    (void)state;
    assert_true(password_hash(hash, password));
    assert_memory_equal(hash, "$argon2id$v=19$m=65536,t=3,p=1$", 31);
    assert_null(strstr(hash, "horse"));
    assert_int_equal(password_verify(hash, password), PASSWORD_RIGHT);
    assert_int_equal(work.passes, 3);
    assert_int_equal(work.memory, 64 << 20);
}

static void the_right_password_is_right_and_any_other_wrong(void **state)
{
    static const char *const wrong[] = {"", "Correct horse battery staple", "correct horse battery",
                                        "correct horse battery staple "};
    const char *hash = cheap_hash(password);

    (void)state;
    assert_int_equal(password_verify(hash, password), PASSWORD_RIGHT);
    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_int_equal(password_verify(hash, wrong[i]), PASSWORD_WRONG);
}

/* The library's own check is the oracle: it reads the same text. */
static void the_text_is_read_as_the_library_reads_it(void **state)
{
    char padded[128] = "";

    (void)state;
    snprintf(padded, sizeof padded, "%s", cheap_hash(password));
    assert_int_equal(crypto_pwhash_argon2id_str_verify(padded, password, strlen(password)), 0);
    assert_int_equal(password_verify(padded, password), PASSWORD_RIGHT);
}

static void a_stranger_is_wrong_after_the_work_of_a_friend(void **state)
{
    (void)state;
    work.fails = true; /* the work is asked for and need not be done */
    password_verify(NULL, password);
    assert_int_equal(work.calls, 1);
    assert_int_equal(work.passes, 3);
    assert_int_equal(work.memory, 64 << 20);
    work.fails = false;
    assert_int_equal(password_verify(NULL, password), PASSWORD_WRONG);
}

static void no_memory_is_not_a_wrong_password(void **state)
{
    const char *hash = cheap_hash(password);

    (void)state;
    work.fails = true;
    assert_int_equal(password_verify(hash, password), PASSWORD_NO_MEMORY);
    assert_int_equal(password_verify(hash, "something else"), PASSWORD_NO_MEMORY);
    assert_int_equal(password_verify(NULL, password), PASSWORD_NO_MEMORY);
}

static void a_damaged_hash_lets_nobody_in(void **state)
{
    static const char *const bad[] = {
        "",
        "*",
        "correct horse battery staple",
        "$argon2i$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$AAAA",
        "$argon2id$v=16$m=8,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$AAAA",
        "$argon2id$v=19$m=8,t=1,p=2$c29tZXNhbHRzb21lc2FsdA$AAAA",
        "$argon2id$v=19$m=8,t=1,p=1$$",
        "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$",
        "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$AAAA",
        "$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=8,t=1,p=1$c29t!XNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_int_equal(password_verify(bad[i], password), PASSWORD_WRONG);
    assert_int_equal(work.calls, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_hash_is_in_phc_form_and_opens_to_its_password, forget_work),
        cmocka_unit_test_setup(the_right_password_is_right_and_any_other_wrong, forget_work),
        cmocka_unit_test_setup(the_text_is_read_as_the_library_reads_it, forget_work),
        cmocka_unit_test_setup(a_stranger_is_wrong_after_the_work_of_a_friend, forget_work),
        cmocka_unit_test_setup(no_memory_is_not_a_wrong_password, forget_work),
        cmocka_unit_test_setup(a_damaged_hash_lets_nobody_in, forget_work),
    };

    if (sodium_init() < 0)
        return 1;
    RUN(tests);
}
