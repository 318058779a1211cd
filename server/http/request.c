/* What happens to a request between its last byte and its answer. */
#include "http/request.h"
#include "base/clock.h"
#include "base/settings.h"
#include "http/auth.h"
#include "http/body.h"
#include "http/etag.h"
#include "http/idempotency.h"
#include "http/limit.h"
#include "http/params.h"
#include "http/reply.h"
#include "http/route.h"
#include "http/stream.h"
#include "http/upload.h"
#include "http/versioned.h"
#include "http/worker.h"
#include "queries.h"

#include <arpa/inet.h>
#include <assert.h>
#include <string.h>

void *request_state(struct request *req, size_t size)
{
    if (!req->state)
        req->state = arena_alloc(&req->arena, size);
    return req->state;
}

const char *request_header(const struct request *req, const char *name)
{
    return MHD_lookup_connection_value(req->conn, MHD_HEADER_KIND, name);
}

bool request_is_read(const struct request *req)
{
    return !strcmp(req->method, "GET") || !strcmp(req->method, "HEAD");
}

const char *request_address(struct request *req)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(req->conn, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *peer = info ? info->client_addr : NULL;
    const char *forwarded = request_header(req, "X-Forwarded-For");
    char *address = arena_alloc(&req->arena, INET6_ADDRSTRLEN);

    if (peer && peer->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)peer)->sin6_addr, address,
                  INET6_ADDRSTRLEN);
    else if (peer)
        inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)peer)->sin_addr, address,
                  INET6_ADDRSTRLEN);
    if (!forwarded || !*settings.trusted_proxy || strcmp(address, settings.trusted_proxy))
        return address;
    /* The proxy writes the last one; what stands before it is the client's own word. */
    if (strrchr(forwarded, ','))
        forwarded = strrchr(forwarded, ',') + 1;
    return forwarded + strspn(forwarded, " ");
}

static bool if_match_read(struct request *req)
{
    const char *header = request_header(req, "If-Match");

    if (!(req->route->flags & IF_MATCH))
        return true;
    if (header)
        req->if_match = etag_version(&req->arena, header);
    if (req->if_match)
        return true;
    /* A tag that is none of ours cannot be the present one. */
    reply_problem(req, header ? STALE : IF_MATCH_MISSING, NULL);
    return false;
}

/* The caller is known: the checks that every route owes, then its handler. */
static void caller_found(struct request *req)
{
    if (!limit_admit(req) || !auth_permits(req) || !auth_same_origin(req) || !params_accept(req))
        return;
    if (req->route->input == BODY && !body_parse(req))
        return;
    if (!if_match_read(req) || !idempotency_read(req))
        return;
    if (req->route->input == UPLOAD) {
        req->idempotency.key = NULL; /* read again when all of the file is known */
        return upload_begin(req);
    }
    if (req->route->flags & VERSIONED)
        return versioned_run(req);
    req->route->handler(req);
}

void request_run(struct request *req)
{
    const char *token = NULL;

    if (auth_token(req, &token))
        auth_find(req, token, caller_found);
}

void request_resume(struct request *req)
{
    if (!req->suspended || !req->answered)
        return;
    versioned_over(req);
    req->suspended = false;
    MHD_resume_connection(req->conn);
}

void request_continue(struct request *req)
{
    if (!req->suspended)
        return;
    req->suspended = false;
    MHD_resume_connection(req->conn);
}

struct deadline *request_deadline(const struct request *req)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(req->conn, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

    return info ? info->socket_context : NULL;
}

static void request_suspend(struct request *req)
{
    if (req->suspended)
        return;
    req->suspended = true;
    MHD_suspend_connection(req->conn);
}

static struct request *call_owner(struct db_call *call)
{
    return (struct request *)(void *)((char *)call - offsetof(struct request, call));
}

/* No result: the connection went away, or the call never got one. */
static void answer_lost(struct request *req)
{
    bool write = req->call.step[0].query->lane == WRITE_LANE;

    reply_problem(req, req->call.sent && write ? OUTCOME_UNKNOWN : DATABASE_UNAVAILABLE, NULL);
}

/* The header is out already: what cannot be told ends the stream. */
static void on_stream_call_done(struct request *req, PGresult *res, bool good)
{
    if (good)
        req->rows_done(req, res);
    else
        stream_end(req);
    PQclear(res);
    stream_answered(req);
}

