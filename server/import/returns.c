/* Returns, as marketplaces report them: of their own warehouses, and of the seller's. */
#include "import/family.h"

#define FBA(field) AT(reader, fba_returns_##field)
#define MFN(field) AT(reader, mfn_returns_##field)

/* The licence plate is the unit's; where there is none, what else tells it from others. */
static void fba_key(struct import_reader *reader, struct fact *fact)
{
    if (*reader_cell(reader, FBA(licence_plate)))
        READER_KEY(reader, fact, "fba_returns plate", FBA(licence_plate), FBA(order_id));
    else
        READER_KEY(reader, fact, "fba_returns", FBA(order_id), FBA(sku), FBA(return_date),
                   FBA(fulfillment_center));
}

/* What the warehouse did with the unit: sold as new again, or paid for. */
static void fba_outcome(struct import_reader *reader, struct fact *fact)
{
    struct status found = reader_status(reader, FBA(disposition), STATUS_disposition);
    struct status done = reader_status(reader, FBA(status), STATUS_unit);

    fact->restocked = found.meaning == STATUS_RESTOCKED && done.meaning == STATUS_RESTOCKED;
    fact->reimbursed = done.meaning == STATUS_REIMBURSED;
}

enum fact_result fba_return_row(struct import_reader *reader, struct fact *fact)
{
    fact->kind = FACT_RETURN;
    fact->rank = RANK_UNIT;
    fact->channel = reader_channel(reader, "amazon_fba");
    if (!reader_day_needed(reader, FBA(return_date), &fact->came) ||
        !reader_sku(reader, FBA(sku), fact) ||
        !reader_units(reader, FBA(quantity), 1, &fact->units) ||
        !reader_reason(reader, FBA(reason), fact) ||
        !reader_country(reader, -1, NULL, &fact->country))
        return FACT_REJECTED;
    fba_outcome(reader, fact);
    fba_key(reader, fact);
    reader_order(reader, FBA(order_id), fact);
    return FACT_MADE;
}

/* The day on which it came back or, until then, on which that was asked for. */
static bool mfn_day(struct import_reader *reader, struct fact *fact)
{
    struct fact_day delivered;

    if (!reader_day_needed(reader, MFN(request_date), &fact->came) ||
        !reader_day(reader, MFN(delivery_date), &delivered))
        return false;
    if (delivered.known)
        fact->came = delivered;
    return true;
}

static bool mfn_money(struct import_reader *reader, struct fact *fact)
{
    return reader_currency(reader, MFN(currency), NULL, &fact->currency) &&
           reader_money(reader, MFN(refunded_amount), fact->currency, &fact->money);
}

static void mfn_key(struct import_reader *reader, struct fact *fact)
{
    if (*reader_cell(reader, MFN(amazon_rma)))
        READER_KEY(reader, fact, "mfn_returns rma", MFN(amazon_rma), MFN(order_id), MFN(sku),
                   MFN(order_item_id));
    else
        READER_KEY(reader, fact, "mfn_returns", MFN(order_id), MFN(sku), MFN(request_date),
                   MFN(order_item_id));
}

/* A request that came to nothing is kept with no units, for it may be decided anew. */
static void mfn_outcome(struct import_reader *reader, struct fact *fact)
{
    struct status request = reader_status(reader, MFN(request_status), STATUS_request);
    struct status resolution = reader_status(reader, MFN(resolution), STATUS_resolution);

    if (request.meaning == STATUS_CANCELLED || request.meaning == STATUS_WAITS)
        fact->units = 0;
    if (resolution.meaning == STATUS_REFUNDED)
        fact->class = resolution.class;
}

enum fact_result mfn_return_row(struct import_reader *reader, struct fact *fact)
{
    fact->kind = FACT_RETURN;
    fact->rank = RANK_UNIT;
    fact->channel = reader_channel(reader, "amazon_mfn");
    if (!mfn_day(reader, fact) || !reader_sku(reader, MFN(sku), fact) ||
        !reader_units(reader, MFN(quantity), 1, &fact->units) ||
        !reader_reason(reader, MFN(reason), fact) ||
        !reader_country(reader, -1, NULL, &fact->country) || !mfn_money(reader, fact))
        return FACT_REJECTED;
    mfn_outcome(reader, fact);
    mfn_key(reader, fact);
    reader_order(reader, MFN(order_id), fact);
    return FACT_MADE;
}
