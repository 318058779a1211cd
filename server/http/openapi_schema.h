#ifndef HTTP_OPENAPI_SCHEMA_H
#define HTTP_OPENAPI_SCHEMA_H

#include "base/text.h"
#include "http/route.h"

/** The JSON Schemas of the API description. */

/** Append the schema of a body. */
void schema_of_fields(struct text *text, const struct field_table *table);
/** Append the schema of a route's successful answer. */
void schema_of_answer(struct text *text, const struct route *route);
/** Append the member "components": problem document, security schemes. */
void schema_components(struct text *text);

#endif
