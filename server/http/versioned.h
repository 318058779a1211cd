#ifndef HTTP_VERSIONED_H
#define HTTP_VERSIONED_H

#include "base/text.h"
#include "http/request.h"

/**
 * Answers that are the same until the data or the settings change. Their ETag is known before
 * they are made, so who has one, or asks what was asked before, costs one small statement.
 * It is asked for before the data are: what is told is never older than its tag.
 */

/** Answer from what the caller has or what is kept (http/kept.h), else call the handler. */
void versioned_run(struct request *req);
/** The answer stands: if others wait for it, they go on. */
void versioned_over(struct request *req);
/** For the handler: 200 and the object, which is kept. */
void versioned_reply(struct request *req, const struct text *text);

#endif
