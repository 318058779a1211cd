#ifndef HTTP_ETAG_H
#define HTTP_ETAG_H

#include "base/arena.h"

#include <libpq-fe.h>
#include <stdbool.h>

/** Strong ETags, quotes included; each names one representation: JSON, or the same as CSV. */

/** From the column `row_version`; NULL if there is no such column or no row. */
const char *etag_of_row(struct arena *arena, const PGresult *rows);
/** From the bytes of the answer. */
const char *etag_of_bytes(struct arena *arena, const void *bytes, size_t len);
/** The tag of the same answer as CSV. */
const char *etag_as_csv(struct arena *arena, const char *etag);
/** Whether an If-None-Match list names `etag` (RFC 9110: weak comparison), or is "*". */
bool etag_is_listed(const char *list, const char *etag);
/** The row version in an If-Match header, as text; NULL if it is none of ours. */
const char *etag_version(struct arena *arena, const char *if_match);

#endif
