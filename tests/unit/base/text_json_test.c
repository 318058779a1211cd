/* JSON quoting of bytes that are no text: what comes from outside is checked before, but a
   mistake there must not let it break out of its string. */
#include "unit.h"

#include "base/text.h"

#include <jansson.h>
#include <stdlib.h>

static struct arena arena;

static int clear(void **state)
{
    (void)state;
    arena_clear(&arena);
    return 0;
}

/* Quote bytes that end where readable memory ends. */
static const char *quoted(const char *bytes, size_t len)
{
    char *copy = malloc(len ? len : 1);
    struct text text = text_new(&arena);

    memcpy(copy, bytes, len);
    text_json_len(&text, len ? copy : copy + 1, len);
    free(copy);
    return text.bytes;
}

/* The same for the question whether they are clean. */
static bool clean(const char *bytes, size_t len)
{
    char *copy = malloc(len ? len : 1);
    bool good;

    memcpy(copy, bytes, len);
    good = text_is_clean(len ? copy : copy + 1, len);
    free(copy);
    return good;
}

/* What another implementation reads: whether it is one string, and that of just these bytes. */
static bool reads_back(const char *json, const char *bytes, size_t len)
{
    json_t *value = json_loads(json, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    bool same = json_string_length(value) == len && !memcmp(json_string_value(value), bytes, len);

    if (value)
        assert_true(json_is_string(value) && same);
    json_decref(value);
    return value;
}

static const char *const starts[] = {"\x80",         "\xbf",     "\xc0",     "\xc3",
                                     "\xe2",         "\xe2\x82", "\xed\xa0", "\xf0",
                                     "\xf0\x9f\x98", "\xf4\x90", "\xfe",     "\xff"};

/* A reader that skips as many bytes as the first one announces would skip the quote. */
static void a_sequence_cut_off_swallows_no_quote(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(starts); i++) {
        const char *wild = arena_printf(&arena, "%s\"\\\n", starts[i]);

        assert_string_equal(quoted(wild, strlen(wild)),
                            arena_printf(&arena, "\"%s\\\"\\\\\\n\"", starts[i]));
        assert_string_equal(quoted(starts[i], strlen(starts[i])),
                            arena_printf(&arena, "\"%s\"", starts[i]));
    }
}

/* The bytes above ASCII aside, it is the JSON of what the rest says. */
static void whatever_the_bytes_are_it_stays_one_string(void **state)
{
    uint64_t seed = 7;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        char bytes[12], *json;
        size_t len = (size_t)round % (sizeof bytes + 1);

        for (size_t i = 0; i < len; i++) {
            seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            bytes[i] = seed >> 63 ? (char)(seed >> 40) : "\"\\\n{}[],:u\xc3\xf0"[(seed >> 40) % 12];
        }
        json = arena_strdup(&arena, quoted(bytes, len));
        for (char *c = json; *c; c++)
            *c = *c & '\x80' ? '?' : *c;
        for (size_t i = 0; i < len; i++)
            bytes[i] = bytes[i] & '\x80' ? '?' : bytes[i];
        assert_true(reads_back(json, bytes, len));
        arena_clear(&arena);
    }
}

static void nothing_behind_the_length_is_quoted(void **state)
{
    (void)state;
    assert_string_equal(quoted("", 0), "\"\"");
    assert_string_equal(quoted("abc\"", 3), "\"abc\"");
    assert_string_equal(quoted("\xc3\xa9", 1), "\"\xc3\"");
    assert_string_equal(quoted("a\0\"", 3), "\"a\\u0000\\\"\"");
}

static void a_sequence_cut_off_is_not_read_on(void **state)
{
    static const char *const whole[] = {"\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80"};

    (void)state;
    assert_true(clean("", 0));
    for (size_t i = 0; i < COUNT(whole); i++) {
        size_t len = strlen(whole[i]);

        assert_true(clean(whole[i], len));
        for (size_t cut = 1; cut < len; cut++)
            assert_false(clean(whole[i], cut));
    }
}

static bool is_plain(const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)bytes[i] < ' ' || bytes[i] == 0x7f ||
            ((unsigned char)bytes[i] == 0xc2 && i + 1 < len && (unsigned char)bytes[i + 1] < 0xa0))
            return false;
    return true;
}

/* jansson judges in its own words: but for controls, what is clean is what it takes. */
static void another_reader_takes_what_is_clean_and_refuses_the_rest(void **state)
{
    static const unsigned char edges[] = {'a',  0x7e, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf,
                                          0xc1, 0xc2, 0xdf, 0xe0, 0xec, 0xed, 0xee, 0xef,
                                          0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff};
    size_t n = COUNT(edges), all = n * n * n * n;

    (void)state;
    for (size_t i = 0; i < all; i++) {
        const char bytes[] = {(char)edges[i / n / n / n], (char)edges[i / n / n % n],
                              (char)edges[i / n % n], (char)edges[i % n]};

        for (size_t len = 1; len <= sizeof bytes; len += 3)
            if (is_plain(bytes, len) &&
                clean(bytes, len) != reads_back(quoted(bytes, len), bytes, len))
                fail_msg("row %zu, %zu bytes", i, len);
        arena_clear(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_sequence_cut_off_swallows_no_quote, clear),
        cmocka_unit_test_teardown(whatever_the_bytes_are_it_stays_one_string, clear),
        cmocka_unit_test_teardown(nothing_behind_the_length_is_quoted, clear),
        cmocka_unit_test_teardown(a_sequence_cut_off_is_not_read_on, clear),
        cmocka_unit_test_teardown(another_reader_takes_what_is_clean_and_refuses_the_rest, clear),
    };

    RUN(tests);
}
