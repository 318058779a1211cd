/* JSON bodies, checked by a field table. */
#include "http/body.h"
#include "http/field.h"
#include "http/figure.h"
#include "http/reply.h"
#include "http/route.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Wrong fields told in one answer. */
#define ERRORS_MAX 32

struct errors {
    struct field_error list[ERRORS_MAX];
    size_t n;
};

/* How deep brackets are nested outside of strings: jansson would recurse into them. */
static int depth_of(const char *json, size_t len)
{
    int depth = 0, deepest = 0;
    bool inside = false;

    for (size_t i = 0; i < len; i++) {
        if (json[i] == '"')
            inside = !inside;
        else if (inside)
            i += json[i] == '\\'; /* what is escaped ends nothing */
        else if (json[i] == '[' || json[i] == '{')
            deepest = ++depth > deepest ? depth : deepest;
        else if (json[i] == ']' || json[i] == '}')
            depth--;
    }
    return deepest;
}

static void free_json(void *json)
{
    json_decref(json);
}

bool body_is_json(struct request *req)
{
    const char *type = request_header(req, "Content-Type");
    size_t len = type ? strcspn(type, "; ") : 0;

    if (len == 16 && !strncasecmp(type, "application/json", len))
        return true;
    reply_problem(req, NOT_JSON, NULL);
    return false;
}

bool body_parse(struct request *req)
{
    json_error_t error;
    json_t *body;

    if (!req->upload.len) {
        reply_problem(req, MALFORMED_JSON, "There is no body.");
        return false;
    }
    if (depth_of(req->upload.bytes, req->upload.len) > BODY_DEPTH_MAX) {
        reply_problem(req, MALFORMED_JSON, "It is nested too deep.");
        return false;
    }
    body = json_loadb(req->upload.bytes, req->upload.len, JSON_REJECT_DUPLICATES, &error);
    if (body)
        arena_own(&req->arena, body, free_json);
    if (!json_is_object(body)) {
        reply_problem(
            req, MALFORMED_JSON,
            body ? "It must be an object."
                 : arena_printf(&req->arena, "At line %d, column %d.", error.line, error.column));
        return false;
    }
    req->body = body;
    return true;
}

static void add_error(struct request *req, struct errors *errors, const char *name,
                      const char *code, const char *detail)
{
    if (errors->n == ERRORS_MAX)
        return;
    errors->list[errors->n++] =
        (struct field_error){arena_printf(&req->arena, "/%s", name), code, detail};
}

static bool is_known(const struct field_table *table, const char *name)
{
    for (size_t i = 0; i < table->nfields; i++)
        if (!strcmp(table->fields[i].name, name))
            return true;
    return false;
}

/* RFC 6901: '~' and '/' of a name are escaped. */
static const char *pointer_token(struct request *req, const char *name)
{
    char *token = arena_alloc(&req->arena, 2 * strlen(name) + 1), *end = token;

    for (; *name; name++) {
        *end++ = *name == '/' ? '~' : *name;
        if (*name == '~' || *name == '/')
            *end++ = *name == '~' ? '0' : '1';
    }
    return token;
}

static bool refuse_unknown(struct request *req, const struct field_table *table)
{
    struct errors errors = {.n = 0};
    const char *name;
    json_t *value;

    json_object_foreach(req->body, name, value)
    {
        if (!is_known(table, name))
            add_error(req, &errors, pointer_token(req, name), "unknown", "It is not known here.");
    }
    if (errors.n)
        reply_field_errors(req, UNKNOWN_MEMBER, errors.list, errors.n);
    return errors.n;
}

static const char *object_text(struct request *req, const json_t *value)
{
    char *dumped = json_dumps(value, JSON_COMPACT);
    const char *text;

    if (!dumped)
        abort();
    text = arena_strdup(&req->arena, dumped);
    free(dumped);
    return text;
}

/* The member as text, if it is of the right JSON type. */
static const char *member_text(struct request *req, const struct field *field, const json_t *value)
{
    if (field->type == INTEGER)
        return json_is_integer(value)
                   ? arena_printf(&req->arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value))
                   : NULL;
    if (field->type == BOOLEAN)
        return json_is_boolean(value) ? (json_is_true(value) ? "true" : "false") : NULL;
    if (field->type == OBJECT)
        return json_is_object(value) ? object_text(req, value) : NULL;
    return json_string_value(value);
}

static struct field_fault read_text(struct request *req, const struct field *field,
                                    const json_t *value, const char **place)
{
    const char *text = value ? member_text(req, field, value) : NULL;

    if (!value)
        return (struct field_fault){NULL, NULL};
    if (!text)
        return (struct field_fault){"wrong_type", "It has the wrong type."};
    return field_check(&req->arena, field, text, place);
}

static void read_field(struct request *req, const struct field *field, struct errors *errors,
                       void *place)
{
    const json_t *value = json_object_get(req->body, field->name);
    struct field_fault fault;

    if (json_is_null(value))
        value = NULL;
    if (!value && !field->optional)
        fault = (struct field_fault){"missing", "It is needed."};
    else if (figure_is(field))
        fault = figure_read(&req->arena, field, value, place);
    else
        fault = read_text(req, field, value, place);
    if (fault.code)
        add_error(req, errors, field->name, fault.code, fault.detail);
}

bool body_read(struct request *req, void *out, size_t size)
{
    const struct field_table *table = req->route->fields;
    struct errors errors = {.n = 0};

    assert(table->size == size);
    memset(out, 0, size);
    if (refuse_unknown(req, table))
        return false;
    for (size_t i = 0; i < table->nfields; i++) {
        const struct field *field = &table->fields[i];

        read_field(req, field, &errors, (char *)out + field->offset);
    }
    if (errors.n)
        reply_field_errors(req, INVALID_FIELDS, errors.list, errors.n);
    return errors.n == 0;
}
