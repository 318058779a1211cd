/* Mappings: what they may say, and what is said of those that are wrong. */
#include "unit.h"

#include "mapping.h"

static void what_is_not_told_has_a_sensible_value(void **state)
{
    struct import_map map;

    (void)state;
    expect_good(&map, "{}");
    assert_string_equal(map.decimal_sign, ".");
    assert_string_equal(map.separator, ",");
    assert_string_equal(map.rejects, "refuse");
    assert_string_equal(map.channel.constant, "direct");
    assert_null(map.price_column);
    assert_null(map.product_pattern);
    assert_null(map.returned_column);
    assert_false(map.returned_negative);
    assert_int_equal(map.sold_quantity_above, 0);
    assert_int_equal(map.sold_price_above, INT64_MIN);
    import_map_release(&map);
}

static void everything_can_be_told(void **state)
{
    struct import_map map;

    (void)state;
    expect_good(&map, "{\"columns\": {\"product\": \"A\", \"quantity\": \"B\", \"date\": \"C\","
                      "  \"price\": \"D\", \"country\": \"E\", \"channel\": \"F\"},"
                      " \"decimal_sign\": \",\", \"separator\": \"\\t\", \"rejects\": \"skip\","
                      " \"product_pattern\": \"^[0-9]{5}\","
                      " \"country\": {\"names\": {\"Eire\": \"IE\"}, \"other\": \"ZZ\"},"
                      " \"channel\": {\"names\": {\"Amazon.de\": \"amazon\"}},"
                      " \"returned\": {\"column\": \"G\", \"starts_with\": \"C\"},"
                      " \"sold\": {\"quantity_above\": 1, \"price_above\": 0.5}}");
    assert_string_equal(map.line_code, "tillers");
    assert_string_equal(map.product_column, "A");
    assert_string_equal(map.price_column, "D");
    assert_string_equal(map.country.column, "E");
    assert_string_equal(json_string_value(json_object_get(map.country.names, "Eire")), "IE");
    assert_string_equal(map.country.other, "ZZ");
    assert_null(map.channel.other);
    assert_string_equal(map.separator, "\t");
    assert_string_equal(map.returned_prefix, "C");
    assert_int_equal(map.sold_quantity_above, 1);
    assert_int_equal(map.sold_price_above, 500000);
    assert_int_equal(regexec(&map.pattern, "85123A", 0, NULL, 0), 0);
    assert_int_not_equal(regexec(&map.pattern, "POST", 0, NULL, 0), 0);
    import_map_release(&map);
}

static void white_space_and_order_make_no_other_mapping(void **state)
{
    static const char other_order[] =
        "{\"country\": {\"constant\": \"DE\"}, \"date_format\": \"%Y-%m-%d\",\n\n"
        " \"columns\": {\"date\": \"Day\", \"quantity\": \"Qty\", \"product\": \"Item\"},"
        " \"line\": {\"name\": \"Tillers\", \"code\": \"tillers\"}}";
    struct import_map one, two, three;
    struct import_error error = {0};

    (void)state;
    expect_good(&one, "{}");
    assert_true(import_map_parse(&two, other_order, strlen(other_order), &error));
    expect_good(&three, "{\"country\": {\"constant\": \"FR\"}}");
    assert_memory_equal(one.hash, two.hash, sizeof one.hash);
    assert_memory_not_equal(one.hash, three.hash, sizeof one.hash);
    import_map_release(&one);
    import_map_release(&two);
    import_map_release(&three);
}

static void what_is_no_object_is_refused(void **state)
{
    (void)state;
    expect_bytes_refused("",
                         "The mapping is not JSON, line 1: '[' or '{' expected near end of file.");
    expect_bytes_refused("[]", "The mapping must be a JSON object.");
    expect_bytes_refused("{\"line\": 1,\n \"line\": 2}",
                         "The mapping is not JSON, line 2: duplicate object key near '\"line\"'.");
    expect_refused("{\"line\": \"tillers\"}", "The mapping's \"line\" must be an object.");
    expect_refused("{\"country\": []}", "The mapping's \"country\" must be an object.");
}

static void unknown_members_are_named(void **state)
{
    (void)state;
    expect_refused("{\"date-format\": \"\"}", "The mapping has an unknown member \"date-format\".");
    expect_refused("{\"sold\": {\"quantity_over\": 0}}",
                   "The mapping has an unknown member \"sold.quantity_over\".");
}

static void missing_members_are_named(void **state)
{
    (void)state;
    expect_refused("{\"line\": null}", "The mapping's \"line\" is missing.");
    expect_refused("{\"date_format\": null}", "The mapping's \"date_format\" is missing.");
    expect_refused("{\"columns\": {\"product\": \"A\", \"date\": \"B\"}}",
                   "The mapping's \"columns.quantity\" is missing.");
}

