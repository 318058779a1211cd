/* What the columns of a file are, and how their cells are written. */
#include "import/survey.h"

#include "base/text.h"
#include "read/header.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Rows that are held against all headers we know: more would take too long. */
#define HEADER_CHECKS_MAX 100

/* The names of needed columns that are missing, for a person. */
static const char *missing_names(struct arena *arena, const struct format_map *map)
{
    struct text text = text_new(arena);

    for (size_t i = 0; i < map->nmissing && i < 5; i++) {
        const char *headers = map->missing[i]->headers;

        text_printf(&text, "%s\"%.*s\"", i ? ", " : "", (int)strcspn(headers, "|"), headers);
    }
    return text.bytes;
}

static bool format_missing(struct arena *arena, const struct format_map *map,
                           struct import_error *error)
{
    if (map->format == FORMAT_none)
        return import_refuse(error, "unknown_format",
                             "The file has no format that is known; a mapping can say how to read "
                             "it.");
    return import_refuse(error, "missing_columns", "To be a file of the format %s it lacks %s.",
                         format_name(map->format), missing_names(arena, map));
}

static bool format_ask(struct import_report *report, const struct format_map *map,
                       enum format rival, struct import_error *error)
{
    char first[60], second[60];

    snprintf(first, sizeof first, "format=%s", format_name(map->format));
    snprintf(second, sizeof second, "format=%s", format_name(rival));
    json_array_append_new(report->questions,
                          json_pack("{s:n, s:s, s:s, s:[s, s]}", "column", "code", "format_unclear",
                                    "detail", "The header fits two formats equally well.",
                                    "options", first, second));
    return import_refuse(error, "format_unclear",
                         "The file could be of the format %s or %s: say which by the option "
                         "format.",
                         format_name(map->format), format_name(rival));
}

/*
 * Give columns that the mapping names the keys by which the format knows them; those that have
 * such a key otherwise lose it.
 */
static bool columns_rename(const struct import_how *how, size_t ncolumns, const char **keys,
                           struct arena *arena, struct import_error *error)
{
    const char *field;
    json_t *header;

    json_object_foreach(how->map.format_columns, field, header)
    {
        const struct format_column *column = NULL;
        char wanted[HEADER_KEY_SIZE], own[HEADER_KEY_SIZE];
        bool there = false;

        for (size_t i = 0; i < nformat_columns; i++)
            if (format_columns[i].format == how->format && !strcmp(format_columns[i].field, field))
                column = &format_columns[i];
        if (!column || column->use == COLUMN_PERSONAL || column->use == COLUMN_IGNORED)
            return import_fail(error,
                               "The mapping's \"columns.%s\": the format %s reads no such "
                               "column.",
                               field, format_name(how->format));
        header_key(wanted, json_string_value(header), strlen(json_string_value(header)));
        header_key(own, column->headers, strcspn(column->headers, "|"));
        for (size_t i = 0; i < ncolumns; i++) {
            if (!there && !strcmp(keys[i], wanted)) {
                keys[i] = arena_strdup(arena, own);
                there = true;
            } else if (!strcmp(keys[i], own)) {
                keys[i] = "";
            }
        }
        if (!there)
            return import_fail(error, "The file has no column \"%s\", which the mapping names.",
                               json_string_value(header));
    }
    return true;
}

static bool format_decide(struct import_survey *survey, const struct import_how *how,
                          size_t ncolumns, const char **keys, struct format_map *map,
                          struct import_report *report, struct import_error *error)
{
    enum format rival = FORMAT_none;

    if (how->map.format_columns && !columns_rename(how, ncolumns, keys, &survey->arena, error))
        return false;
    if (how->format != FORMAT_none) {
        *map = format_read(&survey->arena, how->format, keys, ncolumns);
        return !map->nmissing || format_missing(&survey->arena, map, error);
    }
    switch (format_find(&survey->arena, keys, ncolumns, map, &rival)) {
    case FORMAT_FOUND:
        return true;
    case FORMAT_AMBIGUOUS:
        return format_ask(report, map, rival, error);
    case FORMAT_UNKNOWN:
        break;
    }
    return format_missing(&survey->arena, map, error);
}

static void column_fill(struct import_column *column, const struct format_column *known)
{
    column->use = "unknown";
    if (!known)
        return;
    column->field = known->field;
    column->kind = known->kind;
    column->use = column_use_name(known->use);
    column->styled = (known->kind == KIND_DATE || known->kind == KIND_MONEY) &&
                     (known->use == COLUMN_NEEDED || known->use == COLUMN_OPTIONAL);
}

/* Only columns that may be read get a place from which they can be. */
static void column_place(struct import_survey *survey, const struct format_column *known, size_t i)
{
    if (known && (known->use == COLUMN_NEEDED || known->use == COLUMN_OPTIONAL))
        survey->at[known - format_columns] = (int)i;
}

