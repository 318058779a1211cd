#ifndef HTTP_CSV_REPLY_H
#define HTTP_CSV_REPLY_H

#include "base/text.h"
#include "http/params.h"
#include "http/request.h"

/**
 * The same answer as a sheet: every GET that answers with lists of objects gives one of
 * them as CSV, for `?format=csv` or an Accept header that names text/csv first.
 *
 * The sheet is made from the finished JSON, so both always tell the same. RFC 4180 with CRLF,
 * UTF-8 with a byte order mark (spreadsheets need it), a row of names; members of objects
 * within are `cost.currency`. Texts that a spreadsheet would take for a formula get a leading
 * apostrophe.
 */

/** Whether the route's answers have lists that can be told as CSV. */
bool csv_is_possible(const struct route *route);
/**
 * Read `format` and `table`, and the Accept header, into `req->csv_table`; false: answered
 * already.
 */
bool csv_read(struct request *req, const struct param *params, int nparams);
/** Append a text as a cell: quoted where it must be, and never a formula. */
void csv_cell(struct text *text, const char *value);
/** Answer 200 with the list `req->csv_table` of a JSON answer; a problem if it has no such list. */
void csv_reply(struct request *req, const char *json, size_t len);

#endif
