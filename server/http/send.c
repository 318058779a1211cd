/* The finished reply on its way to MHD: the headers that none may lack. */
#include "base/settings.h"
#include "base/text.h"
#include "http/csv_reply.h"
#include "http/etag.h"
#include "http/reply.h"
#include "http/route.h"
#include "http/stream.h"

#include <string.h>

/* Pages need their scripts and styles; an API answer needs nothing at all. */
#define CSP_PAGE                                                                            \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; " \
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "        \
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "                          \
    "require-trusted-types-for 'script'; trusted-types 'none'"
#define CSP_DATA "default-src 'none'; frame-ancestors 'none'; sandbox"

static void add(struct MHD_Response *response, const char *name, const char *value)
{
    if (value)
        MHD_add_response_header(response, name, value);
}

static void add_security(struct MHD_Response *response, const struct reply *reply)
{
    bool page = reply->type && !strncmp(reply->type, "text/html", 9);

    add(response, "X-Content-Type-Options", "nosniff");
    add(response, "Content-Security-Policy", page ? CSP_PAGE : CSP_DATA);
    add(response, "Cross-Origin-Resource-Policy", "same-origin");
    add(response, "Referrer-Policy", "strict-origin-when-cross-origin");
    if (page) {
        add(response, "Cross-Origin-Opener-Policy", "same-origin");
        add(response, "Permissions-Policy", "camera=(), microphone=(), geolocation=()");
    }
    if (!strncmp(settings.public_origin, "https:", 6))
        add(response, "Strict-Transport-Security", "max-age=31536000");
}

static const char *cache_control(const struct request *req)
{
    if (req->reply.cache_control)
        return req->reply.cache_control;
    if (req->reply.status >= 400 || !request_is_read(req))
        return "no-store";
    if (req->route && req->route->flags & SHARED)
        return "public, max-age=300, stale-while-revalidate=86400";
    return "private, no-cache";
}

/* `"policy";first=1;second=2` */
static const char *limit_field(struct arena *arena, const char *policy, const char *first, long one,
                               const char *second, long two)
{
    char digits[2][DECIMAL_SIZE];
    char *field = arena_alloc(arena, strlen(policy) + 2 * DECIMAL_SIZE + 16), *end = field;

    end = stpcpy(stpcpy(stpcpy(end, "\""), policy), "\"");
    end = stpcpy(stpcpy(end, first), decimal_write(digits[0], one));
    stpcpy(stpcpy(end, second), decimal_write(digits[1], two));
    return field;
}

/* draft-ietf-httpapi-ratelimit-headers */
static void add_limit(struct MHD_Response *response, struct request *req)
{
    const struct limit_verdict *limit = &req->limit;

    if (!limit->policy)
        return;
    add(response, "RateLimit-Policy",
        limit_field(&req->arena, limit->policy, ";q=", limit->quota, ";w=", limit->window_s));
    add(response, "RateLimit",
        limit_field(&req->arena, limit->policy, ";r=", limit->remaining, ";t=", limit->reset_s));
}

static void add_all(struct MHD_Response *response, struct request *req)
{
    const struct reply *reply = &req->reply;

    /* A 304 keeps its type for add_security(): a cache takes over the headers it brings. */
    add(response, "Content-Type", reply->status == 304 ? NULL : reply->type);
    add(response, "Content-Encoding", reply->coding);
    add(response, "Cache-Control", cache_control(req));
    add(response, "ETag", reply->etag);
    add(response, "Location", reply->location);
    add(response, "Vary",
        reply->coding || !req->route  ? "Accept-Encoding"
        : csv_is_possible(req->route) ? "Accept, Authorization, Cookie"
                                      : "Authorization, Cookie");
    add(response, "Request-Id", req->id);
    if (req->idempotency.replayed)
        add(response, "Idempotent-Replayed", "true");
    for (int i = 0; i < reply->nheaders; i++)
        add(response, reply->header[i].name, reply->header[i].value);
    add_limit(response, req);
    add_security(response, reply);
}

/* A reader that has these very bytes gets the header only. */
static void answer_not_modified(struct request *req)
{
    struct reply *reply = &req->reply;

    if (!request_is_read(req) || reply->status != 200 || !reply->etag ||
        !etag_is_listed(request_header(req, "If-None-Match"), reply->etag))
        return;
    reply->status = 304;
    reply->text = "";
    reply->len = 0;
    reply->coding = NULL;
}

enum MHD_Result reply_queue(struct request *req)
{
    struct MHD_Response *response;
    enum MHD_Result result;

    answer_not_modified(req);
    response = req->stream ? stream_response(req)
                           : MHD_create_response_from_buffer(req->reply.len,
                                                             (void *)(uintptr_t)req->reply.text,
                                                             MHD_RESPMEM_PERSISTENT);
    if (!response)
        return MHD_NO;
    add_all(response, req);
    result = MHD_queue_response(req->conn, req->reply.status, response);
    MHD_destroy_response(response);
    req->queued = result == MHD_YES;
    return result;
}
