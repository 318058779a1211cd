/* A mapping: its members, and what they must be together. */
#include "import/map.h"
#include "import/member.h"
#include "import/pattern.h"
#include "import/value.h"

#include "base/currency.h"
#include "base/text.h"
#include "read/reason.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* A regular expression is compiled at once, to tell its fault by its name. */
static bool pattern_read(struct reader *reader, const struct member *member, json_t *value)
{
    struct import_map *map = reader->into;
    const char *fault;
    char why[100];

    if (!text_read(reader, member, value))
        return false;
    fault = pattern_compile(&map->pattern, map->product_pattern, why, sizeof why);
    if (!fault)
        return true;
    map->product_pattern = NULL;
    return import_fail(reader->error, "The mapping's \"%s\" is no regular expression: %s.",
                       member->name, fault);
}

static bool date_format_read(struct reader *reader, const struct member *member, json_t *value)
{
    const char *wrong;

    if (!text_read(reader, member, value))
        return false;
    wrong = date_format_check(json_string_value(value));
    return !wrong || member_refuse(reader, member, wrong);
}

static bool is_line_name(const char *text)
{
    return text_length(text) <= 120;
}

static bool is_decimal_sign(const char *text)
{
    return !strcmp(text, ".") || !strcmp(text, ",");
}

static bool is_separator(const char *text)
{
    return !strcmp(text, ",") || !strcmp(text, ";") || !strcmp(text, "\t");
}

static bool is_rejects(const char *text)
{
    return !strcmp(text, "refuse") || !strcmp(text, "skip");
}

static bool is_unknown(const char *text)
{
    return !strcmp(text, "keep") || !strcmp(text, "reject");
}

static bool is_class(const char *text)
{
    enum event_class class;

    return event_class_named(text, &class);
}

static bool is_header(const char *text)
{
    return *text && text_is_clean(text, strlen(text));
}

/* MEMBER("object", "name", how it is read, place in struct import_map, more) */
#define MEMBER(in, named, how, at, ...)                                                      \
    {                                                                                        \
        .object = in, .name = named, .read = how, .offset = offsetof(struct import_map, at), \
        __VA_ARGS__                                                                          \
    }
#define OBJECT(named, table, ...)                                                       \
    {                                                                                   \
        .object = "", .name = named, .read = object_read, .members = table, __VA_ARGS__ \
    }
#define END          \
    {                \
        .name = NULL \
    }
#define COUNTRY .valid = country_is_valid, .must = "must be a country code: two capital letters"
#define CODE \
    .valid = code_is_valid, .must = "must be a code: a small letter, then at most 39 of a-z 0-9 _"

/* What every mapping may say. */
#define COMMON_MEMBERS                                                          \
    MEMBER("", "classes", names_read, classes, .valid = is_class,               \
           .must = "must be a class of events, such as fault"),                 \
        MEMBER("", "unknown", text_read, unknown, .valid = is_unknown,          \
               .must = "must be \"keep\" or \"reject\""),                       \
        MEMBER("", "encoding", text_read, encoding),                            \
        MEMBER("", "currency", text_read, currency, .valid = currency_is_valid, \
               .must = "must be a currency code: three capital letters")

static const struct member line_members[] = {
    MEMBER("line", "code", text_read, line_code, .needed = true, CODE),
    MEMBER("line", "name", text_read, line_name, .needed = true, .valid = is_line_name,
           .must = "must have at most 120 characters"),
    END,
};
static const struct member column_members[] = {
    MEMBER("columns", "product", text_read, product_column, .needed = true),
    MEMBER("columns", "quantity", text_read, quantity_column, .needed = true),
    MEMBER("columns", "date", text_read, date_column, .needed = true),
    MEMBER("columns", "price", text_read, price_column),
    MEMBER("columns", "country", text_read, country.column),
    MEMBER("columns", "channel", text_read, channel.column),
    MEMBER("columns", "order", text_read, order_column),
    MEMBER("columns", "lot", text_read, lot_column),
    MEMBER("columns", "reason", text_read, reason_column),
    MEMBER("columns", "shipped", text_read, shipped_column),
    MEMBER("columns", "currency", text_read, currency_column),
    MEMBER("columns", "refund", text_read, refund_column),
    END,
};
static const struct member country_members[] = {
    MEMBER("country", "constant", text_read, country.constant, COUNTRY),
    MEMBER("country", "names", names_read, country.names, COUNTRY),
    MEMBER("country", "other", text_read, country.other, COUNTRY),
    END,
};
static const struct member channel_members[] = {
    MEMBER("channel", "constant", text_read, channel.constant, CODE),
    MEMBER("channel", "names", names_read, channel.names, CODE),
    MEMBER("channel", "other", text_read, channel.other, CODE),
    END,
};
static const struct member constant_members[] = {
    MEMBER("channel", "constant", text_read, channel.constant, .needed = true, CODE),
    END,
};
static const struct member returned_members[] = {
    MEMBER("returned", "column", text_read, returned_column),
    MEMBER("returned", "starts_with", text_read, returned_prefix),
    MEMBER("returned", "negative_quantity", true_read, returned_negative),
    END,
};
static const struct member sold_members[] = {
    MEMBER("sold", "quantity_above", count_read, sold_quantity_above),
    MEMBER("sold", "price_above", millionths_read, sold_price_above),
    END,
};
static const struct member map_members[] = {
    OBJECT("line", line_members, .needed = true),
    OBJECT("columns", column_members, .needed = true),
    OBJECT("country", country_members),
    OBJECT("channel", channel_members),
    OBJECT("returned", returned_members),
    OBJECT("sold", sold_members),
    MEMBER("", "date_format", date_format_read, date_format, .needed = true),
    MEMBER("", "decimal_sign", text_read, decimal_sign, .valid = is_decimal_sign,
           .must = "must be \".\" or \",\""),
    MEMBER("", "separator", text_read, separator, .valid = is_separator,
           .must = "must be \",\" or \";\" or a tab"),
    MEMBER("", "product_pattern", pattern_read, product_pattern),
    MEMBER("", "rejects", text_read, rejects, .valid = is_rejects,
           .must = "must be \"refuse\" or \"skip\""),
    MEMBER("", "key", list_read, key),
    COMMON_MEMBERS,
    END,
};
static const struct member format_members[] = {
    MEMBER("", "format", text_read, format, .needed = true),
    OBJECT("line", line_members),
    MEMBER("", "columns", names_read, format_columns, .valid = is_header,
           .must = "must be the name of a column"),
    OBJECT("country", country_members),
    OBJECT("channel", constant_members),
    MEMBER("", "rejects", text_read, rejects, .valid = is_rejects,
           .must = "must be \"refuse\" or \"skip\""),
    COMMON_MEMBERS,
    END,
};
static const struct member whole = {
    .object = "", .name = "", .read = object_read, .members = map_members};
