/* What is in a file, packed or not. */
#include "unit.h"

#include "read/gunzip.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Bytes given out in pieces. */
struct pieces {
    const unsigned char *bytes;
    size_t left, piece;
    bool breaks; /* fail at the end instead of ending */
};

static ssize_t give(void *source, void *bytes, size_t size)
{
    struct pieces *pieces = source;
    size_t n = pieces->left < pieces->piece ? pieces->left : pieces->piece;

    if (n > size)
        n = size;
    if (!n && pieces->breaks)
        return -1;
    memcpy(bytes, pieces->bytes, n);
    pieces->bytes += n;
    pieces->left -= n;
    return (ssize_t)n;
}

/* Pack a text as gzip does. */
static size_t pack(unsigned char *out, size_t size, const char *text, size_t len)
{
    z_stream zlib = {0};

    assert_int_equal(deflateInit2(&zlib, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    zlib.next_in = (unsigned char *)(uintptr_t)text;
    zlib.avail_in = (uInt)len;
    zlib.next_out = out;
    zlib.avail_out = (uInt)size;
    assert_int_equal(deflate(&zlib, Z_FINISH), Z_STREAM_END);
    deflateEnd(&zlib);
    return size - zlib.avail_out;
}

/* What comes out, in reads of `take` bytes; NULL, or the code of the failure. */
static const char *unpack(const unsigned char *bytes, size_t len, size_t piece, size_t take,
                          uint64_t limit, char *out, size_t *out_len)
{
    struct gunzip *gunzip = malloc(sizeof *gunzip);
    struct pieces pieces = {bytes, len, piece, false};
    const char *code;
    ssize_t got;

    *out_len = 0;
    gunzip_begin(gunzip, give, &pieces, limit);
    while ((got = gunzip_read(gunzip, out + *out_len, take)) > 0)
        *out_len += (size_t)got;
    code = got < 0 ? gunzip->code : NULL;
    assert_true(got == 0 || (gunzip->problem && gunzip_read(gunzip, out, take) == -1));
    gunzip_close(gunzip);
    gunzip_close(gunzip);
    free(gunzip);
    return code;
}

static char text[200000];
static unsigned char packed[300000];

static int text_make(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)('a' + i * i % 23);
    return 0;
}

static void what_is_no_gzip_comes_as_it_is(void **state)
{
    static char out[300000];
    size_t len;

    (void)state;
    assert_null(unpack((const unsigned char *)text, sizeof text, 7001, 8192, 1 << 20, out, &len));
    assert_int_equal(len, sizeof text);
    assert_memory_equal(out, text, len);
    assert_null(unpack((const unsigned char *)"", 0, 1, 10, 10, out, &len));
    assert_int_equal(len, 0);
    assert_null(unpack((const unsigned char *)"\x1f", 1, 1, 10, 10, out, &len));
    assert_int_equal(len, 1);
}

static void a_gzip_is_known_by_its_bytes_and_unpacked(void **state)
{
    static char out[300000];
    size_t size = pack(packed, sizeof packed, text, sizeof text), len;

    (void)state;
    for (size_t piece = 1; piece < 100000; piece *= 13) {
        assert_null(unpack(packed, size, piece, 4096, 1 << 20, out, &len));
        assert_int_equal(len, sizeof text);
        assert_memory_equal(out, text, len);
    }
}

static void several_gzips_in_a_row_are_one_text(void **state)
{
    char out[64];
    size_t size = pack(packed, sizeof packed, "one,", 4), len;

    (void)state;
    size += pack(packed + size, sizeof packed - size, "", 0);
    size += pack(packed + size, sizeof packed - size, "two", 3);
    assert_null(unpack(packed, size, 3, 16, 100, out, &len));
    assert_int_equal(len, 7);
    assert_memory_equal(out, "one,two", 7);
}

static void what_is_cut_damaged_or_followed_by_something_else_is_refused(void **state)
{
    static char out[300000];
    size_t size = pack(packed, sizeof packed, text, sizeof text), len;

    (void)state;
    for (size_t cut = 1; cut < 20; cut++)
        assert_string_equal(unpack(packed, size - cut, 999, 8192, 1 << 20, out, &len), "gzip_cut");
    assert_string_equal(unpack(packed, 5, 999, 8192, 1 << 20, out, &len), "gzip_cut");
    packed[size - 6] ^= 1; /* the checksum */
    assert_string_equal(unpack(packed, size, 999, 8192, 1 << 20, out, &len), "gzip_damaged");
    packed[size - 6] ^= 1;
    packed[size] = 'x';
    assert_string_equal(unpack(packed, size + 1, 999, 8192, 1 << 20, out, &len), "gzip_damaged");
}

static void no_more_comes_out_than_the_limit(void **state)
{
    static char out[300000];
    size_t size = pack(packed, sizeof packed, text, sizeof text), len;

    (void)state;
    assert_null(unpack(packed, size, 999, 8192, sizeof text, out, &len));
    assert_string_equal(unpack(packed, size, 999, 8192, sizeof text - 1, out, &len), "too_large");
    assert_true(len < sizeof text);
    assert_string_equal(unpack((const unsigned char *)text, 100, 9, 10, 99, out, &len),
                        "too_large");
}

static void archives_are_told_what_they_are(void **state)
{
    char out[64];
    size_t len;

    (void)state;
    assert_string_equal(unpack((const unsigned char *)"PK\3\4xxxx", 8, 8, 10, 10, out, &len),
                        "not_text");
}

static void a_source_that_fails_is_not_an_end(void **state)
{
    struct gunzip *gunzip = malloc(sizeof *gunzip);
    struct pieces pieces = {packed, pack(packed, sizeof packed, "one", 3), 2, true};
    char out[64];
    ssize_t got;

    (void)state;
    gunzip_begin(gunzip, give, &pieces, 100);
    while ((got = gunzip_read(gunzip, out, sizeof out)) > 0)
        ;
    assert_int_equal(got, -1);
    assert_int_equal(gunzip->given, 3);
    assert_null(gunzip->code);
    gunzip_close(gunzip);
    free(gunzip);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_gzip_comes_as_it_is),
        cmocka_unit_test(a_gzip_is_known_by_its_bytes_and_unpacked),
        cmocka_unit_test(several_gzips_in_a_row_are_one_text),
        cmocka_unit_test(what_is_cut_damaged_or_followed_by_something_else_is_refused),
        cmocka_unit_test(no_more_comes_out_than_the_limit),
        cmocka_unit_test(archives_are_told_what_they_are),
        cmocka_unit_test(a_source_that_fails_is_not_an_end),
    };

    return cmocka_run_group_tests(tests, text_make, NULL);
}
