/* Closing and tagging what leaves the daemon and must come back unchanged; hiding names. */
#include "base/seal.h"

#include <sodium.h>
#include <string.h>

static unsigned char box_key[crypto_secretbox_KEYBYTES];
static unsigned char tag_key[crypto_generichash_KEYBYTES];
static unsigned char digest_key[crypto_shorthash_siphashx24_KEYBYTES];
static unsigned char name_key[crypto_generichash_KEYBYTES];

/* One key a purpose: keyed by the secret's own hash, over the purpose's name. */
static void derive(unsigned char *key, size_t size, const char *secret, const char *purpose)
{
    unsigned char master[crypto_generichash_KEYBYTES];

    crypto_generichash(master, sizeof master, (const unsigned char *)secret, strlen(secret), NULL,
                       0);
    crypto_generichash(key, size, (const unsigned char *)purpose, strlen(purpose), master,
                       sizeof master);
    sodium_memzero(master, sizeof master);
}

bool seal_init(const char *secret)
{
    if (strlen(secret) < 32)
        return false;
    derive(box_key, sizeof box_key, secret, "answers");
    derive(tag_key, sizeof tag_key, secret, "cursors");
    derive(digest_key, sizeof digest_key, secret, "entity tags");
    derive(name_key, sizeof name_key, secret, "names");
    return true;
}

char *seal_close(struct arena *arena, const void *bytes, size_t len)
{
    size_t size = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + len;
    unsigned char *box = arena_alloc(arena, size);
    char *hex = arena_alloc(arena, 2 + 2 * size + 1);

    randombytes_buf(box, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(box + crypto_secretbox_NONCEBYTES, bytes, len, box, box_key);
    memcpy(hex, "\\x", 2);
    sodium_bin2hex(hex + 2, 2 * size + 1, box, size);
    return hex;
}

char *seal_open(struct arena *arena, const char *sealed, size_t *len)
{
    size_t size = strlen(sealed) / 2;
    unsigned char *box = arena_alloc(arena, size);
    char *bytes = arena_alloc(arena, size);
    const size_t head = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;

    if (strncmp(sealed, "\\x", 2) ||
        sodium_hex2bin(box, size, sealed + 2, strlen(sealed + 2), NULL, &size, NULL) || size < head)
        return NULL;
    if (crypto_secretbox_open_easy((unsigned char *)bytes, box + crypto_secretbox_NONCEBYTES,
                                   size - crypto_secretbox_NONCEBYTES, box, box_key))
        return NULL;
    *len = size - head;
    bytes[*len] = '\0';
    return bytes;
}

void seal_tag(unsigned char tag[SEAL_TAG_SIZE], const void *bytes, size_t len)
{
    crypto_generichash(tag, SEAL_TAG_SIZE, bytes, len, tag_key, sizeof tag_key);
}

bool seal_tag_is_right(const unsigned char tag[SEAL_TAG_SIZE], const void *bytes, size_t len)
{
    unsigned char right[SEAL_TAG_SIZE];

    seal_tag(right, bytes, len);
    return sodium_memcmp(tag, right, sizeof right) == 0;
}

char *seal_name(struct arena *arena, const char *name)
{
    unsigned char hash[crypto_generichash_BYTES];
    char *hex = arena_alloc(arena, 2 + 2 * sizeof hash + 1);

    crypto_generichash(hash, sizeof hash, (const unsigned char *)name, strlen(name), name_key,
                       sizeof name_key);
    memcpy(hex, "\\x", 2);
    sodium_bin2hex(hex + 2, 2 * sizeof hash + 1, hash, sizeof hash);
    return hex;
}

void seal_digest(unsigned char digest[SEAL_DIGEST_SIZE], const void *bytes, size_t len)
{
    crypto_shorthash_siphashx24(digest, bytes, len, digest_key);
}
