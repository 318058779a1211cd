/* MHD's callbacks: where requests begin, get their body, and end. */
#include "http/server.h"
#include "base/catalogue.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/settings.h"
#include "base/text.h"
#include "http/body.h"
#include "http/files.h"
#include "http/gate.h"
#include "http/limit.h"
#include "http/reply.h"
#include "http/route.h"
#include "http/stream.h"
#include "http/upload.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LISTEN_BACKLOG 1024
/* A client must take the answer within this time. */
#define ANSWER_TIMEOUT_MS 60000

/* A random UUID (RFC 9562, version 4). */
static void request_id(char out[REQUEST_ID_SIZE])
{
    /* One system call for many: ids need to be unique, not secret. */
    static _Thread_local unsigned char pool[256][16];
    static _Thread_local unsigned used;
    static const int groups[] = {4, 2, 2, 2, 6}; /* bytes */
    unsigned char *bytes = pool[used % 256], *next = bytes;

    if (used++ % 256 == 0)
        randombytes_buf(pool, sizeof pool);
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        sodium_bin2hex(out, REQUEST_ID_SIZE, next, (size_t)groups[i]);
        next += groups[i];
        out += 2 * groups[i];
        *out++ = next < bytes + 16 ? '-' : '\0';
    }
}

static void on_connection(void *cls, struct MHD_Connection *conn, void **socket_context,
                          enum MHD_ConnectionNotificationCode what)
{
    struct worker *worker = cls;

    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        int fd = MHD_get_connection_info(conn, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;

        *socket_context = deadline_add(&worker->deadlines, fd, settings.header_timeout_ms);
        worker->metrics.connections++;
    } else {
        deadline_remove(*socket_context);
        worker->metrics.connections_closed++;
    }
}

/* The request line is here: the first sign of a request, and its raw target. */
static void *on_target(void *cls, const char *target, struct MHD_Connection *conn)
{
    struct worker *worker = cls;
    struct request *req = xalloc(sizeof *req);

    req->worker = worker;
    req->conn = conn;
    req->target = arena_strdup(&req->arena, target);
    req->method = "";
    req->query_string = "";
    req->started_us = clock_us();
    request_id(req->id);
    worker->nrequests++;
    deadline_set(request_deadline(req), settings.header_timeout_ms);
    return req;
}

static void log_request(const struct request *req, int64_t us, bool cut)
{
    char status[DECIMAL_SIZE], duration[DECIMAL_SIZE], database[DECIMAL_SIZE], size[DECIMAL_SIZE];

    log_event(LOG_NOTE, cut ? "request_cut" : "request", "id", req->id, "method",
              *req->method ? req->method : "-", "route", req->route ? req->route->pattern : "-",
              "status", decimal_write(status, req->queued ? (int64_t)req->reply.status : 0), "us",
              decimal_write(duration, us), "db_us", decimal_write(database, req->database_us),
              "bytes", decimal_write(size, (int64_t)req->reply.len), "role", req->who.role_name,
              NULL);
}

static void on_completed(void *cls, struct MHD_Connection *conn, void **con_cls,
                         enum MHD_RequestTerminationCode why)
{
    struct worker *worker = cls;
    struct request *req = *con_cls;
    struct deadline *deadline;
    int64_t us;

    (void)conn;
    if (!req)
        return;
    deadline = request_deadline(req);
    us = clock_us() - req->started_us;
    log_request(req, us, why != MHD_REQUEST_TERMINATED_COMPLETED_OK);
    metrics_count(&worker->metrics, req, us);
    if (deadline)
        deadline_set(deadline, settings.idle_timeout_ms);
    worker->nrequests--;
    if (req->upload.bytes)
        sodium_memzero(req->upload.bytes, req->upload.size);
    free(req->upload.bytes);
    upload_close(req->upload.file);
    stream_close(req->stream);
    arena_clear(&req->arena);
    free(req);
    *con_cls = NULL;
}

/* A page or an asset; false if the path has none. */
static bool serve_file(struct request *req)
{
    const char *elsewhere;
    const struct file *file;
    const struct variant *variant;

    if (!request_is_read(req) || !strncmp(req->path, "/api/", 5))
        return false;
    file = files_find(req->path);
    if (!file) {
        elsewhere = files_redirect(req->path, request_header(req, "Accept-Language"));
        if (!elsewhere)
            return false;
        reply_location(req, arena_strdup(&req->arena, elsewhere));
        reply_header(req, "Vary", "Accept-Language");
        reply_text(req, 302, NULL, "", 0);
        return true;
    }
    variant = file_variant(file, request_header(req, "Accept-Encoding"));
    req->reply.coding = variant->coding;
    req->reply.etag = variant->etag;
    req->reply.cache_control = file->cache_control;
    if (file->language)
        reply_header(req, "Content-Language", file->language);
    reply_text(req, 200, file->type, variant->bytes, variant->len);
    return true;
}

