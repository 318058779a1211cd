/* The API description, written from the tables that run the API. */
#include "http/openapi.h"
#include "base/settings.h"
#include "base/text.h"
#include "http/csv_reply.h"
#include "http/describe.h"
#include "http/openapi_schema.h"
#include "http/route.h"
#include "http/version.h"

#include <string.h>

static struct arena arena;
static struct text document;

static const struct {
    const char *name;
    enum role role;
} roles[] = {
    {"customer",     CUSTOMER    },
    {"partner_tech", PARTNER_TECH},
    {"agent",        AGENT       },
    {"manager",      MANAGER     },
    {"admin",        ADMIN       }
};

/* "/returns/:id" is "/returns/{id}" there. */
static void add_path(struct text *text, const char *pattern)
{
    text_putc(text, '"');
    while (*pattern) {
        size_t len = *pattern == ':' ? strcspn(pattern, "/") : strcspn(pattern, ":");

        if (*pattern == ':')
            text_printf(text, "{%.*s}", (int)len - 1, pattern + 1);
        else
            text_add(text, pattern, len);
        pattern += len;
    }
    text_putc(text, '"');
}

static void add_access(struct text *text, const struct route *route)
{
    const char *comma = "";

    if (route->who == ANYONE) {
        text_puts(text, "\"security\":[],");
        return;
    }
    text_puts(text, "\"security\":[{\"session\":[]},{\"bearer\":[]}],\"x-roles\":[");
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (!(route->who & (int)roles[i].role))
            continue;
        text_printf(text, "%s\"%s\"", comma, roles[i].name);
        comma = ",";
    }
    text_puts(text, "],");
}

static void add_parameter(struct text *text, const char *name, const char *in, bool required,
                          const char *schema)
{
    if (text->bytes[text->len - 1] != '[')
        text_putc(text, ',');
    text_printf(text, "{\"name\":\"%s\",\"in\":\"%s\",\"required\":%s,\"schema\":{%s}}", name, in,
                required ? "true" : "false", schema);
}

static void add_path_parameters(struct text *text, const struct route *route)
{
    for (const char *next = strchr(route->pattern, ':'); next; next = strchr(next + 1, ':'))
        add_parameter(text, arena_strndup(&arena, next + 1, strcspn(next + 1, "/")), "path", true,
                      "\"type\":\"string\"");
}

static void add_parameters(struct text *text, const struct route *route)
{
    text_puts(text, "\"parameters\":[");
    add_path_parameters(text, route);
    for (size_t i = 0; route_has_query(route) && i < route->fields->nfields; i++)
        add_parameter(text, route->fields->fields[i].name, "query",
                      !route->fields->fields[i].optional,
                      field_schema(&arena, &route->fields->fields[i]));
    if (route->output == PAGE) {
        add_parameter(text, "limit", "query", false,
                      "\"type\":\"integer\",\"minimum\":1,\"default\":25");
        add_parameter(text, "cursor", "query", false, "\"type\":\"string\"");
    }
    if (csv_is_possible(route)) {
        add_parameter(text, "format", "query", false, "\"enum\":[\"json\",\"csv\"]");
        add_parameter(text, "table", "query", false, "\"type\":\"string\",\"default\":\"items\"");
    }
    if (route->flags & IDEMPOTENT)
        add_parameter(text, "Idempotency-Key", "header", true,
                      "\"type\":\"string\",\"minLength\":8,\"maxLength\":255");
    if (route->flags & IF_MATCH)
        add_parameter(text, "If-Match", "header", true, "\"type\":\"string\"");
    text_puts(text, "],");
}

static void add_body(struct text *text, const struct route *route)
{
    if (route->input == UPLOAD)
        return text_puts(text, "\"requestBody\":{\"required\":true,\"content\":{"
                               "\"text/csv\":{},\"text/tab-separated-values\":{},"
                               "\"text/plain\":{},\"application/gzip\":{},"
                               "\"application/octet-stream\":{}}},");
    if (route->input != BODY)
        return;
    text_puts(text, "\"requestBody\":{\"required\":true,\"content\":{\"application/json\":"
                    "{\"schema\":");
    schema_of_fields(text, route->fields);
    text_puts(text, "}}},");
}

static unsigned success_of(const struct route *route)
{
    switch (route->output) {
    case CREATED:
        return 201;
    case ACCEPTED:
        return 202;
    case DONE:
        return 204;
    default:
        return 200;
    }
}

