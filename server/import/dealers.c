/* Shipments to dealers, with the serial numbers of what was shipped. */
#include "import/family.h"

#include <ctype.h>
#include <string.h>

#define LIST(field) AT(reader, b2b_shipments_##field)

#define LOT_MAX    40
#define NOTE_MAX   60
#define SERIAL_LEN 40 /* of a serial number, as in the table unit */

/* Whether the serial numbers of a range are such as the table unit has; in capitals, then. */
static bool range_fold(struct serial_range *range)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./_-";
    size_t prefix = strlen(range->prefix), len = prefix + range->width;

    for (char *c = range->prefix; *c; c++)
        *c = (char)toupper((unsigned char)*c);
    return len >= 3 && len <= SERIAL_LEN && strspn(range->prefix, allowed) == prefix &&
           !strchr("./_-", prefix ? *range->prefix : 'A');
}

static bool serials_check(struct import_reader *reader, const struct fact *fact)
{
    struct serial_list *list = reader->serials;
    int column = LIST(serial_from);

    for (size_t i = 0; i < list->nranges; i++)
        if (!range_fold(&list->ranges[i]))
            return reader_reject(reader, column, "bad_serial",
                                 "a serial number that is not 3 to 40 of A-Z 0-9 . / _ -");
    return list->units == (uint64_t)fact->units ||
           reader_reject(reader, LIST(quantity), "serials_differ",
                         "not as many units as there are serial numbers");
}

/* Serial numbers, if the row has them: then as many as units. */
static bool serials_read(struct import_reader *reader, struct fact *fact)
{
    const char *from = reader_cell(reader, LIST(serial_from));
    const char *to = reader_cell(reader, LIST(serial_to));
    const char *wrong = serial_cells_read(from, to, reader->serials);

    if (wrong)
        return reader_reject(reader, LIST(serial_from), "bad_serial", wrong);
    if (!reader->serials->nranges)
        return true;
    if (!serials_check(reader, fact))
        return false;
    fact->serials = reader->serials;
    return true;
}

static void dealer_key(struct import_reader *reader, struct fact *fact)
{
    if (*fact->note)
        READER_KEY(reader, fact, "b2b_shipments note", LIST(delivery_note), LIST(item));
    else
        READER_KEY(reader, fact, "b2b_shipments", LIST(shipment_date), LIST(customer), LIST(item));
}

enum fact_result dealer_shipment_row(struct import_reader *reader, struct fact *fact)
{
    fact->kind = FACT_SHIPMENT;
    fact->rank = RANK_UNIT;
    fact->channel = reader_channel(reader, "dealer");
    if (!reader_day_needed(reader, LIST(shipment_date), &fact->shipped) ||
        !reader_sku(reader, LIST(item), fact) ||
        !reader_units(reader, LIST(quantity), 0, &fact->units) ||
        !reader_text(reader, LIST(lot), LOT_MAX, &fact->lot) ||
        !reader_text(reader, LIST(delivery_note), NOTE_MAX, &fact->note) ||
        !reader_country(reader, LIST(country), NULL, &fact->country) ||
        !serials_read(reader, fact) ||
        !reader_currency(reader, LIST(currency), NULL, &fact->currency) ||
        !reader_price(reader, LIST(price), fact))
        return FACT_REJECTED;
    if (!fact->units) {
        reader_reject(reader, LIST(quantity), "bad_quantity", "a shipment of nothing");
        return FACT_REJECTED;
    }
    dealer_key(reader, fact);
    return FACT_MADE;
}
