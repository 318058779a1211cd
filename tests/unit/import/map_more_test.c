/* Mappings: what they may say for the ledger, and of known formats. */
#include "unit.h"

#include "mapping.h"

static void what_a_ledger_needs_can_be_told(void **state)
{
    struct import_map map;

    (void)state;
    expect_good(&map, "{\"columns\": {\"product\": \"A\", \"quantity\": \"B\", \"date\": \"C\","
                      "  \"order\": \"D\", \"lot\": \"E\", \"reason\": \"F\", \"shipped\": \"G\","
                      "  \"currency\": \"H\", \"refund\": \"I\"}, \"key\": [\"D\", \"A\"],"
                      " \"classes\": {\"broken\": \"fault\"}, \"unknown\": \"reject\","
                      " \"encoding\": \"latin1\", \"currency\": \"EUR\"}");
    assert_string_equal(map.order_column, "D");
    assert_string_equal(map.refund_column, "I");
    assert_int_equal(json_array_size(map.key), 2);
    assert_string_equal(json_string_value(json_object_get(map.classes, "broken")), "fault");
    assert_string_equal(map.unknown, "reject");
    assert_string_equal(map.encoding, "latin1");
    assert_string_equal(map.currency, "EUR");
    import_map_release(&map);
    expect_refused("{\"key\": []}", "The mapping's \"key\" must be a list of one to eight texts.");
    expect_refused("{\"key\": [1]}", "The mapping's \"key\" must be a list of one to eight texts.");
    expect_refused(
        "{\"classes\": {\"broken\": \"bad\"}}",
        "The mapping's \"classes\": what stands for \"broken\" must be a class of events, "
        "such as fault.");
    expect_refused("{\"unknown\": \"guess\"}",
                   "The mapping's \"unknown\" must be \"keep\" or \"reject\".");
    expect_refused("{\"columns\": {\"product\": \"A\", \"quantity\": \"B\", \"date\": \"C\","
                   "  \"order\": \"D\"}}",
                   "The mapping's \"columns.order\" needs \"key\".");
    expect_refused("{\"columns\": {\"product\": \"A\", \"quantity\": \"B\", \"date\": \"C\","
                   "  \"refund\": \"D\"}}",
                   "The mapping's \"columns.refund\" needs \"columns.currency\" or \"currency\".");
}

static void a_known_format_can_be_told_apart_from_others_of_its_kind(void **state)
{
    static const char good[] =
        "{\"format\": \"all_orders\", \"columns\": {\"sku\": \"Category\"},"
        " \"channel\": {\"constant\": \"amazon_in\"}, \"rejects\": \"skip\"}";
    struct import_error error = {0};
    struct import_map map;

    (void)state;
    assert_true(import_map_parse(&map, good, sizeof good - 1, &error));
    assert_string_equal(map.format, "all_orders");
    assert_string_equal(json_string_value(json_object_get(map.format_columns, "sku")), "Category");
    assert_string_equal(map.channel.constant, "amazon_in");
    assert_null(map.line_code);
    import_map_release(&map);
    expect_bytes_refused("{\"format\": \"all_orders\", \"date_format\": \"%Y\"}",
                         "The mapping has an unknown member \"date_format\".");
    expect_bytes_refused("{\"format\": \"all_orders\", \"columns\": {\"sku\": \"\"}}",
                         "The mapping's \"columns\": what stands for \"sku\" must be the name of a "
                         "column.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_ledger_needs_can_be_told),
        cmocka_unit_test(a_known_format_can_be_told_apart_from_others_of_its_kind),
    };

    RUN(tests);
}
