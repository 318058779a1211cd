/* The framing headers of a request: nothing passes that two parsers could read in two ways. */
#include "unit.h"

#include "http/gate.h"

#include <stdio.h>
#include <string.h>

/* Headers as "Name: value", by lines; whether they frame a request without doubt. */
static bool sound(const char *version, const char *headers)
{
    struct framing framing = {0};
    char line[256];

    while (*headers) {
        size_t len = strcspn(headers, "\n"), name_len;
        char *value;

        memcpy(line, headers, len);
        line[len] = '\0';
        name_len = strcspn(line, ":");
        value = line + name_len + 1 + strspn(line + name_len + 1, " ");
        gate_count(&framing, line, name_len, value, strlen(value));
        headers += len + (headers[len] == '\n');
    }
    return gate_framing_is_sound(&framing, version);
}

static void ordinary_framing_is_sound(void **state)
{
    static const char *const good[] = {
        "Host: service.example",
        "host: service.example\nContent-Length: 0",
        "HOST: [::1]:8080\nCONTENT-LENGTH: 65536",
        "Host: a\nTransfer-Encoding: chunked",
        "Host: a\ntransfer-encoding: CHUNKED",
        "Host: a\nContent-Length: 000000000000000005",
        "Host: a\nX-Empty:\nAccept: */*\nCookie: a=b; c=d",
        "Host: a\nX-Note: tab\there and \xc3\xa9 there",
        "Host: a\nContent-Lengthy: x\nHostess: y\nTransfer-Encodings: z",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(good); i++)
        if (!sound("HTTP/1.1", good[i]))
            fail_msg("refused: %s", good[i]);
}

static void a_second_host_header_is_refused(void **state)
{
    (void)state;
    assert_false(sound("HTTP/1.1", "Host: a\nHost: a"));
    assert_false(sound("HTTP/1.1", "Host: a\nhOST: b"));
    assert_false(sound("HTTP/1.0", "Host: a\nHost: b"));
}

static void a_missing_or_empty_host_is_refused(void **state)
{
    (void)state;
    assert_false(sound("HTTP/1.1", "Accept: */*"));
    assert_false(sound("HTTP/1.1", "Host:"));
    assert_true(sound("HTTP/1.0", "Accept: */*"));
}

static void two_lengths_are_refused_even_if_they_agree(void **state)
{
    (void)state;
    assert_false(sound("HTTP/1.1", "Host: a\nContent-Length: 5\nContent-Length: 5"));
    assert_false(sound("HTTP/1.1", "Host: a\nContent-Length: 5\ncontent-length: 6"));
}

static void a_length_beside_an_encoding_is_refused(void **state)
{
    (void)state;
    assert_false(sound("HTTP/1.1", "Host: a\nContent-Length: 5\nTransfer-Encoding: chunked"));
    assert_false(sound("HTTP/1.1", "Host: a\nTransfer-Encoding: chunked\nContent-Length: 0"));
    assert_false(
        sound("HTTP/1.1", "Host: a\nTransfer-Encoding: chunked\nTransfer-Encoding: chunked"));
}

static void a_length_that_is_no_plain_number_is_refused(void **state)
{
    static const char *const bad[] = {"",
                                      "+5",
                                      "-5",
                                      "5 ",
                                      "5, 5",
                                      "5,5",
                                      "0x5",
                                      "5;q",
                                      "five",
                                      "5.0",
                                      "1e3",
                                      "\t5",
                                      "'5'",
                                      "5\v",
                                      "٥",
                                      "9999999999999999999",
                                      "18446744073709551616"};
    char headers[100];

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        snprintf(headers, sizeof headers, "Host: a\nContent-Length:%s", bad[i]);
        if (sound("HTTP/1.1", headers))
            fail_msg("passes: %s", headers);
    }
}

static void an_encoding_other_than_chunked_is_refused(void **state)
{
    static const char *const bad[] = {
        "",         "gzip",          "identity",  "chunked, chunked", "xchunked",    "chunkedx",
        "chunked ", "gzip, chunked", "chunked;a", "chunked, gzip",    "\"chunked\"", "chun\tked"};
    char headers[100];

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        snprintf(headers, sizeof headers, "Host: a\nTransfer-Encoding:%s", bad[i]);
        if (sound("HTTP/1.1", headers))
            fail_msg("passes: %s", headers);
    }
}

static void a_header_name_that_is_no_token_is_refused(void **state)
{
    static const char *const bad[] = {":x",
                                      "Content-Length : 5",
                                      "Transfer-Encoding : chunked",
                                      " X: y",
                                      "X\tY: z",
                                      "X(Y): z",
                                      "X/Y: z",
                                      "X\"Y\": z",
                                      "X\x01: z",
                                      "X\x7f: z",
                                      "X\xc3\xa9: z",
                                      "{X}: z"};
    char headers[100];

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        snprintf(headers, sizeof headers, "Host: a\n%s", bad[i]);
        if (sound("HTTP/1.1", headers))
            fail_msg("passes: %s", headers);
    }
}

static void a_nul_or_control_in_a_header_is_refused(void **state)
{
    (void)state;
    for (int byte = 0; byte < 256; byte++) {
        const char value[] = {'a', (char)byte, 'b', '\0'};
        struct framing framing = {0};

        gate_count(&framing, "X-Note", 6, value, 3);
        assert_int_equal(framing.bad, (byte < ' ' && byte != '\t') || byte == 0x7f);
    }
}

/* One bad header is not healed by a good one after it. */
static void what_was_bad_stays_bad(void **state)
{
    (void)state;
    assert_false(sound("HTTP/1.1", "Content-Length: x\nHost: a"));
    assert_false(sound("HTTP/1.1", "Transfer-Encoding: gzip\nHost: a\nAccept: */*"));
}

static void only_two_versions_are_spoken(void **state)
{
    static const char *const bad[] = {"",         "HTTP/0.9",  "HTTP/1.2",  "HTTP/2.0",
                                      "http/1.1", "HTTP/1.1 ", "HTTP/1.10", "HTTP/01.1"};

    (void)state;
    assert_true(sound("HTTP/1.0", "Host: a"));
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(sound(bad[i], "Host: a"));
    assert_false(sound("HTTP/1.0", "Host: a\nTransfer-Encoding: chunked"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ordinary_framing_is_sound),
        cmocka_unit_test(a_second_host_header_is_refused),
        cmocka_unit_test(a_missing_or_empty_host_is_refused),
        cmocka_unit_test(two_lengths_are_refused_even_if_they_agree),
        cmocka_unit_test(a_length_beside_an_encoding_is_refused),
        cmocka_unit_test(a_length_that_is_no_plain_number_is_refused),
        cmocka_unit_test(an_encoding_other_than_chunked_is_refused),
        cmocka_unit_test(a_header_name_that_is_no_token_is_refused),
        cmocka_unit_test(a_nul_or_control_in_a_header_is_refused),
        cmocka_unit_test(what_was_bad_stays_bad),
        cmocka_unit_test(only_two_versions_are_spoken),
    };

    RUN(tests);
}
