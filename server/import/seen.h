#ifndef IMPORT_SEEN_H
#define IMPORT_SEEN_H

#include "import/fact.h"

#include <stdbool.h>
#include <stdint.h>

/**
 * Whether an id may have been seen before, in a memory that does not grow: a Bloom filter.
 *
 * "Not seen" is certain. So the database looks for equal keys only among those that may be, and
 * a file whose rows are all different needs neither a sort nor a hash of all of them.
 */
#define SEEN_BITS                                                                  \
    (1u << 25) /* 4 MB: at a million ids one in fifteen hundred is doubted in vain \
                */

struct import_seen {
    uint64_t words[SEEN_BITS / 64];
};

/** Whether it may have been seen; from now on it has. A zeroed struct has seen none. */
bool import_seen(struct import_seen *seen, const unsigned char id[FACT_ID]);

#endif
