/* Whether an id may have been seen before. */
#include "import/seen.h"

#include <string.h>

bool import_seen(struct import_seen *seen, const unsigned char id[FACT_ID])
{
    uint32_t parts[FACT_ID / sizeof(uint32_t)];
    bool all = true;

    memcpy(parts, id, sizeof parts); /* an id is a hash: its parts are as good as three hashes */
    for (size_t i = 0; i < 3; i++) {
        uint32_t bit = parts[i] % SEEN_BITS;
        uint64_t mask = (uint64_t)1 << bit % 64;

        all = all && seen->words[bit / 64] & mask;
        seen->words[bit / 64] |= mask;
    }
    return all;
}
