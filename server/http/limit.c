/* Quotas by the generic cell rate algorithm. */
#include "http/limit.h"
#include "base/clock.h"
#include "base/settings.h"
#include "base/text.h"
#include "http/reply.h"
#include "http/route.h"

#include <arpa/inet.h>
#include <sodium.h>
#include <stdatomic.h>
#include <string.h>

#define BUCKETS       65536
#define AUTH_WINDOW_S 900

static _Atomic int64_t buckets[BUCKETS];
static unsigned char hash_key[crypto_shorthash_KEYBYTES];

void limit_init(void)
{
    randombytes_buf(hash_key, sizeof hash_key);
}

static _Atomic int64_t *bucket_of(const char *policy, const char *key)
{
    unsigned char hash[2][crypto_shorthash_BYTES];
    uint16_t index[2];

    crypto_shorthash(hash[0], (const unsigned char *)policy, strlen(policy), hash_key);
    crypto_shorthash(hash[1], (const unsigned char *)key, strlen(key), hash_key);
    memcpy(&index[0], hash[0], sizeof index[0]);
    memcpy(&index[1], hash[1], sizeof index[1]);
    return &buckets[index[0] ^ index[1]];
}

/* Whole seconds from `now_us` to `at_us`, never too few. */
static long seconds_until(int64_t at_us, int64_t now_us)
{
    return at_us > now_us ? (at_us - now_us + 999999) / 1000000 : 0;
}

/*
 * A number in `bucket` is the time at which it will be empty again. Steps are
 * rounded up and counted, so that neither a burst nor a rate exceeds the quota.
 */
bool limit_take(const struct limit_policy *policy, const char *key, int64_t now_us,
                struct limit_verdict *verdict)
{
    int64_t window = policy->window_s * INT64_C(1000000);
    int64_t step = (window + policy->quota - 1) / policy->quota, full = step * policy->quota;
    _Atomic int64_t *bucket = bucket_of(policy->name, key);
    int64_t old = atomic_load_explicit(bucket, memory_order_relaxed), empty;
    bool room;

    do {
        empty = (old > now_us ? old : now_us) + step;
        room = empty - now_us <= full;
    } while (room && !atomic_compare_exchange_weak_explicit(
                         bucket, &old, empty, memory_order_relaxed, memory_order_relaxed));
    if (!room)
        empty = old;
    *verdict = (struct limit_verdict){policy->name, policy->quota, policy->window_s,
                                      (full - (empty - now_us)) / step,
                                      seconds_until(empty + step - full, now_us)};
    return room;
}

static bool admit_one(struct request *req, const struct limit_policy *policy, const char *key)
{
    if (limit_take(policy, key, clock_us(), &req->limit))
        return true;
    reply_problem(req, QUOTA_EXCEEDED, policy->name);
    reply_header(req, "Retry-After", arena_printf(&req->arena, "%ld", req->limit.reset_s));
    return false;
}

/* One subscriber has a whole /64 of IPv6; in an address of IPv4 written so, its end tells. */
static const char *address_key(struct request *req)
{
    const char *address = request_address(req);
    char *network;
    struct in6_addr v6;

    if (inet_pton(AF_INET6, address, &v6) != 1 || IN6_IS_ADDR_V4MAPPED(&v6))
        return address;
    memset(v6.s6_addr + 8, 0, 8);
    network = arena_alloc(&req->arena, INET6_ADDRSTRLEN);
    inet_ntop(AF_INET6, &v6, network, INET6_ADDRSTRLEN);
    return network;
}

bool limit_admit(struct request *req)
{
    const struct limit_policy token = {"token", settings.limit_token, 60};
    const struct limit_policy address = {"ip", settings.limit_address, 60};
    const struct limit_policy auth = {"auth", settings.limit_auth, AUTH_WINDOW_S};

    if (req->route->flags & UNLIMITED)
        return true;
    if (req->route->flags & LIMIT_AUTH && !admit_one(req, &auth, address_key(req)))
        return false;
    if (req->who.role)
        return admit_one(req, &token, req->who.token_hash);
    return admit_one(req, &address, address_key(req));
}
