/* How a file is laid out, and what its columns are called. */
#include "unit.h"

#include "read/header.h"
#include "read/layout.h"
#include "sample.h"

#include <string.h>

static struct arena arena;

static struct layout laid_out(const char *text)
{
    struct layout layout = {0};

    assert_null(layout_find(&layout, &arena, text, strlen(text), true));
    return layout;
}

static void check(const char *text, char delimiter, bool quoted, uint64_t line, const char *keys)
{
    struct layout layout = laid_out(text);
    char joined[512] = "";
    size_t used = 0;

    for (size_t i = 0; i < layout.ncolumns; i++)
        used += (size_t)snprintf(joined + used, sizeof joined - used, "[%s]", layout.keys[i]);
    assert_int_equal(layout.delimiter, delimiter);
    assert_int_equal(layout.quoted, quoted);
    assert_int_equal(layout.header_line, line);
    assert_string_equal(joined, keys);
}

static int release(void **state)
{
    (void)state;
    arena_clear(&arena);
    return 0;
}

static void check_key(const char *name, const char *expected)
{
    char key[HEADER_KEY_SIZE];

    header_key(key, name, strlen(name));
    assert_string_equal(key, expected);
}

static void names_of_columns_are_compared_without_what_varies(void **state)
{
    char endless[300];

    (void)state;
    check_key("\xef\xbb\xbfOrder-ID ", "order id");
    check_key("order_id", "order id");
    check_key("Sales Channel ", "sales channel");
    check_key("Data/Ora:", "data/ora");
    check_key("W\xc3\x84HRUNG", "wahrung");
    check_key("Quantite\xcc\x81", "quantite");
    check_key("date d’expédition", "date d'expedition");
    check_key("\xe5\xba\x8f\xe5\x88\x97\xe5\x8f\xb7", "\xe5\xba\x8f\xe5\x88\x97\xe5\x8f\xb7");
    check_key(" - ", "");
    memset(endless, 'x', sizeof endless);
    header_key(endless, endless + HEADER_KEY_SIZE, sizeof endless - HEADER_KEY_SIZE);
    assert_int_equal(strlen(endless), HEADER_KEY_SIZE - 1);
}

static void the_delimiter_is_the_one_that_makes_columns(void **state)
{
    (void)state;
    check("a\tb\tc\n1\t2, 3, 4, 5\t6\n", '\t', false, 1, "[a][b][c]");
    check("a,b\r\n1,2;3\r\n", ',', true, 1, "[a][b]");
    check("Artikel;Menge;Preis\nX;1;231,50\nY;2;1.234,50\n", ';', true, 1,
          "[artikel][menge][preis]");
    check("a|b|c\n1|2|3,4\n", '|', true, 1, "[a][b][c]");
    check("a,b,c", ',', true, 1, "[a][b][c]");
}

static void quotes_in_tab_files_are_letters_unless_all_is_quoted(void **state)
{
    (void)state;
    check("sku\tcomment\n1\t\"bad\n2\t5\" pipe\n", '\t', false, 1, "[sku][comment]");
    check("sku\tcomment\n1\t\"good\"\n", '\t', false, 1, "[sku][comment]");
    check("\"sku\"\t\"comment\"\n\"1\"\t\"a\tb\"\n", '\t', true, 1, "[sku][comment]");
}

static void quotes_elsewhere_are_those_of_csv_unless_most_are_not(void **state)
{
    (void)state;
    check("\"a\",\"b, or c\"\n1,\"two\nlines\"\n", ',', true, 1, "[a][b, or c]");
    check("a,b\n1,\"x\"\n2,\"y\" z\n", ',', true, 1, "[a][b]");
    check("a;b\n1;5\" pipe\n2;3\" pipe\n", ';', false, 1, "[a][b]");
}

static void lines_before_the_header_are_passed_over(void **state)
{
    static const char text[] =
        "\"Includes Amazon Marketplace, Fulfillment by Amazon (FBA), and Webstore\"\n"
        "\"All amounts in USD, unless specified\"\n\n"
        "\"Definitions:\"\n"
        "\"date/time\",\"settlement id\",\"type\",\"order id\",\"total\"\n"
        "\"Jun 8, 2025 10:23:05 PM PDT\",\"1\",\"Order\",\"900-1\",\"1,234.50\"\n";
    struct layout layout;

    (void)state;
    check(text, ',', true, 5, "[date/time][settlement id][type][order id][total]");
    layout = laid_out(text);
    assert_memory_equal(text + layout.header_offset, "\"date", 5);
    assert_memory_equal(text + layout.data_offset, "\"Jun 8", 6);
}

