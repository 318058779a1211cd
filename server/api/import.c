/* Sales files that were accepted. */
#include "http/reply.h"
#include "queries.h"
#include "routes.h"

/** GET /api/v1/sales-imports: newest first. */
void sales_import_list(struct request *req)
{
    q_sales_import_list(req, reply_page, req->page.after[0], req->page.after[1], req->page.limit);
}
