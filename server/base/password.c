/* Passwords: Argon2id, and no difference between strangers and friends. */
#include "base/password.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define PASSES    3
#define MEMORY    ((size_t)64 << 20)
#define KEY_BYTES 32
#define BASE64    sodium_base64_VARIANT_ORIGINAL_NO_PADDING

/* The hash of a forgotten random password: what a stranger's is compared with. */
static const char nobody[] = "$argon2id$v=19$m=65536,t=3,p=1$bm9ib2R5IGlzIGhlcmUhIQ$"
                             "3gJ1mBqzAqCbsnFSLIrJgCRlZ7cVrmTn0XuWcxkFTkE";

bool password_hash(char out[PASSWORD_HASH_SIZE], const char *password)
{
    _Static_assert(PASSWORD_HASH_SIZE >= crypto_pwhash_argon2id_STRBYTES, "size of a PHC text");

    return crypto_pwhash_argon2id_str(out, password, strlen(password), PASSES, MEMORY) == 0;
}

/*
 * crypto_pwhash_str_verify() gives the same answer for a wrong password and
 * for no memory; a busy server would tell people that their password is wrong.
 * So the key is derived and compared here.
 */
enum password_verdict password_verify(const char *hash, const char *password)
{
    unsigned char salt[crypto_pwhash_argon2id_SALTBYTES], want[KEY_BYTES], got[KEY_BYTES];
    const char *text = hash ? hash : nobody;
    char salt_text[32], key_text[64];
    unsigned memory_kib, passes;
    size_t salt_len, key_len;
    bool same;

    if (sscanf(text, "$argon2id$v=19$m=%u,t=%u,p=1$%31[^$]$%63s", &memory_kib, &passes, salt_text,
               key_text) != 4 ||
        sodium_base642bin(salt, sizeof salt, salt_text, strlen(salt_text), NULL, &salt_len, NULL,
                          BASE64) ||
        sodium_base642bin(want, sizeof want, key_text, strlen(key_text), NULL, &key_len, NULL,
                          BASE64) ||
        salt_len != sizeof salt || key_len != sizeof want)
        return PASSWORD_WRONG;
    if (crypto_pwhash_argon2id(got, sizeof got, password, strlen(password), salt, passes,
                               (size_t)memory_kib << 10, crypto_pwhash_ALG_ARGON2ID13))
        return PASSWORD_NO_MEMORY;
    same = sodium_memcmp(got, want, sizeof got) == 0;
    sodium_memzero(got, sizeof got);
    return same && hash ? PASSWORD_RIGHT : PASSWORD_WRONG;
}
