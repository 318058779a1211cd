/* Settlements: what a marketplace paid, and for what. */
#include "import/settlement.h"
#include "import/family.h"

#include "base/currency.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool settlement_begin(struct import_reader *reader)
{
    reader->state = arena_alloc(&reader->arena, sizeof(struct settlements));
    return true;
}

/* The place of an id, a new one if need be; NULL if there are too many. */
static struct settlement *settlement_find(struct import_reader *reader, const char *id)
{
    struct settlements *all = reader->state;

    for (size_t i = all->n; i--;) /* that of the row before, mostly */
        if (!strcmp(all->list[i].id, id))
            return &all->list[i];
    if (all->n == SETTLEMENTS_MAX)
        return NULL;
    all->list[all->n].id = arena_strdup(&reader->arena, id);
    return &all->list[all->n++];
}

static bool total_read(struct import_reader *reader, struct settlement *settlement,
                       const struct settlement_columns *columns)
{
    const char *currency;

    if (settlement->totalled)
        return reader_reject(reader, columns->total, "second_total",
                             "a second total of the same settlement");
    if (!reader_currency(reader, columns->currency, NULL, &currency))
        return false;
    if (!currency)
        return reader_reject(reader, columns->currency, "empty", "is empty");
    settlement->currency = arena_strdup(&reader->arena, currency);
    settlement->totalled = reader_money(reader, columns->total, currency, &settlement->total);
    return settlement->totalled;
}

enum fact_result settlement_of(struct import_reader *reader,
                               const struct settlement_columns *columns,
                               struct settlement **settlement)
{
    const char *id;

    if (!reader_needed(reader, columns->id, &id))
        return FACT_REJECTED;
    *settlement = settlement_find(reader, id);
    if (!*settlement) {
        reader_reject(reader, columns->id, "too_many_settlements",
                      "more than 64 settlements in one file");
        return FACT_REJECTED;
    }
    if (*reader_cell(reader, columns->total))
        return total_read(reader, *settlement, columns)
                   ? reader_skip(reader, "total", "the settlement's own row, with its total")
                   : FACT_REJECTED;
    if ((*settlement)->totalled)
        return FACT_MADE;
    reader_reject(reader, columns->total, "no_total", "an amount before its settlement's total");
    return FACT_REJECTED;
}

bool settlement_add(struct import_reader *reader, struct settlement *settlement, int column,
                    const char *type, const char *description, int64_t *amount)
{
    if (!reader_money(reader, column, settlement->currency, amount))
        return false;
    if (!*reader_cell(reader, column))
        return true;
    return (!__builtin_add_overflow(settlement->sum, *amount, &settlement->sum) &&
            import_report_money(reader->report, type, description, settlement->currency,
                                *amount)) ||
           reader_reject(reader, column, "bad_amount",
                         "an amount that is too large, or of one kind too many");
}

bool settlement_place(struct import_reader *reader, const struct settlement *settlement,
                      const struct settlement_columns *columns, struct fact *fact)
{
    const char *who = reader_cell(reader, columns->fulfillment);

    fact->channel = reader_channel(reader, !strcasecmp(who, "MFN") ? "amazon_mfn" : "amazon_fba");
    fact->currency = settlement->currency;
    return reader_country(reader, -1, reader_marketplace(reader, columns->marketplace),
                          &fact->country);
}

void settlement_units(struct import_reader *reader, struct fact *fact, bool shipped, bool principal,
                      int32_t quantity, int64_t amount)
{
    int32_t units = abs(quantity);

    if (principal && !units) {
        units = 1;
        reader_warn(reader, WARN_units_assumed);
    }
    if (shipped) {
        fact->kind = FACT_SHIPMENT;
        fact->rank = RANK_DERIVED;
        fact->shipped = fact->came;
        fact->came.known = false;
        fact->units = units;
        fact->money = amount;
        return;
    }
    fact->kind = FACT_REFUND;
    fact->rank = RANK_TOLD;
    fact->units = !principal ? 0 : amount > 0 ? -units : units; /* above 0: it was taken back */
    fact->money = -amount;
}

/* An amount for a person: 16630.13 USD. */
static void amount_write(char out[48], int64_t minor, const char *currency)
{
    int exponent = currency_exponent(currency);
    int64_t one = exponent == 0 ? 1 : exponent == 2 ? 100 : 1000;

    if (exponent)
        snprintf(out, 48, "%s%" PRId64 ".%0*" PRId64 " %s", minor < 0 ? "-" : "",
                 (int64_t)llabs(minor / one), exponent, (int64_t)llabs(minor % one), currency);
    else
        snprintf(out, 48, "%" PRId64 " %s", minor, currency);
}

bool settlement_end(struct import_reader *reader)
{
    const struct settlements *all = reader->state;

    for (size_t i = 0; i < all->n; i++) {
        const struct settlement *settlement = &all->list[i];
        char sum[48], total[48];

        if (!settlement->totalled || settlement->sum == settlement->total)
            continue;
        amount_write(sum, settlement->sum, settlement->currency);
        amount_write(total, settlement->total, settlement->currency);
        return import_refuse(
            reader->error, "settlement_sum",
            "The amounts of settlement %zu of the file add up to %s, and its total "
            "is %s: it is not whole, so nothing is imported.",
            i + 1, sum, total);
    }
    return true;
}
