/* Sessions: partners and staff sign in and out. */
#include "base/password.h"
#include "base/seal.h"
#include "base/settings.h"
#include "http/auth.h"
#include "http/body.h"
#include "http/reply.h"
#include "http/worker.h"
#include "queries.h"
#include "routes.h"

#include <sodium.h>
#include <string.h>

struct session_new {
    const char *email, *password;
};

FIELDS(session_open_body, struct session_new, FIELD(struct session_new, email, EMAIL),
       FIELD(struct session_new, password, PASSWORD));

struct login {
    struct session_new in;
    const char *name; /* the e-mail address, hidden: what failures are counted under */
    const char *account, *hash;
    enum password_verdict verdict;
    char token[TOKEN_SIZE], token_hash[HASH_SIZE];
};

static rows_fn try_claimed, account_looked_up, session_opened, session_closed;
static handler_fn verify_password, password_verified;

/** POST /api/v1/sessions: e-mail and password for a token. */
void session_open(struct request *req)
{
    struct login *login = REQ_STATE(req, struct login);

    if (!BODY_READ(req, &login->in))
        return;
    login->name = seal_name(&req->arena, login->in.email);
    q_sign_in_claim(req, try_claimed, login->name,
                    arena_printf(&req->arena, "%ld", settings.limit_failures));
}

/* Whether there is an account is not known yet, so a delay cannot tell. */
static void try_claimed(struct request *req, const PGresult *rows)
{
    const struct login *login = req->state;
    const char *wait = PQgetvalue(rows, 0, PQfnumber(rows, "wait_s"));

    if (!strcmp(wait, "0"))
        return q_account_by_email(req, account_looked_up, login->in.email);
    reply_problem(req, QUOTA_EXCEEDED, "failures");
    reply_header(req, "Retry-After", arena_strdup(&req->arena, wait));
}

static void account_looked_up(struct request *req, const PGresult *rows)
{
    struct login *login = req->state;

    if (PQntuples(rows)) {
        login->account = arena_strdup(&req->arena, PQgetvalue(rows, 0, PQfnumber(rows, "account")));
        login->hash =
            arena_strdup(&req->arena, PQgetvalue(rows, 0, PQfnumber(rows, "password_hash")));
    }
    req_offload(req, OFFLOAD_PASSWORDS, verify_password, password_verified);
}

/* On a helper thread: argon2id takes tens of milliseconds by design, strangers included. */
static void verify_password(struct request *req)
{
    struct login *login = req->state;

    login->verdict = password_verify(login->hash, login->in.password);
}

static void password_verified(struct request *req)
{
    struct login *login = req->state;

    if (login->verdict == PASSWORD_NO_MEMORY)
        return reply_problem(req, SERVER_BUSY, NULL);
    if (login->verdict == PASSWORD_WRONG)
        return reply_problem(req, WRONG_CREDENTIALS, NULL);
    token_new(login->token);
    hash_text(login->token_hash, login->token, strlen(login->token));
    q_session_open(req, session_opened, login->account, login->token_hash, login->token,
                   login->name);
}

static void session_opened(struct request *req, const PGresult *rows)
{
    const struct login *login = req->state;

    reply_location(req, "/api/v1/me");
    reply_header(req, "Set-Cookie",
                 arena_printf(&req->arena,
                              COOKIE_NAME "=%s; Path=/; Secure; HttpOnly; SameSite=Lax",
                              login->token));
    reply_created(req, rows);
}

/** DELETE /api/v1/sessions/current: the token is good for nothing from now on. */
void session_close(struct request *req)
{
    q_session_close(req, session_closed, req->who.token_hash);
}

static void session_closed(struct request *req, const PGresult *rows)
{
    auth_forget(&req->worker->auth, req->who.token_hash + 2);
    reply_header(req, "Set-Cookie",
                 COOKIE_NAME "=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax");
    reply_header(req, "Clear-Site-Data", "\"cache\"");
    reply_done(req, rows);
}

/** GET /api/v1/me: who the caller is. */
void me_get(struct request *req)
{
    q_me_get(req, reply_row, req->who.token_hash);
}
