#ifndef STAT_PCG_H
#define STAT_PCG_H

#include <stdint.h>

/**
 * Random numbers that are the same on every machine: O'Neill's PCG32 (XSH RR
 * 64/32). For simulations with a stated seed; never for secrets.
 */
struct pcg {
    uint64_t state, stream;
};

void pcg_seed(struct pcg *pcg, uint64_t seed, uint64_t stream);
/** Any of 2^32 numbers, equally likely. */
uint32_t pcg_next(struct pcg *pcg);
/** Strictly between 0 and 1, of 2^53 values. */
double pcg_uniform(struct pcg *pcg);

#endif
