/*
 * Files that a mapping tells how to read: a sale, a return, or neither.
 *
 * The rules in order: a product that does not match the pattern is skipped before anything else
 * of its row is looked at; then every cell that the mapping names must be readable; then the row
 * is a return, a sale, or skipped.
 */
#include "import/family.h"
#include "import/value.h"

#include "base/currency.h"
#include "base/text.h"
#include "read/header.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEY_COLUMNS_MAX 8
#define MILLION         1000000

/* Where the columns are that the mapping names; -1: it names none. */
struct columns {
    int product, quantity, date, price, country, channel, returned;
    int order, lot, reason, shipped, currency, refund;
    size_t nkey;
    int key[KEY_COLUMNS_MAX];
    char what[80]; /* in front of the key */
};

static bool column_find(struct import_reader *reader, const char *name, int *column)
{
    const struct import_survey *survey = reader->survey;
    char wanted[HEADER_KEY_SIZE], own[HEADER_KEY_SIZE];

    *column = -1;
    if (!name)
        return true;
    header_key(wanted, name, strlen(name));
    for (size_t i = 0; i < survey->ncolumns; i++) {
        header_key(own, survey->columns[i].name, strlen(survey->columns[i].name));
        if (strcmp(own, wanted) != 0)
            continue;
        if (*column >= 0)
            return import_refuse(reader->error, "doubled_column",
                                 "The header, line %" PRIu64 ", has the column \"%s\" twice.",
                                 survey->header_line, name);
        *column = (int)i;
    }
    return *column >= 0 ||
           import_refuse(reader->error, "missing_columns",
                         "The header, line %" PRIu64 ", has no column \"%s\" among its %zu%s.",
                         survey->header_line, name, survey->ncolumns,
                         survey->ncolumns == 1
                             ? ": perhaps the mapping's \"separator\" is not the file's"
                             : "");
}

static bool key_find(struct import_reader *reader, struct columns *columns)
{
    const json_t *key = reader->how->map.key;

    columns->nkey = json_array_size(key);
    for (size_t i = 0; i < columns->nkey; i++)
        if (!column_find(reader, json_string_value(json_array_get(key, i)), &columns->key[i]))
            return false;
    snprintf(columns->what, sizeof columns->what, "mapped %s", reader->how->line_code);
    return true;
}

bool mapped_begin(struct import_reader *reader)
{
    const struct import_map *map = &reader->how->map;
    struct columns *columns = arena_alloc(&reader->arena, sizeof *columns);

    reader->state = columns;
    return column_find(reader, map->product_column, &columns->product) &&
           column_find(reader, map->quantity_column, &columns->quantity) &&
           column_find(reader, map->date_column, &columns->date) &&
           column_find(reader, map->price_column, &columns->price) &&
           column_find(reader, map->country.column, &columns->country) &&
           column_find(reader, map->channel.column, &columns->channel) &&
           column_find(reader, map->returned_column, &columns->returned) &&
           column_find(reader, map->order_column, &columns->order) &&
           column_find(reader, map->lot_column, &columns->lot) &&
           column_find(reader, map->reason_column, &columns->reason) &&
           column_find(reader, map->shipped_column, &columns->shipped) &&
           column_find(reader, map->currency_column, &columns->currency) &&
           column_find(reader, map->refund_column, &columns->refund) && key_find(reader, columns);
}

static bool day_read(struct import_reader *reader, int column, struct fact_day *day)
{
    const char *cell = reader_cell(reader, column);
    const char *wrong;

    if (!reader_needed(reader, column, &cell))
        return false;
    *day = (struct fact_day){.known = true};
    wrong = date_read(cell, reader->how->map.date_format, &day->value.day);
    return !wrong || reader_reject(reader, column, "bad_date", wrong);
}

/* What a cell must be that `names` does not explain. */
struct lookup_kind {
    bool (*valid)(const char *text);
    const char *code, *wrong;
};
static const struct lookup_kind country_kind = {country_is_valid, "bad_country",
                                                "not a country code"};
static const struct lookup_kind channel_kind = {code_is_valid, "bad_channel", "not a channel code"};

/* A country or channel: the constant, what a name stands for, or the cell itself. */
static bool lookup_read(struct import_reader *reader, const struct import_lookup *lookup,
                        const struct lookup_kind *kind, int column, const char **code)
{
    const char *cell;

    if (column < 0)
        return true;
    cell = reader_cell(reader, column);
    *code = NULL;
    if (lookup->names)
        *code = json_string_value(json_object_get(lookup->names, cell));
    else if (kind->valid(cell))
        *code = cell;
    if (!*code)
        *code = lookup->other;
    return *code || reader_reject(reader, column, *cell ? kind->code : "empty",
                                  !*cell          ? "is empty"
                                  : lookup->names ? "not listed in the mapping's \"names\""
                                                  : kind->wrong);
}

/* The cells that tell when and where; as a sale, until more is known. */
static bool place_read(struct import_reader *reader, const struct columns *columns,
                       struct fact *fact)
{
    const struct import_map *map = &reader->how->map;
    const struct import_options *said = reader->how->options;

    fact->country = said->country ? said->country : map->country.constant;
    fact->channel = said->channel ? said->channel : map->channel.constant;
    return day_read(reader, columns->date, &fact->shipped) &&
           lookup_read(reader, &map->country, &country_kind, columns->country, &fact->country) &&
           (said->channel ||
            lookup_read(reader, &map->channel, &channel_kind, columns->channel, &fact->channel)) &&
           (columns->lot < 0 || reader_text(reader, columns->lot, 40, &fact->lot));
}

