#ifndef READ_HEADER_H
#define READ_HEADER_H

#include <stddef.h>

/** Longest key of a header, with its NUL; what is longer is cut. */
#define HEADER_KEY_SIZE 128

/**
 * Write the key by which the name of a column is known: what people and programs vary is
 * gone. Small letters without accents; blanks, underscores and hyphens are one blank, none at
 * either end; no byte order mark, no colon at the end. Two names are the same column if
 * their keys are equal: "Order-ID ", "order_id"; "Quantité", "QUANTITE".
 */
void header_key(char out[HEADER_KEY_SIZE], const char *name, size_t len);

#endif
