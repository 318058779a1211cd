#ifndef HTTP_REPLY_H
#define HTTP_REPLY_H

#include "http/problem.h"
#include "http/request.h"

/*
 * Every path through a handler ends in exactly one of these, or in one of
 * http/problem.h. Those that take rows fit req_query() as its `done`.
 */

/** 200 and the first row as an object; NOT_FOUND if there is none. */
void reply_row(struct request *req, const PGresult *rows);
/** 201, Location, and the first row; NOT_FOUND if there is none. */
void reply_created(struct request *req, const PGresult *rows);
/** 202, Location and Retry-After: the first row is the job that will do it; NOT_FOUND if there is
 * none. */
void reply_accepted(struct request *req, const PGresult *rows);
/** 200 and one page of rows with the way to the next. */
void reply_page(struct request *req, const PGresult *rows);
/** 204; NOT_FOUND if the statement returned no row. */
void reply_done(struct request *req, const PGresult *rows);
/** `status` and an object that was written by hand. */
void reply_json(struct request *req, unsigned status, const char *text, size_t len);
/** Any text; it must live as long as the request. */
void reply_text(struct request *req, unsigned status, const char *type, const char *text,
                size_t len);
/** 204 without anything. */
void reply_empty(struct request *req);

/** Add a header to the reply. Name and value must live as long as the request. */
void reply_header(struct request *req, const char *name, const char *value);
/** Where a created thing is, if it is not the request's path and the row's `id`. */
void reply_location(struct request *req, const char *location);
/** Forget what was prepared: for a reply that takes another's place. */
void reply_reset(struct request *req);
/** Hand the finished reply to MHD, or 304 if the caller has it already. */
enum MHD_Result reply_queue(struct request *req);

#endif
