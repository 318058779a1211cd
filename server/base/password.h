#ifndef BASE_PASSWORD_H
#define BASE_PASSWORD_H

#include <stdbool.h>

#define PASSWORD_HASH_SIZE 128
#define PASSWORD_MIN       15

/** Argon2id, 64 MiB, 3 passes: slow and large by design, so never on a loop. */

enum password_verdict { PASSWORD_RIGHT, PASSWORD_WRONG, PASSWORD_NO_MEMORY };

/** Hash into PHC form; false if there is no memory. */
bool password_hash(char out[PASSWORD_HASH_SIZE], const char *password);
/**
 * Check against a PHC text made by password_hash(). NULL stands for an account
 * that does not exist: as slow, and always wrong.
 */
enum password_verdict password_verify(const char *hash, const char *password);

#endif
