/* Names that nobody can guess: public ids, return numbers, tokens. */
#include "base/id.h"

#include <sodium.h>
#include <stdint.h>
#include <string.h>

static const char lower[] = "0123456789abcdefghjkmnpqrstvwxyz";
static const char upper[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* 26 digits of five bits, the first holding the top three of 128. */
static void base32(char *out, const unsigned char bytes[16])
{
    unsigned bits = 0;
    int nbits = 2; /* two leading zero bits: 130 = 26 * 5 */

    for (int i = 0; i < 16; i++) {
        bits = bits << 8 | bytes[i];
        nbits += 8;
        while (nbits >= 5) {
            nbits -= 5;
            *out++ = lower[bits >> nbits & 31];
        }
    }
}

void id_new(char out[ID_SIZE], const char *prefix)
{
    unsigned char random[16];

    randombytes_buf(random, sizeof random);
    memcpy(out, prefix, 3);
    out[3] = '_';
    base32(out + 4, random);
    out[ID_SIZE - 1] = '\0';
}

bool id_is_valid(const char *text)
{
    return strlen(text) == ID_SIZE - 1 && strspn(text, "abcdefghijklmnopqrstuvwxyz") == 3 &&
           text[3] == '_' && strspn(text + 4, lower) == 26;
}

/* Twice a digit in the field of 32 elements (x^5 + x^2 + 1). */
static unsigned twice(unsigned digit)
{
    return digit << 1 ^ (digit & 16 ? 0x25 : 0);
}

/*
 * The digits and the check character, weighed by powers of two, sum up to zero.
 * In a field of as many elements as there are letters, every wrong character
 * and every swap of two shows; a sum modulo a prime below 32 would take one
 * letter for another.
 */
void number_new(char out[NUMBER_SIZE])
{
    unsigned check = 0;

    memcpy(out, "R-____-____-_", NUMBER_SIZE);
    for (int i = 0; i < 8; i++) {
        unsigned digit = randombytes_uniform(32);

        out[i < 4 ? 2 + i : 3 + i] = upper[digit];
        check = twice(check ^ digit);
    }
    out[12] = upper[check];
}

void token_new(char out[TOKEN_SIZE])
{
    unsigned char random[32];

    randombytes_buf(random, sizeof random);
    sodium_bin2base64(out, TOKEN_SIZE, random, sizeof random,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(random, sizeof random);
}

bool token_is_valid(const char *text)
{
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    return strlen(text) == TOKEN_SIZE - 1 && strspn(text, alphabet) == TOKEN_SIZE - 1;
}

void hash_text(char out[HASH_SIZE], const void *bytes, size_t len)
{
    unsigned char hash[32];

    crypto_generichash(hash, sizeof hash, bytes, len, NULL, 0);
    memcpy(out, "\\x", 2);
    sodium_bin2hex(out + 2, HASH_SIZE - 2, hash, sizeof hash);
}
