#ifndef BASE_ID_H
#define BASE_ID_H

#include <stdbool.h>
#include <stddef.h>

/* Sizes with the terminating NUL. */
#define ID_SIZE     31 /* "ret_" and 26 characters */
#define NUMBER_SIZE 14 /* "R-7KX4-9QPM-C" */
#define TOKEN_SIZE  44 /* 32 bytes as base64url */
#define HASH_SIZE   67 /* 32 bytes as "\x" and hex: a bytea literal */

/** A new public id: `prefix` (three letters), '_' and 128 random bits in Crockford's base32. */
void id_new(char out[ID_SIZE], const char *prefix);
/** Whether `text` has the form of a public id. */
bool id_is_valid(const char *text);
/** A return number for people: 40 random bits and a check character. */
void number_new(char out[NUMBER_SIZE]);
/** A new opaque token of 256 random bits. */
void token_new(char out[TOKEN_SIZE]);
/** Whether `text` has the form of a token. */
bool token_is_valid(const char *text);
/** BLAKE2b-256 of `len` bytes, as a bytea literal: what is kept of a token. */
void hash_text(char out[HASH_SIZE], const void *bytes, size_t len);

#endif
