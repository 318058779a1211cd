/* What the marketplace pays for units that it lost, damaged or did not get back. */
#include "import/family.h"

#define PAID(field) AT(reader, reimbursements_##field)

/*
 * A reimbursement is known by its id, and belongs to its order or, a reversal without one, to
 * what it reverses: so both lead to the same order, whichever comes first.
 */
static void belongs_to(struct import_reader *reader, struct fact *fact)
{
    const char *id = reader_cell(reader, PAID(reimbursement_id));
    const char *order = reader_cell(reader, PAID(order_id));
    const char *original = reader_cell(reader, PAID(original_id));

    fact_id(fact->own, "reimbursement", 1, &id);
    fact->has_parent = *order || *original;
    if (*order)
        fact_order_id(fact->parent, order);
    else if (*original)
        fact_id(fact->parent, "reimbursement", 1, &original);
    else
        reader_warn(reader, WARN_lost_inventory);
}

enum fact_result reimbursement_row(struct import_reader *reader, struct fact *fact)
{
    const char *id;

    fact->kind = FACT_REIMBURSEMENT;
    fact->rank = RANK_TOLD;
    fact->channel = reader_channel(reader, "amazon_fba");
    if (!reader_day_needed(reader, PAID(approval_date), &fact->came) ||
        !reader_needed(reader, PAID(reimbursement_id), &id) ||
        !reader_sku(reader, PAID(sku), fact) ||
        !reader_signed_units(reader, PAID(quantity), &fact->units) ||
        !reader_text(reader, PAID(reason), 80, &fact->reason) ||
        !reader_country(reader, -1, NULL, &fact->country) ||
        !reader_currency(reader, PAID(currency), NULL, &fact->currency) ||
        !reader_money(reader, PAID(amount), fact->currency, &fact->money))
        return FACT_REJECTED;
    if (fact->currency && !import_report_money(reader->report, "reimbursement", fact->reason,
                                               fact->currency, fact->money)) {
        reader_reject(reader, PAID(amount), "bad_amount",
                      "an amount for more reasons than are known");
        return FACT_REJECTED;
    }
    READER_KEY(reader, fact, "reimbursements", PAID(reimbursement_id), PAID(sku));
    belongs_to(reader, fact);
    return FACT_MADE;
}
