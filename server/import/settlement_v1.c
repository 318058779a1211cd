/* Settlements of version 1: columns in pairs of a type and an amount. */
#include "import/family.h"
#include "import/settlement.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define V1(field) AT(reader, settlement_v1_##field)

/* All amounts of a row; `*price` is that of its price column. */
static bool amounts_add(struct import_reader *reader, struct settlement *settlement, int64_t *price)
{
    const struct {
        int type, amount;
        const char *usual; /* where the type has no column, or nothing in it */
    } pairs[] = {
        {V1(price_type),          V1(price),          "Price"        },
        {V1(item_fee_type),       V1(item_fee),       "ItemFee"      },
        {V1(shipment_fee_type),   V1(shipment_fee),   "ShipmentFee"  },
        {V1(order_fee_type),      V1(order_fee),      "OrderFee"     },
        {V1(promotion_type),      V1(promotion),      "Promotion"    },
        {V1(direct_payment_type), V1(direct_payment), "DirectPayment"},
        {V1(other_fee_reason),    V1(other_fee),      "OtherFee"     },
        {-1,                      V1(misc_fee),       "MiscFee"      },
        {-1,                      V1(other_amount),   "Other"        },
    };
    const char *transaction = reader_cell(reader, V1(transaction_type));

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const char *type = reader_cell(reader, pairs[i].type);
        int64_t amount;

        if (!settlement_add(reader, settlement, pairs[i].amount, transaction,
                            *type ? type : pairs[i].usual, &amount))
            return false;
        if (!i)
            *price = amount;
    }
    return true;
}

/* The quantity of the item that the row is about, from a row before it; 0: not told. */
static int32_t quantity_known(struct import_reader *reader)
{
    const struct settlements *all = reader->state;

    return !strcmp(all->item, reader_cell(reader, V1(order_item_id))) ? all->quantity : 0;
}

static bool quantity_keep(struct import_reader *reader)
{
    struct settlements *all = reader->state;
    int32_t quantity;

    if (!reader_signed_units(reader, V1(quantity), &quantity))
        return false;
    snprintf(all->item, sizeof all->item, "%s", reader_cell(reader, V1(order_item_id)));
    all->quantity = quantity;
    return true;
}

static enum fact_result item_read(struct import_reader *reader, struct fact *fact,
                                  const struct settlement *settlement,
                                  const struct settlement_columns *columns, bool shipped,
                                  int64_t price)
{
    bool principal = !strcasecmp(reader_cell(reader, V1(price_type)), "Principal");

    if (shipped && !principal)
        return reader_skip(reader, "other_money",
                           "money that is no price and no refund of an item");
    if (!reader_day_needed(reader, V1(posted_date), &fact->came) ||
        !reader_sku(reader, V1(sku), fact) || !settlement_place(reader, settlement, columns, fact))
        return FACT_REJECTED;
    settlement_units(reader, fact, shipped, principal, quantity_known(reader), price);
    READER_KEY(reader, fact, "settlement_v1", V1(settlement_id), V1(transaction_type), V1(order_id),
               V1(adjustment_id), V1(order_item_id), V1(sku), V1(price_type));
    reader_order(reader, V1(order_id), fact);
    return FACT_MADE;
}

enum fact_result settlement_v1_row(struct import_reader *reader, struct fact *fact)
{
    const struct settlement_columns columns = {
        V1(settlement_id),    V1(total_amount), V1(currency),
        V1(transaction_type), V1(marketplace),  V1(fulfillment_id),
    };
    struct settlement *settlement;
    enum fact_result found;
    enum status_meaning meaning;
    int64_t price = 0;

    found = settlement_of(reader, &columns, &settlement);
    if (found != FACT_MADE)
        return found;
    if (!amounts_add(reader, settlement, &price) ||
        (*reader_cell(reader, V1(quantity)) && !quantity_keep(reader)))
        return FACT_REJECTED;
    meaning = reader_status(reader, V1(transaction_type), STATUS_transaction).meaning;
    if (!*reader_cell(reader, V1(price)) || !*reader_cell(reader, V1(order_id)) ||
        !*reader_cell(reader, V1(sku)) || (meaning != STATUS_SHIPPED && meaning != STATUS_REFUNDED))
        return reader_skip(reader, "other_money",
                           "money that is no price and no refund of an item");
    return item_read(reader, fact, settlement, &columns, meaning == STATUS_SHIPPED, price);
}
