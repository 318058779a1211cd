/* Orders of a shop and shipments to dealers, from text to facts. */
#include "unit.h"

#include "facts.h"

#define SHOP                                                                                  \
    "Name,Email,Financial Status,Fulfillment Status,Fulfilled at,Currency,Created at,"        \
    "Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping," \
    "Lineitem fulfillment status,Shipping Country,Cancelled at,Refunded Amount\n"
#define LIST                                                                                \
    "\xef\xbb\xbfLieferdatum;Lieferschein;Kunde;Land;Artikelnummer;Menge;Seriennummer von;" \
    "Seriennummer bis;Charge;Währung;Stückpreis\r\n"

static const struct import_options plain = {0};

static void the_rows_of_an_order_share_what_its_first_one_tells(void **state)
{
    (void)state;
    facts_expect(
        SHOP
        "#1044,a@b.example,paid,fulfilled,2025-10-04 23:10:11 -0300,EUR,2025-10-02 17:09:33 -0300,2,"
        "\"Generator, red\",399.00,GEN-2,true,fulfilled,DE,,0.00\n"
        "#1044,,,,,,2025-10-02 17:09:33 -0300,1,Battery,129.00,ESS,true,fulfilled,,,\n"
        "#1044,,,,,,2025-10-02 17:09:33 -0300,1,Gift card,50.00,GIFT,false,fulfilled,,,\n"
        "#1045,,voided,unfulfilled,,EUR,2025-10-03 08:00:00 +0200,1,Tiller,229.00,T-52,true,pending,AT,"
        "2025-10-03 09:30:00 +0200,0.00\n"
        "#1046,,paid,unfulfilled,,CHF,2025-10-03 08:00:00 +0200,1,Tiller,229.00,T-52,true,pending,CH,,\n",
        &plain,
        "2: shipment 30 GEN-2 DE shopify 2025-10-04 - 2 79800 EUR\n"
        "3: shipment 30 ESS DE shopify 2025-10-04 - 1 12900 EUR\n"
        "5: cancel 30 T-52 AT shopify - 2025-10-03 1 22900 EUR cancel\n"
        "6: shipment 30 T-52 CH shopify 2025-10-03 - 0 0 CHF\n");
}

static void money_that_went_back_for_an_order_is_told_and_not_counted(void **state)
{
    (void)state;
    facts_expect_warned(
        SHOP "#1,,partially_refunded,fulfilled,2025-10-04,EUR,2025-10-02,2,x,3.00,G,true,"
             "fulfilled,DE,,3.00\n#1,,,,,,2025-10-02,1,y,1.00,H,true,fulfilled,,,\n",
        &plain, WARN_refund_without_units, 2);
}

static void shops_do_not_share_their_orders_rows(void **state)
{
    const struct import_options other = {.channel = "shop_fr"};
    struct facts *a = malloc(sizeof *a), *b = malloc(sizeof *b);
    static const char text[] = SHOP "#1,,paid,fulfilled,2025-10-04,EUR,2025-10-02,2,x,3.00,G,true,"
                                    "fulfilled,DE,,\n";

    (void)state;
    facts_read_bytes(a, text, sizeof text - 1, &plain);
    facts_read_bytes(b, text, sizeof text - 1, &other);
    assert_memory_not_equal(a->keys[0], b->keys[0], FACT_ID);
    facts_release(a);
    facts_release(b);
    free(a);
    free(b);
}

static void a_dealers_units_are_as_many_as_their_serial_numbers(void **state)
{
    (void)state;
    facts_expect(
        LIST
        "15.03.2026;LS-1;D1;DE;GEN-2;48;GX20A2603000101;GX20A2603000148;2603A;EUR;231,50\r\n"
        "02.04.2026;LS-2;D2;FR;GEN-2;30;gx20a2603000149-gx20a2603000160, gx20a2604000001..gx20a2604000018;;"
        "2603A/2604A;EUR;1.234,50\r\n"
        "02.04.2026;LS-3;D2;FR;CABLE;10;;;;;\r\n"
        "02.04.2026;LS-4;D2;FR;GEN-2;47;GX20A2603000101;GX20A2603000148;;;\r\n"
        "02.04.2026;LS-5;D2;FR;GEN-2;2;GX 1;GX 2;;;\r\n"
        "02.04.2026;LS-6;D2;FR;GEN-2;1;A!23;;;;\r\n"
        "02.04.2026;LS-7;D2;FR;GEN-2;0;;;;;\r\n",
        &plain,
        "2: shipment 40 GEN-2 DE dealer 2026-03-15 - 48 1111200 EUR lot 2603A 1 ranges of LS-1\n"
        "3: shipment 40 GEN-2 FR dealer 2026-04-02 - 30 3703500 EUR lot 2603A/2604A 2 ranges of LS-2\n"
        "4: shipment 40 CABLE FR dealer 2026-04-02 - 10\n"
        "5! Menge: serials_differ: not as many units as there are serial numbers\n"
        "6! Seriennummer von: bad_serial: a blank inside a serial number\n"
        "7! Seriennummer von: bad_serial: a serial number that is not 3 to 40 of A-Z 0-9 . / _ -\n"
        "8! Menge: bad_quantity: a shipment of nothing\n");
}

static void a_delivery_note_and_its_item_are_the_key(void **state)
{
    (void)state;
    facts_expect_same(LIST "15.03.2026;LS-1;D1;DE;GEN-2;2;AB1;AB2;2603A;EUR;231,50\r\n",
                      LIST "16.03.2026;LS-1;D1;FR;GEN-2;1;AB1;AB1;2603B;EUR;231,50\r\n", &plain,
                      true, true);
    facts_expect_same(LIST "15.03.2026;;D1;DE;GEN-2;2;AB1;AB2;2603A;EUR;231,50\r\n",
                      LIST "16.03.2026;;D1;DE;GEN-2;2;AB1;AB2;2603A;EUR;231,50\r\n", &plain, false,
                      false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rows_of_an_order_share_what_its_first_one_tells),
        cmocka_unit_test(money_that_went_back_for_an_order_is_told_and_not_counted),
        cmocka_unit_test(shops_do_not_share_their_orders_rows),
        cmocka_unit_test(a_dealers_units_are_as_many_as_their_serial_numbers),
        cmocka_unit_test(a_delivery_note_and_its_item_are_the_key),
    };

    RUN(tests);
}
