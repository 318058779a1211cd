/* The ways to answer. */
#include "http/reply.h"
#include "base/text.h"
#include "http/csv_reply.h"
#include "http/etag.h"
#include "http/page.h"
#include "http/route.h"
#include "http/rowjson.h"

#include <assert.h>
#include <string.h>

void reply_reset(struct request *req)
{
    req->reply = (struct reply){0};
    req->answered = false;
}

void reply_header(struct request *req, const char *name, const char *value)
{
    struct reply *reply = &req->reply;

    assert(reply->nheaders < HEADERS_MAX);
    reply->header[reply->nheaders].name = name;
    reply->header[reply->nheaders++].value = value;
}

void reply_location(struct request *req, const char *location)
{
    req->reply.location = location;
}

void reply_text(struct request *req, unsigned status, const char *type, const char *text,
                size_t len)
{
    assert(!req->answered);
    req->reply.status = status;
    req->reply.type = type;
    req->reply.text = text;
    req->reply.len = len;
    req->answered = true;
}

void reply_json(struct request *req, unsigned status, const char *text, size_t len)
{
    if (status == 200 && req->csv_table)
        return csv_reply(req, text, len);
    reply_text(req, status, "application/json", text, len);
    if (status == 200 && !req->reply.etag && request_is_read(req))
        req->reply.etag = etag_of_bytes(&req->arena, text, len);
}

void reply_empty(struct request *req)
{
    reply_text(req, 204, NULL, "", 0);
}

static void reply_object(struct request *req, unsigned status, const PGresult *rows)
{
    struct text text = text_new(&req->arena);

    rowjson_object(&text, rows, 0);
    req->reply.etag = etag_of_row(&req->arena, rows);
    reply_json(req, status, text.bytes, text.len);
}

void reply_row(struct request *req, const PGresult *rows)
{
    if (!PQntuples(rows))
        return reply_problem(req, NOT_FOUND, NULL);
    reply_object(req, 200, rows);
}

void reply_created(struct request *req, const PGresult *rows)
{
    int id = PQfnumber(rows, "id");

    if (!PQntuples(rows))
        return reply_problem(req, NOT_FOUND, NULL);
    if (!req->reply.location && id >= 0)
        reply_location(req, arena_printf(&req->arena, "%s/%s", req->path, PQgetvalue(rows, 0, id)));
    reply_object(req, 201, rows);
}

void reply_accepted(struct request *req, const PGresult *rows)
{
    if (!PQntuples(rows))
        return reply_problem(req, NOT_FOUND, NULL);
    reply_location(req, arena_printf(&req->arena, "/api/v1/jobs/%s",
                                     PQgetvalue(rows, 0, PQfnumber(rows, "id"))));
    reply_header(req, "Retry-After", "1");
    reply_object(req, 202, rows);
}

void reply_page(struct request *req, const PGresult *rows)
{
    struct text text = text_new(&req->arena);
    int n = PQntuples(rows), shown = n < req->page.shown ? n : req->page.shown;
    const char *next = n > shown ? page_next(req, rows, shown - 1) : NULL;

    text_puts(&text, "{\"items\":");
    rowjson_array(&text, rows, shown);
    text_puts(&text, ",\"page\":{\"next\":");
    text_json(&text, next);
    text_puts(&text, ",\"limit\":");
    text_decimal(&text, req->page.shown);
    text_puts(&text, "}}");
    if (next)
        reply_header(req, "Link", arena_printf(&req->arena, "<%s>; rel=\"next\"", next));
    reply_json(req, 200, text.bytes, text.len);
}

void reply_done(struct request *req, const PGresult *rows)
{
    if (!PQntuples(rows))
        return reply_problem(req, NOT_FOUND, NULL);
    reply_empty(req);
}
