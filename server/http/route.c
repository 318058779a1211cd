/* From method and path to a row of the table. */
#include "http/route.h"
#include "base/text.h"
#include "http/reply.h"

#include <string.h>

/* Whether `path` fits; fills the parameters as it goes. */
static bool pattern_fits(struct request *req, const char *pattern, const char *path)
{
    int nparams = 0;

    while (*pattern && *path) {
        if (*pattern == ':') {
            size_t len = strcspn(path, "/");

            if (!len || nparams == PARAMS_MAX)
                return false;
            req->param[nparams++] = arena_strndup(&req->arena, path, len);
            path += len;
            pattern += strcspn(pattern, "/");
        } else if (*pattern++ != *path++) {
            return false;
        }
    }
    return !*pattern && !*path;
}

static bool method_fits(const struct request *req, const struct route *route)
{
    return !strcmp(req->method, route->method) ||
           (!strcmp(req->method, "HEAD") && !strcmp(route->method, "GET"));
}

const char *route_allowed(struct request *req)
{
    struct text allowed = text_new(&req->arena);

    for (size_t i = 0; i < nroutes; i++)
        if (pattern_fits(req, routes[i].pattern, req->path))
            text_printf(&allowed, "%s%s, ", routes[i].method,
                        strcmp(routes[i].method, "GET") ? "" : ", HEAD");
    if (!allowed.len)
        return NULL;
    text_puts(&allowed, "OPTIONS");
    return allowed.bytes;
}

bool route_find(struct request *req)
{
    const char *allowed;

    for (size_t i = 0; i < nroutes; i++) {
        if (method_fits(req, &routes[i]) && pattern_fits(req, routes[i].pattern, req->path)) {
            req->route = &routes[i];
            return true;
        }
    }
    allowed = route_allowed(req);
    if (!allowed) {
        reply_problem(req, NOT_FOUND, NULL);
        return false;
    }
    if (strcmp(req->method, "OPTIONS"))
        reply_problem(req, METHOD_NOT_ALLOWED, NULL);
    else
        reply_empty(req);
    reply_header(req, "Allow", allowed);
    return false;
}
