/* Growing text, JSON quoting, and what may pass as text at all. */
#include "unit.h"

#include "base/text.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static struct arena arena;

static int clear(void **state)
{
    (void)state;
    arena_clear(&arena);
    return 0;
}

static void a_new_text_has_no_bytes(void **state)
{
    struct text text = text_new(&arena);

    (void)state;
    assert_int_equal(text.len, 0);
    assert_null(text.bytes);
    text_puts(&text, "");
    assert_string_equal(text.bytes, "");
}

static void it_stays_whole_while_it_grows(void **state)
{
    struct text text = text_new(&arena);

    (void)state;
    for (int i = 0; i < 5000; i++) {
        text_putc(&text, (char)('a' + i % 26));
        assert_int_equal(text.bytes[text.len], '\0');
    }
    assert_int_equal(text.len, 5000);
    for (int i = 0; i < 5000; i++)
        assert_int_equal(text.bytes[i], 'a' + i % 26);
}

static void each_way_to_append_appends(void **state)
{
    struct text text = text_new(&arena);

    (void)state;
    text_add(&text, "a\0b", 3);
    text_puts(&text, "cd");
    text_putc(&text, 'e');
    text_printf(&text, "%d-%s", 42, "f");
    assert_int_equal(text.len, 10);
    assert_memory_equal(text.bytes, "a\0bcde42-f", 11);
}

/* Blocks double from 1024 bytes on: lengths around their ends must not write past them. */
static void formatting_fits_exactly_at_the_edge_of_a_block(void **state)
{
    static const int edges[] = {64, 256, 1024, 2048, 4096};

    (void)state;
    for (size_t i = 0; i < COUNT(edges); i++)
        for (int len = edges[i] - 6; len < edges[i] + 6; len++) {
            struct text text = text_new(&arena);

            text_printf(&text, "%0*d", len, 0);
            assert_int_equal(text.len, len);
            assert_int_equal(strlen(text.bytes), len);
            text_printf(&text, "%s", "xy");
            assert_string_equal(text.bytes + len, "xy");
        }
}

/* The oracle is printf(), for which it stands in. */
static void a_whole_number_is_written_as_printf_writes_it(void **state)
{
    static const int64_t numbers[] = {0,   1,    -1,        9,         10,           -10,
                                      99,  100,  123456789, INT32_MIN, 1000000000,   INT64_MAX,
                                      -99, -100, INT32_MAX, INT64_MIN, INT64_MIN + 1};

    (void)state;
    for (size_t i = 0; i < COUNT(numbers); i++) {
        char expected[32], out[DECIMAL_SIZE];
        struct text text = text_new(&arena);

        snprintf(expected, sizeof expected, "%" PRId64, numbers[i]);
        assert_ptr_equal(decimal_write(out, numbers[i]), out);
        assert_string_equal(out, expected);
        text_puts(&text, "n=");
        text_decimal(&text, numbers[i]);
        assert_string_equal(text.bytes + 2, expected);
    }
}

static void a_number_is_written_with_no_more_digits_than_it_needs(void **state)
{
    static const struct {
        double number;
        const char *text;
    } cases[] = {
        {0,         "0"                  },
        {-0.0,      "0"                  },
        {-1,        "-1"                 },
        {0.1,       "0.1"                },
        {-2.5,      "-2.5"               },
        {1e300,     "1e+300"             },
        {1e15,      "1e+15"              },
        {123456,    "123456"             },
        {0.1 + 0.2, "0.30000000000000004"},
        {-1e-300,   "-1e-300"            }
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct text text = text_new(&arena);

        text_number(&text, cases[i].number);
        assert_string_equal(text.bytes, cases[i].text);
    }
}

static const char *quoted(const char *string)
{
    struct text text = text_new(&arena);

    text_json(&text, string);
    return text.bytes;
}

static void json_escapes_what_must_not_stand_in_a_string(void **state)
{
    (void)state;
    assert_string_equal(quoted("plain"), "\"plain\"");
    assert_string_equal(quoted(""), "\"\"");
    assert_string_equal(quoted("say \"no\""), "\"say \\\"no\\\"\"");
    assert_string_equal(quoted("C:\\x"), "\"C:\\\\x\"");
    assert_string_equal(quoted("a\nb\tc\rd\be\ff"), "\"a\\nb\\tc\\rd\\be\\ff\"");
    assert_string_equal(quoted("\x01\x0b\x1f\x7f"), "\"\\u0001\\u000b\\u001f\\u007f\"");
    assert_string_equal(quoted("\xe8\xbf\x94\xe4\xbf\xae"), "\"\xe8\xbf\x94\xe4\xbf\xae\"");
    assert_string_equal(quoted(NULL), "null");
}

static void a_nul_within_a_length_is_escaped_too(void **state)
{
    struct text text = text_new(&arena);

    (void)state;
    text_json_len(&text, "a\0b", 3);
    assert_string_equal(text.bytes, "\"a\\u0000b\"");
}

/* The oracle is another implementation: what jansson reads back must be what went in. */
static void every_character_comes_back_from_json(void **state)
{
    (void)state;
    for (unsigned a = 1; a < 128; a++)
        for (unsigned b = 1; b < 128; b += 5) {
            const char string[] = {(char)a, (char)b, (char)a, '\0'};
            json_t *value = json_loads(quoted(string), JSON_DECODE_ANY, NULL);

            assert_non_null(value);
            assert_string_equal(json_string_value(value), string);
            json_decref(value);
        }
}

