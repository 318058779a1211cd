/* Answers that are the same until the data or the settings change. */
#include "http/versioned.h"
#include "http/etag.h"
#include "http/kept.h"
#include "http/reply.h"
#include "http/route.h"
#include "http/worker.h"
#include "queries.h"

#include <string.h>

static rows_fn versions_found;

void versioned_run(struct request *req)
{
    bool by_zone = strstr(req->query_string, "tz=") || strchr(req->query_string, '%');

    q_data_version_get(req, versions_found, by_zone ? "true" : "false");
}

static const char *etag_of(struct request *req, const PGresult *rows)
{
    const char *text =
        arena_printf(&req->arena, "%s?%s\n%s.%s@%s", req->path, req->query_string,
                     PQgetvalue(rows, 0, 0), PQgetvalue(rows, 0, 1), PQgetvalue(rows, 0, 2));

    return etag_of_bytes(&req->arena, text, strlen(text));
}

/* That something is there, as * asks, is not known yet. */
static bool caller_has(struct request *req, const char *etag)
{
    const char *list = request_header(req, "If-None-Match");

    return list && *list != '*' && etag_is_listed(list, etag);
}

/* From what is kept, if it is. */
static bool reply_kept(struct request *req)
{
    size_t len;
    const char *text = kept_find(&req->arena, req->reply.etag, &len);

    if (text)
        reply_json(req, 200, text, len);
    return text != NULL;
}

/* Somebody else has made the answer, or failed to: then each goes on alone. */
static void answer_made(struct request *req)
{
    if (!reply_kept(req))
        req->route->handler(req);
}

static void versions_found(struct request *req, const PGresult *rows)
{
    const char *etag = etag_of(req, rows);
    const char *shown = req->csv_table ? etag_as_csv(&req->arena, etag) : etag;

    if (caller_has(req, shown)) {
        req->reply.etag = shown;
        return reply_text(req, 304, NULL, "", 0);
    }
    req->reply.etag = etag;
    if (reply_kept(req))
        return;
    if (kept_await(etag, &req->worker->home, &req->job))
        return req_wait(req, answer_made);
    req->making = etag;
    req->route->handler(req);
}

void versioned_over(struct request *req)
{
    if (req->making)
        kept_over(req->making);
    req->making = NULL;
}

void versioned_reply(struct request *req, const struct text *text)
{
    if (req->reply.etag)
        kept_put(req->reply.etag, text->bytes, text->len);
    reply_json(req, 200, text->bytes, text->len);
}
