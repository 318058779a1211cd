#ifndef JOB_IMPORT_MAP_H
#define JOB_IMPORT_MAP_H

#include "job/import_error.h"

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
 *                     "date"; where there are such columns also "price", "country" and
 *                     "channel". Names match in any case; blank, '_' and '-' are equal.
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
    const char *price_column; /* NULL: not read */
    const char *date_format, *decimal_sign, *separator;
    struct import_lookup country, channel;
    const char *product_pattern; /* NULL: every product */
    regex_t pattern;
    const char *returned_column, *returned_prefix; /* NULL: not by a column */
    bool returned_negative;
    int64_t sold_quantity_above;
    int64_t sold_price_above; /* millionths; INT64_MIN: any price */
    const char *rejects;
    json_t *json;
    unsigned char hash[IMPORT_MAP_HASH]; /* BLAKE2b of the mapping without its white space */
};

/** Read a mapping file; on failure say why in `error`. Release it in both cases. */
bool import_map_read(struct import_map *map, const char *path, struct import_error *error);
/** The same from `len` bytes of JSON. */
bool import_map_parse(struct import_map *map, const char *bytes, size_t len,
                      struct import_error *error);
/** Free it. */
void import_map_release(struct import_map *map);

#endif