static void a_header_is_looked_for_in_fifty_one_lines(void **state)
{
    char text[512] = "";
    struct layout layout;

    (void)state;
    for (int i = 0; i < LAYOUT_PREAMBLE_MAX; i++)
        memcpy(text + 2 * i, "x\n", 3);
    memcpy(text + 100, "a;b;c\n1;2;3\n", 13);
    assert_int_equal(laid_out(text).header_line, 51);
    memmove(text + 2, text, 200);
    assert_non_null(layout_find(&layout, &arena, text, strlen(text), true));
}

static void rows_that_stop_early_do_not_hide_the_header(void **state)
{
    (void)state;
    check("a\tb\tc\td\n1\t2\t3\n1\t2\n", '\t', false, 1, "[a][b][c][d]");
}

static void a_line_that_the_sample_cuts_is_left_out(void **state)
{
    static const char text[] = "a;b\n1;2\n3;4;5;6;7;8";
    struct layout layout;

    (void)state;
    assert_null(layout_find(&layout, &arena, text, sizeof text - 1, false));
    assert_int_equal(layout.ncolumns, 2);
}

static void what_has_no_columns_is_told(void **state)
{
    static const char *const bad[] = {"", "\n\r\n\n", "one column\nonly\n", "1,2,3\n4,5,6\n"};
    struct layout layout;

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_non_null(layout_find(&layout, &arena, bad[i], strlen(bad[i]), true));
}

static void a_line_without_end_and_a_row_without_end_are_told_apart(void **state)
{
    static char text[LAYOUT_SAMPLE];
    struct layout layout;

    (void)state;
    memset(text, 'x', sizeof text);
    assert_string_equal(layout_find(&layout, &arena, text, sizeof text, false),
                        "The first line is longer than 64 kB.");
    memset(text, ',', sizeof text);
    text[1000] = '\n';
    assert_string_equal(layout_find(&layout, &arena, text, sizeof text, false),
                        "A line has more than 512 columns.");
}

static void the_samples_have_the_columns_that_are_known_of_them(void **state)
{
    static const struct {
        const char *name;
        size_t ncolumns;
        char delimiter;
    } samples[] = {
        {"amazon_fba_returns_format.tsv",     13, '\t'},
        {"amazon_mfn_returns_us.tsv",         32, '\t'},
        {"amazon_mfn_returns_br_33col.tsv",   33, '\t'},
        {"amazon_reimbursements_format.tsv",  18, '\t'},
        {"amazon_settlement_v1_us.tsv",       36, '\t'},
        {"amazon_settlement_v2_format.tsv",   24, '\t'},
        {"shopify_orders_format.csv",         79, ',' },
        {"b2b_shipments_template.csv",        13, ';' },
        {"amazon_in_sale_report_apr2022.csv", 24, ',' },
    };
    static char text[LAYOUT_SAMPLE];

    (void)state;
    for (size_t i = 0; i < COUNT(samples); i++) {
        size_t len = sample_read(samples[i].name, text, sizeof text);
        struct layout layout;

        assert_null(layout_find(&layout, &arena, text, len, len < sizeof text));
        assert_int_equal(layout.ncolumns, samples[i].ncolumns);
        assert_int_equal(layout.delimiter, samples[i].delimiter);
        assert_int_equal(layout.header_line, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_columns_are_compared_without_what_varies),
        cmocka_unit_test_teardown(the_delimiter_is_the_one_that_makes_columns, release),
        cmocka_unit_test_teardown(quotes_in_tab_files_are_letters_unless_all_is_quoted, release),
        cmocka_unit_test_teardown(quotes_elsewhere_are_those_of_csv_unless_most_are_not, release),
        cmocka_unit_test_teardown(lines_before_the_header_are_passed_over, release),
        cmocka_unit_test_teardown(a_header_is_looked_for_in_fifty_one_lines, release),
        cmocka_unit_test_teardown(rows_that_stop_early_do_not_hide_the_header, release),
        cmocka_unit_test_teardown(a_line_that_the_sample_cuts_is_left_out, release),
        cmocka_unit_test_teardown(what_has_no_columns_is_told, release),
        cmocka_unit_test_teardown(a_line_without_end_and_a_row_without_end_are_told_apart, release),
        cmocka_unit_test_teardown(the_samples_have_the_columns_that_are_known_of_them, release),
    };

    RUN(tests);
}
