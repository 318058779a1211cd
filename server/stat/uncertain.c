/* Costs that are not known exactly. */
#include "stat/uncertain.h"

#include <math.h>
#include <stdlib.h>

static bool valid(struct spread spread)
{
    return spread.low <= spread.likely && spread.likely <= spread.high && isfinite(spread.low) &&
           isfinite(spread.high);
}

static int by_size(const void *one, const void *other)
{
    const double *a = one, *b = other;

    return (*a > *b) - (*a < *b);
}

/* Sums over the draws, of their squares too. */
struct sums {
    double p_loss, p_loss_squares, shortfall, profit;
};

static bool draw(struct pcg *pcg, struct beta_prior rate, const struct uncertain_unit *unit,
                 struct sums *sums, double *profit)
{
    double margin = draw_triangular(pcg, unit->margin), loss = draw_triangular(pcg, unit->loss);
    struct unit_profit drawn = {margin, loss, draw_triangular(pcg, unit->claims_cost)};
    struct profit_risk risk;

    if (!profit_risk(rate, drawn, &risk))
        return false;
    sums->p_loss += risk.p_above;
    sums->p_loss_squares += risk.p_above * risk.p_above;
    sums->shortfall += risk.shortfall;
    sums->profit += risk.profit;
    *profit = risk.profit;
    return isfinite(sums->profit + sums->shortfall);
}

bool uncertain_risk(struct beta_prior rate, const struct uncertain_unit *unit, uint64_t seed,
                    double *scratch, struct uncertain_risk *risk)
{
    const double n = UNCERTAIN_DRAWS;
    struct sums sums = {0, 0, 0, 0};
    struct pcg pcg;
    double mean;

    if (!valid(unit->margin) || !valid(unit->loss) || !valid(unit->claims_cost))
        return false;
    pcg_seed(&pcg, seed, 2);
    for (size_t i = 0; i < UNCERTAIN_DRAWS; i++)
        if (!draw(&pcg, rate, unit, &sums, &scratch[i]))
            return false;
    qsort(scratch, UNCERTAIN_DRAWS, sizeof *scratch, by_size);
    mean = sums.p_loss / n;
    *risk = (struct uncertain_risk){
        .p_loss = mean,
        .p_error = sqrt(fmax(0, sums.p_loss_squares / n - mean * mean) / (n - 1)),
        .shortfall = sums.shortfall / n,
        .profit = sums.profit / n,
        .profit_low = scratch[UNCERTAIN_DRAWS / 20 - 1],
        .profit_high = scratch[UNCERTAIN_DRAWS - UNCERTAIN_DRAWS / 20],
    };
    return true;
}
