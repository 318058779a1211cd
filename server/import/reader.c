/* Cells of a row, each read strictly. */
#include "import/reader.h"
#include "import/value.h"

#include "base/currency.h"
#include "base/text.h"

#include <ctype.h>
#include <string.h>

#define SKU_MAX   60
#define UNITS_MAX 1000000
#define MONEY_MAX 1000000000000000

bool reader_reject(struct import_reader *reader, int column, const char *code, const char *detail)
{
    if (!reader->rejected) {
        reader->rejected = true;
        reader->reject_column = column;
        reader->reject_code = code;
        reader->reject_detail = detail;
    }
    return false;
}

enum fact_result reader_skip(struct import_reader *reader, const char *code, const char *detail)
{
    import_report_skip(reader->report, code, detail);
    return FACT_SKIPPED;
}

void reader_warn(struct import_reader *reader, enum import_warning warning)
{
    reader->report->warned[warning]++;
}

const char *reader_cell(struct import_reader *reader, int column)
{
    struct csv_cell *cell;
    const char *text;

    if (column < 0 || (size_t)column >= reader->csv->ncells)
        return "";
    cell = &reader->csv->cells[column];
    while (cell->len && (cell->text[cell->len - 1] == ' ' || cell->text[cell->len - 1] == '\t'))
        cell->text[--cell->len] = '\0';
    text = cell->text + strspn(cell->text, " \t");
    return (unsigned char)*text >= 0x80 && cell_is_blank(text) ? "" : text;
}

bool reader_needed(struct import_reader *reader, int column, const char **text)
{
    *text = reader_cell(reader, column);
    return **text || reader_reject(reader, column, "empty", "is empty");
}

bool reader_text(struct import_reader *reader, int column, size_t most, const char **text)
{
    static const char formula[] = "=+-@";
    const char *cell = reader_cell(reader, column);

    if (*cell == '\'' && cell[1] && strchr(formula, cell[1]))
        cell++;
    else if (*cell && strchr(formula, *cell))
        return reader_reject(reader, column, "formula", "begins like a formula of a spreadsheet");
    for (const char *c = cell; *c; c++)
        if (iscntrl((unsigned char)*c))
            return reader_reject(reader, column, "control_character", "a control character");
    if (strlen(cell) > most && text_length(cell) > most)
        return reader_reject(reader, column, "too_long", "longer than it may be");
    *text = cell;
    return true;
}

bool reader_sku(struct import_reader *reader, int column, struct fact *fact)
{
    return reader_text(reader, column, SKU_MAX, &fact->sku) &&
           (*fact->sku || reader_reject(reader, column, "empty", "is empty"));
}

bool reader_day(struct import_reader *reader, int column, struct fact_day *day)
{
    const char *cell = reader_cell(reader, column);
    const char *wrong;

    day->known = *cell;
    if (!*cell)
        return true;
    wrong = date_cell_read(cell, reader->survey->columns[column].date_style, &day->value);
    return !wrong || reader_reject(reader, column, "bad_date", wrong);
}

bool reader_day_needed(struct import_reader *reader, int column, struct fact_day *day)
{
    return reader_day(reader, column, day) &&
           (day->known || reader_reject(reader, column, "empty", "is empty"));
}

bool reader_signed_units(struct import_reader *reader, int column, int32_t *units)
{
    const char *text, *wrong;

    if (!reader_needed(reader, column, &text))
        return false;
    wrong = quantity_read(text, units);
    if (wrong)
        return reader_reject(reader, column, "bad_quantity", wrong);
    return (*units <= UNITS_MAX && *units >= -UNITS_MAX) ||
           reader_reject(reader, column, "bad_quantity", "more than 1,000,000 units");
}

bool reader_units(struct import_reader *reader, int column, int32_t blank, int32_t *units)
{
    *units = blank;
    if (!*reader_cell(reader, column))
        return true;
    return reader_signed_units(reader, column, units) &&
           (*units >= 0 || reader_reject(reader, column, "bad_quantity",
                                         "a negative quantity, where nothing can be taken back"));
}

bool reader_amount_fits(struct import_reader *reader, int column, int64_t money)
{
    return (money <= MONEY_MAX && money >= -MONEY_MAX) ||
           reader_reject(reader, column, "bad_amount", "too large a number");
}

bool reader_money(struct import_reader *reader, int column, const char *currency, int64_t *money)
{
    const char *cell = reader_cell(reader, column);
    const char *wrong;

    *money = 0;
    if (!*cell)
        return true;
    wrong = decimal_cell_read(cell, reader->survey->columns[column].decimal_style,
                              currency ? currency_exponent(currency) : -1, money);
    if (wrong)
        return reader_reject(reader, column, "bad_amount", wrong);
    if (!currency && strspn(cell, "0.,") != strlen(cell))
        reader_warn(reader, WARN_currency_unknown);
    return reader_amount_fits(reader, column, *money);
}

bool reader_price(struct import_reader *reader, int column, struct fact *fact)
{
    int64_t price;

    if (!reader_money(reader, column, fact->currency, &price))
        return false;
    if (__builtin_mul_overflow(price, fact->units, &fact->money))
        return reader_reject(reader, column, "bad_amount", "too large a number");
    return reader_amount_fits(reader, column, fact->money);
}

const struct marketplace *reader_marketplace(struct import_reader *reader, int column)
{
    const char *cell = reader_cell(reader, column);

    return *cell ? marketplace_find(cell) : NULL;
}

bool reader_currency(struct import_reader *reader, int column, const struct marketplace *place,
                     const char **currency)
{
    const char *cell = reader_cell(reader, column);

    *currency = *cell ? cell : reader->how->currency;
    if (!*currency && place)
        *currency = place->currency;
    return !*currency || currency_is_valid(*currency) ||
           reader_reject(reader, column, "bad_currency", "not a currency code");
}

/* A cell as a country, by the names of the mapping or as a code; NULL if it is none. */
static const char *country_of(const struct import_reader *reader, const char *cell)
{
    const struct import_lookup *said = &reader->how->map.country;
    const char *code = NULL;

    if (said->names)
        code = json_string_value(json_object_get(said->names, cell));
    if (!code && !strcmp(cell, "UK"))
        return "GB";
    if (!code && country_is_valid(cell))
        return cell;
    return code ? code : said->other;
}

bool reader_country(struct import_reader *reader, int column, const struct marketplace *place,
                    const char **country)
{
    const char *cell = reader_cell(reader, column);

    if (*cell) {
        *country = country_of(reader, cell);
        return *country || reader_reject(reader, column, "bad_country", "not a country code");
    }
    *country = reader->how->country;
    if (!*country && place)
        *country = place->country;
    if (!*country) {
        *country = "ZZ";
        reader_warn(reader, WARN_country_unknown);
    }
    return true;
}

const char *reader_channel(const struct import_reader *reader, const char *usual)
{
    return reader->how->channel ? reader->how->channel : usual;
}
