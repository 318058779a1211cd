/* Tickets: a service partner's part of a return. */
#include "http/body.h"
#include "http/params.h"
#include "http/reply.h"
#include "queries.h"
#include "routes.h"

#define TICKET_STATES \
    "offered accepted appointed in_work waiting_parts done verified declined cancelled"

struct offer {
    const char *partner;
};

FIELDS(ticket_offer_body, struct offer, FIELD(struct offer, partner, ID));

struct ticket_filter {
    const char *state, *open;
};

FIELDS(ticket_list_query, struct ticket_filter,
       FIELD(struct ticket_filter, state, TEXT, .one_of = TICKET_STATES, .optional = true),
       FIELD(struct ticket_filter, open, BOOLEAN, .optional = true));

struct move {
    const char *to, *note;
};

FIELDS(ticket_move_body, struct move, FIELD(struct move, to, TEXT, .one_of = TICKET_STATES),
       FIELD(struct move, note, TEXT, .min = 1, .max = 4000));

static rows_fn ticket_offered;

/** POST /api/v1/returns/:id/tickets: offer a return to a partner. */
void ticket_offer(struct request *req)
{
    struct offer in;
    char *id = arena_alloc(&req->arena, ID_SIZE), *event = arena_alloc(&req->arena, ID_SIZE);

    if (!BODY_READ(req, &in))
        return;
    id_new(id, "tic");
    id_new(event, "evt");
    q_ticket_offer(req, ticket_offered, req->who.role_name, req->who.scope, req->who.account,
                   req->param[0], in.partner, id, event);
}

static void ticket_offered(struct request *req, const PGresult *rows)
{
    if (PQntuples(rows))
        reply_location(req, arena_printf(&req->arena, "/api/v1/tickets/%s",
                                         PQgetvalue(rows, 0, PQfnumber(rows, "id"))));
    reply_created(req, rows);
}

/** GET /api/v1/tickets: newest first; a partner's own only. */
void ticket_list(struct request *req)
{
    struct ticket_filter in;

    if (!QUERY_READ(req, &in))
        return;
    q_ticket_list(req, reply_page, req->who.role_name, req->who.scope, in.state, in.open,
                  req->page.after[0], req->page.after[1], req->page.limit);
}

/** GET /api/v1/tickets/:id: what is needed to do the job. */
void ticket_get(struct request *req)
{
    q_ticket_get(req, reply_row, req->who.role_name, req->who.scope, req->param[0]);
}

/** GET /api/v1/tickets/:id/events: what happened to its return, newest first. */
void ticket_event_list(struct request *req)
{
    q_ticket_event_list(req, reply_page, req->who.role_name, req->who.scope, req->param[0],
                        req->page.after[0], req->page.after[1], req->page.limit);
}

/** POST /api/v1/tickets/:id/transitions: the job goes on, with a note. */
void ticket_move(struct request *req)
{
    struct move in;
    char *event = arena_alloc(&req->arena, ID_SIZE);

    if (!BODY_READ(req, &in))
        return;
    id_new(event, "evt");
    q_ticket_move(req, reply_row, req->who.role_name, req->who.scope, req->who.account,
                  req->param[0], req->if_match, in.to, in.note, event);
}