/* How long a body may be, as far as it is known by now. */
static int64_t body_max(const struct request *req)
{
    return req->route->input == UPLOAD ? upload_max() : BODY_MAX;
}

static bool body_is_announced(const struct request *req)
{
    const char *length = request_header(req, "Content-Length");

    return request_header(req, "Transfer-Encoding") || (length && strcmp(length, "0"));
}

/* All that can be decided from the header: gate, file or route, declared length. */
static void check_header(struct request *req, const char *version)
{
    const char *length = request_header(req, "Content-Length");

    if (!gate_pass(req, version) || serve_file(req) || !route_find(req))
        return;
    if (length && strtoll(length, NULL, 10) > body_max(req))
        reply_problem(req, BODY_TOO_LARGE, NULL);
    else if (!auth_is_tried(req) && req->route->who != ANYONE)
        (void)(limit_admit(req) && auth_permits(req)); /* refused, one way or the other */
    else if (req->route->input == BODY)
        (void)body_is_json(req);
    else if (req->route->input == UPLOAD && upload_type_is_right(req))
        req->upload.file = xalloc(sizeof *req->upload.file);
}

/* A reply queued in MHD's first call closes the connection: right for a refused body only. */
static enum MHD_Result on_header(struct request *req, const char *method, const char *version)
{
    req->begun = true;
    req->method = arena_strdup(&req->arena, method);
    check_header(req, version);
    if (!body_is_announced(req))
        return MHD_YES;
    deadline_set(request_deadline(req), settings.body_timeout_ms);
    return req->answered ? reply_queue(req) : MHD_YES;
}

static void on_body(struct request *req, const char *bytes, size_t len)
{
    if (req->answered)
        return; /* refused already: the rest is only read away */
    if (req->upload.len + len > BODY_MAX)
        return reply_problem(req, BODY_TOO_LARGE, NULL);
    if (req->upload.len + len > req->upload.size) {
        req->upload.size = 2 * (req->upload.len + len);
        req->upload.bytes = xrealloc(req->upload.bytes, req->upload.size);
    }
    memcpy(req->upload.bytes + req->upload.len, bytes, len);
    req->upload.len += len;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *conn, const char *url,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_size, void **con_cls)
{
    struct request *req = *con_cls;

    (void)cls, (void)conn, (void)url;
    if (!req->begun)
        return on_header(req, method, version);
    if (*upload_size && req->upload.file)
        return upload_receive(req, upload, upload_size);
    if (*upload_size) {
        on_body(req, upload, *upload_size);
        *upload_size = 0;
        return MHD_YES;
    }
    if (!req->answered && !req->suspended) {
        deadline_suspend(request_deadline(req)); /* from here on the database's deadlines count */
        if (req->upload.file)
            upload_end(req);
        else
            request_run(req);
    }
    if (!req->answered)
        return MHD_YES;
    deadline_set(request_deadline(req), ANSWER_TIMEOUT_MS);
    if (atomic_load_explicit(&draining, memory_order_relaxed))
        reply_header(req, "Connection", "close");
    return reply_queue(req);
}

static void on_mhd_log(void *cls, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
static void on_mhd_log(void *cls, const char *format, va_list args)
{
    char line[200];

    (void)cls;
    vsnprintf(line, sizeof line, format, args);
    line[strcspn(line, "\n")] = '\0';
    log_event(LOG_DEBUG, "http_library", "message", line, NULL);
}

/* Decoding is ours: the gate looks at the target as it came. */
static size_t keep_escapes(void *cls, struct MHD_Connection *conn, char *text)
{
    (void)cls, (void)conn;
    return strlen(text);
}

struct MHD_Daemon *server_start(struct worker *worker, int listen_fd)
{
    /* 1.0 and later can be told how strict to be with clients. */
#if MHD_VERSION >= 0x01000000
#define DISCIPLINE MHD_OPTION_CLIENT_DISCIPLINE_LVL, 1,
#else
#define DISCIPLINE
#endif
    return MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC | MHD_USE_ERROR_LOG, 0, NULL, NULL,
        on_request, worker, MHD_OPTION_EXTERNAL_LOGGER, on_mhd_log, NULL,
        DISCIPLINE MHD_OPTION_LISTEN_SOCKET, listen_fd, MHD_OPTION_URI_LOG_CALLBACK, on_target,
        worker, MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL, MHD_OPTION_NOTIFY_CONNECTION,
        on_connection, worker, MHD_OPTION_NOTIFY_COMPLETED, on_completed, worker,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)settings.connection_limit,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)settings.connection_memory,
        MHD_OPTION_LISTEN_BACKLOG_SIZE, (unsigned)LISTEN_BACKLOG, MHD_OPTION_SIGPIPE_HANDLED_BY_APP,
        1, MHD_OPTION_END);
}
