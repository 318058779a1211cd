/* What a row of a sales file says. */
#include "unit.h"

#include "job/import_row.h"

#include <stdio.h>
#include <string.h>

static const char mapping[] =
    "{\"line\": {\"code\": \"tillers\", \"name\": \"Tillers\"},"
    " \"columns\": {\"product\": \"Item\", \"quantity\": \"Units sold\", \"date\": \"Day\","
    "  \"price\": \"Price\", \"country\": \"Country\", \"channel\": \"Shop\"},"
    " \"date_format\": \"%d.%m.%Y\", \"decimal_sign\": \",\", \"separator\": \";\","
    " \"product_pattern\": \"^MT\","
    " \"country\": {\"names\": {\"Deutschland\": \"DE\", \"Eire\": \"IE\"}},"
    " \"channel\": {\"names\": {\"Amazon.de\": \"amazon\"}, \"other\": \"dealer\"},"
    " \"returned\": {\"column\": \"Invoice\", \"starts_with\": \"C\"},"
    " \"sold\": {\"quantity_above\": 0, \"price_above\": 0}}";

static const char header[] = "Invoice;Item;UNITS-SOLD; day ;Price;Country;Shop\n";

/* A file being read: its header, then one row. */
struct file {
    struct import_map map;
    struct row_columns columns;
    struct csv csv;
    struct import_error error;
    const char *next;
};

static ssize_t give(void *source, void *bytes, size_t size)
{
    struct file *file = source;
    size_t len = strnlen(file->next, size);

    memcpy(bytes, file->next, len);
    file->next += len;
    return (ssize_t)len;
}

static bool file_open(struct file *file, const char *map, const char *text)
{
    *file = (struct file){.next = text};
    assert_true(import_map_parse(&file->map, map, strlen(map), &file->error));
    csv_init(&file->csv, *file->map.separator, give, file);
    assert_int_equal(csv_next(&file->csv), CSV_ROW);
    return row_columns_find(&file->columns, &file->map, &file->csv, &file->error);
}

static void file_close(struct file *file)
{
    csv_release(&file->csv);
    import_map_release(&file->map);
}

/* In one line what a row says: "sold MT-52 DE amazon 3987 6". */
static void expect_of(const char *map, const char *first, const char *line, const char *expected)
{
    static const char *const kinds[] = {"sold", "returned", "other product", "not sold",
                                        "no units"};
    struct sales_row row = {0};
    struct file file;
    char text[600], told[600];

    snprintf(text, sizeof text, "%s%s\n", first, line);
    assert_true(file_open(&file, map, text));
    assert_int_equal(csv_next(&file.csv), CSV_ROW);
    sales_row_read(&row, &file.map, &file.columns, &file.csv);
    if (row.kind == ROW_REJECTED)
        snprintf(told, sizeof told, "%zu \"%s\" %s", row.column, row.cell, row.reason);
    else if (row.kind == ROW_SOLD || row.kind == ROW_RETURNED)
        snprintf(told, sizeof told, "%s %s %s %s %d %d", kinds[row.kind], row.product, row.country,
                 row.channel, row.day, row.units);
    else
        snprintf(told, sizeof told, "%s", kinds[row.kind]);
    assert_string_equal(told, expected);
    file_close(&file);
}

static void expect(const char *line, const char *expected)
{
    expect_of(mapping, header, line, expected);
}

static void sales_and_returns_are_told_apart(void **state)
{
    (void)state;
    expect("17;MT-52;6;01.12.2010;2,55;Deutschland;Amazon.de", "sold MT-52 DE amazon 3987 6");
    expect("C17;MT-52;-6;01.12.2010;2,55;Eire;Amazon.de", "returned MT-52 IE amazon 3987 6");
    expect("C17;MT-52;6;01.12.2010;0;Eire;Amazon.de", "returned MT-52 IE amazon 3987 6");
    expect("C17;MT-52;0;01.12.2010;2,55;Eire;Amazon.de", "no units");
}

static void rows_that_are_no_sales_are_skipped_by_their_rule(void **state)
{
    (void)state;
    expect("17;MT-52;0;01.12.2010;2,55;Deutschland;x", "not sold");
    expect("17;MT-52;-6;01.12.2010;2,55;Deutschland;x", "not sold");
    expect("17;MT-52;6;01.12.2010;0,00;Deutschland;x", "not sold");
    expect("17;MT-52;6;01.12.2010;-1;Deutschland;x", "not sold");
    expect("17;POST;6;01.12.2010;2,55;Deutschland;x", "other product");
}