/* A price in millionths, INT64_MAX where no column tells one: that is above any limit. */
static bool price_read_cell(struct import_reader *reader, int column, int64_t *millionths)
{
    const char *cell, *wrong;

    *millionths = INT64_MAX;
    if (column < 0)
        return true;
    if (!reader_needed(reader, column, &cell))
        return false;
    wrong = price_read(cell, *reader->how->map.decimal_sign, millionths);
    return !wrong || reader_reject(reader, column, "bad_amount", wrong);
}

static bool quantity_read_cell(struct import_reader *reader, int column, int32_t *units)
{
    const char *cell, *wrong;

    if (!reader_needed(reader, column, &cell))
        return false;
    wrong = quantity_read(cell, units);
    return !wrong || reader_reject(reader, column, "bad_quantity", wrong);
}

/* Millionths of a unit of money in minor units of the currency, times a quantity. */
static bool money_of(struct import_reader *reader, int column, int64_t millionths, int32_t units,
                     struct fact *fact)
{
    int exponent = fact->currency ? currency_exponent(fact->currency) : 0;
    int64_t unit = exponent == 0 ? MILLION : exponent == 2 ? MILLION / 100 : MILLION / 1000;
    int64_t money = 0;

    if (!fact->currency)
        return true;
    if (millionths % unit)
        return reader_reject(reader, column, "bad_amount", "more decimals than the currency has");
    if (__builtin_mul_overflow(millionths / unit, units, &money) || llabs(money) > 1000000000000000)
        return reader_reject(reader, column, "bad_amount", "too large a number");
    fact->money = money;
    return true;
}

static bool is_returned(struct import_reader *reader, const struct columns *columns, int32_t units)
{
    const struct import_map *map = &reader->how->map;

    if (map->returned_column)
        return !strncmp(reader_cell(reader, columns->returned), map->returned_prefix,
                        strlen(map->returned_prefix));
    return map->returned_negative && units < 0;
}

/* A return: when it was shipped, why it came back, and what was given back for it. */
static bool return_read(struct import_reader *reader, const struct columns *columns,
                        struct fact *fact)
{
    int64_t refund = 0;

    fact->kind = FACT_RETURN;
    fact->units = abs(fact->units);
    fact->came = fact->shipped;
    fact->shipped.known = false;
    if (!reader_reason(reader, columns->reason, fact))
        return false;
    if (*reader_cell(reader, columns->shipped) &&
        !day_read(reader, columns->shipped, &fact->shipped))
        return false;
    if (fact->shipped.known && fact->shipped.value.day > fact->came.value.day)
        return reader_reject(reader, columns->shipped, "shipped_later",
                             "later than the day on which it came back");
    if (!*reader_cell(reader, columns->refund))
        return true;
    return price_read_cell(reader, columns->refund, &refund) &&
           money_of(reader, columns->refund, refund, 1, fact);
}

static void key_make(struct import_reader *reader, const struct columns *columns, struct fact *fact)
{
    if (!columns->nkey)
        return;
    reader_key(reader, fact, columns->what, columns->nkey, columns->key);
    reader_order(reader, columns->order, fact);
}

/* Neither sale nor return. One with a key may have been either: then it is none any more. */
static enum fact_result neither(struct import_reader *reader, const struct columns *columns,
                                struct fact *fact, const char *code, const char *detail)
{
    if (!columns->nkey)
        return reader_skip(reader, code, detail);
    fact->units = 0;
    key_make(reader, columns, fact);
    return FACT_MADE;
}

/* Return, sale, or neither. */
static enum fact_result judge(struct import_reader *reader, const struct columns *columns,
                              struct fact *fact, int64_t price)
{
    const struct import_map *map = &reader->how->map;

    if (is_returned(reader, columns, fact->units)) {
        if (!fact->units)
            return neither(reader, columns, fact, "no_units", "returned, but the quantity is 0");
        if (!return_read(reader, columns, fact))
            return FACT_REJECTED;
    } else if (fact->units > map->sold_quantity_above && price > map->sold_price_above) {
        if (price != INT64_MAX && !money_of(reader, columns->price, price, fact->units, fact))
            return FACT_REJECTED;
    } else {
        return neither(reader, columns, fact, "not_sold",
                       "quantity or price is not above the limits of \"sold\"");
    }
    key_make(reader, columns, fact);
    return FACT_MADE;
}

enum fact_result mapped_row(struct import_reader *reader, struct fact *fact)
{
    const struct columns *columns = reader->state;
    const struct import_map *map = &reader->how->map;
    int64_t price;

    fact->kind = FACT_SHIPMENT;
    fact->rank = RANK_OWN_BOOKS;
    if (map->product_pattern &&
        regexec(&map->pattern, reader_cell(reader, columns->product), 0, NULL, 0))
        return reader_skip(reader, "other_product", "product does not match \"product_pattern\"");
    if (!reader_sku(reader, columns->product, fact) || !place_read(reader, columns, fact) ||
        !quantity_read_cell(reader, columns->quantity, &fact->units) ||
        !price_read_cell(reader, columns->price, &price) ||
        !reader_currency(reader, columns->currency, NULL, &fact->currency))
        return FACT_REJECTED;
    return judge(reader, columns, fact, price);
}
