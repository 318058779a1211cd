/* Products, product lines and the registry of machines. */
#include "http/params.h"
#include "http/reply.h"
#include "queries.h"
#include "routes.h"

struct unit_filter {
    const char *serial, *product;
};

FIELDS(unit_list_query, struct unit_filter,
       FIELD(struct unit_filter, serial, SERIAL, .optional = true),
       FIELD(struct unit_filter, product, ID, .optional = true));

/** GET /api/v1/products: the models a customer can name. */
void product_list(struct request *req)
{
    q_product_list(req, reply_page, req->page.after[0], req->page.after[1], req->page.limit);
}

/** GET /api/v1/product-lines: lines and what a unit of them costs. */
void product_line_list(struct request *req)
{
    q_product_line_list(req, reply_page, req->page.after[0], req->page.after[1], req->page.limit);
}

/** GET /api/v1/units: machines by serial. */
void unit_list(struct request *req)
{
    struct unit_filter in;

    if (!QUERY_READ(req, &in))
        return;
    q_unit_list(req, reply_page, in.serial, in.product, req->page.after[0], req->page.after[1],
                req->page.limit);
}

/** GET /api/v1/units/:id: one machine. */
void unit_get(struct request *req)
{
    q_unit_get(req, reply_row, req->param[0]);
}
