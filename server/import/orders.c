/* Orders by their state, and shipments by the warehouse that made them. */
#include "import/family.h"

#include <string.h>
#include <strings.h>

#define ORDER(field)    AT(reader, all_orders_##field)
#define SHIPMENT(field) AT(reader, fulfilled_shipments_##field)

/* What the item's own status says before that of the order: only that it is cancelled. */
static struct status order_status(struct import_reader *reader)
{
    struct status order = reader_status(reader, ORDER(order_status), STATUS_order);
    struct status item = reader_status(reader, ORDER(item_status), STATUS_item);

    if (item.meaning != STATUS_CANCELLED || order.meaning == STATUS_CANCELLED)
        return order;
    reader_warn(reader, WARN_item_status_differs);
    return item;
}

/* A status has no day of its own: the order was changed last when it got it, at the earliest. */
static bool came_back(struct import_reader *reader, struct fact *fact, struct status status)
{
    struct fact_day updated;

    if (!reader_day(reader, ORDER(updated_date), &updated))
        return false;
    fact->came =
        updated.known && updated.value.day >= fact->shipped.value.day ? updated : fact->shipped;
    fact->classed = true;
    fact->class = status.class;
    reader_warn(reader, WARN_return_day_assumed);
    return reader_text(reader, ORDER(order_status), 80, &fact->reason);
}

static void cancelled(struct import_reader *reader, struct fact *fact)
{
    fact->kind = FACT_CANCEL;
    fact->came = fact->shipped;
    fact->shipped.known = false;
    fact->classed = true;
    fact->class = EVENT_cancel;
    if (!fact->units)
        reader_warn(reader, WARN_cancelled_without_units);
}

/* What the status makes of the row, which until here is a shipment of the quantity. */
static bool order_outcome(struct import_reader *reader, struct fact *fact)
{
    struct status status = order_status(reader);

    switch (status.meaning) {
    case STATUS_CANCELLED:
        cancelled(reader, fact);
        return true;
    case STATUS_BACK:
        return came_back(reader, fact, status);
    case STATUS_SHIPPED:
        if (fact->units)
            reader_warn(reader, WARN_ship_day_assumed);
        else
            reader_warn(reader, WARN_no_units);
        return true;
    default: /* it waits, or nobody knows: nothing is shipped yet */
        fact->units = 0;
        return true;
    }
}

static const char *order_channel(struct import_reader *reader)
{
    const char *who = reader_cell(reader, ORDER(fulfillment_channel));

    return reader_channel(reader, !strcasecmp(who, "Merchant") ? "amazon_mfn" : "amazon_fba");
}

enum fact_result all_orders_row(struct import_reader *reader, struct fact *fact)
{
    const struct marketplace *place = reader_marketplace(reader, ORDER(sales_channel));

    fact->kind = FACT_SHIPMENT;
    fact->rank = RANK_ORDER;
    fact->channel = order_channel(reader);
    if (!reader_day_needed(reader, ORDER(purchase_date), &fact->shipped) ||
        !reader_sku(reader, ORDER(sku), fact) ||
        !reader_units(reader, ORDER(quantity), 0, &fact->units) ||
        !reader_country(reader, ORDER(country), place, &fact->country) ||
        !reader_currency(reader, ORDER(currency), place, &fact->currency) ||
        !reader_money(reader, ORDER(item_price), fact->currency, &fact->money) ||
        !order_outcome(reader, fact))
        return FACT_REJECTED;
    if (!fact->units)
        fact->money = 0;
    READER_KEY(reader, fact, "all_orders", ORDER(order_id), ORDER(sku), ORDER(sales_channel));
    reader_order(reader, ORDER(order_id), fact);
    return FACT_MADE;
}

enum fact_result fulfilled_shipment_row(struct import_reader *reader, struct fact *fact)
{
    const struct marketplace *place = reader_marketplace(reader, SHIPMENT(sales_channel));

    fact->kind = FACT_SHIPMENT;
    fact->rank = RANK_UNIT;
    fact->channel = reader_channel(reader, "amazon_fba");
    if (!reader_day_needed(reader, SHIPMENT(shipment_date), &fact->shipped) ||
        !reader_sku(reader, SHIPMENT(sku), fact) ||
        !reader_units(reader, SHIPMENT(quantity), 0, &fact->units) ||
        !reader_country(reader, SHIPMENT(country), place, &fact->country) ||
        !reader_currency(reader, SHIPMENT(currency), place, &fact->currency) ||
        !reader_money(reader, SHIPMENT(item_price), fact->currency, &fact->money))
        return FACT_REJECTED;
    READER_KEY(reader, fact, "fulfilled_shipments", SHIPMENT(shipment_item_id), SHIPMENT(order_id),
               SHIPMENT(sku));
    reader_order(reader, SHIPMENT(order_id), fact);
    return FACT_MADE;
}
