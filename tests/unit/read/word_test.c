/* The small words of reports: statuses, marketplaces. */
#include "unit.h"

#include "read/marketplace.h"
#include "read/status.h"

#include <string.h>

static void check(enum status_list list, const char *word, enum status_meaning meaning,
                  const char *class)
{
    struct status status = status_find(list, word);

    assert_int_equal(status.meaning, meaning);
    assert_string_equal(event_class_name(status.class), class);
}

static void orders_are_shipped_cancelled_waiting_or_back(void **state)
{
    (void)state;
    check(STATUS_order, "Shipped", STATUS_SHIPPED, "unknown");
    check(STATUS_order, "Shipped - Delivered to Buyer", STATUS_SHIPPED, "unknown");
    check(STATUS_order, "Shipped - Picked Up", STATUS_SHIPPED, "unknown");
    check(STATUS_order, "Shipped - Out for Delivery", STATUS_SHIPPED, "unknown");
    check(STATUS_order, "Shipped - Returned to Seller", STATUS_BACK, "unknown");
    check(STATUS_order, "Shipped - Returning to Seller", STATUS_BACK, "unknown");
    check(STATUS_order, "Shipped - Rejected by Buyer", STATUS_BACK, "undeliv");
    check(STATUS_order, "Shipped - Lost in Transit", STATUS_BACK, "logistics");
    check(STATUS_order, "Shipped - Damaged", STATUS_BACK, "logistics");
    check(STATUS_order, "Cancelled", STATUS_CANCELLED, "cancel");
    check(STATUS_order, "canceled", STATUS_CANCELLED, "cancel");
    check(STATUS_order, "Pending - Waiting for Pick Up", STATUS_WAITS, "unknown");
    check(STATUS_order, "Vanished", STATUS_UNKNOWN, "unknown");
    check(STATUS_item, "Vanished", STATUS_UNKNOWN, "unknown");
}

static void requests_and_units_have_words_of_their_own(void **state)
{
    (void)state;
    check(STATUS_request, "APPROVED", STATUS_COUNTS, "unknown");
    check(STATUS_request, "Denied", STATUS_CANCELLED, "unknown");
    check(STATUS_resolution, "ReturnlessRefund", STATUS_REFUNDED, "refund_only");
    check(STATUS_resolution, "StandardRefund", STATUS_COUNTS, "unknown");
    check(STATUS_unit, "Unit returned to inventory", STATUS_RESTOCKED, "restocked");
    check(STATUS_unit, "Reimbursed", STATUS_REIMBURSED, "reimbursed");
    check(STATUS_disposition, "CUSTOMER_DAMAGED", STATUS_COUNTS, "unknown");
    check(STATUS_request, "Unit returned to inventory", STATUS_UNKNOWN, "unknown");
}

static void transactions_are_known_in_several_languages(void **state)
{
    static const char *const orders[] = {"Order",  "Bestellung", "Commande",
                                         "Ordine", "Pedido",     "订单"};
    static const char *const refunds[] = {"Refund",   "Erstattung", "Remboursement",
                                          "Rimborso", "Reembolso",  "退款"};

    (void)state;
    for (size_t i = 0; i < COUNT(orders); i++) {
        check(STATUS_transaction, orders[i], STATUS_SHIPPED, "unknown");
        check(STATUS_transaction, refunds[i], STATUS_REFUNDED, "refund_only");
    }
    check(STATUS_transaction, "servicegebuhr", STATUS_IGNORED, "unknown");
}

static void a_marketplace_tells_country_and_currency(void **state)
{
    (void)state;
    assert_string_equal(marketplace_find("Amazon.de")->country, "DE");
    assert_string_equal(marketplace_find("www.amazon.co.uk")->currency, "GBP");
    assert_string_equal(marketplace_find("AMAZON.IN")->currency, "INR");
    assert_null(marketplace_find("Non-Amazon"));
    assert_null(marketplace_find(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(orders_are_shipped_cancelled_waiting_or_back),
        cmocka_unit_test(requests_and_units_have_words_of_their_own),
        cmocka_unit_test(transactions_are_known_in_several_languages),
        cmocka_unit_test(a_marketplace_tells_country_and_currency),
    };

    RUN(tests);
}
