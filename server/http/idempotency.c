/* Idempotency-Key: one effect and one answer, however often a request comes. */
#include "http/idempotency.h"
#include "base/log.h"
#include "base/seal.h"
#include "base/text.h"
#include "http/reply.h"
#include "http/route.h"
#include "http/upload.h"
#include "queries.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define KEY_MIN 8
#define KEY_MAX 255
/* What idempotency_claim() raises for a request it knows; never seen by a client. */
#define SQLSTATE_REPLAY "HT001"

/* A structured-field string is quoted (the draft); the bare token is usual. */
static const char *key_of(struct request *req)
{
    const char *header = request_header(req, "Idempotency-Key");
    size_t len = header ? strlen(header) : 0;

    if (len >= 2 && header[0] == '"' && header[len - 1] == '"') {
        header++;
        len -= 2;
    }
    if (len < KEY_MIN || len > KEY_MAX)
        return NULL;
    for (size_t i = 0; i < len; i++)
        if (header[i] <= ' ' || header[i] >= 0x7f || header[i] == '"' || header[i] == '\\')
            return NULL;
    return arena_strndup(&req->arena, header, len);
}

/* Of a file its hash, and how it is to be read. */
static void upload_add(struct text *text, struct request *req)
{
    unsigned char hash[crypto_generichash_BYTES];
    crypto_generichash_state so_far = req->upload.file->hash;

    crypto_generichash_final(&so_far, hash, sizeof hash);
    text_printf(text, "%s\n", req->query_string);
    text_add(text, hash, sizeof hash);
}

/* Same path, same bytes, same version seen: the same request. */
static const char *fingerprint_of(struct request *req)
{
    struct text text = text_new(&req->arena);
    char *hash = arena_alloc(&req->arena, HASH_SIZE);

    text_printf(&text, "%s\n%s\n", req->path, req->if_match ? req->if_match : "");
    if (req->upload.file)
        upload_add(&text, req);
    else
        text_add(&text, req->upload.bytes, req->upload.len);
    hash_text(hash, text.bytes, text.len);
    return hash;
}

bool idempotency_read(struct request *req)
{
    if (!(req->route->flags & IDEMPOTENT))
        return true;
    req->idempotency.key = key_of(req);
    if (!req->idempotency.key) {
        reply_problem(req, IDEMPOTENCY_KEY_MISSING, NULL);
        return false;
    }
    req->idempotency.scope = arena_printf(&req->arena, "%s %s %s", req->route->name,
                                          req->who.role ? req->who.role_name : "anyone",
                                          req->who.role ? req->who.scope : "");
    req->idempotency.fingerprint = fingerprint_of(req);
    return true;
}

/* Arguments must outlive the call: they go into the arena. */
static struct db_step step_of(struct request *req, const struct query *query,
                              const char *const *args)
{
    size_t size = (size_t)query->nparams * sizeof *args;

    return (struct db_step){query, memcpy(arena_alloc(&req->arena, size), args, size)};
}

struct db_step idempotency_claim(struct request *req)
{
    const char *const args[] = {req->idempotency.scope, req->idempotency.key,
                                req->idempotency.fingerprint};

    return step_of(req, &query_idempotency_claim, args);
}

struct db_step idempotency_store(struct request *req)
{
    const struct reply *reply = &req->reply;
    const char *const args[] = {req->idempotency.scope,
                                req->idempotency.key,
                                req->idempotency.fingerprint,
                                arena_printf(&req->arena, "%u", reply->status),
                                reply->location,
                                reply->etag,
                                seal_close(&req->arena, reply->text, reply->len)};

    if (reply->status >= 300)
        return (struct db_step){0};
    return step_of(req, &query_idempotency_store, args);
}

static void answer_found(struct request *req, const PGresult *rows)
{
    unsigned long status;
    size_t len;
    char *body;

    if (!PQntuples(rows)) /* it expired in this very moment */
        return reply_problem(req, IDEMPOTENCY_IN_PROGRESS, NULL);
    body = seal_open(&req->arena, PQgetvalue(rows, 0, PQfnumber(rows, "sealed_body")), &len);
    if (!body) {
        log_event(LOG_ERROR, "kept_answer_unreadable", "id", req->id, "hint",
                  "AFTERSALES_SECRET was changed", NULL);
        return reply_problem(req, INTERNAL, NULL);
    }
    req->idempotency.replayed = true;
    if (!PQgetisnull(rows, 0, PQfnumber(rows, "location")))
        reply_location(req,
                       arena_strdup(&req->arena, PQgetvalue(rows, 0, PQfnumber(rows, "location"))));
    if (!PQgetisnull(rows, 0, PQfnumber(rows, "etag")))
        req->reply.etag = arena_strdup(&req->arena, PQgetvalue(rows, 0, PQfnumber(rows, "etag")));
    status = strtoul(PQgetvalue(rows, 0, PQfnumber(rows, "status")), NULL, 10);
    reply_json(req, (unsigned)status, body, len);
}

bool idempotency_replays(struct request *req, const PGresult *error)
{
    if (!req->idempotency.key || strcmp(db_sqlstate(error), SQLSTATE_REPLAY))
        return false;
    q_idempotency_replay(req, answer_found, req->idempotency.scope, req->idempotency.key);
    return true;
}
