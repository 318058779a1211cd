#ifndef BASE_WEIGHT_H
#define BASE_WEIGHT_H

#include <stddef.h>

/**
 * One item of a header such as Accept-Language: a word and its weight
 * (RFC 9110 12.4.2). A weight that is not well-formed counts as 1.
 */
struct weighted {
    const char *word; /* points into the header */
    size_t len;       /* of the word */
    int weight;       /* 0 .. 1000 */
};

/** Read the item at `header` and return where the next one starts, NULL at the end. */
const char *weight_next(const char *header, struct weighted *item);

#endif
