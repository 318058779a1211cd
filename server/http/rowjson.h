#ifndef HTTP_ROWJSON_H
#define HTTP_ROWJSON_H

#include "base/text.h"

#include <libpq-fe.h>

/** Append row `row` as an object: column names are keys, column types decide quoting.
    Neighbours named `a.x` and `a.y` become the members of an object `a`. */
void rowjson_object(struct text *text, const PGresult *rows, int row);
/** The same, but without the closing brace: for handlers that add members. */
void rowjson_open_object(struct text *text, const PGresult *rows, int row);
/** Append the first `n` rows as an array of objects. */
void rowjson_array(struct text *text, const PGresult *rows, int n);

/** What a column's type is in JSON Schema: type and format, NULL for "anything" and "none". */
struct json_type {
    const char *type, *format;
};
struct json_type rowjson_type(Oid type);

#endif