static void texts_must_have_their_form(void **state)
{
    (void)state;
    expect_refused("{\"line\": {\"code\": \"Mini Tillers\", \"name\": \"x\"}}",
                   "The mapping's \"line.code\" must be a code: a small letter, then at most 39 "
                   "of a-z 0-9 _.");
    expect_refused("{\"country\": {\"constant\": \"Germany\"}}",
                   "The mapping's \"country.constant\" must be a country code: two capital "
                   "letters.");
    expect_refused("{\"decimal_sign\": \"'\"}",
                   "The mapping's \"decimal_sign\" must be \".\" or \",\".");
    expect_refused("{\"separator\": \"|\"}",
                   "The mapping's \"separator\" must be \",\" or \";\" or a tab.");
    expect_refused("{\"rejects\": \"ignore\"}",
                   "The mapping's \"rejects\" must be \"refuse\" or \"skip\".");
    expect_refused("{\"product_pattern\": \"(a{1,100}){1,100}\"}",
                   "The mapping's \"product_pattern\" is no regular expression: It repeats "
                   "something more than a thousand times.");
    expect_refused("{\"product_pattern\": \"a{99999999999999999999}\"}",
                   "The mapping's \"product_pattern\" is no regular expression: It repeats "
                   "something more than a thousand times.");
    expect_refused("{\"product_pattern\": \"(a*)\\\\1\"}",
                   "The mapping's \"product_pattern\" is no regular expression: It refers back to "
                   "what it has found.");
    expect_refused("{\"product_pattern\": \"([0-9]\"}",
                   "The mapping's \"product_pattern\" is no regular expression: Unmatched ( or "
                   "\\(.");
    expect_refused("{\"date_format\": \"%d.%m.\"}",
                   "The mapping's \"date_format\" must name a year, a month and a day.");
    expect_refused("{\"date_format\": 5}",
                   "The mapping's \"date_format\" must be a text of 1 to 200 bytes without control "
                   "characters.");
    expect_refused("{\"product_pattern\": \"\"}",
                   "The mapping's \"product_pattern\" must be a text of 1 to 200 bytes without "
                   "control characters.");
}

static void limits_must_be_numbers_that_make_sense(void **state)
{
    (void)state;
    expect_refused("{\"sold\": {\"quantity_above\": -1}}",
                   "The mapping's \"sold.quantity_above\" must be a whole number from 0 to "
                   "1,000,000,000.");
    expect_refused("{\"sold\": {\"quantity_above\": 0.5}}",
                   "The mapping's \"sold.quantity_above\" must be a whole number from 0 to "
                   "1,000,000,000.");
    expect_refused("{\"sold\": {\"price_above\": \"0\"}}",
                   "The mapping's \"sold.price_above\" must be a number from 0 to 1,000,000,000.");
    expect_refused("{\"sold\": {\"price_above\": 0}}",
                   "The mapping's \"sold.price_above\" needs \"columns.price\".");
}

static void a_country_is_a_column_or_a_constant(void **state)
{
    static const char with_column[] =
        "{\"columns\": {\"product\": \"A\", \"quantity\": \"B\", \"date\": \"C\","
        " \"country\": \"D\"}, \"country\": ";
    char text[400];

    (void)state;
    expect_refused("{\"country\": null}",
                   "The mapping must name either \"columns.country\" or \"country.constant\".");
    expect_refused("{\"country\": {\"names\": {}}}",
                   "The mapping must name either \"columns.country\" or \"country.constant\".");
    expect_refused("{\"country\": {\"constant\": \"DE\", \"other\": \"ZZ\"}}",
                   "The mapping's \"country.names\" and \"other\" need \"columns.country\".");
    snprintf(text, sizeof text, "%s%s", with_column, "{\"constant\": \"DE\"}}");
    expect_refused(text, "The mapping must name either \"columns.country\" or "
                         "\"country.constant\", not both.");
    snprintf(text, sizeof text, "%s%s", with_column, "{\"other\": \"DE\"}}");
    expect_refused(text, "The mapping's \"country.other\" needs \"country.names\".");
    snprintf(text, sizeof text, "%s%s", with_column, "{\"names\": {\"Eire\": \"Ireland\"}}}");
    expect_refused(text, "The mapping's \"country.names\": what stands for \"Eire\" must be a "
                         "country code: two capital letters.");
}

static void returns_are_told_by_one_rule(void **state)
{
    (void)state;
    expect_refused("{\"returned\": {\"column\": \"A\"}}",
                   "The mapping's \"returned\" must have both \"column\" and \"starts_with\".");
    expect_refused("{\"returned\": {\"negative_quantity\": false}}",
                   "The mapping's \"returned.negative_quantity\" can only be true.");
    expect_refused("{\"returned\": {\"column\": \"A\", \"starts_with\": \"C\","
                   " \"negative_quantity\": true}}",
                   "The mapping's \"returned\" must be told by a column or by "
                   "\"negative_quantity\", not both.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_told_has_a_sensible_value),
        cmocka_unit_test(everything_can_be_told),
        cmocka_unit_test(white_space_and_order_make_no_other_mapping),
        cmocka_unit_test(what_is_no_object_is_refused),
        cmocka_unit_test(unknown_members_are_named),
        cmocka_unit_test(missing_members_are_named),
        cmocka_unit_test(texts_must_have_their_form),
        cmocka_unit_test(limits_must_be_numbers_that_make_sense),
        cmocka_unit_test(a_country_is_a_column_or_a_constant),
        cmocka_unit_test(returns_are_told_by_one_rule),
    };

    RUN(tests);
}
