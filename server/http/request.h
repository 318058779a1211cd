#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include "base/arena.h"
#include "base/id.h"
#include "io/db.h"
#include "io/offload.h"

#include <jansson.h>
#include <microhttpd.h>
#include <stdbool.h>
#include <stdint.h>

#define BODY_MAX        65536
#define PARAMS_MAX      4
#define HEADERS_MAX     12
#define REQUEST_ID_SIZE 37

/** Who may call a route: a set of these. Who calls it: one of these. */
enum role {
    CUSTOMER = 1 << 0,
    PARTNER_TECH = 1 << 1,
    AGENT = 1 << 2,
    MANAGER = 1 << 3,
    ADMIN = 1 << 4,
    STAFF = AGENT | MANAGER | ADMIN,
    ANYONE = -1
};

/** The caller, as the token tells. All texts are ready to be query arguments. */
struct principal {
    enum role role;        /* 0 when there is no token */
    const char *role_name; /* as in SQL */
    const char *account;   /* account id; NULL for a customer */
    const char *scope;     /* what rows are filtered by: return, partner or account id */
    const char *token_hash;
};

/** The reply as the handler left it. */
struct reply {
    unsigned status;
    const char *text;
    size_t len;
    const char *type;
    const char *etag;
    const char *location;
    const char *coding;
    const char *cache_control;
    struct {
        const char *name, *value;
    } header[HEADERS_MAX];
    int nheaders;
};

/** What a list is asked for: `after` is NULL on the first page. */
struct page {
    const char *after[2];
    const char *limit; /* one more than is shown: tells whether there is a next page */
    int shown;
    const char *filters; /* the rest of the query string */
};

struct request;
typedef void handler_fn(struct request *req);
typedef void rows_fn(struct request *req, const PGresult *rows);

/**
 * One HTTP request, from its first header to its last byte.
 *
 * What it points to lives in its arena, or is owned by it, and dies with it.
 * It dies when MHD reports the request complete, which MHD does not do while
 * the connection is suspended: a callback always finds its request alive.
 */
struct request {
    struct worker *worker;
    struct MHD_Connection *conn;
    const struct route *route;
    const char *target; /* as it came */
    const char *method;
    const char *path;              /* decoded, without the query */
    const char *query_string;      /* raw; "" if there is none */
    const char *param[PARAMS_MAX]; /* path parameters, in the order of the pattern */
    struct principal who;
    json_t *body; /* NULL when there was none */
    struct page page;
    const char *making;    /* the tag of the answer that others may wait for; else NULL */
    const char *csv_table; /* the list to be told as CSV; NULL: the answer is JSON */
    const char *if_match;  /* the row version a caller has seen, as text */
    void *state;           /* what a handler of several steps carries along */
    struct arena arena;
    struct {
        char *bytes;
        size_t len, size;
        struct upload *file; /* on an UPLOAD route: kept in the database as it comes */
    } upload;
    struct stream *stream; /* an answer that is written as it goes out; else NULL */
    struct reply reply;
    struct {
        const char *key, *scope, *fingerprint; /* key NULL: the route is not idempotent */
        bool replayed;
    } idempotency;
    struct limit_verdict {
        const char *policy;
        long quota, window_s, remaining, reset_s;
    } limit;
    char id[REQUEST_ID_SIZE];
    bool begun;     /* MHD has called the handler once */
    bool answered;  /* the reply stands */
    bool suspended; /* MHD waits for us */
    bool queued;    /* MHD has the reply */
    int64_t started_us, database_us, asked_us;
    struct db_call call;
    struct offload_job job;
    rows_fn *rows_done;
    const PGresult *rows_kept; /* by req_keep(), the last */
    handler_fn *authenticated, *work, *work_done;
};

/** The request's state struct, made and zeroed on first use. */
#define REQ_STATE(req, type) ((type *)request_state((req), sizeof(type)))
void *request_state(struct request *req, size_t size);

/**
 * Send one statement; `done` gets its rows, which die when it returns.
 * It runs only on success: errors are answered here, by their SQLSTATE.
 *
 * On an idempotent route the one write of the request runs in a transaction
 * with the record of its answer, so `done` must answer and not ask again.
 */
void req_query(struct request *req, const struct query *query, const char *const *args,
               rows_fn *done);
/** Called by `done`: the rows it was given live as long as the request. */
void req_keep(struct request *req, const PGresult *rows);
/** Run `work` on a helper thread, then `done` on this loop; SERVER_BUSY if too many wait. */
void req_offload(struct request *req, enum offload_queue queue, handler_fn *work, handler_fn *done);

/** Wait until `req->job` comes home, then go on with `done` on this loop. */
void req_wait(struct request *req, handler_fn *done);

/** A request header, or NULL. */
const char *request_header(const struct request *req, const char *name);
/** Whether it only reads: GET or HEAD. */
bool request_is_read(const struct request *req);
/** Everything has arrived: find out who calls, check what every route must check, call the handler.
 */
void request_run(struct request *req);
/** Let MHD take the answer, if there is one and it may go out. */
void request_resume(struct request *req);
/** Let MHD go on with the body of a request that waited. */
void request_continue(struct request *req);
/** The deadline of the request's connection. */
struct deadline *request_deadline(const struct request *req);
/** The caller's address; that of the client if a trusted proxy tells it. */
const char *request_address(struct request *req);

#endif
