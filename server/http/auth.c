/* Tokens, roles and origins. */
#include "http/auth.h"
#include "base/clock.h"
#include "base/settings.h"
#include "http/reply.h"
#include "http/route.h"
#include "http/worker.h"
#include "queries.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct {
    const char *name;
    enum role role;
} roles[] = {
    {"customer",     CUSTOMER    },
    {"partner_tech", PARTNER_TECH},
    {"agent",        AGENT       },
    {"manager",      MANAGER     },
    {"admin",        ADMIN       }
};

static enum role role_of_name(const char *name)
{
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (!strcmp(roles[i].name, name))
            return roles[i].role;
    return 0;
}

static const char *role_name(enum role role)
{
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (roles[i].role == role)
            return roles[i].name;
    return NULL;
}

static const char *cookie_of(const struct request *req)
{
    return MHD_lookup_connection_value(req->conn, MHD_COOKIE_KIND, COOKIE_NAME);
}

bool auth_is_tried(const struct request *req)
{
    return cookie_of(req) || request_header(req, "Authorization");
}

bool auth_token(struct request *req, const char **token)
{
    const char *cookie = cookie_of(req);
    const char *header = request_header(req, "Authorization");

    if (cookie && header) {
        reply_problem(req, TWO_CREDENTIALS, NULL);
        return false;
    }
    *token = cookie;
    if (header)
        *token = strncasecmp(header, "Bearer ", 7) ? "" : header + 7;
    return true;
}

static struct auth_entry *slot_of(struct auth_cache *cache, const char *hash)
{
    uint32_t index;

    /* The hash is random already, but it is written in hex: spread four digits over the slots. */
    memcpy(&index, hash + 2, sizeof index);
    return &cache->slot[index * UINT32_C(2654435761) >> 16 & (AUTH_SLOTS - 1)];
}

static void principal_set(struct request *req, const struct auth_entry *entry)
{
    req->who.role = entry->role;
    req->who.role_name = role_name(entry->role);
    req->who.account = *entry->account ? arena_strdup(&req->arena, entry->account) : NULL;
    req->who.scope = arena_strdup(&req->arena, entry->scope);
}

static const char *column(const PGresult *rows, const char *name)
{
    return PQgetvalue(rows, 0, PQfnumber(rows, name));
}

/* What a role's rows are filtered by. */
static const char *scope_column(enum role role)
{
    return role == CUSTOMER ? "return" : role == PARTNER_TECH ? "partner" : "account";
}

/* Note that a token was used, for the idle rule. Nobody waits for it and nobody misses it. */
struct touch {
    struct db_call call;
    const char *args[1];
    char hash[HASH_SIZE];
};

static void on_touched(struct db_call *call, PGresult *res)
{
    PQclear(res);
    free((struct touch *)(void *)call);
}

static void touch(struct worker *worker, const char *hash)
{
    struct touch *touch = xalloc(sizeof *touch);

    snprintf(touch->hash, sizeof touch->hash, "%s", hash);
    touch->args[0] = touch->hash;
    touch->call = (struct db_call){
        .step[0] = {&query_token_touch, touch->args},
          .nsteps = 1, .done = on_touched
    };
    if (!dbpool_send(&worker->db, &touch->call))
        free(touch);
}

/* No longer than the token itself lasts. */
static int64_t believed_ms(const PGresult *rows)
{
    int64_t lasts = strtoll(column(rows, "lasts_ms"), NULL, 10);

    return lasts < AUTH_TTL_MS ? lasts : AUTH_TTL_MS;
}

static void token_looked_up(struct request *req, const PGresult *rows)
{
    struct auth_entry *entry = slot_of(&req->worker->auth, req->who.token_hash);

    if (PQntuples(rows)) {
        snprintf(entry->hash, sizeof entry->hash, "%s", req->who.token_hash);
        entry->until_ms = clock_ms() + believed_ms(rows);
        entry->role = role_of_name(column(rows, "role"));
        snprintf(entry->account, sizeof entry->account, "%s", column(rows, "account"));
        snprintf(entry->scope, sizeof entry->scope, "%s", column(rows, scope_column(entry->role)));
        principal_set(req, entry);
        touch(req->worker, req->who.token_hash);
    }
    req->authenticated(req);
}

void auth_find(struct request *req, const char *token, handler_fn *then)
{
    struct auth_entry *entry;
    char *hash;

    if (!token || !token_is_valid(token))
        return then(req);
    hash = arena_alloc(&req->arena, HASH_SIZE);
    hash_text(hash, token, strlen(token));
    req->who.token_hash = hash;
    entry = slot_of(&req->worker->auth, hash);
    if (entry->until_ms > clock_ms() && !strcmp(entry->hash, hash)) {
        principal_set(req, entry);
        return then(req);
    }
    req->authenticated = then;
    q_token_lookup(req, token_looked_up, hash);
}

bool auth_permits(struct request *req)
{
    if (req->route->who == ANYONE || req->route->who & (int)req->who.role)
        return true;
    reply_problem(req, req->who.role ? FORBIDDEN : NOT_SIGNED_IN, NULL);
    return false;
}

bool auth_same_origin(struct request *req)
{
    const char *site = request_header(req, "Sec-Fetch-Site");
    const char *origin = request_header(req, "Origin");
    bool safe = request_is_read(req);
    bool ours;

    if (site)
        ours = !strcmp(site, "same-origin") || !strcmp(site, "none");
    else if (origin)
        ours = !strcmp(origin, settings.public_origin);
    else
        ours = !cookie_of(req);
    if (!safe && !ours)
        reply_problem(req, CROSS_SITE, NULL);
    return safe || ours;
}

void auth_forget(struct auth_cache *cache, const char *hex)
{
    char hash[HASH_SIZE];
    struct auth_entry *entry;

    if (!*hex) {
        memset(cache, 0, sizeof *cache);
        return;
    }
    snprintf(hash, sizeof hash, "\\x%s", hex);
    entry = slot_of(cache, hash);
    if (!strcmp(entry->hash, hash))
        entry->until_ms = 0;
}
