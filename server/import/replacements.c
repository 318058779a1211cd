/* Orders that replace other orders: shipped, but not sold. */
#include "import/family.h"

#include <string.h>

#define REPLACEMENT(field) AT(reader, replacements_##field)

enum fact_result replacement_row(struct import_reader *reader, struct fact *fact)
{
    const char *order, *original;

    fact->kind = FACT_REPLACEMENT;
    fact->rank = RANK_UNIT;
    fact->channel = reader_channel(reader, "amazon_fba");
    if (!reader_day_needed(reader, REPLACEMENT(shipment_date), &fact->shipped) ||
        !reader_sku(reader, REPLACEMENT(sku), fact) ||
        !reader_units(reader, REPLACEMENT(quantity), 1, &fact->units) ||
        !reader_text(reader, REPLACEMENT(reason), 80, &fact->reason) ||
        !reader_country(reader, -1, NULL, &fact->country) ||
        !reader_needed(reader, REPLACEMENT(order_id), &order) ||
        !reader_needed(reader, REPLACEMENT(original_order_id), &original))
        return FACT_REJECTED;
    if (!strcmp(order, original)) {
        reader_reject(reader, REPLACEMENT(order_id), "replaces_itself",
                      "an order that replaces itself");
        return FACT_REJECTED;
    }
    READER_KEY(reader, fact, "replacements", REPLACEMENT(order_id), REPLACEMENT(sku));
    reader_order(reader, REPLACEMENT(order_id), fact);
    fact_order_id(fact->parent, original);
    fact->has_parent = true;
    return FACT_MADE;
}
