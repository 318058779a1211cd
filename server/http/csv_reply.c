/* Lists of a JSON answer as CSV. */
#include "http/csv_reply.h"
#include "http/etag.h"
#include "http/reply.h"
#include "http/route.h"

#include <string.h>
#include <strings.h>

#define COLUMNS_MAX 256
#define DEFAULT     "items"

/* The columns of a sheet: names of members, with dots for those of objects within. */
struct sheet {
    struct text text;
    const char *names[COLUMNS_MAX];
    size_t n;
};

bool csv_is_possible(const struct route *route)
{
    return !strcmp(route->method, "GET") &&
           (route->output == PAGE || route->output == COMPUTED || route->output == VALUE);
}

/* What comes first in an Accept header is what is wanted. */
static bool accepts_csv(const struct request *req)
{
    const char *accept = request_header(req, "Accept");
    size_t len;

    if (!accept)
        return false;
    accept += strspn(accept, " ");
    len = strcspn(accept, ",; ");
    return len == 8 && !strncasecmp(accept, "text/csv", len);
}

bool csv_read(struct request *req, const struct param *params, int nparams)
{
    const char *table = DEFAULT;
    bool wanted = accepts_csv(req);

    if (!csv_is_possible(req->route))
        return true;
    for (int i = 0; i < nparams; i++) {
        if (!strcmp(params[i].name, "table"))
            table = params[i].value;
        if (strcmp(params[i].name, "format"))
            continue;
        wanted = !strcmp(params[i].value, "csv");
        if (!wanted && strcmp(params[i].value, "json")) {
            reply_problem(req, UNKNOWN_PARAMETER, "format must be json or csv.");
            return false;
        }
    }
    req->csv_table = wanted ? table : NULL;
    return true;
}

static size_t column_of(struct sheet *sheet, const char *name)
{
    size_t i = 0;

    while (i < sheet->n && strcmp(sheet->names[i], name) != 0)
        i++;
    if (i == sheet->n && i < COLUMNS_MAX)
        sheet->names[sheet->n++] = name;
    return i;
}

static bool is_nested(const json_t *value)
{
    return json_is_object(value) && json_object_size(value);
}

/* Names come from the first to the last row, so that a member only some rows have is not lost. */
static void columns_find(struct sheet *sheet, const char *prefix, json_t *row)
{
    struct arena *arena = sheet->text.arena;
    const char *name;
    json_t *value;

    json_object_foreach(row, name, value)
    {
        const char *path = arena_printf(arena, "%s%s", prefix, name);

        if (is_nested(value))
            columns_find(sheet, arena_printf(arena, "%s.", path), value);
        else
            column_of(sheet, path);
    }
}

void csv_cell(struct text *text, const char *value)
{
    bool formula = *value && strchr("=+-@\t\r", *value);
    bool quoted = strpbrk(value, "\",\r\n") || *value == ' ';

    text_puts(text, quoted ? "\"" : "");
    text_puts(text, formula ? "'" : "");
    for (; *value; value++) {
        if (*value == '"')
            text_putc(text, '"');
        text_putc(text, *value);
    }
    text_puts(text, quoted ? "\"" : "");
}

static void add_value(struct text *text, json_t *value)
{
    char *dumped;

    switch (json_typeof(value)) {
    case JSON_NULL:
        return;
    case JSON_STRING:
        return csv_cell(text, json_string_value(value));
    case JSON_INTEGER:
        return text_decimal(text, json_integer_value(value));
    case JSON_REAL:
        return text_number(text, json_real_value(value));
    case JSON_TRUE:
        return text_puts(text, "true");
    case JSON_FALSE:
        return text_puts(text, "false");
    case JSON_OBJECT:
    case JSON_ARRAY:
        break;
    }
    dumped = json_dumps(value, JSON_COMPACT);
    csv_cell(text, dumped);
    free(dumped);
}

