/* JSON Schemas, from field tables and from the columns of statements. */
#include "http/openapi_schema.h"
#include "http/cookie.h"
#include "http/describe.h"
#include "http/problem.h"
#include "http/rowjson.h"

#include <string.h>

void schema_of_fields(struct text *text, const struct field_table *table)
{
    const char *comma = "";

    text_puts(text, "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{");
    for (size_t i = 0; i < table->nfields; i++)
        text_printf(text, "%s\"%s\":{%s}", i ? "," : "", table->fields[i].name,
                    field_schema(text->arena, &table->fields[i]));
    text_puts(text, "},\"required\":[");
    for (size_t i = 0; i < table->nfields; i++) {
        if (table->fields[i].optional)
            continue;
        text_printf(text, "%s\"%s\"", comma, table->fields[i].name);
        comma = ",";
    }
    text_puts(text, "]}");
}

static void add_column(struct text *text, const char *name, const struct column *column)
{
    struct json_type type = rowjson_type(column->type);

    text_printf(text, "\"%s\":{", name);
    if (type.type && column->nullable)
        text_printf(text, "\"type\":[\"%s\",\"null\"]", type.type);
    else if (type.type)
        text_printf(text, "\"type\":\"%s\"", type.type);
    if (type.format)
        text_printf(text, ",\"format\":\"%s\"", type.format);
    text_putc(text, '}');
}

/* The columns `first` to before `end` as an object; `skip` is the length of their common prefix. */
static void add_object(struct text *text, const struct column *columns, int first, int end,
                       size_t skip, const struct computed_table *computed)
{
    struct text names = text_new(text->arena);

    text_puts(text, "{\"type\":\"object\",\"properties\":{");
    for (int i = first; i < end; i++) {
        const char *name = columns[i].name + skip, *dot = strchr(name, '.');
        int last = i;

        text_puts(text, i > first ? "," : "");
        if (!dot) {
            add_column(text, name, &columns[i]);
            text_printf(&names, "%s\"%s\"", names.len ? "," : "", name);
            continue;
        }
        while (last + 1 < end && !strncmp(columns[last + 1].name, name, (size_t)(dot - name) + 1))
            last++;
        text_printf(text, "\"%.*s\":", (int)(dot - name), name);
        text_printf(&names, "%s\"%.*s\"", names.len ? "," : "", (int)(dot - name), name);
        add_object(text, columns, i, last + 1, (size_t)(dot - name) + 1, NULL);
        i = last;
    }
    for (size_t i = 0; computed && i < computed->nmembers; i++) {
        if (computed->members[i].top)
            continue;
        text_printf(text, ",\"%s\":%s", computed->members[i].name, computed->members[i].schema);
        text_printf(&names, ",\"%s\"", computed->members[i].name);
    }
    text_printf(text, "},\"required\":[%s]}", names.len ? names.bytes : "");
}

static void add_rows(struct text *text, const struct route *route)
{
    struct description rows = describe_query(route->query);

    add_object(text, rows.columns, 0, rows.ncolumns, 0, route->computed);
}

static void add_computed(struct text *text, const struct route *route)
{
    const struct computed_table *computed = route->computed;
    struct text names = text_new(text->arena);

    text_puts(text,
              "{\"type\":\"object\",\"properties\":{\"items\":{\"type\":\"array\",\"items\":");
    add_rows(text, route);
    text_putc(text, '}');
    for (size_t i = 0; i < computed->nmembers; i++) {
        if (!computed->members[i].top)
            continue;
        text_printf(text, ",\"%s\":%s", computed->members[i].name, computed->members[i].schema);
        text_printf(&names, ",\"%s\"", computed->members[i].name);
    }
    text_printf(text, "},\"required\":[\"items\"%s]}", names.len ? names.bytes : "");
}

static void add_value(struct text *text, const struct route *route)
{
    const struct computed_table *computed = route->computed;

    text_puts(text, "{\"type\":\"object\",\"properties\":{");
    for (size_t i = 0; i < computed->nmembers; i++)
        text_printf(text, "%s\"%s\":%s", i ? "," : "", computed->members[i].name,
                    computed->members[i].schema);
    text_puts(text, "},\"required\":[");
    for (size_t i = 0; i < computed->nmembers; i++)
        text_printf(text, "%s\"%s\"", i ? "," : "", computed->members[i].name);
    text_puts(text, "]}");
}

static void add_page(struct text *text, const struct route *route)
{
    text_puts(text, "{\"type\":\"object\",\"required\":[\"items\",\"page\"],\"properties\":{"
                    "\"items\":{\"type\":\"array\",\"items\":");
    add_rows(text, route);
    text_puts(text, "},\"page\":{\"type\":\"object\",\"required\":[\"next\",\"limit\"],"
                    "\"properties\":{\"next\":{\"type\":[\"string\",\"null\"]},"
                    "\"limit\":{\"type\":\"integer\"}}}}}");
}

void schema_of_answer(struct text *text, const struct route *route)
{
    switch (route->output) {
    case PAGE:
        return add_page(text, route);
    case COMPUTED:
        return add_computed(text, route);
    case VALUE:
        return add_value(text, route);
    case ROW:
    case CREATED:
    case ACCEPTED:
        return add_rows(text, route);
    default:
        return text_puts(text, "{\"type\":\"object\"}");
    }
}

static void add_problem_codes(struct text *text)
{
    for (int i = 0; i < NPROBLEMS; i++)
        text_printf(text, "%s\"%s\"", i ? "," : "", problem_code(text->arena, (enum problem)i));
}

void schema_components(struct text *text)
{
    text_puts(text, "\"components\":{\"responses\":{\"problem\":{\"description\":"
                    "\"A problem (RFC 9457).\",\"content\":{\"application/problem+json\":"
                    "{\"schema\":{\"$ref\":\"#/components/schemas/problem\"}}}}},"
                    "\"schemas\":{\"problem\":{\"type\":\"object\",\"required\":"
                    "[\"type\",\"title\",\"status\",\"instance\",\"code\"],\"properties\":{"
                    "\"type\":{\"type\":\"string\",\"format\":\"uri\"},"
                    "\"title\":{\"type\":\"string\"},\"status\":{\"type\":\"integer\"},"
                    "\"detail\":{\"type\":\"string\"},\"instance\":{\"type\":\"string\"},"
                    "\"code\":{\"type\":\"string\",\"examples\":[");
    add_problem_codes(text);
    text_puts(text, "]},\"errors\":{\"type\":\"array\",\"items\":{\"type\":\"object\","
                    "\"required\":[\"pointer\",\"code\",\"detail\"],\"properties\":{"
                    "\"pointer\":{\"type\":\"string\"},\"code\":{\"type\":\"string\"},"
                    "\"detail\":{\"type\":\"string\"}}}}}}},"
                    "\"securitySchemes\":{\"session\":{\"type\":\"apiKey\",\"in\":\"cookie\","
                    "\"name\":\"" COOKIE_NAME "\"},"
                    "\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\"}}}");
}
