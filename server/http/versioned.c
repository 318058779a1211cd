/* Answers that are the same until the data or the settings change. */
#include "http/versioned.h"
#include "http/etag.h"
#include "http/kept.h"
#include "http/reply.h"
#include "http/route.h"
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

static void versions_found(struct request *req, const PGresult *rows)
{
    const char *etag = etag_of(req, rows), *text;
    const char *shown = req->csv_table ? etag_as_csv(&req->arena, etag) : etag;
    size_t len;

    if (caller_has(req, shown)) {
        req->reply.etag = shown;
        return reply_text(req, 304, NULL, "", 0);
    }
    req->reply.etag = etag;
    text = kept_find(&req->arena, etag, &len);
    if (text)
        reply_json(req, 200, text, len);
    else
        req->route->handler(req);
}

void versioned_reply(struct request *req, const struct text *text)
{
    if (req->reply.etag)
        kept_put(req->reply.etag, text->bytes, text->len);
    reply_json(req, 200, text->bytes, text->len);
}
