/* Returns: a machine comes back. */
#include "http/body.h"
#include "http/params.h"
#include "http/reply.h"
#include "queries.h"
#include "routes.h"

#include <string.h>

#define RETURN_STATES "submitted need_info approved settled closed rejected cancelled"

struct return_new {
    const char *product, *serial, *reason, *description, *country, *channel, *order_number, *name,
        *email, *phone, *locale;
};

FIELDS(return_file_body, struct return_new, FIELD(struct return_new, product, ID),
       FIELD(struct return_new, serial, SERIAL),
       FIELD(struct return_new, reason, TEXT,
             .one_of = "no_longer_wanted not_as_described quality_poor doa failed_in_use "
                       "performance_low hard_to_use missing_parts wrong_item transport_damage "
                       "safety repeat noise_smell"),
       FIELD(struct return_new, description, TEXT, .min = 10, .max = 4000),
       FIELD(struct return_new, country, COUNTRY),
       FIELD(struct return_new, channel, CODE, .optional = true),
       FIELD(struct return_new, order_number, TEXT, .min = 1, .max = 60, .optional = true),
       FIELD(struct return_new, name, TEXT, .min = 1, .max = 120),
       FIELD(struct return_new, email, EMAIL),
       FIELD(struct return_new, phone, PHONE, .optional = true),
       FIELD(struct return_new, locale, TEXT, .one_of = "en zh-Hans", .optional = true));

struct return_filter {
    const char *state, *country, *product_line;
};

FIELDS(return_list_query, struct return_filter,
       FIELD(struct return_filter, state, TEXT, .one_of = RETURN_STATES, .optional = true),
       FIELD(struct return_filter, country, COUNTRY, .optional = true),
       FIELD(struct return_filter, product_line, CODE, .optional = true));

struct move {
    const char *to, *note;
};

FIELDS(return_move_body, struct move, FIELD(struct move, to, TEXT, .one_of = RETURN_STATES),
       FIELD(struct move, note, TEXT, .min = 1, .max = 4000, .optional = true));

struct message {
    const char *note, *internal;
};

FIELDS(return_message_body, struct message,
       FIELD(struct message, note, TEXT, .min = 1, .max = 4000),
       FIELD(struct message, internal, BOOLEAN, .optional = true));

/** POST /api/v1/returns: the answer holds the token that follows the return. */
void return_file(struct request *req)
{
    struct return_new in;
    char *id = arena_alloc(&req->arena, ID_SIZE), *event = arena_alloc(&req->arena, ID_SIZE);
    char *number = arena_alloc(&req->arena, NUMBER_SIZE);
    char *token = arena_alloc(&req->arena, TOKEN_SIZE);
    char *hash = arena_alloc(&req->arena, HASH_SIZE);

    if (!BODY_READ(req, &in))
        return;
    id_new(id, "ret");
    id_new(event, "evt");
    number_new(number);
    token_new(token);
    hash_text(hash, token, strlen(token));
    q_return_file(req, reply_created, id, number, event, token, hash, in.product, in.serial,
                  in.reason, in.description, in.country, in.channel, in.order_number, in.name,
                  in.email, in.phone, in.locale ? in.locale : "en");
}

/** GET /api/v1/returns: newest first. */
void return_list(struct request *req)
{
    struct return_filter in;

    if (!QUERY_READ(req, &in))
        return;
    if (in.state)
        q_return_list_in_state(req, reply_page, in.state, in.country, in.product_line,
                               req->page.after[0], req->page.after[1], req->page.limit);
    else
        q_return_list(req, reply_page, in.state, in.country, in.product_line, req->page.after[0],
                      req->page.after[1], req->page.limit);
}

/** GET /api/v1/returns/:id: one return. */
void return_get(struct request *req)
{
    q_return_get(req, reply_row, req->who.role_name, req->who.scope, req->param[0]);
}

/** GET /api/v1/returns/:id/events: what happened, newest first. */
void return_event_list(struct request *req)
{
    q_return_event_list(req, reply_page, req->who.role_name, req->who.scope, req->param[0],
                        req->page.after[0], req->page.after[1], req->page.limit);
}

/** POST /api/v1/returns/:id/messages: a word to the others; staff may keep it internal. */
void return_message(struct request *req)
{
    struct message in;
    char *id = arena_alloc(&req->arena, ID_SIZE);

    if (!BODY_READ(req, &in))
        return;
    if (in.internal && !strcmp(in.internal, "true") && req->who.role == CUSTOMER)
        return reply_problem(req, FORBIDDEN, NULL);
    id_new(id, "evt");
    reply_location(req, arena_printf(&req->arena, "/api/v1/returns/%s/events", req->param[0]));
    q_return_message(req, reply_created, req->who.role_name, req->who.scope, req->who.account,
                     req->param[0], id, in.note, in.internal ? in.internal : "false");
}

/** POST /api/v1/returns/:id/transitions: on to another state. */
void return_move(struct request *req)
{
    struct move in;
    char *event = arena_alloc(&req->arena, ID_SIZE);

    if (!BODY_READ(req, &in))
        return;
    id_new(event, "evt");
    q_return_move(req, reply_row, req->who.role_name, req->who.scope, req->who.account,
                  req->param[0], req->if_match, in.to, in.note, event);
}
