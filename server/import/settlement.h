#ifndef IMPORT_SETTLEMENT_H
#define IMPORT_SETTLEMENT_H

#include "import/reader.h"

/* Settlements in one file: mostly it is one. */
#define SETTLEMENTS_MAX 64

/** A settlement while it is read: its amounts must add up to its total. */
struct settlement {
    const char *id, *currency;
    bool totalled;
    int64_t total, sum;
};

/** What the rows of settlements have in common. */
struct settlements {
    size_t n;
    struct settlement list[SETTLEMENTS_MAX];
    /* Version 1 tells the quantity of an item in a row of its own, before its amounts. */
    char item[64];
    int32_t quantity;
};

/** Columns that both versions have, by number. */
struct settlement_columns {
    int id, total, currency, type, marketplace, fulfillment;
};

/**
 * The settlement of the row, by its columns: FACT_MADE if there is more to read in it. The first
 * row of one has its total and its currency, and nothing else.
 */
enum fact_result settlement_of(struct import_reader *reader,
                               const struct settlement_columns *columns,
                               struct settlement **settlement);
/**
 * Add the amount of a cell, 0 if it is blank, to the settlement and to what is told of its kind.
 * `*amount` is what the cell has.
 */
bool settlement_add(struct import_reader *reader, struct settlement *settlement, int column,
                    const char *type, const char *description, int64_t *amount);
/** Channel, country and currency of a fact of the row. */
bool settlement_place(struct import_reader *reader, const struct settlement *settlement,
                      const struct settlement_columns *columns, struct fact *fact);
/**
 * Make the fact a shipment, or a refund of `quantity` units, of an amount as the settlement has
 * it. A quantity of 0 is not told, and taken for 1; money that only goes with the price of
 * something has no units.
 */
void settlement_units(struct import_reader *reader, struct fact *fact, bool shipped, bool principal,
                      int32_t quantity, int64_t amount);

#endif
