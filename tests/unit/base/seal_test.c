/* Closing and tagging what leaves the daemon and must come back unchanged. */
#include "unit.h"

#include "base/id.h"
#include "base/seal.h"

#include <sodium.h>
#include <string.h>

static const char secret[] = "a secret of the tests, long enough";
static const char other_secret[] = "another secret of the tests, as long";
static const char body[] = "{\"token\":\"only its owner may read this\"}";
static struct arena arena;

static int begin(void **state)
{
    (void)state;
    return seal_init(secret) ? 0 : -1;
}

static int clear(void **state)
{
    (void)state;
    arena_clear(&arena);
    return 0;
}

static void a_short_secret_is_refused(void **state)
{
    (void)state;
    assert_false(seal_init(""));
    assert_false(seal_init("1234567890123456789012345678901"));
    assert_true(seal_init("12345678901234567890123456789012"));
}

static void what_was_closed_opens_again(void **state)
{
    (void)state;
    for (size_t len = 0; len < 200; len++) {
        char bytes[200], *opened;
        size_t got = 999;

        memset(bytes, (int)len, sizeof bytes);
        opened = seal_open(&arena, seal_close(&arena, bytes, len), &got);
        assert_non_null(opened);
        assert_int_equal(got, len);
        assert_memory_equal(opened, bytes, len);
        assert_int_equal(opened[len], '\0');
    }
}

static void it_is_a_bytea_literal_that_tells_nothing(void **state)
{
    const char *sealed = seal_close(&arena, body, strlen(body));
    const char *again = seal_close(&arena, body, strlen(body));

    (void)state;
    assert_memory_equal(sealed, "\\x", 2);
    assert_int_equal(strspn(sealed + 2, "0123456789abcdef"), strlen(sealed + 2));
    assert_int_equal(strlen(sealed + 2) % 2, 0);
    assert_string_not_equal(sealed, again);
}

static void one_changed_character_anywhere_is_noticed(void **state)
{
    char *sealed = seal_close(&arena, body, strlen(body));
    size_t len;

    (void)state;
    for (size_t i = 0; i < strlen(sealed); i++) {
        char right = sealed[i];

        sealed[i] = right == '0' ? '1' : '0';
        assert_null(seal_open(&arena, sealed, &len));
        sealed[i] = right;
    }
    assert_non_null(seal_open(&arena, sealed, &len));
}

static void a_shortened_or_malformed_text_does_not_open(void **state)
{
    static const char *const bad[] = {"", "\\", "\\x", "\\x0", "\\x00", "\\xzz", "x00", "plain"};
    char *sealed = seal_close(&arena, body, strlen(body));
    size_t len;

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_null(seal_open(&arena, bad[i], &len));
    assert_null(seal_open(&arena, arena_printf(&arena, "%s00", sealed), &len));
    assert_null(seal_open(&arena, arena_printf(&arena, "%s0", sealed), &len));
    while (*sealed) {
        sealed[strlen(sealed) - 1] = '\0';
        assert_null(seal_open(&arena, sealed, &len));
    }
}

static void another_secret_does_not_open_it(void **state)
{
    char *sealed = seal_close(&arena, body, strlen(body));
    size_t len;

    (void)state;
    assert_true(seal_init(other_secret));
    assert_null(seal_open(&arena, sealed, &len));
    assert_true(seal_init(secret));
    assert_non_null(seal_open(&arena, sealed, &len));
}

static void a_tag_belongs_to_its_bytes_only(void **state)
{
    unsigned char tag[SEAL_TAG_SIZE];

    (void)state;
    seal_tag(tag, "/api/v1/returns?\na\nb", 20);
    assert_true(seal_tag_is_right(tag, "/api/v1/returns?\na\nb", 20));
    assert_false(seal_tag_is_right(tag, "/api/v1/returns?\na\nc", 20));
    assert_false(seal_tag_is_right(tag, "/api/v1/returns?\na\nb", 19));
    for (size_t bit = 0; bit < 8 * sizeof tag; bit++) {
        tag[bit / 8] ^= (unsigned char)(1 << bit % 8);
        assert_false(seal_tag_is_right(tag, "/api/v1/returns?\na\nb", 20));
        tag[bit / 8] ^= (unsigned char)(1 << bit % 8);
    }
}

static void a_tag_belongs_to_its_secret_and_every_daemon_with_it(void **state)
{
    unsigned char tag[SEAL_TAG_SIZE];

    (void)state;
    seal_tag(tag, body, sizeof body);
    assert_true(seal_init(other_secret));
    assert_false(seal_tag_is_right(tag, body, sizeof body));
    assert_true(seal_init(secret));
    assert_true(seal_tag_is_right(tag, body, sizeof body));
}

/* Bytes that a client gets tagged must not become a key of another purpose. */
static void a_tag_is_not_the_plain_hash(void **state)
{
    unsigned char tag[SEAL_TAG_SIZE], plain[SEAL_TAG_SIZE];

    (void)state;
    seal_tag(tag, body, sizeof body);
    crypto_generichash(plain, sizeof plain, (const unsigned char *)body, sizeof body, NULL, 0);
    assert_memory_not_equal(tag, plain, sizeof tag);
    crypto_generichash(plain, sizeof plain, (const unsigned char *)body, sizeof body,
                       (const unsigned char *)secret, strlen(secret));
    assert_memory_not_equal(tag, plain, sizeof tag);
}

static void a_name_has_one_hash_under_one_secret(void **state)
{
    char plain[HASH_SIZE];
    const char *ann = seal_name(&arena, "ann@maker.example");

    (void)state;
    hash_text(plain, "ann@maker.example", 17);
    assert_int_equal(strlen(ann), strlen(plain));
    assert_string_not_equal(ann, plain);
    assert_string_equal(ann, seal_name(&arena, "ann@maker.example"));
    assert_string_not_equal(ann, seal_name(&arena, "ana@maker.example"));
    assert_true(seal_init(other_secret));
    assert_string_not_equal(ann, seal_name(&arena, "ann@maker.example"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_short_secret_is_refused),
        cmocka_unit_test_setup_teardown(what_was_closed_opens_again, begin, clear),
        cmocka_unit_test_setup_teardown(it_is_a_bytea_literal_that_tells_nothing, begin, clear),
        cmocka_unit_test_setup_teardown(one_changed_character_anywhere_is_noticed, begin, clear),
        cmocka_unit_test_setup_teardown(a_shortened_or_malformed_text_does_not_open, begin, clear),
        cmocka_unit_test_setup_teardown(another_secret_does_not_open_it, begin, clear),
        cmocka_unit_test_setup_teardown(a_tag_belongs_to_its_bytes_only, begin, clear),
        cmocka_unit_test_setup_teardown(a_tag_belongs_to_its_secret_and_every_daemon_with_it, begin,
                                        clear),
        cmocka_unit_test_setup_teardown(a_tag_is_not_the_plain_hash, begin, clear),
        cmocka_unit_test_setup_teardown(a_name_has_one_hash_under_one_secret, begin, clear),
    };

    if (sodium_init() < 0)
        return 1;
    RUN(tests);
}
