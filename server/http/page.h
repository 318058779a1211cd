#ifndef HTTP_PAGE_H
#define HTTP_PAGE_H

#include "http/params.h"
#include "http/request.h"

#define PAGE_DEFAULT 25
#define PAGE_MAX     100

/**
 * Lists are paged by key: a cursor holds the sort key of the last row shown,
 * tagged so that only the daemon can make one, for this list and its filters.
 */

/** Read `limit` and `cursor` into `req->page`; false: answered already. */
bool page_read(struct request *req, const struct param *params, int nparams);
/** The relative URL of the page after row `row`. */
const char *page_next(struct request *req, const PGresult *rows, int row);

#endif
