/* Which model. */
#include "stat/life_model.h"

/* A fit with a peak before one without, else the smaller AIC; of equals the simpler. */
static bool better(const struct life_fit *one, const struct life_fit *other)
{
    if (!one->fitted || !other->fitted)
        return one->fitted && !other->fitted;
    return one->aic < other->aic;
}

static void insert(struct life_choice *choice, size_t used, const struct life_fit *fit)
{
    size_t place = used;

    for (; place > 0 && better(fit, &choice->fits[place - 1]); place--)
        choice->fits[place] = choice->fits[place - 1];
    choice->fits[place] = *fit;
    choice->found += fit->fitted > 0;
}

enum fit_status life_select(const struct life_cell *cells, size_t n, struct life_choice *choice)
{
    static const enum life_model models[LIFE_MODELS] = {LIFE_EXPONENTIAL, LIFE_WEIBULL,
                                                        LIFE_LOGNORMAL, LIFE_MIXTURE};
    struct life_choice found = {.found = 0};

    for (size_t i = 0; i < LIFE_MODELS; i++) {
        struct life_fit fit;
        enum fit_status status = life_fit(models[i], cells, n, &fit);

        if (status == FIT_BAD_INPUT || status == FIT_NO_EVENTS)
            return status;
        insert(&found, i, &fit);
    }
    found.close = found.found > 1 && found.fits[1].aic - found.fits[0].aic <= LIFE_AIC_CLOSE;
    *choice = found;
    return found.fits[0].status;
}
