/* Registrations: a customer's word that a machine is theirs. */
#include "http/body.h"
#include "http/params.h"
#include "http/reply.h"
#include "queries.h"
#include "routes.h"

struct registration_new {
    const char *product, *serial, *buyer_type, *country, *purchased_on, *channel, *order_number,
        *email, *locale;
};

FIELDS(registration_register_body, struct registration_new,
       FIELD(struct registration_new, product, ID), FIELD(struct registration_new, serial, SERIAL),
       FIELD(struct registration_new, buyer_type, TEXT, .one_of = "consumer business"),
       FIELD(struct registration_new, country, COUNTRY),
       FIELD(struct registration_new, purchased_on, DATE),
       FIELD(struct registration_new, channel, CODE, .optional = true),
       FIELD(struct registration_new, order_number, TEXT, .min = 1, .max = 60, .optional = true),
       FIELD(struct registration_new, email, EMAIL),
       FIELD(struct registration_new, locale, TEXT, .one_of = "en zh-Hans", .optional = true));

struct registration_filter {
    const char *state;
};

FIELDS(registration_list_query, struct registration_filter,
       FIELD(struct registration_filter, state, TEXT, .one_of = "active disputed",
             .optional = true));

/** POST /api/v1/registrations: a second one of the same machine becomes a dispute. */
void registration_register(struct request *req)
{
    struct registration_new in;
    char id[ID_SIZE];

    if (!BODY_READ(req, &in))
        return;
    id_new(id, "reg");
    q_registration_register(req, reply_created, arena_strdup(&req->arena, id), in.product,
                            in.serial, in.buyer_type, in.country, in.purchased_on, in.channel,
                            in.order_number, in.email, in.locale ? in.locale : "en");
}

/** GET /api/v1/registrations: newest first. */
void registration_list(struct request *req)
{
    struct registration_filter in;

    if (!QUERY_READ(req, &in))
        return;
    q_registration_list(req, reply_page, in.state, req->page.after[0], req->page.after[1],
                        req->page.limit);
}

/** GET /api/v1/registrations/:id: one registration. */
void registration_get(struct request *req)
{
    q_registration_get(req, reply_row, req->param[0]);
}
