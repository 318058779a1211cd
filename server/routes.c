/* The route table: routes.def, expanded. */
#include "routes.h"
#include "queries.h"

#define FIELDS_NOTHING(handler)    NULL
#define FIELDS_BODY(handler)       &handler##_body
#define FIELDS_QUERY(handler)      &handler##_query
#define FIELDS_UPLOAD(handler)     &handler##_query
#define QUERY_OWN(handler)         NULL
#define QUERY_ROW(handler)         &query_##handler
#define QUERY_CREATED(handler)     &query_##handler
#define QUERY_ACCEPTED(handler)    &query_##handler
#define QUERY_DONE(handler)        &query_##handler
#define QUERY_PAGE(handler)        &query_##handler
#define QUERY_COMPUTED(handler)    &query_##handler
#define QUERY_VALUE(handler)       NULL
#define QUERY_EVENTS(handler)      NULL
#define QUERY_SHEET(handler)       NULL
#define COMPUTED_OWN(handler)      NULL
#define COMPUTED_ROW(handler)      NULL
#define COMPUTED_CREATED(handler)  NULL
#define COMPUTED_ACCEPTED(handler) NULL
#define COMPUTED_DONE(handler)     NULL
#define COMPUTED_PAGE(handler)     NULL
#define COMPUTED_COMPUTED(handler) &handler##_computed
#define COMPUTED_VALUE(handler)    &handler##_computed
#define COMPUTED_EVENTS(handler)   NULL
#define COMPUTED_SHEET(handler)    NULL
#define ROUTE(method, pattern, who, flags, input, output, handler, summary) \
    {#method,                                                               \
     pattern,                                                               \
     who,                                                                   \
     flags,                                                                 \
     input,                                                                 \
     FIELDS_##input(handler),                                               \
     output,                                                                \
     QUERY_##output(handler),                                               \
     COMPUTED_##output(handler),                                            \
     handler,                                                               \
     #handler,                                                              \
     summary},

const struct route routes[] = {
#include "routes.def"
};

const size_t nroutes = sizeof routes / sizeof *routes;