static void add_success(struct text *text, const struct route *route)
{
    unsigned status = success_of(route);

    text_printf(text, "\"%u\":{\"description\":\"%s\"", status,
                status == 201   ? "Created."
                : status == 202 ? "It will be done; see Location."
                : status == 204 ? "Done."
                                : "As asked.");
    if (route->output == EVENTS) {
        text_puts(text, ",\"content\":{\"text/event-stream\":{\"schema\":{\"type\":\"string\"}}}");
    } else if (route->output == SHEET) {
        text_puts(text, ",\"content\":{\"text/csv\":{\"schema\":{\"type\":\"string\"}}}");
    } else if (status != 204) {
        text_puts(text, ",\"content\":{\"application/json\":{\"schema\":");
        schema_of_answer(text, route);
        text_puts(text, csv_is_possible(route)
                            ? "},\"text/csv\":{\"schema\":{\"type\":\"string\"}}}"
                            : "}}");
    }
    text_putc(text, '}');
}

static void add_problem(struct text *text, unsigned status, bool possible)
{
    if (possible)
        text_printf(text, ",\"%u\":{\"$ref\":\"#/components/responses/problem\"}", status);
}

static void add_responses(struct text *text, const struct route *route)
{
    bool get = !strcmp(route->method, "GET");
    bool body = route->input == BODY || route->input == UPLOAD;
    const int everyone = CUSTOMER | PARTNER_TECH | STAFF;
    bool api = !strncmp(route->pattern, "/api/", 5);

    text_puts(text, "\"responses\":{");
    add_success(text, route);
    if (route->output == EVENTS)
        text_puts(text, ",\"204\":{\"description\":\"Nothing more will happen.\"}");
    else if (get && api && route->output != SHEET)
        text_puts(text, ",\"304\":{\"description\":\"You have it already.\"}");
    add_problem(text, 400, true);
    add_problem(text, 401, route->who != ANYONE || route->flags & LIMIT_AUTH);
    add_problem(text, 403, !get || (route->who & everyone) != everyone);
    add_problem(text, 404, strchr(route->pattern, ':'));
    add_problem(text, 409, route->flags & IDEMPOTENT);
    add_problem(text, 412, route->flags & IF_MATCH);
    add_problem(text, 413, body);
    add_problem(text, 415, body);
    add_problem(text, 422, body || route_has_query(route));
    add_problem(text, 428, route->flags & IF_MATCH);
    add_problem(text, 429, route->flags & LIMIT_AUTH);
    text_puts(text, ",\"default\":{\"$ref\":\"#/components/responses/problem\"}}");
}

static void add_operation(struct text *text, const struct route *route)
{
    char method[8] = "";

    for (size_t i = 0; route->method[i] && i < sizeof method - 1; i++)
        method[i] = (char)(route->method[i] | 0x20);
    text_printf(text, "\"%s\":{\"operationId\":\"%s\",\"summary\":", method, route->name);
    text_json(text, route->summary);
    text_putc(text, ',');
    add_access(text, route);
    add_parameters(text, route);
    add_body(text, route);
    add_responses(text, route);
    text_putc(text, '}');
}

static bool is_first_of_path(size_t row)
{
    for (size_t i = 0; i < row; i++)
        if (!strcmp(routes[i].pattern, routes[row].pattern))
            return false;
    return true;
}

static void add_paths(struct text *text)
{
    text_puts(text, "\"paths\":{");
    for (size_t i = 0; i < nroutes; i++) {
        if (!is_first_of_path(i))
            continue;
        text_puts(text, i ? "," : "");
        add_path(text, routes[i].pattern);
        text_puts(text, ":{");
        for (size_t k = i; k < nroutes; k++) {
            if (strcmp(routes[k].pattern, routes[i].pattern))
                continue;
            text_puts(text, k > i ? "," : "");
            add_operation(text, &routes[k]);
        }
        text_putc(text, '}');
    }
    text_puts(text, "},");
}

void openapi_build(void)
{
    document = text_new(&arena);
    text_puts(&document, "{\"openapi\":\"3.1.1\",\"info\":{\"title\":\"After-sales service\","
                         "\"version\":");
    text_json(&document, AFTERSALES_VERSION);
    text_puts(&document, ",\"license\":{\"name\":\"MIT\",\"identifier\":\"MIT\"}},"
                         "\"servers\":[{\"url\":");
    text_json(&document, settings.public_origin);
    text_puts(&document, "}],");
    add_paths(&document);
    schema_components(&document);
    text_putc(&document, '}');
}

const char *openapi_text(size_t *len)
{
    *len = document.len;
    return document.bytes;
}
