/* Flags: what is wrong with lines, and what people say about it. */
#include "http/body.h"
#include "http/params.h"
#include "http/reply.h"
#include "queries.h"
#include "routes.h"

struct flag_filter {
    const char *state, *line;
};

FIELDS(flag_list_query, struct flag_filter,
       FIELD(struct flag_filter, state, TEXT, .one_of = "raised acknowledged cleared",
             .optional = true),
       FIELD(struct flag_filter, line, ID, .optional = true));

struct acknowledgement {
    const char *note;
};

FIELDS(flag_acknowledge_body, struct acknowledgement,
       FIELD(struct acknowledgement, note, TEXT, .min = 1, .max = 4000));

/** GET /api/v1/analytics/flags: newest first. */
void flag_list(struct request *req)
{
    struct flag_filter in;

    if (!QUERY_READ(req, &in))
        return;
    q_flag_list(req, reply_page, in.state, in.line, req->page.after[0], req->page.after[1],
                req->page.limit);
}

/** GET /api/v1/analytics/flags/:id: one, with its figures. */
void flag_get(struct request *req)
{
    q_flag_get(req, reply_row, req->param[0]);
}

/** GET /api/v1/analytics/flags/:id/events: what happened to it. */
void flag_event_list(struct request *req)
{
    q_flag_event_list(req, reply_page, req->param[0], req->page.after[0], req->page.after[1],
                      req->page.limit);
}

/** POST /api/v1/analytics/flags/:id/acknowledgements: somebody has seen it. */
void flag_acknowledge(struct request *req)
{
    struct acknowledgement in;
    char *event = arena_alloc(&req->arena, ID_SIZE);

    if (!BODY_READ(req, &in))
        return;
    id_new(event, "fev");
    q_flag_acknowledge(req, reply_row, req->who.account, req->param[0], req->if_match, in.note,
                       event);
}
