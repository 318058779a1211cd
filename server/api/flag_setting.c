/* Thresholds of flags, with who changed them and why. */
#include "http/body.h"
#include "http/reply.h"
#include "http/rowjson.h"
#include "http/value.h"
#include "line/flag_settings.h"
#include "queries.h"
#include "routes.h"

#include <stdlib.h>

struct threshold {
    const char *name, *note;
    double value;
};

FIELDS(flag_setting_enter_body, struct threshold,
       FIELD(struct threshold, name, TEXT, .min = 1, .max = 40),
       FIELD(struct threshold, value, NUMBER),
       FIELD(struct threshold, note, TEXT, .min = 1, .max = 1000));

static const struct computed setting_members[] = {
    {"value",    "{\"type\":\"number\"}", false},
    {"default",  "{\"type\":\"number\"}", false},
    {"least",    "{\"type\":\"number\"}", false},
    {"most",     "{\"type\":\"number\"}", false},
    {"kind",     "{\"type\":\"string\"}", false},
    {"sentence", "{\"type\":\"string\"}", false},
};
const struct computed_table flag_setting_list_computed = {
    setting_members, sizeof setting_members / sizeof *setting_members};

static rows_fn settings_found;

/** GET /api/v1/analytics/flag-settings: all of them, as they are in force. */
void flag_setting_list(struct request *req)
{
    struct text names = text_new(&req->arena);

    for (size_t i = 0; i < nflag_setting_kinds; i++) {
        text_puts(&names, i ? " " : "");
        text_puts(&names, flag_setting_kinds[i].name);
    }
    q_flag_setting_list(req, settings_found, names.bytes);
}

/* What was entered is in force unless the table has become narrower since. */
static double value_of(const PGresult *rows, int row, const struct flag_setting_kind *kind)
{
    int column = PQfnumber(rows, "changed");
    double changed = strtod(PQgetvalue(rows, row, column), NULL);

    return !PQgetisnull(rows, row, column) && flag_setting_allows(kind, changed) ? changed
                                                                                 : kind->otherwise;
}

static void tell_setting(struct text *out, const PGresult *rows, int row,
                         const struct flag_setting_kind *kind)
{
    static const char *const kinds[] = {"share", "ratio", "count", "age"};

    rowjson_open_object(out, rows, row);
    value_number(out, "value", value_of(rows, row, kind));
    value_number(out, "default", kind->otherwise);
    value_number(out, "least", kind->least);
    value_number(out, "most", kind->most);
    value_word(out, "kind", kinds[kind->kind]);
    value_word(out, "sentence", kind->sentence);
    value_close(out, '}');
}

static void settings_found(struct request *req, const PGresult *rows)
{
    struct text out = text_new(&req->arena);

    value_open(&out, NULL, '{');
    value_open(&out, "items", '[');
    for (int row = 0; row < PQntuples(rows); row++) {
        text_puts(&out, row ? "," : "");
        tell_setting(&out, rows, row, &flag_setting_kinds[row]);
    }
    value_close(&out, ']');
    value_close(&out, '}');
    value_reply(req, &out);
}

static void refuse(struct request *req, const char *pointer, const char *code, const char *detail)
{
    const struct field_error error = {pointer, code, detail};

    reply_field_errors(req, INVALID_FIELDS, &error, 1);
}

/** POST /api/v1/analytics/flag-settings: another value from now on. */
void flag_setting_enter(struct request *req)
{
    struct threshold in;
    const struct flag_setting_kind *kind;
    struct text value = text_new(&req->arena);
    char *id = arena_alloc(&req->arena, ID_SIZE);

    if (!BODY_READ(req, &in))
        return;
    kind = flag_setting_find(in.name);
    if (!kind)
        return refuse(req, "/name", "not_one_of", "There is no threshold of that name.");
    if (!flag_setting_allows(kind, in.value))
        return refuse(req, "/value", "out_of_range",
                      arena_printf(&req->arena, "It must be %s from %g to %g.",
                                   kind->kind == COUNT ? "a whole number"
                                   : kind->kind == AGE
                                       ? "the end of a period of age (30, 60 ... 365)"
                                       : "a number",
                                   kind->least, kind->most));
    id_new(id, "fse");
    text_number(&value, in.value);
    reply_location(req, arena_printf(&req->arena, "%s/%s/history", req->path, kind->name));
    q_flag_setting_enter(req, reply_created, req->who.account, id, kind->name, value.bytes,
                         in.note);
}

/** GET /api/v1/analytics/flag-settings/:name/history: the values it has had. */
void flag_setting_event_list(struct request *req)
{
    if (!flag_setting_find(req->param[0]))
        return reply_problem(req, NOT_FOUND, NULL);
    q_flag_setting_event_list(req, reply_page, req->param[0], req->page.after[0],
                              req->page.after[1], req->page.limit);
}
