/* Key-set pages and their cursors. */
#include "http/page.h"
#include "base/seal.h"
#include "base/text.h"
#include "http/reply.h"
#include "http/route.h"

#include <ctype.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define CURSOR_MAX 1024
#define BASE64     sodium_base64_VARIANT_URLSAFE_NO_PADDING

/* Whether one "name=value" is about paging, however its name is spelt. */
static bool is_paging(struct request *req, const char *text, size_t len)
{
    const char *equals = memchr(text, '=', len);
    size_t name_len = equals ? (size_t)(equals - text) : len;
    const char *name = percent_decode(&req->arena, text, name_len, true);

    return name && (!strcmp(name, "limit") || !strcmp(name, "cursor"));
}

/* The query string without `limit` and `cursor`, as it came: what a cursor belongs to. */
static const char *filters_of(struct request *req)
{
    struct text text = text_new(&req->arena);

    text_puts(&text, "");
    for (const char *next = req->query_string; *next;) {
        size_t len = strcspn(next, "&");

        if (len && !is_paging(req, next, len)) {
            text_puts(&text, text.len ? "&" : "");
            text_add(&text, next, len);
        }
        next += len + (next[len] == '&');
    }
    return text.bytes;
}

/* What is tagged: the list, its filters and the key. */
static struct text tagged_bytes(struct request *req, const char *key1, const char *key2)
{
    struct text text = text_new(&req->arena);

    text_printf(&text, "%s?%s\n%s\n%s", req->path, req->page.filters, key1, key2);
    return text;
}

/* Cursor: the tag, then the two keys with a newline between them. */
static const char *cursor_write(struct request *req, const char *key1, const char *key2)
{
    struct text signed_bytes = tagged_bytes(req, key1, key2);
    struct text bytes = text_new(&req->arena);
    unsigned char tag[SEAL_TAG_SIZE];
    char *cursor;
    size_t size;

    seal_tag(tag, signed_bytes.bytes, signed_bytes.len);
    text_add(&bytes, tag, sizeof tag);
    text_printf(&bytes, "%s\n%s", key1, key2);
    size = sodium_base64_encoded_len(bytes.len, BASE64);
    cursor = arena_alloc(&req->arena, size);
    sodium_bin2base64(cursor, size, (const unsigned char *)bytes.bytes, bytes.len, BASE64);
    return cursor;
}

static bool cursor_read(struct request *req, const char *cursor)
{
    unsigned char *bytes = arena_alloc(&req->arena, CURSOR_MAX + 1);
    struct text signed_bytes;
    char *key1, *key2;
    size_t len;

    if (sodium_base642bin(bytes, CURSOR_MAX, cursor, strlen(cursor), NULL, &len, NULL, BASE64) ||
        len <= SEAL_TAG_SIZE || memchr(bytes + SEAL_TAG_SIZE, '\0', len - SEAL_TAG_SIZE))
        return false;
    key1 = (char *)bytes + SEAL_TAG_SIZE;
    key2 = strrchr(key1, '\n'); /* an id has none */
    if (!key2)
        return false;
    *key2++ = '\0';
    signed_bytes = tagged_bytes(req, key1, key2);
    if (!seal_tag_is_right(bytes, signed_bytes.bytes, signed_bytes.len))
        return false;
    req->page.after[0] = key1;
    req->page.after[1] = key2;
    return true;
}

/* More than the most is the most (AIP-158); nonsense is refused. */
static bool limit_read(struct request *req, const char *text)
{
    size_t digits = strspn(text, "0123456789");
    long limit = digits > 9 ? PAGE_MAX : strtol(text, NULL, 10);

    if (!digits || text[digits] || limit < 1)
        return false;
    req->page.shown = limit > PAGE_MAX ? PAGE_MAX : (int)limit;
    return true;
}

bool page_read(struct request *req, const struct param *params, int nparams)
{
    req->page.shown = PAGE_DEFAULT;
    req->page.filters = filters_of(req);
    for (int i = 0; i < nparams; i++) {
        if (!strcmp(params[i].name, "limit") && !limit_read(req, params[i].value)) {
            reply_problem(req, UNKNOWN_PARAMETER, "limit must be a whole number from 1.");
            return false;
        }
        if (!strcmp(params[i].name, "cursor") && !cursor_read(req, params[i].value)) {
            reply_problem(req, CURSOR_MISMATCH, NULL);
            return false;
        }
    }
    req->page.limit = arena_printf(&req->arena, "%d", req->page.shown + 1);
    return true;
}

const char *page_next(struct request *req, const PGresult *rows, int row)
{
    const char *const *keyset = req->route->query->keyset;
    const char *cursor = cursor_write(req, PQgetvalue(rows, row, PQfnumber(rows, keyset[0])),
                                      PQgetvalue(rows, row, PQfnumber(rows, keyset[1])));

    return arena_printf(&req->arena, "%s?%s%slimit=%d&cursor=%s", req->path, req->page.filters,
                        *req->page.filters ? "&" : "", req->page.shown, cursor);
}