/* What a mapping says of a column: our name, what is in it, whether it must be there. */
static void column_map(struct import_column *column, const struct import_map *map)
{
    const struct {
        const char *header, *field;
        enum column_kind kind;
        bool needed;
    } said[] = {
        {map->product_column,  "product",  KIND_TEXT,  true },
        {map->quantity_column, "quantity", KIND_COUNT, true },
        {map->date_column,     "date",     KIND_DATE,  true },
        {map->price_column,    "price",    KIND_MONEY, false},
        {map->country.column,  "country",  KIND_TEXT,  false},
        {map->channel.column,  "channel",  KIND_TEXT,  false},
        {map->order_column,    "order",    KIND_TEXT,  false},
        {map->lot_column,      "lot",      KIND_TEXT,  false},
        {map->reason_column,   "reason",   KIND_TEXT,  false},
        {map->shipped_column,  "shipped",  KIND_DATE,  false},
        {map->currency_column, "currency", KIND_TEXT,  false},
        {map->refund_column,   "refund",   KIND_MONEY, false},
        {map->returned_column, "returned", KIND_TEXT,  false},
    };
    char own[HEADER_KEY_SIZE], other[HEADER_KEY_SIZE];

    column->use = "unknown";
    header_key(own, column->name, strlen(column->name));
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        if (!said[i].header)
            continue;
        header_key(other, said[i].header, strlen(said[i].header));
        if (strcmp(own, other) != 0)
            continue;
        column->field = said[i].field;
        column->kind = said[i].kind;
        column->use = said[i].needed ? "needed" : "optional";
        return;
    }
}

bool survey_columns(struct import_survey *survey, const struct import_how *how, size_t ncolumns,
                    const char *const *names, const char **keys, struct import_report *report,
                    struct import_error *error)
{
    struct format_map map = {0};

    survey->ncolumns = ncolumns;
    survey->columns = arena_alloc(&survey->arena, ncolumns * sizeof *survey->columns);
    for (size_t i = 0; i < FORMAT_COLUMNS; i++)
        survey->at[i] = -1;
    for (size_t i = 0; i < ncolumns; i++) {
        survey->columns[i].name = names[i];
        column_map(&survey->columns[i], &how->map);
    }
    if (how->mapped)
        return true;
    if (!format_decide(survey, how, ncolumns, keys, &map, report, error))
        return false;
    survey->format = map.format;
    for (size_t i = 0; i < ncolumns; i++) {
        column_fill(&survey->columns[i], map.columns[i]);
        column_place(survey, map.columns[i], i);
    }
    return true;
}

/* The same names again: somebody put two files together. */
static bool is_own_header(const struct import_survey *survey, const struct csv *csv)
{
    if (csv->ncells != survey->ncolumns)
        return false;
    for (size_t i = 0; i < csv->ncells; i++)
        if (strcmp(csv->cells[i].text + strspn(csv->cells[i].text, " "), survey->columns[i].name))
            return false;
    return true;
}

/* The names of another format. */
static enum format other_header(struct import_survey *survey, const struct csv *csv)
{
    struct arena arena = {0};
    struct format_map map;
    enum format rival, found = FORMAT_none;
    const char **keys;

    if (survey->format == FORMAT_none || strpbrk(csv->cells[0].text, "0123456789") ||
        cell_is_blank(csv->cells[0].text) || survey->header_checks++ >= HEADER_CHECKS_MAX)
        return FORMAT_none;
    keys = arena_alloc(&arena, csv->ncells * sizeof *keys);
    for (size_t i = 0; i < csv->ncells; i++) {
        char key[HEADER_KEY_SIZE];

        header_key(key, csv->cells[i].text, csv->cells[i].len);
        keys[i] = arena_strdup(&arena, key);
    }
    if (format_find(&arena, keys, csv->ncells, &map, &rival) != FORMAT_UNKNOWN)
        found = map.format;
    arena_clear(&arena);
    return found;
}

static void column_see(struct import_column *column, const char *cell, uint64_t line)
{
    column->blank += cell_is_blank(cell);
    if (!column->styled)
        return;
    if (column->kind == KIND_DATE)
        date_column_add(&column->dates, cell, line);
    else
        decimal_column_add(&column->decimals, cell, line);
}

bool survey_row(struct import_survey *survey, const struct csv *csv, struct import_error *error)
{
    enum format other;

    for (size_t i = 0; i < survey->ncolumns; i++)
        column_see(&survey->columns[i], i < csv->ncells ? csv->cells[i].text : "", csv->line);
    if (is_own_header(survey, csv))
        return import_refuse(error, "two_files",
                             "Line %" PRIu64 " is the header again: the file is several in one.",
                             csv->line);
    other = other_header(survey, csv);
    return other == FORMAT_none ||
           import_refuse(error, "two_files",
                         "Line %" PRIu64 " is the header of another format, %s: the file is "
                         "several in one.",
                         csv->line, format_name(other));
}
