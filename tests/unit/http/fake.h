#ifndef FAKE_H
#define FAKE_H

/**
 * A request without a connection. What libmicrohttpd would tell of it stands in
 * the table `fake`: these functions are linked before the library's.
 */

#include "http/reply.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define FAKE_VALUES_MAX 16

static struct {
    struct {
        enum MHD_ValueKind kind;
        const char *name, *value;
    } value[FAKE_VALUES_MAX];
    size_t nvalues;
    union MHD_ConnectionInfo peer;
    struct sockaddr_storage address;
} fake;

const char *MHD_lookup_connection_value(struct MHD_Connection *conn, enum MHD_ValueKind kind,
                                        const char *key)
{
    (void)conn;
    for (size_t i = 0; i < fake.nvalues; i++)
        if (fake.value[i].kind == kind && !strcasecmp(fake.value[i].name, key))
            return fake.value[i].value;
    return NULL;
}

int MHD_get_connection_values_n(struct MHD_Connection *conn, enum MHD_ValueKind kind,
                                MHD_KeyValueIteratorN iterator, void *ctx)
{
    (void)conn;
    for (size_t i = 0; i < fake.nvalues; i++)
        if (fake.value[i].kind == kind)
            iterator(ctx, kind, fake.value[i].name, strlen(fake.value[i].name), fake.value[i].value,
                     strlen(fake.value[i].value));
    return (int)fake.nvalues;
}

const union MHD_ConnectionInfo *MHD_get_connection_info(struct MHD_Connection *conn,
                                                        enum MHD_ConnectionInfoType type, ...)
{
    (void)conn;
    return type == MHD_CONNECTION_INFO_CLIENT_ADDRESS ? &fake.peer : NULL;
}

/** The client sends a header, or a cookie. */
static inline void fake_value(enum MHD_ValueKind kind, const char *name, const char *value)
{
    if (fake.nvalues == FAKE_VALUES_MAX)
        abort();
    fake.value[fake.nvalues].kind = kind;
    fake.value[fake.nvalues].name = name;
    fake.value[fake.nvalues++].value = value;
}

static inline void fake_header(const char *name, const char *value)
{
    fake_value(MHD_HEADER_KIND, name, value);
}

/** The client's address, as text. */
static inline void fake_address(const char *text)
{
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)(void *)&fake.address;
    struct sockaddr_in *v4 = (struct sockaddr_in *)(void *)&fake.address;

    memset(&fake.address, 0, sizeof fake.address);
    if (inet_pton(AF_INET6, text, &v6->sin6_addr) == 1)
        v6->sin6_family = AF_INET6;
    else if (inet_pton(AF_INET, text, &v4->sin_addr) == 1)
        v4->sin_family = AF_INET;
    else
        abort();
    fake.peer.client_addr = (struct sockaddr *)&fake.address;
}

/** A GET of / from nowhere, without headers. */
static inline struct request fake_request(void)
{
    fake.nvalues = 0;
    fake.peer.client_addr = NULL;
    return (struct request){.target = "/",
                            .method = "GET",
                            .path = "/",
                            .query_string = "",
                            .id = "00000000-0000-4000-8000-000000000000"};
}

/** Free what the request holds; its struct may be used for another. */
static inline void fake_clear(struct request *req)
{
    arena_clear(&req->arena);
    *req = fake_request();
}

/** The code of the problem that was answered; "" if there is none. */
static inline const char *fake_code(struct request *req)
{
    json_t *reply;
    const char *code;

    if (!req->answered || req->reply.status < 400)
        return "";
    reply = json_loadb(req->reply.text, req->reply.len, JSON_REJECT_DUPLICATES, NULL);
    code = arena_strdup(&req->arena, json_string_value(json_object_get(reply, "code")));
    json_decref(reply);
    return code ? code : "the answer is no problem document";
}

/** The value of a header of the answer; NULL if it is not there. */
static inline const char *fake_answer_header(const struct request *req, const char *name)
{
    for (int i = 0; i < req->reply.nheaders; i++)
        if (!strcasecmp(req->reply.header[i].name, name))
            return req->reply.header[i].value;
    return NULL;
}

#endif
