/* Rows of PostgreSQL to JSON. */
#include "http/rowjson.h"
#include "http/rowplan.h"

#include <string.h>

/* From pg_type.dat; these numbers never change. */
enum {
    OID_BOOL = 16,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_JSON = 114,
    OID_FLOAT4 = 700,
    OID_FLOAT8 = 701,
    OID_DATE = 1082,
    OID_TIMESTAMPTZ = 1184,
    OID_NUMERIC = 1700,
    OID_JSONB = 3802
};

struct json_type rowjson_type(Oid type)
{
    switch (type) {
    case OID_BOOL:
        return (struct json_type){"boolean", NULL};
    case OID_INT2:
    case OID_INT4:
    case OID_INT8:
        return (struct json_type){"integer", NULL};
    case OID_FLOAT4:
    case OID_FLOAT8:
    case OID_NUMERIC:
        return (struct json_type){"number", NULL};
    case OID_JSON:
    case OID_JSONB:
        return (struct json_type){NULL, NULL};
    case OID_DATE:
        return (struct json_type){"string", "date"};
    case OID_TIMESTAMPTZ:
        return (struct json_type){"string", "date-time"};
    default:
        return (struct json_type){"string", NULL};
    }
}

/* "2026-11-23 22:41:12.123456+00" to RFC 3339; the session's time zone is UTC. */
static void add_timestamp(struct text *text, const char *value, size_t len)
{
    text_putc(text, '"');
    text_add(text, value, 10);
    text_putc(text, 'T');
    text_add(text, value + 11, len - 14);
    text_puts(text, "Z\"");
}

static void add_value(struct text *text, Oid type, const char *value, size_t len)
{
    switch (type) {
    case OID_BOOL:
        return text_puts(text, *value == 't' ? "true" : "false");
    case OID_INT2:
    case OID_INT4:
    case OID_INT8:
    case OID_JSON:
    case OID_JSONB:
        return text_add(text, value, len);
    case OID_FLOAT4:
    case OID_FLOAT8:
    case OID_NUMERIC: /* JSON has no NaN and no Infinity */
        return text_puts(text, strpbrk(value, "NI") ? "null" : value);
    case OID_TIMESTAMPTZ:
        if (len > 14)
            return add_timestamp(text, value, len);
        break;
    default:
        break;
    }
    text_json_len(text, value, len);
}

/* A row without its closing brace. */
static void add_row(struct text *text, const struct rowplan *plan, const PGresult *rows, int row)
{
    for (int i = 0; i < plan->ncolumns; i++) {
        const struct rowplan_column *column = &plan->columns[i];

        text_add(text, column->before, column->before_len);
        if (PQgetisnull(rows, row, i))
            text_add(text, "null", 4);
        else
            add_value(text, column->type, PQgetvalue(rows, row, i),
                      (size_t)PQgetlength(rows, row, i));
    }
    if (plan->nested)
        text_putc(text, '}');
}

void rowjson_open_object(struct text *text, const PGresult *rows, int row)
{
    add_row(text, rowplan_find(text->arena, rows), rows, row);
}

void rowjson_object(struct text *text, const PGresult *rows, int row)
{
    rowjson_open_object(text, rows, row);
    text_putc(text, '}');
}

void rowjson_array(struct text *text, const PGresult *rows, int n)
{
    const struct rowplan *plan = rowplan_find(text->arena, rows);

    text_putc(text, '[');
    for (int row = 0; row < n; row++) {
        if (row)
            text_putc(text, ',');
        add_row(text, plan, rows, row);
        text_putc(text, '}');
    }
    text_putc(text, ']');
}
