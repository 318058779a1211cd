/* From a row of the file to what it says. */
#include "job/import_row.h"
#include "job/import_value.h"

#include "base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define PRODUCT_MAX 60 /* characters, as in the table product */

/* Names match in any case, without blanks around, and blank, '_' and '-' are one. */
static int folded(char c)
{
    return c == '_' || c == '-' ? ' ' : tolower((unsigned char)c);
}

static bool same_name(const char *left, const char *right)
{
    left += strspn(left, " ");
    right += strspn(right, " ");
    while (*left && folded(*left) == folded(*right))
        left++, right++;
    return !left[strspn(left, " ")] && !right[strspn(right, " ")];
}

static bool column_find(size_t *column, const char *name, const struct csv *csv,
                        struct import_error *error)
{
    *column = NO_COLUMN;
    for (size_t i = 0; name && i < csv->ncells; i++) {
        if (!same_name(csv->cells[i].text, name))
            continue;
        if (*column != NO_COLUMN)
            return import_fail(error, "The header, line %llu, has the column \"%s\" twice.",
                               (unsigned long long)csv->line, name);
        *column = i;
    }
    return !name || *column != NO_COLUMN ||
           import_fail(error, "The header, line %llu, has no column \"%s\" among its %zu%s.",
                       (unsigned long long)csv->line, name, csv->ncells,
                       csv->ncells == 1 ? ": perhaps the mapping's \"separator\" is not the file's"
                                        : "");
}

bool row_columns_find(struct row_columns *columns, const struct import_map *map,
                      const struct csv *csv, struct import_error *error)
{
    return column_find(&columns->product, map->product_column, csv, error) &&
           column_find(&columns->quantity, map->quantity_column, csv, error) &&
           column_find(&columns->date, map->date_column, csv, error) &&
           column_find(&columns->price, map->price_column, csv, error) &&
           column_find(&columns->country, map->country.column, csv, error) &&
           column_find(&columns->channel, map->channel.column, csv, error) &&
           column_find(&columns->returned, map->returned_column, csv, error);
}

/* The text of a cell without the blanks around it. */
static const char *cell_text(const struct csv *csv, size_t column)
{
    const struct csv_cell *cell = &csv->cells[column];
    const char *text = cell->text;
    size_t len = cell->len;

    while (len && cell->text[len - 1] == ' ')
        len--;
    cell->text[len] = '\0';
    while (*text == ' ')
        text++;
    return text;
}

/* A row that cannot be read; false, to stop reading it. */
static bool reject(struct sales_row *row, size_t column, const char *cell, const char *reason)
{
    row->kind = ROW_REJECTED;
    row->column = column;
    row->cell = cell;
    row->reason = reason;
    return false;
}

/* Keep the result of one of the readers of import_value.h. */
static bool good(struct sales_row *row, size_t column, const char *cell, const char *wrong)
{
    return !wrong || reject(row, column, cell, *cell ? wrong : "is empty");
}

static bool has_control(const char *text)
{
    for (; *text; text++)
        if (iscntrl((unsigned char)*text))
            return true;
    return false;
}

static bool product_read(struct sales_row *row, size_t column)
{
    const char *product = row->product;
    const char *wrong = !*product                            ? "is empty"
                        : has_control(product)               ? "a control character"
                        : text_length(product) > PRODUCT_MAX ? "longer than 60 characters"
                                                             : NULL;

    return good(row, column, product, wrong);
}

/* What a cell must be that `names` does not explain. */
struct lookup_kind {
    bool (*valid)(const char *text);
    const char *wrong;
};
static const struct lookup_kind country_kind = {country_is_valid, "not a country code"};
static const struct lookup_kind channel_kind = {code_is_valid, "not a channel code"};

/* A country or channel: the constant, what a name stands for, or the cell itself. */
static bool lookup_read(struct sales_row *row, const char **code,
                        const struct import_lookup *lookup, const struct lookup_kind *kind,
                        size_t column, const struct csv *csv)
{
    const char *cell;

    *code = lookup->constant;
    if (*code)
        return true;
    cell = cell_text(csv, column);
    if (lookup->names)
        *code = json_string_value(json_object_get(lookup->names, cell));
    else if (kind->valid(cell))
        *code = cell;
    if (!*code)
        *code = lookup->other;
    return good(row, column, cell,
                *code           ? NULL
                : lookup->names ? "not listed in the mapping's \"names\""
                                : kind->wrong);
}

static bool is_returned(const struct import_map *map, const struct row_columns *columns,
                        const struct csv *csv, int32_t quantity)
{
    if (map->returned_column)
        return !strncmp(cell_text(csv, columns->returned), map->returned_prefix,
                        strlen(map->returned_prefix));
    return map->returned_negative && quantity < 0;
}

/* The cells that tell what, where and when. */
static bool place_read(struct sales_row *row, const struct import_map *map,
                       const struct row_columns *columns, const struct csv *csv)
{
    const char *date = cell_text(csv, columns->date);

    return product_read(row, columns->product) &&
           good(row, columns->date, date, date_read(date, map->date_format, &row->day)) &&
           lookup_read(row, &row->country, &map->country, &country_kind, columns->country, csv) &&
           lookup_read(row, &row->channel, &map->channel, &channel_kind, columns->channel, csv);
}

/* The cells that tell how many and for how much; any price if there is no such column. */
static bool amounts_read(struct sales_row *row, const struct import_map *map,
                         const struct row_columns *columns, const struct csv *csv, int64_t *price)
{
    const char *cell = cell_text(csv, columns->quantity);

    if (!good(row, columns->quantity, cell, quantity_read(cell, &row->units)))
        return false;
    *price = INT64_MAX;
    if (columns->price == NO_COLUMN)
        return true;
    cell = cell_text(csv, columns->price);
    return good(row, columns->price, cell, price_read(cell, *map->decimal_sign, price));
}

void sales_row_read(struct sales_row *row, const struct import_map *map,
                    const struct row_columns *columns, const struct csv *csv)
{
    int64_t price;

    row->product = cell_text(csv, columns->product);
    if (map->product_pattern && regexec(&map->pattern, row->product, 0, NULL, 0)) {
        row->kind = ROW_OTHER_PRODUCT;
        return;
    }
    if (!place_read(row, map, columns, csv) || !amounts_read(row, map, columns, csv, &price))
        return;
    if (is_returned(map, columns, csv, row->units)) {
        row->units = abs(row->units);
        row->kind = row->units ? ROW_RETURNED : ROW_NO_UNITS;
    } else if (row->units > map->sold_quantity_above && price > map->sold_price_above) {
        row->kind = ROW_SOLD;
    } else {
        row->kind = ROW_NOT_SOLD;
    }
}