static const struct member whole_format = {
    .object = "", .name = "", .read = object_read, .members = format_members};

/* A column, or a constant; what names mean can only be told of a column. */
static bool lookup_check(const struct import_lookup *lookup, const char *name,
                         struct import_error *error)
{
    if (!lookup->column == !lookup->constant)
        return import_fail(error,
                           "The mapping must name either \"columns.%s\" or \"%s.constant\"%s.",
                           name, name, lookup->column ? ", not both" : "");
    if (!lookup->column && (lookup->names || lookup->other))
        return import_fail(error, "The mapping's \"%s.names\" and \"other\" need \"columns.%s\".",
                           name, name);
    if (lookup->other && !lookup->names)
        return import_fail(error, "The mapping's \"%s.other\" needs \"%s.names\".", name, name);
    return true;
}

/* What the members must be together. */
static bool map_check(const struct import_map *map, struct import_error *error)
{
    if (!lookup_check(&map->country, "country", error) ||
        !lookup_check(&map->channel, "channel", error))
        return false;
    if (!map->returned_column != !map->returned_prefix)
        return import_fail(
            error, "The mapping's \"returned\" must have both \"column\" and \"starts_with\".");
    if (map->returned_column && map->returned_negative)
        return import_fail(error, "The mapping's \"returned\" must be told by a column or by "
                                  "\"negative_quantity\", not both.");
    if (map->sold_price_above != INT64_MIN && !map->price_column)
        return import_fail(error, "The mapping's \"sold.price_above\" needs \"columns.price\".");
    if (map->order_column && !map->key)
        return import_fail(error, "The mapping's \"columns.order\" needs \"key\".");
    if (map->refund_column && !map->currency_column && !map->currency)
        return import_fail(error, "The mapping's \"columns.refund\" needs \"columns.currency\" "
                                  "or \"currency\".");
    return true;
}

/* Country names of a format are those of its own column. */
static bool format_check(const struct import_map *map, struct import_error *error)
{
    if (map->country.other && !map->country.names)
        return import_fail(error, "The mapping's \"country.other\" needs \"country.names\".");
    return true;
}

/* White space and the order of members make no other mapping. */
static void map_hash(struct import_map *map)
{
    char *text = json_dumps(map->json, JSON_COMPACT | JSON_SORT_KEYS);

    if (!text)
        abort();
    crypto_generichash(map->hash, sizeof map->hash, (unsigned char *)text, strlen(text), NULL, 0);
    free(text);
}

bool import_map_parse(struct import_map *map, const char *bytes, size_t len,
                      struct import_error *error)
{
    struct reader reader = {.into = map, .error = error};
    json_error_t wrong;

    *map = (struct import_map){
        .decimal_sign = ".",
        .separator = ",",
        .rejects = "refuse",
        .unknown = "keep",
        .sold_price_above = INT64_MIN,
    };
    map->json = json_loadb(bytes, len, JSON_REJECT_DUPLICATES, &wrong);
    if (!map->json)
        return import_fail(error, "The mapping is not JSON, line %d: %s.", wrong.line, wrong.text);
    if (!json_is_object(map->json))
        return import_fail(error, "The mapping must be a JSON object.");
    if (json_object_get(map->json, "format")) {
        if (!object_read(&reader, &whole_format, map->json) || !format_check(map, error))
            return false;
    } else {
        if (!object_read(&reader, &whole, map->json))
            return false;
        if (!map->channel.column && !map->channel.constant)
            map->channel.constant = "direct";
        if (!map_check(map, error))
            return false;
    }
    map_hash(map);
    return true;
}

void import_map_release(struct import_map *map)
{
    if (map->product_pattern)
        regfree(&map->pattern);
    json_decref(map->json);
    *map = (struct import_map){0};
}
