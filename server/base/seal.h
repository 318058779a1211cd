#ifndef BASE_SEAL_H
#define BASE_SEAL_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

#define SEAL_TAG_SIZE    16
#define SEAL_DIGEST_SIZE 16

/**
 * What the daemon's secret is good for: closing bytes that others keep, tagging
 * bytes that others bring back, and hiding names. Keys for the purposes are derived once
 * by seal_init() and only read afterwards.
 */

/** Derive the keys from `secret`; false if it is shorter than 32 characters. */
bool seal_init(const char *secret);
/** Encrypt `len` bytes; the result is a bytea literal ("\x..."), in `arena`. */
char *seal_close(struct arena *arena, const void *bytes, size_t len);
/** Undo seal_close(); NULL if the text was changed or sealed under another secret. */
char *seal_open(struct arena *arena, const char *sealed, size_t *len);
/** A tag over `len` bytes that only holders of the secret can make. */
void seal_tag(unsigned char tag[SEAL_TAG_SIZE], const void *bytes, size_t len);
/**
 * What stands for a person's name where only equal names must be told from others:
 * a 256-bit hash, as bytea literal in `arena`. Without the secret nobody can try names.
 */
char *seal_name(struct arena *arena, const char *name);
/**
 * A keyed 128-bit digest (SipHash-2-4-128) that tells equal bytes from others; the
 * same on every daemon. Quicker than a tag, and no proof of anything to anybody.
 */
void seal_digest(unsigned char digest[SEAL_DIGEST_SIZE], const void *bytes, size_t len);
/** Whether `tag` is the tag of the bytes, in constant time. */
bool seal_tag_is_right(const unsigned char tag[SEAL_TAG_SIZE], const void *bytes, size_t len);

#endif
