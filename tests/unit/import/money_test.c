/* Settlements, reimbursements, transactions and replacements, from text to facts. */
#include "unit.h"

#include "facts.h"

#define V2                                                                                      \
    "settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\t"   \
    "currency\ttransaction-type\torder-id\tmarketplace-name\tamount-type\tamount-description\t" \
    "amount\tfulfillment-id\tposted-date\tposted-date-time\torder-item-code\tsku\t"             \
    "quantity-purchased\n"
#define ROW2(type, order, kind, what, amount, sku, quantity)                    \
    "7\t\t\t\t\t\t" type "\t" order "\tAmazon.com\t" kind "\t" what "\t" amount \
    "\tAFN\t2026-10-05\t2026-10-05 08:14:02 UTC\t\t" sku "\t" quantity "\n"

static const struct import_options plain = {0};

static void prices_are_shipments_and_what_goes_back_is_refunds(void **state)
{
    (void)state;
    facts_expect(
        V2 "7\t2026-10-01 00:00:00 UTC\t\t\t1.66\tUSD\n" ROW2("Order", "1", "ItemPrice",
                                                              "Principal", "50.00", "W-1", "2")
            ROW2("Order", "1", "ItemPrice", "Tax", "2.00", "W-1",
                 "") ROW2("Order", "1", "ItemFees", "Commission", "-31.34", "W-1",
                          "") ROW2("Refund", "2", "ItemPrice", "Principal", "-18.00", "W-2", "")
                ROW2("Refund", "2", "ItemPrice", "Shipping", "-3.00", "W-2",
                     "") ROW2("Refund", "2", "Promotion", "Shipping", "1.00", "W-2", "")
                    ROW2("Refund", "2", "ItemFees", "Commission", "2.50", "W-2", "")
                        ROW2("Refund", "3", "ItemPrice", "Principal", "2.30", "W-2", "1")
                            ROW2("other-transaction", "", "other", "StorageFee", "-3.80", "", ""),
        &plain,
        "3: shipment 10 W-1 US amazon_fba 2026-10-05 - 2 5000 USD\n"
        "6: refund 20 W-2 US amazon_fba - 2026-10-05 1 1800 USD\n"
        "7: refund 20 W-2 US amazon_fba - 2026-10-05 0 300 USD\n"
        "8: refund 20 W-2 US amazon_fba - 2026-10-05 0 -100 USD\n"
        "10: refund 20 W-2 US amazon_fba - 2026-10-05 -1 -230 USD\n");
}

static void the_amounts_must_be_the_total(void **state)
{
    (void)state;
    facts_expect(
        V2 "7\t2026-10-01 00:00:00 UTC\t\t\t-1000.10\tUSD\n" ROW2("Order", "1", "ItemPrice",
                                                                  "Principal", "-1000.11", "", ""),
        &plain,
        "settlement_sum: The amounts of settlement 1 of the file add up to -1000.11 USD, and "
        "its total is -1000.10 USD: it is not whole, so nothing is imported.\n");
    facts_expect(V2 "7\t2026-10-01 00:00:00 UTC\t\t\t0.02\tJPY\n", &plain,
                 "2! total-amount: bad_amount: more decimals than the currency has\n");
    facts_expect(V2 "7\t2026-10-01 00:00:00 UTC\t\t\t100\tJPY\n" ROW2("Order", "1", "ItemPrice",
                                                                      "Principal", "101", "", ""),
                 &plain,
                 "settlement_sum: The amounts of settlement 1 of the file add up to 101 JPY, and "
                 "its total is 100 JPY: it is not whole, so nothing is imported.\n");
}

static void an_amount_without_its_total_is_rejected(void **state)
{
    (void)state;
    facts_expect(V2 ROW2("Order", "1", "ItemPrice", "Principal", "1.00", "W-1",
                         "1") "7\t2026-10-01 00:00:00 UTC\t\t\t0\tUSD\n"
                              "7\t2026-10-01 00:00:00 UTC\t\t\t0\tUSD\n",
                 &plain,
                 "2! total-amount: no_total: an amount before its settlement's total\n"
                 "4! total-amount: second_total: a second total of the same settlement\n");
}