/* A member by its path; the names of members hold no dots. */
static json_t *member(struct arena *arena, json_t *row, const char *path)
{
    const char *dot = strchr(path, '.');

    if (!dot)
        return json_object_get(row, path);
    return member(arena, json_object_get(row, arena_strndup(arena, path, (size_t)(dot - path))),
                  dot + 1);
}

static void rows_add(struct sheet *sheet, const json_t *rows)
{
    size_t i;
    json_t *row;

    for (i = 0; i < sheet->n; i++) {
        text_puts(&sheet->text, i ? "," : "");
        csv_cell(&sheet->text, sheet->names[i]);
    }
    text_puts(&sheet->text, "\r\n");
    json_array_foreach(rows, i, row)
    {
        for (size_t column = 0; column < sheet->n; column++) {
            json_t *value = member(sheet->text.arena, row, sheet->names[column]);

            text_puts(&sheet->text, column ? "," : "");
            if (value && !is_nested(value))
                add_value(&sheet->text, value);
        }
        text_puts(&sheet->text, "\r\n");
    }
}

/* An object that is null in some rows is told by its members alone. */
static void columns_prune(struct sheet *sheet)
{
    size_t kept = 0;

    for (size_t i = 0; i < sheet->n; i++) {
        size_t len = strlen(sheet->names[i]);
        bool nested = false;

        for (size_t k = 0; k < sheet->n && !nested; k++)
            nested = !strncmp(sheet->names[k], sheet->names[i], len) && sheet->names[k][len] == '.';
        if (!nested)
            sheet->names[kept++] = sheet->names[i];
    }
    sheet->n = kept;
}

/* The names that the description gives the rows of a calculated table, so that an empty one has
 * them. */
static void columns_described(struct sheet *sheet, const struct request *req)
{
    const struct computed_table *computed = req->route->computed;
    struct arena *arena = sheet->text.arena;
    size_t i;
    json_t *name;

    for (size_t k = 0; computed && k < computed->nmembers; k++) {
        json_t *schema;

        if (!computed->members[k].top || strcmp(computed->members[k].name, req->csv_table) != 0)
            continue;
        schema = json_loads(computed->members[k].schema, 0, NULL);
        json_array_foreach(json_object_get(json_object_get(schema, "items"), "required"), i, name)
        {
            column_of(sheet, arena_strdup(arena, json_string_value(name)));
        }
        json_decref(schema);
    }
}

static void reply_sheet(struct request *req, const json_t *rows)
{
    struct sheet *sheet = arena_alloc(&req->arena, sizeof *sheet);
    size_t i;
    json_t *row;

    sheet->text = text_new(&req->arena);
    text_puts(&sheet->text, "\xef\xbb\xbf");
    columns_described(sheet, req);
    json_array_foreach(rows, i, row)
    {
        columns_find(sheet, "", row);
    }
    columns_prune(sheet);
    rows_add(sheet, rows);
    if (req->reply.etag) /* of the JSON: another representation has another tag */
        req->reply.etag = etag_as_csv(&req->arena, req->reply.etag);
    else
        req->reply.etag = etag_as_csv(
            &req->arena, etag_of_bytes(&req->arena, sheet->text.bytes, sheet->text.len));
    reply_header(req, "Content-Disposition",
                 arena_printf(&req->arena, "attachment; filename=\"%s.csv\"", req->route->name));
    reply_text(req, 200, "text/csv; charset=utf-8", sheet->text.bytes, sheet->text.len);
}

static bool is_table(const json_t *rows)
{
    size_t i;
    json_t *row;

    json_array_foreach(rows, i, row)
    {
        if (!json_is_object(row))
            return false;
    }
    return json_is_array(rows);
}

void csv_reply(struct request *req, const char *json, size_t len)
{
    json_t *answer = json_loadb(json, len, 0, NULL);
    const json_t *rows = json_object_get(answer, req->csv_table);

    if (is_table(rows))
        reply_sheet(req, rows);
    else
        reply_problem(req, UNKNOWN_PARAMETER, "The answer has no such table.");
    json_decref(answer);
}
