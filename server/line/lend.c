/* Lines lean on their family. */
#include "line/lend.h"

#include "stat/special.h"

#include <string.h>

/* Jeffreys' prior, of a rate that nobody lends anything to. */
#define OWN_PRIOR 0.5

const char *lending_word(enum lending how)
{
    static const char *const words[] = {"own", "pooled", "family"};

    return words[how];
}

static struct lent own_rate(struct line_count count, double level)
{
    struct beta_prior posterior = {OWN_PRIOR + count.x, OWN_PRIOR + count.n - count.x};

    return (struct lent){
        .how = LENT_NOTHING,
        .rate = count.x / count.n,
        .weight = 1,
        .interval = {beta_quantile((1 - level) / 2, posterior.a, posterior.b),
                     beta_quantile_upper((1 - level) / 2, posterior.a, posterior.b)},
        .posterior = posterior,
    };
}

static bool is_of(const struct line_histories *lines, const struct line_count *counts, size_t i,
                  const char *family)
{
    return counts[i].known && !strcmp(lines->at[i].family, family);
}

/* The counts of a family; its numbers have room for all lines. */
static struct family gather(const struct line_histories *lines, const struct line_count *counts,
                            const char *family, double *x, double *n)
{
    size_t k = 0;

    for (size_t i = 0; i < lines->n; i++)
        if (is_of(lines, counts, i, family)) {
            x[k] = counts[i].x;
            n[k++] = counts[i].n;
        }
    return (struct family){x, n, k};
}

static enum lending lending_of(const struct shrinkage *shrinkage, struct family family)
{
    if (!shrinkage->pooled)
        return LENT_PRIOR;
    if (family.k < 2)
        return LENT_NOTHING;
    return shrinkage->lines < SHRINK_LINES_MIN && shrinkage->tarone >= SHRINK_TARONE_MIN
               ? LENT_NOTHING
               : LENT_POOL;
}

static struct lent lent_rate(const struct shrinkage *shrinkage, struct family family,
                             struct line_count count, double level)
{
    enum lending how = lending_of(shrinkage, family);
    struct shrunk shrunk;

    if (how == LENT_NOTHING || !shrink_line(shrinkage, family, count.x, count.n, level, &shrunk))
        return own_rate(count, level);
    return (struct lent){
        .how = how,
        .rate = shrunk.rate,
        .weight = shrunk.weight,
        .interval = shrunk.interval,
        .posterior = shrunk.posterior,
    };
}

static void lend_family(const struct line_histories *lines, const struct line_count *counts,
                        const char *name, double level, double *scratch, struct lent *lent)
{
    struct family family = gather(lines, counts, name, scratch, scratch + lines->n);
    struct shrinkage shrinkage;

    if (!family.k || shrink_family(family, SHRINK_UNITS_MIN, scratch + 2 * lines->n, &shrinkage))
        return;
    for (size_t i = 0; i < lines->n; i++)
        if (is_of(lines, counts, i, name)) {
            lent[i] = lent_rate(&shrinkage, family, counts[i], level);
            lent[i].lines = family.k;
        }
}

void lend(const struct line_histories *lines, const struct line_count *counts, double level,
          struct arena *arena, struct lent *lent)
{
    double *scratch = arena_alloc(arena, (4 * lines->n + 1) * sizeof *scratch);

    for (size_t i = 0; i < lines->n; i++)
        lent[i] = (struct lent){LENT_NOTHING};
    for (size_t i = 0; i < lines->n; i++)
        if (counts[i].known && !lent[i].lines)
            lend_family(lines, counts, lines->at[i].family, level, scratch, lent);
}
