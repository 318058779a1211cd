#ifndef HTTP_IDEMPOTENCY_H
#define HTTP_IDEMPOTENCY_H

#include "http/request.h"

/**
 * The same request twice has one effect and one answer.
 *
 * A write on an idempotent route runs in one transaction with a claim of the
 * key before it and the record of the answer after it. So a crash leaves
 * neither effect nor record, and a second click finds the first answer.
 */

/** Read the key of a request on an idempotent route; false: answered already. */
bool idempotency_read(struct request *req);
/** The statement that claims the key; goes before the effect. */
struct db_step idempotency_claim(struct request *req);
/** The statement that keeps the answer; no query if there is nothing to keep. */
struct db_step idempotency_store(struct request *req);
/** Whether an error says that this request was answered before; then that answer is given. */
bool idempotency_replays(struct request *req, const PGresult *error);

#endif
