#ifndef IMPORT_MAP_H
#define IMPORT_MAP_H

#include "import/error.h"

#include <jansson.h>
#include <regex.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * A mapping: how to read a sales file. One JSON object, with these members.
 *
 *   "line"            {"code": ..., "name": ...}: the product line of all rows; made
 *                     when it is missing, as are the products.
 *   "columns"         The header's names of what is read: "product", "quantity" and
 *                     "date"; where there are such columns also "price", "country",
 *                     "channel", "order", "lot", "reason" (of a return), "shipped" (the day
 *                     on which returned units were shipped), "currency" and "refund" (money
 *                     given back for a return). Names match in any case; blank, '_' and '-'
 *                     are equal.
 *   "key"             [names of columns]: what identifies a row. With it a file may come
 *                     again with rows that say something else now: they supersede what they
 *                     said. Without it all that is in a file is added. "columns.order" needs it.
 *   "date_format"     How dates are written, as in "%Y-%m-%d %H:%M:%S"; the letters are
 *                     told in import_value.h.
 *   "decimal_sign"    "." or ","; "." if not named.
 *   "separator"       ",", ";" or a tab; "," if not named.
 *   "product_pattern" POSIX extended regular expression; rows whose product does not
 *                     match are skipped. Not named: no row is.
 *   "country"         {"constant": "DE"} when there is no such column; else
 *                     {"names": {"Germany": "DE", ...}, "other": "ZZ"}, where a name that
 *                     is not listed becomes "other", or without "other" rejects its row.
 *                     Not named: the column holds two-letter codes.
 *   "channel"         The same for the sales channel; with neither a column nor this
 *                     member it is "direct".
 *   "returned"        Which rows are returns: {"column": "Invoice", "starts_with": "C"} or
 *                     {"negative_quantity": true}; their sign is dropped. Not named: none.
 *   "sold"            Which of the others are sales: {"quantity_above": 0,
 *                     "price_above": 0}, each optional. The rest are skipped.
 *   "rejects"         "refuse" (or not named): one row that cannot be read refuses the
 *                     file. "skip": such rows are told, and left out.
 *   "classes"         {"reason": "fault", ...}: what reasons mean, before read/reasons.def
 *                     is asked; the meanings are those of its classes.
 *   "unknown"         What becomes of a reason that neither knows: "keep" (or not named), with
 *                     the class unknown; "reject".
 *   "encoding"        A charset's name, when it is not what the bytes look like.
 *   "currency"        Of the prices, when no column tells. Without either, prices are
 *                     compared with "sold.price_above" and not counted.
 *
 * With "format" it is about a file of read/formats.def that is unlike the others of its kind:
 *
 *   "format"          The name, such as "all_orders".
 *   "columns"         {"sku": "Category", ...}: our names of columns, and the header's.
 *   "line", "country", "channel", "rejects", "classes", "unknown", "encoding", "currency"
 *                     as above, each optional; "channel" is a constant only.
 *
 * Anything else in it is an error. Strings belong to `json` and live as long.
 */

/** How the cell of a row becomes a country or a channel. */
struct import_lookup {
    const char *column;   /* NULL: there is none, all rows have the constant */
    const char *constant; /* NULL: there is a column */
    const json_t *names;  /* what a cell means; NULL: it is the code itself */
    const char *other;    /* for cells that are not in names; NULL: reject the row */
};

#define IMPORT_MAP_HASH 32

struct import_map {
    const char *line_code, *line_name;
    const char *product_column, *quantity_column, *date_column;
    /* NULL: not read. */
    const char *price_column, *order_column, *lot_column, *reason_column, *shipped_column,
        *currency_column, *refund_column;
    const json_t *key; /* names of columns; NULL: nothing identifies a row */
    const char *date_format, *decimal_sign, *separator;
    struct import_lookup country, channel;
    const char *product_pattern; /* NULL: every product */
    regex_t pattern;
    const char *returned_column, *returned_prefix; /* NULL: not by a column */
    bool returned_negative;
    int64_t sold_quantity_above;
    int64_t sold_price_above; /* millionths; INT64_MIN: any price */
    const char *rejects;
    const json_t *classes;  /* reason to class; NULL: none */
    const char *unknown;    /* reasons: "keep" or "reject" */
    const char *encoding;   /* NULL: not said */
    const char *currency;   /* NULL: not said */
    const char *format;     /* NULL: the mapping alone tells what the columns are */
    json_t *format_columns; /* of a format: field to header; NULL: the usual ones */
    json_t *json;
    unsigned char hash[IMPORT_MAP_HASH]; /* BLAKE2b of the mapping without its white space */
};

/** Read `len` bytes of JSON; on failure say why in `error`. Release it in both cases. */
bool import_map_parse(struct import_map *map, const char *bytes, size_t len,
                      struct import_error *error);
/** Free it. */
void import_map_release(struct import_map *map);

#endif
