#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H

#include "http/field.h"
#include "http/request.h"

/** What a route asks of every call: a set of these. */
enum route_flags {
    IDEMPOTENT = 1 << 0,
    IF_MATCH = 1 << 1,
    LIMIT_AUTH = 1 << 2,
    UNLIMITED = 1 << 3,
    SHARED = 1 << 4,
    VERSIONED = 1 << 5,
};

enum route_input { NOTHING, BODY, QUERY, UPLOAD };
enum route_output { OWN, ROW, CREATED, ACCEPTED, DONE, PAGE, COMPUTED, VALUE, EVENTS, SHEET };

/** One row of routes.def. */
struct route {
    const char *method, *pattern;
    int who;
    unsigned flags;
    enum route_input input;
    const struct field_table *fields; /* of the body, the query, or beside an upload; NULL: none */
    enum route_output output;
    const struct query *query;             /* the statement whose columns are the answer */
    const struct computed_table *computed; /* what the handler adds to them */
    handler_fn *handler;
    const char *name, *summary;
};

/** Whether `fields` are those of the query string. */
static inline bool route_has_query(const struct route *route)
{
    return route->input == QUERY || route->input == UPLOAD;
}

extern const struct route routes[];
extern const size_t nroutes;

/** Find the route and fill `req->param`; answer NOT_FOUND or METHOD_NOT_ALLOWED if there is none.
 */
bool route_find(struct request *req);
/** The methods of a path, for Allow: "GET, HEAD, OPTIONS"; NULL if nothing is there. */
const char *route_allowed(struct request *req);

#endif
