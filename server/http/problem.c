/* Problem documents (RFC 9457), and how database errors become one. */
#include "http/problem.h"
#include "base/catalogue.h"
#include "base/log.h"
#include "base/settings.h"
#include "base/text.h"
#include "http/reply.h"

#include <ctype.h>
#include <string.h>

/* What problem('NAME') of SQL raises. */
#define SQLSTATE_PROBLEM  "HT000"
#define RETRY_AFTER       "2"
#define QUOTA_RETRY_AFTER "60"

const struct problem_kind problem_kinds[NPROBLEMS] = {
#define PROBLEM(name, status, title) {#name, status, title},
#include "problems.def"
#undef PROBLEM
};

const char *problem_code(struct arena *arena, enum problem problem)
{
    char *code = arena_strdup(arena, problem_kinds[problem].name);

    for (char *c = code; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    return code;
}

static void add_member(struct text *text, const char *name, const char *value)
{
    if (!value)
        return;
    text_printf(text, ",\"%s\":", name);
    text_json(text, value);
}

static void add_errors(struct text *text, const struct field_error *errors, size_t nerrors)
{
    text_puts(text, ",\"errors\":[");
    for (size_t i = 0; i < nerrors; i++) {
        text_puts(text, i ? ",{\"pointer\":" : "{\"pointer\":");
        text_json(text, errors[i].pointer);
        add_member(text, "code", errors[i].code);
        add_member(text, "detail", errors[i].detail);
        text_putc(text, '}');
    }
    text_putc(text, ']');
}

/* Headers that some problems owe by their status. */
static void add_headers(struct request *req, enum problem problem, const char *detail)
{
    unsigned status = problem_kinds[problem].status;

    if (status == 401)
        reply_header(req, "WWW-Authenticate", "Bearer");
    if (status == 503)
        reply_header(req, "Retry-After", RETRY_AFTER);
    if (problem == IDEMPOTENCY_IN_PROGRESS)
        reply_header(req, "Retry-After", "1");
    if (problem == NOT_JSON)
        reply_header(req, "Accept-Post", "application/json");
    if (problem == NOT_A_FILE)
        reply_header(req, "Accept-Post",
                     "text/csv, text/tab-separated-values, text/plain, application/gzip, "
                     "application/octet-stream");
    if (problem == STALE && detail)
        req->reply.etag = arena_printf(&req->arena, "\"v%s-json\"", detail);
}

static void reply_document(struct request *req, enum problem problem, const char *detail,
                           const struct field_error *errors, size_t nerrors)
{
    const struct problem_kind *kind = &problem_kinds[problem];
    const char *code = problem_code(&req->arena, problem);
    const char *locale = catalogue_locale(request_header(req, "Accept-Language"));
    const char *title = catalogue_text(locale, arena_printf(&req->arena, "problem.%s", code));
    struct text text = text_new(&req->arena);

    reply_reset(req);
    text_printf(&text, "{\"type\":\"%s/problems/%s\",\"title\":", settings.public_origin, code);
    text_json(&text, title ? title : kind->title);
    text_printf(&text, ",\"status\":%u", kind->status);
    add_member(&text, "detail", detail);
    text_printf(&text, ",\"instance\":\"urn:uuid:%s\",\"code\":\"%s\"", req->id, code);
    if (nerrors)
        add_errors(&text, errors, nerrors);
    text_putc(&text, '}');
    add_headers(req, problem, detail);
    reply_header(req, "Content-Language", locale);
    reply_text(req, kind->status, "application/problem+json", text.bytes, text.len);
}

void reply_problem(struct request *req, enum problem problem, const char *detail)
{
    reply_document(req, problem, detail, NULL, 0);
}

void reply_field_errors(struct request *req, enum problem problem, const struct field_error *errors,
                        size_t nerrors)
{
    reply_document(req, problem, NULL, errors, nerrors);
}

/* The problem that SQL named; INTERNAL, and a line in the log, if there is none of that name. */
static enum problem problem_named(const struct request *req, const char *name)
{
    for (int i = 0; i < NPROBLEMS; i++)
        if (!strcmp(problem_kinds[i].name, name))
            return (enum problem)i;
    log_event(LOG_ERROR, "unknown_problem", "name", name, "request", req->id, NULL);
    return INTERNAL;
}

static enum problem problem_of_sqlstate(const char *state)
{
    static const struct {
        const char *prefix;
        enum problem problem;
    } table[] = {
        {"23505", ALREADY_EXISTS      },
        {"23",    INVALID_VALUE       },
        {"22",    INVALID_VALUE       },
        {"40",    SERVER_BUSY         },
        {"55P03", SERVER_BUSY         },
        {"57014", SERVER_BUSY         },
        {"53",    SERVER_BUSY         },
        {"57P",   DATABASE_UNAVAILABLE},
        {"08",    DATABASE_UNAVAILABLE},
        {"25006", DATABASE_UNAVAILABLE},
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (!strncmp(state, table[i].prefix, strlen(table[i].prefix)))
            return table[i].problem;
    return INTERNAL;
}

void reply_database_error(struct request *req, const PGresult *res)
{
    const char *state = db_sqlstate(res);
    const char *constraint = PQresultErrorField(res, PG_DIAG_CONSTRAINT_NAME);
    enum problem problem;

    if (!strcmp(state, SQLSTATE_PROBLEM)) {
        problem = problem_named(req, PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY));
        reply_problem(req, problem,
                      arena_strdup(&req->arena, PQresultErrorField(res, PG_DIAG_MESSAGE_DETAIL)));
        if (problem == QUOTA_EXCEEDED) /* a quota of SQL is by the hour: some of it is soon free */
            reply_header(req, "Retry-After", QUOTA_RETRY_AFTER);
        return;
    }
    problem = problem_of_sqlstate(state);
    if (problem_kinds[problem].status >= 500)
        log_event(problem == INTERNAL ? LOG_ERROR : LOG_WARNING, "statement_failed", "sqlstate",
                  state, "message", PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY), "request",
                  req->id, NULL);
    reply_problem(req, problem, arena_strdup(&req->arena, constraint));
}
