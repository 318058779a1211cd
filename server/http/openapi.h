#ifndef HTTP_OPENAPI_H
#define HTTP_OPENAPI_H

#include <stddef.h>

/**
 * The API description (OpenAPI 3.1.1), written from what runs: the route
 * table, the field tables and the described columns of the statements.
 */

/** Write it once, after describe_statements() and before any thread starts. */
void openapi_build(void);
/** The document; it lives as long as the process. */
const char *openapi_text(size_t *len);

#endif
