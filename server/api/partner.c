/* Service partners. */
#include "http/body.h"
#include "http/reply.h"
#include "queries.h"
#include "routes.h"

struct partner_new {
    const char *name, *country;
};

FIELDS(partner_open_body, struct partner_new,
       FIELD(struct partner_new, name, TEXT, .min = 2, .max = 120),
       FIELD(struct partner_new, country, COUNTRY));

/** POST /api/v1/partners: a new workshop. */
void partner_open(struct request *req)
{
    struct partner_new in;
    char *id = arena_alloc(&req->arena, ID_SIZE);

    if (!BODY_READ(req, &in))
        return;
    id_new(id, "par");
    q_partner_open(req, reply_created, id, in.name, in.country);
}

/** GET /api/v1/partners: by name. */
void partner_list(struct request *req)
{
    q_partner_list(req, reply_page, req->page.after[0], req->page.after[1], req->page.limit);
}

/** GET /api/v1/partners/:id: one workshop. */
void partner_get(struct request *req)
{
    q_partner_get(req, reply_row, req->param[0]);
}