/* A call is over: its rows go to the handler, its failure to the client. */
static void on_call_done(struct db_call *call, PGresult *res)
{
    struct request *req = call_owner(call);
    bool good = PQresultStatus(res) == PGRES_TUPLES_OK || PQresultStatus(res) == PGRES_COMMAND_OK;

    req->database_us += clock_us() - req->asked_us;
    if (req->stream)
        return on_stream_call_done(req, res, good);
    if (!res)
        answer_lost(req);
    else if (good)
        req->rows_done(req, res);
    else if (!idempotency_replays(req, res))
        reply_database_error(req, res);
    if (req->rows_kept != res)
        PQclear(res);
    request_resume(req);
}

/* The answer was kept beside the effect, and both are committed, or neither is. */
static void on_commit(struct db_call *call, PGresult *res)
{
    struct request *req = call_owner(call);
    bool good = PQresultStatus(res) == PGRES_TUPLES_OK || PQresultStatus(res) == PGRES_COMMAND_OK;

    req->database_us += clock_us() - req->asked_us;
    if (call->lost)
        answer_lost(req);
    else if (res && !good)
        reply_database_error(req, res);
    PQclear(res);
    request_resume(req);
}

/* The effect's rows are here and its transaction is open: answer, keep the answer, commit. */
static void on_effect(struct db_call *call, PGresult *res)
{
    struct request *req = call_owner(call);

    if (!res || !call->hold)
        return on_call_done(call, res);
    req->rows_done(req, res);
    PQclear(res);
    assert(req->answered);
    call->done = on_commit;
    db_finish(call, idempotency_store(req));
}

/* The lane is full, or the database away. */
static void not_sent(struct request *req)
{
    if (req->stream) {
        stream_end(req);
        return stream_answered(req);
    }
    reply_problem(req, dbpool_is_ready(&req->worker->db) ? SERVER_BUSY : DATABASE_UNAVAILABLE,
                  NULL);
    request_resume(req);
}

void req_query(struct request *req, const struct query *query, const char *const *args,
               rows_fn *done)
{
    size_t size = (size_t)query->nparams * sizeof *args;
    const char **kept = arena_alloc(&req->arena, size);
    struct db_call *call = &req->call;

    memcpy(kept, args, size);
    *call = (struct db_call){
        .step[0] = {query, kept},
          .nsteps = 1, .done = on_call_done
    };
    if (query->lane == WRITE_LANE && req->idempotency.key && query != &query_idempotency_replay) {
        call->step[1] = call->step[0];
        call->step[0] = idempotency_claim(req);
        call->nsteps = 2;
        call->hold = true;
        call->done = on_effect;
    }
    req->rows_done = done;
    req->asked_us = clock_us();
    if (!dbpool_send(&req->worker->db, call))
        return not_sent(req);
    if (!req->answered) /* the callback may have come already: the connection broke */
        request_suspend(req);
}

static void free_rows(void *rows)
{
    PQclear(rows);
}

void req_keep(struct request *req, const PGresult *rows)
{
    assert(!req->call.hold); /* a write's rows are dropped before its commit */
    req->rows_kept = rows;
    arena_own(&req->arena, (void *)(uintptr_t)rows, free_rows);
}

static struct request *job_owner(struct offload_job *job)
{
    return (struct request *)(void *)((char *)job - offsetof(struct request, job));
}

static void on_work(struct offload_job *job)
{
    struct request *req = job_owner(job);

    req->work(req);
}

static void on_work_done(struct offload_job *job)
{
    struct request *req = job_owner(job);

    req->worker->njobs--;
    req->work_done(req);
    request_resume(req);
}

void req_offload(struct request *req, enum offload_queue queue, handler_fn *work, handler_fn *done)
{
    req->work = work;
    req->work_done = done;
    req->job.work = on_work;
    req->job.done = on_work_done;
    if (!offload_send(queue, &req->worker->home, &req->job))
        return reply_problem(req, SERVER_BUSY, NULL);
    req->worker->njobs++;
    request_suspend(req);
}

void req_wait(struct request *req, handler_fn *done)
{
    req->work_done = done;
    req->job.done = on_work_done;
    req->worker->njobs++;
    request_suspend(req);
}
