/* Whole files of the shared samples, from their bytes to dates and amounts. */
#include "unit.h"

#include "read/convention.h"
#include "read/encoding.h"
#include "read/format.h"
#include "read/rows.h"
#include "sample.h"

#include <string.h>

#define FILE_MAX 2000000

static struct arena arena;
static char text[2 * FILE_MAX];
static size_t text_len;
static struct encoding_found found;
static struct layout layout;
static struct format_map map;

static int release(void **state)
{
    (void)state;
    arena_clear(&arena);
    return 0;
}

/* Reads a sample: its text, layout and format. */
static void sample_open(const char *name)
{
    static char bytes[FILE_MAX];
    size_t len = sample_read(name, bytes, sizeof bytes);
    struct encoding_finder finder = {0};
    struct decoder decoder;
    struct decoder_io io = {bytes, len, text, sizeof text};
    enum format rival;

    encoding_look(&finder, bytes, len);
    found = encoding_decide(&finder, NULL, NULL);
    assert_true(decoder_open(&decoder, found.encoding, found.mark));
    assert_true(decoder_run(&decoder, &io) && decoder_end(&decoder));
    decoder_close(&decoder);
    text_len = (size_t)(io.out - text);
    assert_null(layout_find(&layout, &arena, text, text_len, true));
    assert_int_equal(format_find(&arena, layout.keys, layout.ncolumns, &map, &rival), FORMAT_FOUND);
}

/* What every cell of a field says of its column. */
static void columns_read(const char *field, struct date_column *dates,
                         struct decimal_column *decimals)
{
    struct rows *rows = arena_alloc(&arena, sizeof *rows);
    size_t column = (size_t)format_field(&map, field);

    *dates = (struct date_column){0};
    *decimals = (struct decimal_column){0};
    rows_begin(rows, text + layout.data_offset, text_len - layout.data_offset, layout.delimiter,
               layout.quoted);
    while (rows_next(rows)) {
        char cell[128] = "";

        if (column < rows->ncells && rows->cells[column].len < sizeof cell)
            memcpy(cell, rows->cells[column].bytes, rows->cells[column].len);
        date_column_add(dates, cell, layout.header_line + rows->line);
        decimal_column_add(decimals, cell, layout.header_line + rows->line);
    }
}

static void check_dates(const char *name, const char *field, enum date_style expected)
{
    struct date_column dates;
    struct decimal_column decimals;
    enum date_style style = DATE_STYLES;

    sample_open(name);
    columns_read(field, &dates, &decimals);
    assert_int_equal(date_column_decide(&dates, &style), CONVENTION_DECIDED);
    assert_string_equal(date_style_name(style), date_style_name(expected));
    assert_int_equal(dates.unreadable, 0);
}

static void check_amounts(const char *name, const char *field, enum decimal_style expected)
{
    struct date_column dates;
    struct decimal_column decimals;
    enum decimal_style style = DECIMAL_STYLES;

    sample_open(name);
    columns_read(field, &dates, &decimals);
    assert_int_equal(decimal_column_decide(&decimals, &style), CONVENTION_DECIDED);
    assert_int_equal(style, expected);
    assert_int_equal(decimals.unreadable, 0);
}

static void the_encodings_of_the_samples_are_those_that_are_known_of_them(void **state)
{
    (void)state;
    sample_open("amazon_all_orders_format.tsv");
    assert_int_equal(found.encoding, ENCODING_WINDOWS_1252);
    assert_non_null(strstr(text, "Groupe électrogène"));
    sample_open("b2b_shipments_template.csv");
    assert_true(found.encoding == ENCODING_UTF8 && found.mark == 3);
    assert_memory_equal(text, "Lieferdatum", 11);
}

static void the_dates_of_the_samples_are_decided(void **state)
{
    (void)state;
    check_dates("amazon_in_sale_report_apr2022.csv", "purchase_date", DATE_MONTH_HYPHEN);
    check_dates("amazon_fba_returns_format.tsv", "return_date", DATE_ISO_OFFSET);
    check_dates("amazon_fba_returns_reduced.csv", "return_date", DATE_ISO);
    check_dates("amazon_mfn_returns_us.tsv", "request_date", DATE_DAY_MON);
    check_dates("amazon_settlement_v2_format.tsv", "posted_time", DATE_ISO_ZONE);
    check_dates("amazon_settlement_v1_us.tsv", "posted_date", DATE_ISO_OFFSET);
    check_dates("shopify_orders_format.csv", "created_at", DATE_ISO_OFFSET);
    check_dates("b2b_shipments_template.csv", "shipment_date", DATE_DAY_DOT);
}

static void the_amounts_of_the_samples_are_decided(void **state)
{
    (void)state;
    check_amounts("amazon_in_sale_report_apr2022.csv", "item_price", DECIMAL_DOT);
    check_amounts("amazon_reimbursements_format.tsv", "amount", DECIMAL_DOT);
    check_amounts("b2b_shipments_template.csv", "price", DECIMAL_COMMA);
}

/* The amounts of a settlement are its total: 1.00 in this one. */
static void the_amounts_of_the_settlement_are_its_total(void **state)
{
    struct rows *rows;
    int64_t sum = 0;
    size_t column;

    (void)state;
    sample_open("amazon_settlement_v2_format.tsv");
    column = (size_t)format_field(&map, "amount");
    rows = arena_alloc(&arena, sizeof *rows);
    rows_begin(rows, text + layout.data_offset, text_len - layout.data_offset, '\t', false);
    while (rows_next(rows)) {
        char cell[32] = "";
        int64_t minor;

        memcpy(cell, rows->cells[column].bytes, rows->cells[column].len);
        if (!cell_is_blank(cell)) {
            assert_null(decimal_cell_read(cell, DECIMAL_DOT, 2, &minor));
            sum += minor;
        }
    }
    assert_int_equal(sum, 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(the_encodings_of_the_samples_are_those_that_are_known_of_them,
                                  release),
        cmocka_unit_test_teardown(the_dates_of_the_samples_are_decided, release),
        cmocka_unit_test_teardown(the_amounts_of_the_samples_are_decided, release),
        cmocka_unit_test_teardown(the_amounts_of_the_settlement_are_its_total, release),
    };

    RUN(tests);
}
