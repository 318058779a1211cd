/* Files that a mapping tells how to read, from text to facts. */
#include "unit.h"

#include "facts.h"

#define MAPPING                                                                              \
    "{\"line\": {\"code\": \"tillers\", \"name\": \"Tillers\"},"                             \
    " \"columns\": {\"product\": \"Item\", \"quantity\": \"Units sold\", \"date\": \"Day\"," \
    "  \"price\": \"Price\", \"country\": \"Country\", \"channel\": \"Shop\"},"              \
    " \"date_format\": \"%d.%m.%Y\", \"decimal_sign\": \",\", \"separator\": \";\","         \
    " \"product_pattern\": \"^MT\","                                                         \
    " \"country\": {\"names\": {\"Deutschland\": \"DE\", \"Eire\": \"IE\"}},"                \
    " \"channel\": {\"names\": {\"Amazon.de\": \"amazon\"}, \"other\": \"dealer\"},"         \
    " \"returned\": {\"column\": \"Invoice\", \"starts_with\": \"C\"},"                      \
    " \"sold\": {\"quantity_above\": 0, \"price_above\": 0}}"

#define HEADER "Invoice;Item;UNITS-SOLD; day ;Price;Country;Shop\n"

static const struct import_options mapped = {.map = MAPPING};

static void expect(const char *line, const char *expected)
{
    char text[600];

    snprintf(text, sizeof text, HEADER "%s\n", line);
    facts_expect(text, &mapped, expected);
}

static void expect_skipped(const char *line, const char *code)
{
    struct facts *facts = malloc(sizeof *facts);
    char text[600];

    snprintf(text, sizeof text, HEADER "%s\n", line);
    facts_read_bytes(facts, text, strlen(text), &mapped);
    assert_string_equal(facts->told, "");
    assert_int_equal(facts->report.skips.n, 1);
    assert_string_equal(facts->report.skips.list[0].code, code);
    facts_release(facts);
    free(facts);
}

static void sales_and_returns_are_told_apart(void **state)
{
    (void)state;
    expect("17;MT-52;6;01.12.2010;2,55;Deutschland;Amazon.de",
           "2: shipment 50 MT-52 DE amazon 2010-12-01 - 6\n");
    expect("C17;MT-52;-6;01.12.2010;2,55;Eire;Amazon.de",
           "2: return 50 MT-52 IE amazon - 2010-12-01 6 unknown\n");
    expect("C17;MT-52;6;01.12.2010;0;Eire;Amazon.de",
           "2: return 50 MT-52 IE amazon - 2010-12-01 6 unknown\n");
    expect_skipped("C17;MT-52;0;01.12.2010;2,55;Eire;Amazon.de", "no_units");
}

static void rows_that_are_no_sales_are_skipped_by_their_rule(void **state)
{
    (void)state;
    expect_skipped("17;MT-52;0;01.12.2010;2,55;Deutschland;x", "not_sold");
    expect_skipped("17;MT-52;-6;01.12.2010;2,55;Deutschland;x", "not_sold");
    expect_skipped("17;MT-52;6;01.12.2010;0,00;Deutschland;x", "not_sold");
    expect_skipped("17;MT-52;6;01.12.2010;-1;Deutschland;x", "not_sold");
    expect_skipped("17;POST;6;01.12.2010;2,55;Deutschland;x", "other_product");
    expect_skipped("17;POST;six;tomorrow;free;Atlantis;x", "other_product");
}

static void blanks_around_a_cell_do_not_count(void **state)
{
    (void)state;
    expect(" C17 ; MT-52 ; -6 ; 01.12.2010 ; 2,55 ; Deutschland ; Amazon.de ",
           "2: return 50 MT-52 DE amazon - 2010-12-01 6 unknown\n");
}

static void what_cannot_be_read_is_rejected_with_its_column(void **state)
{
    (void)state;
    expect("17;MT-52;six;01.12.2010;2,55;Eire;x",
           "2! UNITS-SOLD: bad_quantity: not a whole number\n");
    expect("17;MT-52;;01.12.2010;2,55;Eire;x", "2! UNITS-SOLD: empty: is empty\n");
    expect("17;MT-52;6;2010-12-01;2,55;Eire;x",
           "2!  day : bad_date: not a date as the mapping's \"date_format\" writes it\n");
    expect("17;MT-52;6;31.11.2010;2,55;Eire;x",
           "2!  day : bad_date: no day or time of the calendar\n");
    expect("17;MT-52;6;01.12.2010;2.55;Eire;x",
           "2! Price: bad_amount: not a number with the mapping's \"decimal_sign\"\n");
    expect("17;MT-52;6;01.12.2010;2,55;Atlantis;x",
           "2! Country: bad_country: not listed in the mapping's \"names\"\n");
    expect("17;MT-52;6;01.12.2010;2,55;;x", "2! Country: empty: is empty\n");
    expect("17;\"MT\t52\";6;01.12.2010;2,55;Eire;x",
           "2! Item: control_character: a control character\n");
    expect(
        "17;MT345678901234567890123456789012345678901234567890123456789012;6;01.12.2010;1;Eire;x",
        "2! Item: too_long: longer than it may be\n");
    expect("17;MT-52;6;01.12.2010", "2! Price: bad_row: too few cells in the row\n");
}

