/* Query strings, checked by a field table. */
#include "http/params.h"
#include "base/text.h"
#include "http/csv_reply.h"
#include "http/figure.h"
#include "http/page.h"
#include "http/reply.h"
#include "http/route.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

static int hex_digit(char c)
{
    return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

char *percent_decode(struct arena *arena, const char *text, size_t len, bool plus_is_blank)
{
    char *decoded = arena_alloc(arena, len + 1), *end = decoded;

    for (size_t i = 0; i < len; i++) {
        if (text[i] == '%') {
            if (len - i < 3 || !isxdigit((unsigned char)text[i + 1]) ||
                !isxdigit((unsigned char)text[i + 2]))
                return NULL;
            *end++ = (char)(hex_digit(text[i + 1]) << 4 | hex_digit(text[i + 2]));
            i += 2;
        } else {
            *end++ = text[i] == '+' && plus_is_blank ? ' ' : text[i];
        }
    }
    return text_is_clean(decoded, (size_t)(end - decoded)) ? decoded : NULL;
}

/* One "name=value"; false if it cannot be decoded. */
static bool param_parse(struct request *req, const char *text, size_t len, struct param *param)
{
    const char *equals = memchr(text, '=', len);
    size_t name_len = equals ? (size_t)(equals - text) : len;
    const char *value = equals ? equals + 1 : text + len;

    param->name = percent_decode(&req->arena, text, name_len, true);
    param->value = percent_decode(&req->arena, value, (size_t)(text + len - value), true);
    return param->name && param->value;
}

int params_parse(struct request *req, struct param params[QUERY_PARAMS_MAX])
{
    const char *next = req->query_string;
    int n = 0;

    while (*next) {
        size_t len = strcspn(next, "&");

        if (len) {
            if (n == QUERY_PARAMS_MAX || !param_parse(req, next, len, &params[n])) {
                reply_problem(req, UNKNOWN_PARAMETER, "The query string is malformed.");
                return -1;
            }
            n++;
        }
        next += len + (next[len] == '&');
    }
    return n;
}

static bool is_known(const struct route *route, const char *name)
{
    if (route->output == PAGE && (!strcmp(name, "limit") || !strcmp(name, "cursor")))
        return true;
    if (csv_is_possible(route) && (!strcmp(name, "format") || !strcmp(name, "table")))
        return true;
    for (size_t i = 0; route_has_query(route) && i < route->fields->nfields; i++)
        if (!strcmp(route->fields->fields[i].name, name))
            return true;
    return false;
}

static bool is_twice(const struct param *params, int n)
{
    for (int i = 0; i < n; i++)
        if (!strcmp(params[i].name, params[n].name))
            return true;
    return false;
}

bool params_accept(struct request *req)
{
    struct param params[QUERY_PARAMS_MAX];
    int n = params_parse(req, params);

    if (n < 0)
        return false;
    for (int i = 0; i < n; i++) {
        if (!is_known(req->route, params[i].name) || is_twice(params, i)) {
            reply_problem(req, UNKNOWN_PARAMETER, params[i].name);
            return false;
        }
    }
    return csv_read(req, params, n) && (req->route->output != PAGE || page_read(req, params, n));
}

static const char *find(const struct param *params, int n, const char *name)
{
    for (int i = 0; i < n; i++)
        if (!strcmp(params[i].name, name))
            return params[i].value;
    return NULL;
}

/* Check the value of a parameter, NULL if it is not there, and store it. */
static struct field_fault param_read(struct request *req, const struct field *field,
                                     const char *value, void *place)
{
    if (!value && !field->optional)
        return (struct field_fault){"missing", "It is needed."};
    if (figure_is(field))
        return figure_read_text(&req->arena, field, value, place);
    if (!value)
        return (struct field_fault){NULL, NULL};
    return field_check(&req->arena, field, value, place);
}

bool query_read(struct request *req, void *out, size_t size)
{
    const struct field_table *table = req->route->fields;
    struct param params[QUERY_PARAMS_MAX];
    struct field_error errors[QUERY_PARAMS_MAX];
    size_t nerrors = 0;
    int n = params_parse(req, params);

    assert(table->size == size && table->nfields <= QUERY_PARAMS_MAX);
    memset(out, 0, size);
    for (size_t i = 0; n >= 0 && i < table->nfields; i++) {
        const struct field *field = &table->fields[i];
        struct field_fault fault =
            param_read(req, field, find(params, n, field->name), (char *)out + field->offset);

        if (fault.code)
            errors[nerrors++] = (struct field_error){arena_printf(&req->arena, "?%s", field->name),
                                                     fault.code, fault.detail};
    }
    if (nerrors)
        reply_field_errors(req, INVALID_FIELDS, errors, nerrors);
    return n >= 0 && nerrors == 0;
}
