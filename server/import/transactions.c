/* Transactions of a range of dates: sales and refunds, with headers in several languages. */
#include "import/family.h"

#include <string.h>
#include <strings.h>

#define SOLD(field) AT(reader, date_range_transactions_##field)

/* What the customer paid or, below 0, got back. */
static bool amount_read(struct import_reader *reader, const char *currency, int64_t *sum)
{
    const int columns[] = {
        SOLD(product_sales),     SOLD(product_sales_tax),
        SOLD(shipping_credits),  SOLD(shipping_credits_tax),
        SOLD(gift_wrap_credits), SOLD(gift_wrap_credits_tax),
        SOLD(promotion),         SOLD(promotion_tax),
    };

    *sum = 0;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        int64_t amount;

        if (!reader_money(reader, columns[i], currency, &amount))
            return false;
        *sum += amount; /* each has 16 digits at most */
    }
    return reader_amount_fits(reader, SOLD(product_sales), *sum);
}

static bool total_add(struct import_reader *reader, const char *currency)
{
    int64_t total;

    if (!reader_money(reader, SOLD(total), currency, &total))
        return false;
    return !currency || !*reader_cell(reader, SOLD(total)) ||
           import_report_money(reader->report, reader_cell(reader, SOLD(type)), "total", currency,
                               total) ||
           reader_reject(reader, SOLD(total), "bad_amount", "an amount of one kind too many");
}

/* Amazon ships it, or the seller does; the exports say so in their own language. */
static const char *channel_of(struct import_reader *reader)
{
    const char *who = reader_cell(reader, SOLD(fulfillment));

    return reader_channel(reader, !*who || strcasestr(who, "amazon") || strstr(who, "亚马逊")
                                      ? "amazon_fba"
                                      : "amazon_mfn");
}

static bool units_read(struct import_reader *reader, int32_t *units)
{
    *units = 0;
    if (*reader_cell(reader, SOLD(quantity)) && !reader_signed_units(reader, SOLD(quantity), units))
        return false;
    if (*units < 0)
        *units = -*units;
    if (!*units) {
        *units = 1;
        reader_warn(reader, WARN_units_assumed);
    }
    return true;
}

static bool item_read(struct import_reader *reader, struct fact *fact, bool shipped)
{
    const struct marketplace *place = reader_marketplace(reader, SOLD(marketplace));
    int64_t amount;

    if (!reader_day_needed(reader, SOLD(posted_time), &fact->came) ||
        !reader_sku(reader, SOLD(sku), fact) || !units_read(reader, &fact->units) ||
        !reader_country(reader, -1, place, &fact->country) ||
        !amount_read(reader, fact->currency, &amount))
        return false;
    fact->kind = shipped ? FACT_SHIPMENT : FACT_REFUND;
    fact->rank = shipped ? RANK_TOLD : RANK_DERIVED;
    fact->money = shipped ? amount : -amount;
    if (!shipped && amount > 0) /* it was taken back */
        fact->units = -fact->units;
    if (shipped) {
        fact->shipped = fact->came;
        fact->came.known = false;
        reader_warn(reader, WARN_ship_day_assumed);
    }
    return true;
}

enum fact_result transaction_row(struct import_reader *reader, struct fact *fact)
{
    const struct marketplace *place = reader_marketplace(reader, SOLD(marketplace));
    enum status_meaning meaning = reader_status(reader, SOLD(type), STATUS_transaction).meaning;

    fact->channel = channel_of(reader);
    if (!reader_currency(reader, -1, place, &fact->currency) || !total_add(reader, fact->currency))
        return FACT_REJECTED;
    if ((meaning != STATUS_SHIPPED && meaning != STATUS_REFUNDED) ||
        !*reader_cell(reader, SOLD(order_id)) || !*reader_cell(reader, SOLD(sku)))
        return reader_skip(reader, "other_money",
                           "money that is no price and no refund of an item");
    if (!item_read(reader, fact, meaning == STATUS_SHIPPED))
        return FACT_REJECTED;
    READER_KEY(reader, fact, "date_range_transactions", SOLD(posted_time), SOLD(settlement_id),
               SOLD(type), SOLD(order_id), SOLD(sku));
    reader_order(reader, SOLD(order_id), fact);
    return FACT_MADE;
}