static void a_row_of_another_product_is_not_looked_at_further(void **state)
{
    (void)state;
    expect("17;POST;six;tomorrow;free;Atlantis;x", "other product");
}

static void blanks_around_a_cell_do_not_count(void **state)
{
    (void)state;
    expect(" C17 ; MT-52 ; -6 ; 01.12.2010 ; 2,55 ; Deutschland ; Amazon.de ",
           "returned MT-52 DE amazon 3987 6");
}

static void what_cannot_be_read_is_rejected_with_its_column(void **state)
{
    (void)state;
    expect("17;MT-52;six;01.12.2010;2,55;Eire;x", "2 \"six\" not a whole number");
    expect("17;MT-52;;01.12.2010;2,55;Eire;x", "2 \"\" is empty");
    expect("17;MT-52;6;2010-12-01;2,55;Eire;x",
           "3 \"2010-12-01\" not a date as the mapping's \"date_format\" writes it");
    expect("17;MT-52;6;31.11.2010;2,55;Eire;x", "3 \"31.11.2010\" no day or time of the calendar");
    expect("17;MT-52;6;01.12.2010;2.55;Eire;x",
           "4 \"2.55\" not a number with the mapping's \"decimal_sign\"");
    expect("17;MT-52;6;01.12.2010;2,55;Atlantis;x",
           "5 \"Atlantis\" not listed in the mapping's \"names\"");
    expect("17;MT-52;6;01.12.2010;2,55;;x", "5 \"\" is empty");
    expect("17;\"MT\t52\";6;01.12.2010;2,55;Eire;x", "1 \"MT\t52\" a control character");
    expect(
        "17;MT345678901234567890123456789012345678901234567890123456789012;6;01.12.2010;1;Eire;x",
        "1 \"MT345678901234567890123456789012345678901234567890123456789012\" longer than 60 "
        "characters");
}

static void names_that_are_not_listed_become_other(void **state)
{
    (void)state;
    expect("17;MT-52;6;01.12.2010;2,55;Eire;Corner shop", "sold MT-52 IE dealer 3987 6");
    expect("17;MT-52;6;01.12.2010;2,55;Eire;", "sold MT-52 IE dealer 3987 6");
}

static void without_names_a_cell_is_the_code(void **state)
{
    static const char map[] =
        "{\"line\": {\"code\": \"x\", \"name\": \"x\"}, \"date_format\": \"%Y%m%d\","
        " \"columns\": {\"product\": \"p\", \"quantity\": \"q\", \"date\": \"d\", \"country\": \"c\"},"
        " \"returned\": {\"negative_quantity\": true}}";

    (void)state;
    expect_of(map, "p,q,d,c\n", "A,5,20101201,PL", "sold A PL direct 3987 5");
    expect_of(map, "p,q,d,c\n", "A,-5,20101201,PL", "returned A PL direct 3987 5");
    expect_of(map, "p,q,d,c\n", "A,0,20101201,PL", "not sold");
    expect_of(map, "p,q,d,c\n", "A,5,20101201,pl", "3 \"pl\" not a country code");
    expect_of(map, "p,q,d,c\n", ",5,20101201,PL", "0 \"\" is empty");
}

static void expect_header_refused(const char *line, const char *expected)
{
    struct file file;

    assert_false(file_open(&file, mapping, line));
    assert_string_equal(file.error.text, expected);
    file_close(&file);
}

static void a_header_without_a_named_column_is_refused(void **state)
{
    (void)state;
    expect_header_refused("Invoice;Item;Units sold;Price;Country;Shop\n",
                          "The header, line 1, has no column \"Day\" among its 6.");
    expect_header_refused("Invoice,Item,Units sold,Day,Price,Country,Shop\n",
                          "The header, line 1, has no column \"Item\" among its 1: perhaps the "
                          "mapping's \"separator\" is not the file's.");
    expect_header_refused("Item;Day;Units sold;day;Price;Country;Shop;Invoice\n",
                          "The header, line 1, has the column \"Day\" twice.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sales_and_returns_are_told_apart),
        cmocka_unit_test(rows_that_are_no_sales_are_skipped_by_their_rule),
        cmocka_unit_test(a_row_of_another_product_is_not_looked_at_further),
        cmocka_unit_test(blanks_around_a_cell_do_not_count),
        cmocka_unit_test(what_cannot_be_read_is_rejected_with_its_column),
        cmocka_unit_test(names_that_are_not_listed_become_other),
        cmocka_unit_test(without_names_a_cell_is_the_code),
        cmocka_unit_test(a_header_without_a_named_column_is_refused),
    };

    RUN(tests);
}
