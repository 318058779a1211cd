/* Which encoding a file is in, and its text in UTF-8. */
#include "unit.h"

#include "read/encoding.h"

#include <stdbool.h>
#include <string.h>

/* What is found of a text that is looked at in pieces of `piece` bytes. */
static struct encoding_found found_in(const char *text, size_t len, size_t piece)
{
    struct encoding_finder finder = {0};

    for (size_t at = 0; at < len; at += piece)
        encoding_look(&finder, text + at, len - at < piece ? len - at : piece);
    return encoding_decide(&finder, NULL, NULL);
}

#define FOUND(text, piece) found_in(text, sizeof(text) - 1, piece)

/* Decodes in pieces, with little room; returns the problem, NULL if all went well. */
static const char *decoded(enum encoding encoding, const char *text, size_t len, size_t piece,
                           char *out, uint64_t *at)
{
    struct decoder decoder;
    size_t room = DECODER_ROOM + piece % 3;
    bool good = decoder_open(&decoder, encoding, 0);

    for (size_t i = 0; good && i < len; i += piece) {
        struct decoder_io io = {.in = text + i, .in_left = len - i < piece ? len - i : piece};

        while (good && io.in_left) {
            io.out = out;
            io.out_left = room;
            good = decoder_run(&decoder, &io);
            out = io.out;
        }
    }
    good = good && decoder_end(&decoder);
    *out = '\0';
    *at = decoder.problem_at;
    decoder_close(&decoder);
    return good ? NULL : decoder.problem;
}

static void check_decoded(enum encoding encoding, const char *text, size_t len,
                          const char *expected)
{
    char out[512];
    uint64_t at;

    for (size_t piece = 1; piece <= len; piece++) {
        assert_null(decoded(encoding, text, len, piece, out, &at));
        assert_string_equal(out, expected);
    }
}

static void check_bad(enum encoding encoding, const char *text, size_t len, uint64_t expected)
{
    char out[512];
    uint64_t at;

    for (size_t piece = 1; piece <= len; piece++) {
        assert_non_null(decoded(encoding, text, len, piece, out, &at));
        assert_int_equal(at, expected);
    }
}

#define DECODED(encoding, text, expected) check_decoded(encoding, text, sizeof(text) - 1, expected)
#define BAD(encoding, text, at)           check_bad(encoding, text, sizeof(text) - 1, at)

static void a_mark_decides(void **state)
{
    static const enum encoding declared = ENCODING_CP932;
    struct encoding_finder finder = {0};
    struct encoding_found found = FOUND("\xef\xbb\xbfLand", 1);

    (void)state;
    assert_true(found.encoding == ENCODING_UTF8 && found.mark == 3 && !found.not_utf8);
    assert_int_equal(FOUND("\xff\xfel\0", 3).encoding, ENCODING_UTF16LE);
    assert_int_equal(FOUND("\xfe\xff\0l", 1).encoding, ENCODING_UTF16BE);
    assert_int_equal(FOUND("\xef\xbb", 1).mark, 0);
    encoding_look(&finder, "\xef\xbb\xbfx", 4);
    found = encoding_decide(&finder, &declared, NULL);
    assert_true(found.encoding == ENCODING_UTF8 && found.mark == 3);
}

static void strict_utf8_is_tried_before_windows_1252(void **state)
{
    static const char *const not_utf8[] = {
        "\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf5", "\x80", "fa\xe7on",
    };

    (void)state;
    for (size_t piece = 1; piece < 9; piece++) {
        struct encoding_found found = FOUND("fa\xc3\xa7on \xe2\x82\xac \xf0\x9f\x98\x80", piece);

        assert_true(found.encoding == ENCODING_UTF8 && found.sequences == 3);
        found = FOUND("fa\xc3\xa7on \xe2\x82 x", piece);
        assert_int_equal(found.encoding, ENCODING_WINDOWS_1252);
        assert_true(found.not_utf8_at == 7 && found.sequences == 1);
        found = FOUND("abc\xe2\x82", piece);
        assert_true(found.encoding == ENCODING_WINDOWS_1252 && found.not_utf8_at == 3);
    }
    for (size_t i = 0; i < COUNT(not_utf8); i++)
        assert_int_equal(found_in(not_utf8[i], strlen(not_utf8[i]), 1).encoding,
                         ENCODING_WINDOWS_1252);
    assert_int_equal(FOUND("", 1).encoding, ENCODING_UTF8);
}

static void a_declared_charset_is_believed_and_a_hint_only_without_utf8(void **state)
{
    static const enum encoding china = ENCODING_GB18030, japan = ENCODING_CP932;
    struct encoding_finder chinese = {0}, plain = {0};

    (void)state;
    encoding_look(&chinese, "\xca\xfd\xc1\xbf", 4);
    encoding_look(&plain, "quantity", 8);
    assert_int_equal(encoding_decide(&chinese, NULL, &china).encoding, ENCODING_GB18030);
    assert_int_equal(encoding_decide(&chinese, &japan, &china).encoding, ENCODING_CP932);
    assert_int_equal(encoding_decide(&plain, NULL, &china).encoding, ENCODING_UTF8);
    assert_int_equal(encoding_decide(&plain, &japan, NULL).encoding, ENCODING_CP932);
}

