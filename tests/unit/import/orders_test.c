/* Orders and shipments, from text to facts. */
#include "unit.h"

#include "facts.h"

#define ORDERS                                                                               \
    "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\t" \
    "sales-channel\tsku\titem-status\tquantity\tcurrency\titem-price\tship-city\tship-country\n"
#define AT_NOON "T12:00:00+00:00\t"

static const struct import_options plain = {0};

static void an_order_is_a_shipment_of_its_day_or_waits_or_is_cancelled(void **state)
{
    (void)state;
    facts_expect(ORDERS "1\t2026-04-10" AT_NOON "2026-04-11" AT_NOON
                        "Shipped\tAmazon\tAmazon.de\tG-2\tShipped\t1\tEUR\t399.00\tX\tAT\n"
                        "2\t2026-04-10" AT_NOON "2026-04-11" AT_NOON
                        "Shipped\tMerchant\tAmazon.de\tG-2\tShipped\t2\tEUR\t798.00\n"
                        "3\t2026-04-10" AT_NOON "2026-04-11" AT_NOON
                        "Pending\tAmazon\tAmazon.fr\tG-2\t\t1\t\t\t\t\n"
                        "4\t2026-04-10" AT_NOON "2026-04-11" AT_NOON
                        "Cancelled\tAmazon\tAmazon.fr\tG-2\t\t0\t\t\t\tFR\n"
                        "5\t2026-04-10" AT_NOON "2026-04-11" AT_NOON
                        "Shipped\tAmazon\tAmazon.it\tG-2\tCancelled\t1\tEUR\t89.95\t\tIT\n"
                        "6\t2026-04-10" AT_NOON "2026-04-11" AT_NOON
                        "Shipped\tAmazon\tAmazon.it\tG-2\tShipped\t0\tEUR\t\t\tIT\n",
                 &plain,
                 "2: shipment 30 G-2 AT amazon_fba 2026-04-10 - 1 39900 EUR\n"
                 "3: shipment 30 G-2 DE amazon_mfn 2026-04-10 - 2 79800 EUR\n"
                 "4: shipment 30 G-2 FR amazon_fba 2026-04-10 - 0 0 EUR\n"
                 "5: cancel 30 G-2 FR amazon_fba - 2026-04-10 0 0 EUR cancel\n"
                 "6: cancel 30 G-2 IT amazon_fba - 2026-04-10 1 8995 EUR cancel\n"
                 "7: shipment 30 G-2 IT amazon_fba 2026-04-10 - 0 0 EUR\n");
}

static void what_comes_back_by_its_status_is_shipped_as_well(void **state)
{
    (void)state;
    facts_expect(
        "index,Order ID,Date,Status,Fulfilment,Sales Channel ,SKU,Courier Status,Qty,currency,Amount,ship-country\n"
        "0,1-1,04-30-22,Shipped - Returned to Seller,Merchant,Amazon.in,J-1,Shipped,1,INR,406.0,IN\n"
        "1,1-2,04-30-22,Shipped - Rejected by Buyer,Merchant,Amazon.in,J-1,Shipped,2,INR,812.5,\n"
        "2,1-3,04-02-22,Shipped - Lost in Transit,Merchant,Amazon.in,J-1,Shipped,1,,,IN\n"
        "3,1-4,04-02-22,Shipped - Vanished,Merchant,Amazon.in,J-1,Shipped,1,,,IN\n",
        &plain,
        "2: shipment 30 J-1 IN amazon_mfn 2022-04-30 2022-04-30 1 40600 INR unknown 'Shipped - Returned to Seller'\n"
        "3: shipment 30 J-1 IN amazon_mfn 2022-04-30 2022-04-30 2 81250 INR undeliv 'Shipped - Rejected by Buyer'\n"
        "4: shipment 30 J-1 IN amazon_mfn 2022-04-02 2022-04-02 1 0 INR logistics 'Shipped - Lost in Transit'\n"
        "5: shipment 30 J-1 IN amazon_mfn 2022-04-02 - 0 0 INR\n");
    facts_expect(ORDERS
                 "1\t2026-04-10" AT_NOON "2026-04-19" AT_NOON
                 "Shipped - Returned to Seller\tAmazon\tAmazon.in\tG-2\tShipped\t1\tINR\t1\t\tIN\n",
                 &plain,
                 "2: shipment 30 G-2 IN amazon_fba 2026-04-10 2026-04-19 1 100 INR unknown "
                 "'Shipped - Returned to Seller'\n");
}

static void what_is_assumed_is_counted(void **state)
{
    static const char text[] = ORDERS "1\t2026-04-10" AT_NOON "2026-04-11" AT_NOON
                                      "Shipped\tAmazon\t\tG-2\tShipped\t1\t\t5\t\t\n"
                                      "2\t2026-04-10" AT_NOON "2026-04-11" AT_NOON
                                      "Shipped - Damaged\tAmazon\t\tG-2\tShipped\t1\t\t\t\tDE\n"
                                      "3\t2026-04-10" AT_NOON "2026-04-11" AT_NOON
                                      "Shipped\tAmazon\t\tG-2\tCancelled\t0\t\t\t\tDE\n";

    (void)state;
    facts_expect_warned(text, &plain, WARN_ship_day_assumed, 1);
    facts_expect_warned(text, &plain, WARN_return_day_assumed, 1);
    facts_expect_warned(text, &plain, WARN_item_status_differs, 1);
    facts_expect_warned(text, &plain, WARN_cancelled_without_units, 1);
    facts_expect_warned(text, &plain, WARN_currency_unknown, 1);
    facts_expect_warned(text, &plain, WARN_country_unknown, 1);
}

