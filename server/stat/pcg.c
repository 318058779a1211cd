/* PCG32. */
#include "stat/pcg.h"

#define MULTIPLIER UINT64_C(6364136223846793005)

uint32_t pcg_next(struct pcg *pcg)
{
    uint64_t old = pcg->state;
    uint32_t mixed = (uint32_t)(((old >> 18) ^ old) >> 27), turn = (uint32_t)(old >> 59);

    pcg->state = old * MULTIPLIER + pcg->stream;
    return (mixed >> turn) | (mixed << (-turn & 31));
}

void pcg_seed(struct pcg *pcg, uint64_t seed, uint64_t stream)
{
    pcg->state = 0;
    pcg->stream = (stream << 1) | 1;
    pcg_next(pcg);
    pcg->state += seed;
    pcg_next(pcg);
}

double pcg_uniform(struct pcg *pcg)
{
    uint64_t high = pcg_next(pcg) >> 5, low = pcg_next(pcg) >> 6;

    return ((double)((high << 26) | low) + 0.5) / 9007199254740992.0;
}
