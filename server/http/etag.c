/* Entity tags: what a caller has seen. */
#include "http/etag.h"
#include "base/seal.h"

#include <sodium.h>
#include <string.h>

/* So many digits fit into a bigint for sure; nothing is ever written so often. */
#define VERSION_DIGITS_MAX 18

const char *etag_of_row(struct arena *arena, const PGresult *rows)
{
    int column = PQfnumber(rows, "row_version");
    const char *version;
    char *etag;

    if (column < 0 || !PQntuples(rows))
        return NULL;
    version = PQgetvalue(rows, 0, column);
    etag = arena_alloc(arena, strlen(version) + sizeof "\"v-json\"");
    stpcpy(stpcpy(stpcpy(etag, "\"v"), version), "-json\"");
    return etag;
}

const char *etag_of_bytes(struct arena *arena, const void *bytes, size_t len)
{
    unsigned char hash[SEAL_DIGEST_SIZE];
    char text[sodium_base64_ENCODED_LEN(sizeof hash, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];

    seal_digest(hash, bytes, len);
    sodium_bin2base64(text, sizeof text, hash, sizeof hash,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return arena_printf(arena, "\"h%s-json\"", text);
}

const char *etag_as_csv(struct arena *arena, const char *etag)
{
    size_t len = strlen(etag) - strlen("json\"");

    return arena_printf(arena, "%.*scsv\"", (int)len, etag);
}

bool etag_is_listed(const char *list, const char *etag)
{
    size_t len = strlen(etag);

    if (list && !strcmp(list, "*"))
        return true;
    while (list && *list) {
        list += strspn(list, " \t,");
        if (!strncmp(list, "W/", 2))
            list += 2;
        if (!strncmp(list, etag, len) && (!list[len] || strchr(" \t,", list[len])))
            return true;
        list = strchr(list, ',');
    }
    return false;
}

const char *etag_version(struct arena *arena, const char *if_match)
{
    size_t digits;

    if (strncmp(if_match, "\"v", 2))
        return NULL;
    digits = strspn(if_match + 2, "0123456789");
    if (!digits || digits > VERSION_DIGITS_MAX || strcmp(if_match + 2 + digits, "-json\""))
        return NULL;
    return arena_strndup(arena, if_match + 2, digits);
}