static void charsets_are_known_by_their_names(void **state)
{
    enum encoding encoding = ENCODINGS;

    (void)state;
    assert_true(encoding_named("utf-8", &encoding) && encoding == ENCODING_UTF8);
    assert_true(encoding_named("ISO-8859-1", &encoding) && encoding == ENCODING_WINDOWS_1252);
    assert_true(encoding_named("Shift_JIS", &encoding) && encoding == ENCODING_CP932);
    assert_true(encoding_named("GBK", &encoding) && encoding == ENCODING_GB18030);
    assert_false(encoding_named("EBCDIC", &encoding) || encoding_named("", &encoding));
    assert_false(encoding_named("a name longer than any", &encoding));
    assert_string_equal(encoding_name(encoding), "GB18030");
}

static void text_of_every_encoding_becomes_utf8_wherever_it_is_cut(void **state)
{
    (void)state;
    DECODED(ENCODING_UTF8, "Stück \xe2\x82\xac \xf0\x9f\x98\x80", "Stück € 😀");
    DECODED(ENCODING_WINDOWS_1252,
            "St\xfc"
            "ck \x80 \x93x\x94",
            "Stück € “x”");
    /* A wave dash and a circled number: in cp932, not in Shift_JIS. */
    DECODED(ENCODING_CP932, "\x92\x8d\x95\xb6 \x87\x40 \x81\x60 \xb1", "注文 ① ～ ｱ");
    DECODED(ENCODING_GB18030, "\xca\xfd\xc1\xbf,\x81\x30\x81\x30 \x94\x39\xda\x33",
            "数量,\xc2\x80 💩");
    DECODED(ENCODING_UTF16LE, "a\0\xfc\0\xac\x20=\xd8\x00\xde", "aü€😀");
    DECODED(ENCODING_UTF16BE, "\0a\0\xfc\x20\xac\xd8=\xde\x00", "aü€😀");
}

static void a_bad_byte_is_told_by_its_offset(void **state)
{
    (void)state;
    BAD(ENCODING_UTF8, "Menge \xe2\x82 x", 6);
    BAD(ENCODING_UTF8, "Menge \xff", 6);
    BAD(ENCODING_WINDOWS_1252,
        "ab\x81"
        "cd",
        2);
    BAD(ENCODING_CP932, "\x92\x8d\x95 x", 2);
    BAD(ENCODING_GB18030, "\xca\xfd\xc1\xbf\xff\xff", 4);
    BAD(ENCODING_UTF16LE, "a\0\x00\xde", 2);
}

static void nul_is_refused_in_every_encoding(void **state)
{
    (void)state;
    BAD(ENCODING_UTF8, "abc\0d", 3);
    BAD(ENCODING_WINDOWS_1252,
        "\xfc"
        "bc\0d",
        3);
    BAD(ENCODING_CP932, "\x92\x8d\0d", 2);
    BAD(ENCODING_GB18030, "\xca\xfd\0", 2);
    BAD(ENCODING_UTF16LE, "\xac\x20=\xd8\x00\xde\0\0", 6);
}

static void a_file_may_not_end_within_a_character(void **state)
{
    (void)state;
    BAD(ENCODING_UTF8, "ab\xe2\x82", 2);
    BAD(ENCODING_CP932, "ab\x92", 2);
    BAD(ENCODING_GB18030, "ab\x81\x30\x81", 2);
    BAD(ENCODING_UTF16BE, "\0a\0", 2);
}

static void the_mark_is_passed_over_even_in_pieces(void **state)
{
    static const char text[] = "\xef\xbb\xbfLand";
    struct decoder decoder;
    char out[64] = "";
    struct decoder_io io = {.in = text, .in_left = 1, .out = out, .out_left = sizeof out};

    (void)state;
    assert_true(decoder_open(&decoder, ENCODING_UTF8, 3));
    assert_true(decoder_run(&decoder, &io));
    io.in_left = sizeof text - 2;
    assert_true(decoder_run(&decoder, &io) && decoder_end(&decoder));
    assert_string_equal(out, "Land");
    assert_int_equal(decoder.offset, 7);
    decoder_close(&decoder);
    decoder_close(&decoder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mark_decides),
        cmocka_unit_test(strict_utf8_is_tried_before_windows_1252),
        cmocka_unit_test(a_declared_charset_is_believed_and_a_hint_only_without_utf8),
        cmocka_unit_test(charsets_are_known_by_their_names),
        cmocka_unit_test(text_of_every_encoding_becomes_utf8_wherever_it_is_cut),
        cmocka_unit_test(a_bad_byte_is_told_by_its_offset),
        cmocka_unit_test(nul_is_refused_in_every_encoding),
        cmocka_unit_test(a_file_may_not_end_within_a_character),
        cmocka_unit_test(the_mark_is_passed_over_even_in_pieces),
    };

    RUN(tests);
}
