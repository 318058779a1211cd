/* Settlements of version 2: a row for each component of an amount. */
#include "import/family.h"
#include "import/settlement.h"

#include "base/text.h"

#include <stdio.h>
#include <strings.h>

#define V2(field) AT(reader, settlement_v2_##field)

/* "ItemPrice/Principal", for the report. */
static void describe(struct import_reader *reader, char out[200])
{
    const char *type = reader_cell(reader, V2(amount_type));
    const char *description = reader_cell(reader, V2(amount_description));

    snprintf(out, 200, "%.*s/%.*s", (int)text_fit(type, 90), type, (int)text_fit(description, 90),
             description);
}

/* Whether the amount is what a customer paid or got back, and not the marketplace's. */
static bool is_of_customer(struct import_reader *reader)
{
    const char *type = reader_cell(reader, V2(amount_type));

    return !strcasecmp(type, "ItemPrice") || !strcasecmp(type, "Promotion");
}

static bool is_principal(struct import_reader *reader)
{
    return !strcasecmp(reader_cell(reader, V2(amount_type)), "ItemPrice") &&
           !strcasecmp(reader_cell(reader, V2(amount_description)), "Principal");
}

static bool day_read(struct import_reader *reader, struct fact *fact)
{
    return reader_day(reader, V2(posted_time), &fact->came) &&
           (fact->came.known || reader_day_needed(reader, V2(posted_date), &fact->came));
}

/* An order's price, or what was given back of one. */
static enum fact_result item_read(struct import_reader *reader, struct fact *fact,
                                  const struct settlement *settlement,
                                  const struct settlement_columns *columns, bool shipped,
                                  int64_t amount)
{
    int32_t quantity = 0;

    if (!day_read(reader, fact) || !reader_sku(reader, V2(sku), fact) ||
        (*reader_cell(reader, V2(quantity)) &&
         !reader_signed_units(reader, V2(quantity), &quantity)) ||
        !settlement_place(reader, settlement, columns, fact))
        return FACT_REJECTED;
    settlement_units(reader, fact, shipped, is_principal(reader), quantity, amount);
    READER_KEY(reader, fact, "settlement_v2", V2(settlement_id), V2(transaction_type), V2(order_id),
               V2(adjustment_id), V2(order_item_id), V2(sku), V2(amount_type),
               V2(amount_description));
    reader_order(reader, V2(order_id), fact);
    return FACT_MADE;
}

enum fact_result settlement_v2_row(struct import_reader *reader, struct fact *fact)
{
    const struct settlement_columns columns = {
        V2(settlement_id),    V2(total_amount), V2(currency),
        V2(transaction_type), V2(marketplace),  V2(fulfillment_id),
    };
    struct settlement *settlement;
    enum fact_result found;
    enum status_meaning meaning;
    char description[200];
    int64_t amount;

    found = settlement_of(reader, &columns, &settlement);
    if (found != FACT_MADE)
        return found;
    describe(reader, description);
    if (!settlement_add(reader, settlement, V2(amount), reader_cell(reader, V2(transaction_type)),
                        description, &amount))
        return FACT_REJECTED;
    meaning = reader_status(reader, V2(transaction_type), STATUS_transaction).meaning;
    if (!*reader_cell(reader, V2(order_id)) || !*reader_cell(reader, V2(sku)) ||
        (meaning != STATUS_SHIPPED && meaning != STATUS_REFUNDED) || !is_of_customer(reader) ||
        (meaning == STATUS_SHIPPED && !is_principal(reader)))
        return reader_skip(reader, "other_money",
                           "money that is no price and no refund of an item");
    return item_read(reader, fact, settlement, &columns, meaning == STATUS_SHIPPED, amount);
}