static void names_that_are_not_listed_become_other(void **state)
{
    (void)state;
    expect("17;MT-52;6;01.12.2010;2,55;Eire;Corner shop",
           "2: shipment 50 MT-52 IE dealer 2010-12-01 - 6\n");
    expect("17;MT-52;6;01.12.2010;2,55;Eire;", "2: shipment 50 MT-52 IE dealer 2010-12-01 - 6\n");
}

#define SHORT                                                                     \
    "{\"line\": {\"code\": \"x\", \"name\": \"x\"}, \"date_format\": \"%Y%m%d\"," \
    " \"columns\": {\"product\": \"p\", \"quantity\": \"q\", \"date\": \"d\", \"country\": \"c\""

static void without_names_a_cell_is_the_code(void **state)
{
    const struct import_options said = {.map = SHORT
                                        "}, \"returned\": {\"negative_quantity\": true}}"};

    (void)state;
    facts_expect("p,q,d,c\nA,5,20101201,PL\nA,-5,20101201,PL\nA,5,20101201,pl\n,5,20101201,PL\n",
                 &said,
                 "2: shipment 50 A PL direct 2010-12-01 - 5\n"
                 "3: return 50 A PL direct - 2010-12-01 5 unknown\n"
                 "4! c: bad_country: not a country code\n"
                 "5! p: empty: is empty\n");
}

static void a_mapping_may_tell_reason_lot_order_money_and_the_day_of_shipment(void **state)
{
    const struct import_options said = {
        .map = SHORT ", \"price\": \"e\", \"lot\": \"l\", \"reason\": \"r\", \"shipped\": \"s\","
                     " \"currency\": \"u\", \"refund\": \"f\", \"order\": \"o\"},"
                     " \"key\": [\"o\", \"p\"], \"classes\": {\"broken\": \"fault\"},"
                     " \"returned\": {\"negative_quantity\": true}}"};

    (void)state;
    facts_expect("o,p,q,d,c,e,l,r,s,u,f\n"
                 "1,A,5,20101201,PL,9.90,26C,,,PLN,\n"
                 "2,A,-1,20101220,PL,9.90,26C,broken,20101201,PLN,4.95\n"
                 "3,A,-1,20101120,PL,9.90,26C,broken,20101201,PLN,4.95\n"
                 "4,A,-1,20101120,PL,9.90,,WHATEVER,,JPY,4.95\n"
                 "5,A,0,20101120,PL,9.90,,,,PLN,\n",
                 &said,
                 "2: shipment 50 A PL direct 2010-12-01 - 5 4950 PLN lot 26C\n"
                 "3: return 50 A PL direct 2010-12-01 2010-12-20 1 495 PLN fault 'broken' lot 26C\n"
                 "4! s: shipped_later: later than the day on which it came back\n"
                 "5! f: bad_amount: more decimals than the currency has\n"
                 "6: shipment 50 A PL direct 2010-11-20 - 0 0 PLN\n");
}

static void the_named_columns_are_the_key_and_the_order_is_the_same_in_all_files(void **state)
{
    const struct import_options said = {.map =
                                            SHORT ", \"order\": \"o\"}, \"key\": [\"o\", \"p\"]}"};
    struct facts *facts = malloc(sizeof *facts);
    static const char text[] = "o,p,q,d,c\n902-1,A,5,20101201,PL\n";
    unsigned char order[FACT_ID];

    (void)state;
    facts_expect_same(text, "o,p,q,d,c\n902-1,A,6,20101203,DE\n", &said, true, true);
    facts_expect_same(text, "o,p,q,d,c\n902-1,B,5,20101201,PL\n", &said, false, true);
    facts_read_bytes(facts, text, sizeof text - 1, &said);
    fact_order_id(order, "902-1");
    assert_memory_equal(facts->owns[0], order, FACT_ID);
    facts_release(facts);
    free(facts);
}

static void a_header_without_a_named_column_is_refused(void **state)
{
    (void)state;
    facts_expect("Invoice;Item;Units sold;Price;Country;Shop\n", &mapped,
                 "missing_columns: The header, line 1, has no column \"Day\" among its 6.\n");
    facts_expect(
        "Invoice,Item,Units sold,Day,Price,Country,Shop\n", &mapped,
        "missing_columns: The header, line 1, has no column \"Item\" among its 1: perhaps the "
        "mapping's \"separator\" is not the file's.\n");
    facts_expect("Item;Day;Units sold;day;Price;Country;Shop;Invoice\n", &mapped,
                 "doubled_column: The header, line 1, has the column \"Day\" twice.\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sales_and_returns_are_told_apart),
        cmocka_unit_test(rows_that_are_no_sales_are_skipped_by_their_rule),
        cmocka_unit_test(blanks_around_a_cell_do_not_count),
        cmocka_unit_test(what_cannot_be_read_is_rejected_with_its_column),
        cmocka_unit_test(names_that_are_not_listed_become_other),
        cmocka_unit_test(without_names_a_cell_is_the_code),
        cmocka_unit_test(a_mapping_may_tell_reason_lot_order_money_and_the_day_of_shipment),
        cmocka_unit_test(the_named_columns_are_the_key_and_the_order_is_the_same_in_all_files),
        cmocka_unit_test(a_header_without_a_named_column_is_refused),
    };

    RUN(tests);
}
