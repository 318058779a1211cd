/* The reader of CSV. */
#include "unit.h"

#include "base/csv.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A text given out in pieces, so that every boundary falls everywhere. */
struct pieces {
    const char *bytes;
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

/* All that a reader says of a text: "1:[a][b]" a row, "2!1 reason" a bad row; one a line. */
static void tell(char *out, size_t size, const char *text, size_t len, size_t width, size_t piece)
{
    struct pieces pieces = {.bytes = text, .left = len, .piece = piece};
    enum csv_result result;
    struct csv csv;
    size_t used = 0;

    csv_init(&csv, ',', give, &pieces);
    csv.width = width;
    *out = '\0';
    while ((result = csv_next(&csv)) == CSV_ROW || result == CSV_BAD_ROW) {
        FILE *stream = fmemopen(out + used, size - used, "w");

        if (result == CSV_BAD_ROW)
            fprintf(stream, "%llu!%zu %s", (unsigned long long)csv.line, csv.column, csv.problem);
        else
            fprintf(stream, "%llu:", (unsigned long long)csv.line);
        for (size_t i = 0; result == CSV_ROW && i < csv.ncells; i++) {
            assert_int_equal(csv.cells[i].len, strlen(csv.cells[i].text));
            fprintf(stream, "[%s]", csv.cells[i].text);
        }
        fputc('\n', stream);
        fclose(stream);
        used += strlen(out + used);
    }
    assert_int_equal(result, CSV_END);
    csv_release(&csv);
}

/* Whatever the pieces are in which the text comes, this is what is in it. */
static void expect_bytes(const char *text, size_t len, size_t width, const char *expected)
{
    static const size_t sizes[] = {1, 2, 3, 7, 65536};
    char told[1024];

    for (size_t i = 0; i < COUNT(sizes); i++) {
        tell(told, sizeof told, text, len, width, sizes[i]);
        assert_string_equal(told, expected);
    }
}

static void expect(const char *text, const char *expected)
{
    expect_bytes(text, strlen(text), 0, expected);
}

static void rows_and_cells_are_split(void **state)
{
    (void)state;
    expect("a,b,c\nd,,f\n", "1:[a][b][c]\n2:[d][][f]\n");
    expect("a,b\r\nc,d\r\n", "1:[a][b]\n2:[c][d]\n");
    expect(",\n", "1:[][]\n");
    expect("one", "1:[one]\n");
    expect("a,b\nc,d", "1:[a][b]\n2:[c][d]\n");
    expect("a,", "1:[a][]\n");
    expect("", "");
}

static void quoted_cells_hold_separators_quotes_and_line_breaks(void **state)
{
    (void)state;
    expect("\"a,b\",c\n", "1:[a,b][c]\n");
    expect("\"say \"\"yes\"\"\",\"\"\"\"\n", "1:[say \"yes\"][\"]\n");
    expect("\"\",\"\"\r\nx,y\r\n", "1:[][]\n2:[x][y]\n");
    expect("\"two\nlines\",b\nc,d\n", "1:[two\nlines][b]\n3:[c][d]\n");
    expect("\"a\"", "1:[a]\n");
    expect("\"a\"\r\n\"b\"\r\n", "1:[a]\n2:[b]\n");
}

static void empty_lines_are_passed_over_and_counted(void **state)
{
    (void)state;
    expect("\n\r\na\n\n\nb\n\n", "3:[a]\n6:[b]\n");
}

static void a_byte_order_mark_is_dropped_at_the_beginning_only(void **state)
{
    (void)state;
    expect("\xef\xbb\xbf"
           "a,b\n\xef\xbb\xbf"
           "c,d\n",
           "1:[a][b]\n2:[\xef\xbb\xbf"
           "c][d]\n");
    expect("\xef\xbb\xbf", "");
    expect("ab", "1:[ab]\n");
}

static void an_unbalanced_quote_costs_one_line(void **state)
{
    (void)state;
    expect("a,\"b\nc,d\ne,f\n", "1!1 a quote is not closed within 64 kB\n2:[c][d]\n3:[e][f]\n");
    expect("a,b\nc,\"d", "1:[a][b]\n2!1 a quote is not closed within 64 kB\n");
    expect("a,b\"c\nd,e\n", "1!1 a quote inside a cell that does not begin with one\n2:[d][e]\n");
    expect("\"a\"b,c\nd,e\n", "1!0 text after the closing quote\n2:[d][e]\n");
    expect("\"a\"\rb\nd\n", "1!0 text after the closing quote\n2:[d]\n");
}

static void a_row_must_have_as_many_cells_as_it_is_told(void **state)
{
    static const char text[] = "a,b,c\nd,e\nf,g,h,i\nj,k,l\n";

    (void)state;
    expect_bytes(text, strlen(text), 3,
                 "1:[a][b][c]\n2!2 too few cells in the row\n3!3 too many cells in the row\n"
                 "4:[j][k][l]\n");
}

static void what_is_not_text_is_refused_where_it_is(void **state)
{
    static const char nul[] = "a,b\0c\nd,e\n";

    (void)state;
    expect_bytes(nul, sizeof nul - 1, 0, "1!1 a NUL byte\n2:[d][e]\n");
    expect("a,b,\xff\nd,e,f\n", "1!2 not UTF-8 text\n2:[d][e][f]\n");
    expect("\xc3,\xa9\nd,e\n", "1!0 not UTF-8 text\n2:[d][e]\n");
    expect("a,\x1b[2J\nd,e\n", "1!1 a control character\n2:[d][e]\n");
    expect("a,\x7f\nd,e\n", "1!1 a control character\n2:[d][e]\n");
    expect("\xe8\xbf\x94\xe4\xbf\xae,caf\xc3\xa9 cr\xc3\xa8me\n",
           "1:[\xe8\xbf\x94\xe4\xbf\xae][caf\xc3\xa9 cr\xc3\xa8me]\n");
}

/* Rows of every length have their odd byte at every place of an eight-byte word. */
static void an_odd_byte_is_found_wherever_it_stands(void **state)
{
    char text[40], expected[64];

    (void)state;
    for (size_t len = 1; len < 20; len++)
        for (size_t at = 0; at < len; at++) {
            memset(text, 'x', len);
            text[at] = 0x1f;
            memcpy(text + len, "\n", 2);
            expect(text, "1!0 a control character\n");
            text[at] = ' ';
            snprintf(expected, sizeof expected, "1:[%.*s]\n", (int)len, text);
            expect(text, expected);
        }
}

/* A text of `len` times the same piece. */
static char *repeat(const char *piece, size_t times, const char *end)
{
    size_t len = strlen(piece);
    char *text = malloc(len * times + strlen(end) + 1);

    for (size_t i = 0; i < times; i++)
        memcpy(text + i * len, piece, len);
    memcpy(text + len * times, end, strlen(end) + 1);
    return text;
}

static void expect_repeated(const char *piece, size_t times, const char *end, const char *expected)
{
    char *text = repeat(piece, times, end);

    expect(text, expected);
    free(text);
}

static void a_line_may_have_64_kb_and_no_more(void **state)
{
    struct pieces pieces = {.left = CSV_LINE_MAX, .piece = 4096};
    char *text = repeat("x", CSV_LINE_MAX, "");
    struct csv csv;

    (void)state;
    pieces.bytes = text;
    csv_init(&csv, ',', give, &pieces);
    assert_int_equal(csv_next(&csv), CSV_ROW);
    assert_int_equal(csv.cells[0].len, CSV_LINE_MAX);
    csv_release(&csv);
    free(text);
    expect_repeated("x", CSV_LINE_MAX + 1, "\na,b\n",
                    "1!0 the line is longer than 64 kB\n2:[a][b]\n");
    expect_repeated("x", 1 << 20, "\na,b\n", "1!0 the line is longer than 64 kB\n2:[a][b]\n");
    expect_repeated("x", 1 << 20, "", "1!0 the line is longer than 64 kB\n");
}

static void a_quote_must_close_within_64_kb(void **state)
{
    (void)state;
    expect_repeated("\"", 1 << 18, "x\na,b\n",
                    "1!0 a quote is not closed within 64 kB\n2:[a][b]\n");
}

static void a_row_may_have_512_cells_and_no_more(void **state)
{
    char *text = repeat(",", CSV_COLUMNS_MAX - 1, "\n");
    struct pieces pieces = {.bytes = text, .left = CSV_COLUMNS_MAX, .piece = 100};
    struct csv csv;

    (void)state;
    csv_init(&csv, ',', give, &pieces);
    assert_int_equal(csv_next(&csv), CSV_ROW);
    assert_int_equal(csv.ncells, CSV_COLUMNS_MAX);
    assert_int_equal(csv_next(&csv), CSV_END);
    csv_release(&csv);
    free(text);
    expect_repeated(",", CSV_COLUMNS_MAX, "\na,b\n", "1!511 more than 512 columns\n2:[a][b]\n");
    expect_repeated(",", 100000, "\na,b\n", "1!511 more than 512 columns\n2:[a][b]\n");
}

static void other_separators_are_ordinary_text(void **state)
{
    struct pieces pieces = {.bytes = "1,5;\"a;b\"\n", .left = 10, .piece = 3};
    struct csv csv;

    (void)state;
    csv_init(&csv, ';', give, &pieces);
    assert_int_equal(csv_next(&csv), CSV_ROW);
    assert_int_equal(csv.ncells, 2);
    assert_string_equal(csv.cells[0].text, "1,5");
    assert_string_equal(csv.cells[1].text, "a;b");
    csv_release(&csv);
}

static void a_source_that_fails_is_not_an_end(void **state)
{
    struct pieces pieces = {.bytes = "a,b\nc,", .left = 6, .piece = 2, .breaks = true};
    struct csv csv;

    (void)state;
    csv_init(&csv, ',', give, &pieces);
    assert_int_equal(csv_next(&csv), CSV_ROW);
    assert_int_equal(csv_next(&csv), CSV_FAILED);
    assert_int_equal(csv_next(&csv), CSV_FAILED);
    csv_release(&csv);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_and_cells_are_split),
        cmocka_unit_test(quoted_cells_hold_separators_quotes_and_line_breaks),
        cmocka_unit_test(empty_lines_are_passed_over_and_counted),
        cmocka_unit_test(a_byte_order_mark_is_dropped_at_the_beginning_only),
        cmocka_unit_test(an_unbalanced_quote_costs_one_line),
        cmocka_unit_test(a_row_must_have_as_many_cells_as_it_is_told),
        cmocka_unit_test(what_is_not_text_is_refused_where_it_is),
        cmocka_unit_test(an_odd_byte_is_found_wherever_it_stands),
        cmocka_unit_test(a_line_may_have_64_kb_and_no_more),
        cmocka_unit_test(a_quote_must_close_within_64_kb),
        cmocka_unit_test(a_row_may_have_512_cells_and_no_more),
        cmocka_unit_test(other_separators_are_ordinary_text),
        cmocka_unit_test(a_source_that_fails_is_not_an_end),
    };

    RUN(tests);
}