static void countries_and_amounts_must_have_their_form(void **state)
{
    const struct import_options said = {
        .map = "{\"format\": \"all_orders\", \"country\": {\"names\": {\"Italia\": \"IT\"}}}"};
    static const char text[] = ORDERS
        "1\t2026-04-10" AT_NOON "\tShipped\tAmazon\tAmazon.it\tG-2\tShipped\t1\tEUR\t89.955\t\tIT\n"
        "2\t2026-04-10" AT_NOON "\tShipped\tAmazon\tAmazon.it\tG-2\tShipped\t1\teuro\t89.95\t\tIT\n"
        "3\t2026-04-10" AT_NOON
        "\tShipped\tAmazon\tAmazon.it\tG-2\tShipped\t1\tEUR\t89.95\t\tItalia\n"
        "4\t2026-04-10" AT_NOON "\tShipped\tAmazon\tAmazon.it\tG-2\tShipped\t1\tEUR\t89.95\t\tUK\n";

    (void)state;
    facts_expect(text, &plain,
                 "2! item-price: bad_amount: more decimals than the currency has\n"
                 "3! currency: bad_currency: not a currency code\n"
                 "4! ship-country: bad_country: not a country code\n"
                 "5: shipment 30 G-2 GB amazon_fba 2026-04-10 - 1 8995 EUR\n");
    facts_expect(text, &said,
                 "2! item-price: bad_amount: more decimals than the currency has\n"
                 "3! currency: bad_currency: not a currency code\n"
                 "4: shipment 30 G-2 IT amazon_fba 2026-04-10 - 1 8995 EUR\n"
                 "5: shipment 30 G-2 GB amazon_fba 2026-04-10 - 1 8995 EUR\n");
}

static void a_mapping_names_the_columns_that_a_file_calls_otherwise(void **state)
{
    const struct import_options said = {.map = "{\"format\": \"all_orders\", \"currency\": \"INR\","
                                               " \"columns\": {\"sku\": \"Category\"}}"};

    (void)state;
    facts_expect("Order ID,Date,Status,Sales Channel,Category,Qty,Amount\n"
                 "1-1,04-30-22,Shipped,Amazon.in,Socks,1,406\n",
                 &said, "2: shipment 30 Socks IN amazon_fba 2022-04-30 - 1 40600 INR\n");
    facts_expect("Order ID,Date,Status,Sales Channel,Kind,Qty,Amount\n1-1,04-30-22,x,y,z,1,406\n",
                 &said, "bad_map: The file has no column \"Category\", which the mapping names.\n");
}

static void a_shipment_of_the_warehouse_has_its_own_day_and_key(void **state)
{
#define SHIPMENTS                                                                         \
    "amazon-order-id\tshipment-item-id\tpurchase-date\tshipment-date\tbuyer-email\tsku\t" \
    "quantity-shipped\tcurrency\titem-price\tship-country\tsales-channel\n"
    (void)state;
    facts_expect(SHIPMENTS
                 "1\tS1\t2026-04-10T10:00:00+00:00\t2026-04-12T10:00:00+00:00\ta@b.example\tG-2\t"
                 "3\tEUR\t900.00\tDE\tAmazon.de\n",
                 &plain, "2: shipment 40 G-2 DE amazon_fba 2026-04-12 - 3 90000 EUR\n");
    facts_expect_same(SHIPMENTS "1\tS1\t\t2026-04-12T10:00:00+00:00\t\tG-2\t3\tEUR\t900.00\tDE\t\n",
                      SHIPMENTS "1\tS1\t\t2026-04-13T10:00:00+00:00\t\tG-2\t2\tEUR\t600.00\tDE\t\n",
                      &plain, true, true);
    facts_expect_same(SHIPMENTS "1\tS1\t\t2026-04-12T10:00:00+00:00\t\tG-2\t3\tEUR\t900.00\tDE\t\n",
                      SHIPMENTS "1\tS2\t\t2026-04-12T10:00:00+00:00\t\tG-2\t3\tEUR\t900.00\tDE\t\n",
                      &plain, false, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_order_is_a_shipment_of_its_day_or_waits_or_is_cancelled),
        cmocka_unit_test(what_comes_back_by_its_status_is_shipped_as_well),
        cmocka_unit_test(what_is_assumed_is_counted),
        cmocka_unit_test(countries_and_amounts_must_have_their_form),
        cmocka_unit_test(a_mapping_names_the_columns_that_a_file_calls_otherwise),
        cmocka_unit_test(a_shipment_of_the_warehouse_has_its_own_day_and_key),
    };

    RUN(tests);
}
