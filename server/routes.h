#ifndef ROUTES_H
#define ROUTES_H

#include "http/route.h"

/* Prototypes of all handlers, and of the tables they bring along. */

#define INPUT_NOTHING(handler)
#define INPUT_BODY(handler)   extern const struct field_table handler##_body;
#define INPUT_QUERY(handler)  extern const struct field_table handler##_query;
#define INPUT_UPLOAD(handler) extern const struct field_table handler##_query;
#define OUTPUT_OWN(handler)
#define OUTPUT_ROW(handler)
#define OUTPUT_CREATED(handler)
#define OUTPUT_ACCEPTED(handler)
#define OUTPUT_DONE(handler)
#define OUTPUT_PAGE(handler)
#define OUTPUT_COMPUTED(handler) extern const struct computed_table handler##_computed;
#define OUTPUT_VALUE(handler)    extern const struct computed_table handler##_computed;
#define OUTPUT_EVENTS(handler)
#define OUTPUT_SHEET(handler)
#define ROUTE(method, pattern, who, flags, input, output, handler, summary) \
    handler_fn handler;                                                     \
    INPUT_##input(handler) OUTPUT_##output(handler)
#include "routes.def"
#undef ROUTE

#endif