static void version_1_tells_the_quantity_before_the_price(void **state)
{
#define V1                                                                                  \
    "settlement-id\ttotal-amount\tcurrency\ttransaction-type\torder-id\tmarketplace-name\t" \
    "fulfillment-id\tposted-date\torder-item-code\tsku\tquantity-purchased\tprice-type\t"   \
    "price-amount\titem-related-fee-type\titem-related-fee-amount\tmisc-fee-amount\t"       \
    "other-fee-amount\tother-fee-reason-description\tpromotion-amount\tother-amount\n"
#define ROW1(type, item, cells) \
    "8\t\t\t" type "\t1\tAmazon.de\tMFN\t2015-12-02T04:15:26+00:00\t" item "\tS-1\t" cells "\n"
    (void)state;
    facts_expect(
        V1 "8\t55.00\tEUR\n" ROW1("Order", "I1", "3") ROW1("Order", "I1", "\tPrincipal\t90.00")
            ROW1("Order", "I1", "\tShipping\t5.00") ROW1("Order", "I1", "\t\t\tCommission\t-9.00")
                ROW1("Refund", "I2", "\tPrincipal\t-30.00\tCommission\t3.00\t\t-4.00\tlost"),
        &plain,
        "4: shipment 10 S-1 DE amazon_mfn 2015-12-02 - 3 9000 EUR\n"
        "7: refund 20 S-1 DE amazon_mfn - 2015-12-02 1 3000 EUR\n");
}

static void a_reversal_belongs_to_what_it_reverses(void **state)
{
#define PAID                                                                         \
    "approval-date\treimbursement-id\tamazon-order-id\treason\tsku\tcurrency-unit\t" \
    "amount-total\tquantity-reimbursed-total\toriginal-reimbursement-id\n"
    (void)state;
    facts_expect(
        PAID "2026-03-04T00:00:00+00:00\t91\t\tLost:Warehouse\tW-1\tUSD\t1.44\t1\t\n"
             "2026-03-09T00:00:00+00:00\t92\t3-1\tCustomerReturn\tG-2\tUSD\t212.40\t1\t\n"
             "2026-03-21T00:00:00+00:00\t93\t\tReversal\tG-2\tUSD\t-212.40\t-1\t92\n",
        &plain,
        "2: reimbursement 20 W-1 ZZ amazon_fba - 2026-03-04 1 144 USD 'Lost:Warehouse'\n"
        "3: reimbursement 20 G-2 ZZ amazon_fba - 2026-03-09 1 21240 USD 'CustomerReturn' of another\n"
        "4: reimbursement 20 G-2 ZZ amazon_fba - 2026-03-21 -1 -21240 USD 'Reversal' of another\n");
}

static void transactions_are_read_in_german(void **state)
{
    (void)state;
    facts_expect(
        "\"Alle Beträge in EUR\"\n\"Stand: 1\"\n"
        "Datum/Uhrzeit,Abrechnungsnummer,Typ,Bestellnummer,SKU,Menge,Marketplace,Versand,Umsätze,"
        "Gutschrift für Versandkosten,Gesamt\n"
        "08.06.2025 22:23:05 UTC,7,Bestellung,4-1,G-2,2,amazon.de,Amazon,\"1.798,00\",\"5,00\",\"1.500,00\"\n"
        "09.06.2025 22:23:05 UTC,7,Erstattung,4-1,G-2,1,amazon.de,Verkäufer,\"-899,00\",\"0,00\",\"-800,00\"\n"
        "10.06.2025 22:23:05 UTC,7,Übertrag,,,,,,\"0,00\",\"0,00\",\"-700,00\"\n"
        "11.06.2025 22:23:05 UTC,7,Erstattung,4-2,G-2,,amazon.de,Amazon,\"-9,00\",\"0,00\",\"-8,00\"\n",
        &plain,
        "4: shipment 20 G-2 DE amazon_fba 2025-06-08 - 2 180300 EUR\n"
        "5: refund 10 G-2 DE amazon_mfn - 2025-06-09 1 89900 EUR\n"
        "7: refund 10 G-2 DE amazon_fba - 2025-06-11 1 900 EUR\n");
}

static void replacements_lead_to_another_order(void **state)
{
#define REPLACED                                                                           \
    "shipment-date\tsku\tquantity\treplacement-reason-code\treplacement-amazon-order-id\t" \
    "original-amazon-order-id\n"
    (void)state;
    facts_expect(REPLACED "2026-05-04T10:00:00+00:00\tG-2\t1\t5\t9-2\t9-1\n"
                          "2026-05-04T10:00:00+00:00\tG-2\t1\t5\t9-2\t9-2\n"
                          "2026-05-04T10:00:00+00:00\tG-2\t1\t5\t\t9-2\n",
                 &plain,
                 "2: replacement 40 G-2 ZZ amazon_fba 2026-05-04 - 1 '5' of another\n"
                 "3! replacement-amazon-order-id: replaces_itself: an order that replaces itself\n"
                 "4! replacement-amazon-order-id: empty: is empty\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prices_are_shipments_and_what_goes_back_is_refunds),
        cmocka_unit_test(the_amounts_must_be_the_total),
        cmocka_unit_test(an_amount_without_its_total_is_rejected),
        cmocka_unit_test(version_1_tells_the_quantity_before_the_price),
        cmocka_unit_test(a_reversal_belongs_to_what_it_reverses),
        cmocka_unit_test(transactions_are_read_in_german),
        cmocka_unit_test(replacements_lead_to_another_order),
    };

    RUN(tests);
}
