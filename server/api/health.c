/* Is it alive, can it work, what is it? */
#include "base/schema.h"
#include "base/text.h"
#include "http/describe.h"
#include "http/openapi.h"
#include "http/reply.h"
#include "http/version.h"
#include "http/worker.h"
#include "queries.h"
#include "routes.h"

#include <stdlib.h>

static rows_fn schema_version_found;

/** GET /healthz: the process runs. */
void health_get(struct request *req)
{
    static const char alive[] = "{\"status\":\"alive\"}";

    req->reply.cache_control = "no-store";
    reply_json(req, 200, alive, sizeof alive - 1);
}

/** GET /readyz: requests can be served. */
void ready_get(struct request *req)
{
    if (atomic_load(&draining))
        return reply_problem(req, SERVER_BUSY, "The service is shutting down.");
    if (!workers_are_connected())
        return reply_problem(req, DATABASE_UNAVAILABLE, NULL);
    q_schema_version(req, schema_version_found);
}

static void schema_version_found(struct request *req, const PGresult *rows)
{
    static const char ready[] = "{\"status\":\"ready\"}";

    if (!PQntuples(rows) || strtoul(PQgetvalue(rows, 0, 0), NULL, 10) != nschema_migrations)
        return reply_problem(req, DATABASE_UNAVAILABLE, "The schema has another version.");
    req->reply.cache_control = "no-store";
    reply_json(req, 200, ready, sizeof ready - 1);
}

/** GET /version: what runs here. */
void version_get(struct request *req)
{
    struct text text = text_new(&req->arena);
    int libpq = PQlibVersion();

    text_puts(&text, "{\"version\":");
    text_json(&text, AFTERSALES_VERSION);
    text_puts(&text, ",\"libmicrohttpd\":");
    text_json(&text, MHD_get_version());
    text_printf(&text, ",\"libpq\":\"%d.%d\",\"jansson\":\"%s\",\"postgresql\":", libpq / 10000,
                libpq % 10000, JANSSON_VERSION);
    text_json(&text, describe_server_version());
    text_putc(&text, '}');
    reply_json(req, 200, text.bytes, text.len);
}

/** GET /api/v1/openapi.json: what the API can do. */
void openapi_get(struct request *req)
{
    size_t len;
    const char *document = openapi_text(&len);

    reply_json(req, 200, document, len);
}
