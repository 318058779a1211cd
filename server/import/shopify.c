/* Orders of a shop: a row for each item, what is the order's on its first row only. */
#include "import/family.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define SHOP(field) AT(reader, shopify_orders_##field)

/* The order of the row, as its first row told it. */
struct order {
    char *name;
    bool cancelled_by_payment;
    enum status_meaning fulfilment;
    struct fact_day fulfilled, cancelled;
    char country[3], currency[4];
    bool refunded;
};

bool shopify_begin(struct import_reader *reader)
{
    reader->state = arena_alloc(&reader->arena, sizeof(struct order));
    return true;
}

static bool order_begin(struct import_reader *reader, struct order *order, const char *name)
{
    struct status payment = reader_status(reader, SHOP(financial_status), STATUS_payment);
    struct status fulfilment = reader_status(reader, SHOP(fulfillment_status), STATUS_fulfilment);
    const char *country, *currency;
    int64_t refunded;

    *order->name = '\0';
    order->cancelled_by_payment = payment.meaning == STATUS_CANCELLED;
    order->fulfilment = fulfilment.meaning;
    if (!reader_day(reader, SHOP(fulfilled_at), &order->fulfilled) ||
        !reader_day(reader, SHOP(cancelled_at), &order->cancelled) ||
        !reader_country(reader, SHOP(country), NULL, &country) ||
        !reader_currency(reader, SHOP(currency), NULL, &currency) ||
        !reader_money(reader, SHOP(refunded_amount), currency, &refunded))
        return false;
    snprintf(order->country, sizeof order->country, "%s", country);
    snprintf(order->currency, sizeof order->currency, "%s", currency ? currency : "");
    order->refunded = refunded != 0;
    memcpy(order->name, name, strlen(name) + 1);
    return true;
}

/* The order that the row belongs to: that of the row before, or one that begins. */
static bool order_read(struct import_reader *reader, struct order *order)
{
    const char *name;

    if (!reader_needed(reader, SHOP(order_name), &name))
        return false;
    if (!order->name)
        order->name = arena_alloc(&reader->arena, CSV_LINE_MAX + 1);
    return !strcmp(order->name, name) || order_begin(reader, order, name);
}

static bool is_shipped(struct import_reader *reader, const struct order *order)
{
    struct status item = reader_status(reader, SHOP(item_fulfillment_status), STATUS_fulfilment);

    return (item.meaning != STATUS_UNKNOWN ? item.meaning : order->fulfilment) == STATUS_SHIPPED;
}

/* A day of shipment if it was, of cancellation if it was not, and no units as long as it waits. */
static bool outcome(struct import_reader *reader, const struct order *order, struct fact *fact)
{
    struct fact_day created;

    if (!reader_day_needed(reader, SHOP(created_at), &created))
        return false;
    if (is_shipped(reader, order)) {
        fact->shipped = order->fulfilled.known ? order->fulfilled : created;
        if (!order->fulfilled.known)
            reader_warn(reader, WARN_ship_day_assumed);
    } else if (order->cancelled.known || order->cancelled_by_payment) {
        fact->kind = FACT_CANCEL;
        fact->came = order->cancelled.known ? order->cancelled : created;
        fact->classed = true;
        fact->class = EVENT_cancel;
    } else {
        fact->shipped = created;
        fact->units = 0;
    }
    return true;
}

/* Every shop counts its orders from 1001: their channels tell them apart. */
static void order_key(struct import_reader *reader, struct fact *fact)
{
    char what[80];

    snprintf(what, sizeof what, "shopify_orders %s", fact->channel);
    READER_KEY(reader, fact, what, SHOP(order_name), SHOP(sku));
}

enum fact_result shopify_row(struct import_reader *reader, struct fact *fact)
{
    struct order *order = reader->state;

    if (!order_read(reader, order))
        return FACT_REJECTED;
    if (!strcasecmp(reader_cell(reader, SHOP(requires_shipping)), "false"))
        return reader_skip(reader, "not_shipped", "an item that needs no shipping");
    fact->kind = FACT_SHIPMENT;
    fact->rank = RANK_ORDER;
    fact->channel = reader_channel(reader, "shopify");
    fact->country = order->country;
    fact->currency = *order->currency ? order->currency : NULL;
    if (!reader_sku(reader, SHOP(sku), fact) ||
        !reader_units(reader, SHOP(quantity), 0, &fact->units) || !outcome(reader, order, fact) ||
        !reader_price(reader, SHOP(item_price), fact))
        return FACT_REJECTED;
    if (order->refunded)
        reader_warn(reader, WARN_refund_without_units);
    order_key(reader, fact);
    reader_order(reader, SHOP(order_name), fact);
    return FACT_MADE;
}