static void well_formed_utf8_is_clean(void **state)
{
    static const char *const good[] = {
        "",
        "plain ASCII, with ~ and blanks",
        "tab\tand\nlines\r\n",
        "\xc2\xa0",         /* U+00A0, the first of two bytes that is no control */
        "\xdf\xbf",         /* U+07FF */
        "\xe0\xa0\x80",     /* U+0800 */
        "\xed\x9f\xbf",     /* U+D7FF, below the surrogates */
        "\xee\x80\x80",     /* U+E000, above them */
        "\xef\xbf\xbf",     /* U+FFFF */
        "\xf0\x90\x80\x80", /* U+10000 */
        "\xf4\x8f\xbf\xbf", /* U+10FFFF, the last */
    };

    (void)state;
    for (size_t i = 0; i < COUNT(good); i++)
        assert_true(text_is_clean(good[i], strlen(good[i])));
}

#define BYTES(literal) .bytes = literal, .len = sizeof(literal) - 1

static void anything_else_is_not(void **state)
{
    static const struct {
        const char *bytes;
        size_t len;
    } bad[] = {
        {BYTES("a\0b")},
        {BYTES("\x01")},
        {BYTES("\x0b")},
        {BYTES("\x0c")},
        {BYTES("\x1b[31m")},
        {BYTES("\x1f")},
        {BYTES("\x7f")},
        /* controls of the second half: a terminal obeys U+009B like ESC [ */
        {BYTES("\xc2\x80")},
        {BYTES("\xc2\x9b"
               "31m")},
        {BYTES("\xc2\x9f")},
        /* what only goes on */
        {BYTES("\x80")},
        {BYTES("\xbf")},
        /* overlong: a NUL and a slash in two bytes, then in three, then in four */
        {BYTES("\xc0\x80")},
        {BYTES("\xc0\xaf")},
        {BYTES("\xc1\xbf")},
        {BYTES("\xe0\x80\xaf")},
        {BYTES("\xe0\x9f\xbf")},
        {BYTES("\xf0\x80\x80\xaf")},
        {BYTES("\xf0\x8f\xbf\xbf")},
        /* surrogates */
        {BYTES("\xed\xa0\x80")},
        {BYTES("\xed\xbf\xbf")},
        /* beyond U+10FFFF, and bytes that never occur */
        {BYTES("\xf4\x90\x80\x80")},
        {BYTES("\xf5\x80\x80\x80")},
        {BYTES("\xff")},
        {BYTES("\xfe")},
        /* cut off, or gone on wrongly */
        {BYTES("\xc3")},
        {BYTES("\xe2\x82")},
        {BYTES("\xf0\x9f\x98")},
        {BYTES("\xc3(")},
        {BYTES("\xe2(\xa1")},
        {BYTES("\xe2\x82(")},
        {BYTES("\xf0\x9f\x98(")},
        {BYTES("ok\xc3\xa9\xc3")},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        if (text_is_clean(bad[i].bytes, bad[i].len))
            fail_msg("row %zu passes as clean", i);
}

/* Of all the bytes that begin like a sequence of three, as many pass as there are code points
   to be written so. */
static void as_many_triples_are_clean_as_there_are_code_points(void **state)
{
    size_t accepted = 0, expected = 0;

    (void)state;
    for (unsigned point = 0x800; point < 0x10000; point++)
        expected += point < 0xd800 || point > 0xdfff;
    for (unsigned a = 0xe0; a < 0xf0; a++)
        for (unsigned b = 0; b < 256; b++)
            for (unsigned c = 0; c < 256; c++) {
                const char bytes[] = {(char)a, (char)b, (char)c};

                accepted += text_is_clean(bytes, 3);
            }
    assert_int_equal(accepted, expected);
}

static void length_counts_characters_and_not_bytes(void **state)
{
    (void)state;
    assert_int_equal(text_length(""), 0);
    assert_int_equal(text_length("abc"), 3);
    assert_int_equal(text_length("\xc3\xa9t\xc3\xa9"), 3);
    assert_int_equal(text_length("\xe8\xbf\x94\xe4\xbf\xae"), 2);
    assert_int_equal(text_length("\xf0\x9f\x94\xa7!"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_new_text_has_no_bytes, clear),
        cmocka_unit_test_teardown(it_stays_whole_while_it_grows, clear),
        cmocka_unit_test_teardown(each_way_to_append_appends, clear),
        cmocka_unit_test_teardown(formatting_fits_exactly_at_the_edge_of_a_block, clear),
        cmocka_unit_test_teardown(a_whole_number_is_written_as_printf_writes_it, clear),
        cmocka_unit_test_teardown(a_number_is_written_with_no_more_digits_than_it_needs, clear),
        cmocka_unit_test_teardown(json_escapes_what_must_not_stand_in_a_string, clear),
        cmocka_unit_test_teardown(a_nul_within_a_length_is_escaped_too, clear),
        cmocka_unit_test_teardown(every_character_comes_back_from_json, clear),
        cmocka_unit_test_teardown(well_formed_utf8_is_clean, clear),
        cmocka_unit_test_teardown(anything_else_is_not, clear),
        cmocka_unit_test_teardown(as_many_triples_are_clean_as_there_are_code_points, clear),
        cmocka_unit_test_teardown(length_counts_characters_and_not_bytes, clear),
    };

    RUN(tests);
}
