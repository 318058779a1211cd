/* From the bytes of a file to its rows. */
#include "unit.h"

#include "read/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pieces {
    const char *bytes;
    size_t left, piece;
};

static ssize_t give(void *source, void *bytes, size_t size)
{
    struct pieces *pieces = source;
    size_t n = pieces->left < pieces->piece ? pieces->left : pieces->piece;

    if (n > size)
        n = size;
    memcpy(bytes, pieces->bytes, n);
    pieces->bytes += n;
    pieces->left -= n;
    return (ssize_t)n;
}

static struct table *table;

static int table_new(void **state)
{
    (void)state;
    table = calloc(1, sizeof *table);
    return 0;
}

static int table_free(void **state)
{
    (void)state;
    table_close(table);
    free(table);
    return 0;
}

/* The row at hand as "line:[cell][cell]". */
static const char *row(void)
{
    static char told[256];
    size_t used = (size_t)snprintf(told, sizeof told, "%llu:", (unsigned long long)table->csv.line);

    for (size_t i = 0; i < table->csv.ncells; i++)
        used += (size_t)snprintf(told + used, sizeof told - used, "[%s]", table->csv.cells[i].text);
    return told;
}

static void what_stands_before_the_header_is_passed_over_and_its_lines_counted(void **state)
{
    static const char text[] = "Report of May\n\"all, of it\"\n\nid;name\n1;M\xfcller\n\n2;x\n";
    struct pieces pieces = {text, sizeof text - 1, 5};
    struct table_how how = {
        .encoding = ENCODING_WINDOWS_1252,
        .delimiter = ';',
        .quoted = true,
        .ragged = true,
        .header_line = 4,
        .header_offset = 28,
        .ncolumns = 2,
    };

    (void)state;
    assert_true(table_open(table, &how, give, &pieces));
    assert_int_equal(table_next(table), CSV_ROW);
    assert_string_equal(row(), "4:[id][name]");
    assert_int_equal(table_next(table), CSV_ROW);
    assert_string_equal(row(), "5:[1][Müller]");
    assert_int_equal(table_next(table), CSV_ROW);
    assert_string_equal(row(), "7:[2][x]");
    assert_int_equal(table_next(table), CSV_END);
}

static void sixteen_bits_a_character_and_a_mark_are_read(void **state)
{
    static const char text[] = "\xff\xfe"
                               "a\0\t\0\"\0\n\0"
                               "1\0\t\0\xe9\0\n\0";
    struct pieces pieces = {text, sizeof text - 1, 3};
    struct table_how how = {.encoding = ENCODING_UTF16LE,
                            .mark = 2,
                            .delimiter = '\t',
                            .header_line = 1,
                            .ncolumns = 2};

    (void)state;
    assert_true(table_open(table, &how, give, &pieces));
    assert_int_equal(table_next(table), CSV_ROW);
    assert_string_equal(row(), "1:[a][\"]");
    assert_int_equal(table_next(table), CSV_ROW);
    assert_string_equal(row(), "2:[1][é]");
    assert_int_equal(table_next(table), CSV_END);
}

static void a_byte_that_is_no_character_ends_it_and_is_told(void **state)
{
    static const char text[] = "a,b\n1,2\n3,\xff\n";
    struct pieces pieces = {text, sizeof text - 1, 100};
    struct table_how how = {.encoding = ENCODING_UTF8,
                            .delimiter = ',',
                            .quoted = true,
                            .header_line = 1,
                            .ncolumns = 2};
    enum csv_result result;

    (void)state;
    assert_true(table_open(table, &how, give, &pieces));
    while ((result = table_next(table)) == CSV_ROW)
        ;
    assert_int_equal(result, CSV_FAILED);
    assert_non_null(table->problem);
    assert_int_equal(table->problem_at, 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            what_stands_before_the_header_is_passed_over_and_its_lines_counted, table_new,
            table_free),
        cmocka_unit_test_setup_teardown(sixteen_bits_a_character_and_a_mark_are_read, table_new,
                                        table_free),
        cmocka_unit_test_setup_teardown(a_byte_that_is_no_character_ends_it_and_is_told, table_new,
                                        table_free),
    };

    RUN(tests);
}
