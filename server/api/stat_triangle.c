/* The stat endpoint: what is still to come of young cohorts. */
#include "api/stat.h"
#include "stat/nevada.h"
#include "stat/triangle.h"

#include <math.h>

struct cumulative {
    struct number_table cumulative;
    double level;
};

FIELDS(stat_triangle_body, struct cumulative,
       FIELD(struct cumulative, cumulative, TABLE, .min = 1, .max = 120),
       FIELD(struct cumulative, level, NUMBER, .min = 0, .max = 1, .optional = true));
MEMBERS(stat_triangle_computed, NUMBERS_MEMBER("factors"), NUMBERS_MEMBER("reported"),
        NUMBERS_MEMBER("ultimates"), NUMBERS_MEMBER("reserves"), NUMBERS_MEMBER("errors"),
        NUMBER_MEMBER("reserve"), NUMBER_MEMBER("error"), NUMBER_MEMBER("dispersion"),
        NUMBERS_MEMBER("low"), NUMBERS_MEMBER("high"), FLAG_MEMBER("driven"));

/* Room for a triangle of the table's size, and its chain ladder. */
static void prepare(struct arena *arena, const struct number_table *rows, struct triangle *triangle,
                    struct chain *chain)
{
    size_t ages = rows->at[0].n, *known = arena_alloc(arena, rows->n * sizeof *known);
    double *at = arena_alloc(arena, (rows->n * ages + 1) * sizeof *at);

    for (size_t i = 0; i < rows->n; i++) {
        known[i] = rows->at[i].n;
        for (size_t k = 0; k < known[i] && k < ages; k++)
            at[i * ages + k] = rows->at[i].at[k];
    }
    *triangle = (struct triangle){at, known, rows->n, ages};
    chain->factors = arena_alloc(arena, (3 * ages + 1) * sizeof(double));
    chain->variances = chain->factors + ages;
    chain->reported = chain->variances + ages;
    chain->ultimates = arena_alloc(arena, 2 * rows->n * sizeof(double));
    chain->errors = chain->ultimates + rows->n;
}

/* Limits of what is to come, over-dispersed Poisson; where the dispersion is not known, plain. */
static void add_limits(struct arena *arena, struct text *out, const double *reserves, size_t n,
                       double phi, double level)
{
    double *low = arena_alloc(arena, (2 * n + 1) * sizeof *low), *high = low + n;

    for (size_t i = 0; i < n; i++) {
        struct interval limits = {NAN, NAN};

        if (!triangle_interval(reserves[i], isnan(phi) ? 1 : phi, level, &limits))
            limits = (struct interval){NAN, NAN};
        low[i] = limits.low;
        high[i] = limits.high;
    }
    value_numbers(out, "low", low, n);
    value_numbers(out, "high", high, n);
}

static void add_chain(struct arena *arena, struct text *out, const struct triangle *triangle,
                      const struct chain *chain, double level)
{
    double *reserves = arena_alloc(arena, triangle->rows * sizeof *reserves), phi;

    for (size_t i = 0; i < triangle->rows; i++)
        reserves[i] =
            chain->ultimates[i] - triangle->at[i * triangle->ages + triangle->known[i] - 1];
    if (!triangle_dispersion(triangle, chain, &phi))
        phi = NAN;
    value_numbers(out, "factors", chain->factors, triangle->ages - 1);
    value_numbers(out, "reported", chain->reported, triangle->ages);
    value_numbers(out, "ultimates", chain->ultimates, triangle->rows);
    value_numbers(out, "reserves", reserves, triangle->rows);
    value_numbers(out, "errors", chain->errors, chain->has_errors ? triangle->rows : 0);
    value_number(out, "reserve", chain->reserve);
    value_number(out, "error", chain->has_errors ? chain->error : NAN);
    value_number(out, "dispersion", phi);
    add_limits(arena, out, reserves, triangle->rows, phi, level);
    value_flag(out, "driven", chain->driven);
}

static const char *ladder(struct arena *arena, const void *posted, struct text *out)
{
    const struct cumulative *in = posted;
    double level = stat_or(in->level, LEVEL_DEFAULT);
    struct triangle triangle;
    struct chain chain;

    if (!(level > 0 && level < 1))
        return "It takes 0 < level < 1.";
    prepare(arena, &in->cumulative, &triangle, &chain);
    switch (chain_ladder(&triangle, &chain)) {
    case FIT_OK:
        add_chain(arena, out, &triangle, &chain, level);
        return NULL;
    case FIT_NOT_IDENTIFIED:
        return "The chain ladder needs three ages, and something that came back by each of them.";
    default:
        return "It takes cumulative counts that are not negative, the oldest cohort first, no row "
               "longer than the one before it.";
    }
}
/** POST /api/v1/analytics/stat/triangle */
STAT(stat_triangle, struct cumulative, ladder)

struct exposed {
    struct numbers returned, shipped, fraction;
};

#define COHORTS(member) FIELD(struct exposed, member, NUMBERS, .min = 1, .max = 1000)
FIELDS(stat_cape_cod_body, struct exposed, COHORTS(returned), COHORTS(shipped), COHORTS(fraction));
MEMBERS(stat_cape_cod_computed, NUMBER_MEMBER("rate"), NUMBERS_MEMBER("chain_ladder"),
        NUMBERS_MEMBER("cape_cod"), NUMBERS_MEMBER("bornhuetter_ferguson"),
        NUMBERS_MEMBER("benktander"), NUMBERS_MEMBER("chosen"),
        {"methods", "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}", true});

/* Which of them is chosen, by the reported fraction. */
static void add_methods(struct text *out, const struct numbers *fraction)
{
    static const char *const methods[] = {[ULTIMATE_CAPE_COD] = "cape_cod",
                                          [ULTIMATE_BORNHUETTER_FERGUSON] = "bornhuetter_ferguson",
                                          [ULTIMATE_CHAIN_LADDER] = "chain_ladder"};

    value_open(out, "methods", '[');
    for (size_t i = 0; i < fraction->n; i++)
        value_word(out, NULL, methods[ultimate_method(fraction->at[i])]);
    value_close(out, ']');
}

static void add_ultimates(struct arena *arena, struct text *out,
                          const struct cohort_ultimate *ultimates, size_t n)
{
    double *list = arena_alloc(arena, 5 * n * sizeof *list);

    for (size_t i = 0; i < n; i++) {
        list[i] = ultimates[i].chain_ladder;
        list[n + i] = ultimates[i].cape_cod;
        list[2 * n + i] = ultimates[i].bornhuetter_ferguson;
        list[3 * n + i] = ultimates[i].benktander;
        list[4 * n + i] = ultimates[i].chosen;
    }
    value_numbers(out, "chain_ladder", list, n);
    value_numbers(out, "cape_cod", list + n, n);
    value_numbers(out, "bornhuetter_ferguson", list + 2 * n, n);
    value_numbers(out, "benktander", list + 3 * n, n);
    value_numbers(out, "chosen", list + 4 * n, n);
}

static const char *expose(struct arena *arena, const void *posted, struct text *out)
{
    const struct exposed *in = posted;
    size_t n = in->shipped.n;
    struct cohort_ultimate *ultimates = arena_alloc(arena, n * sizeof *ultimates);
    double rate;

    if (in->returned.n != n || in->fraction.n != n)
        return "It takes the three numbers of each cohort.";
    if (cape_cod(in->returned.at, in->shipped.at, in->fraction.at, n, &rate, ultimates))
        return "It takes 0 <= returned <= shipped, 0 < fraction <= 1, and something shipped.";
    value_number(out, "rate", rate);
    add_ultimates(arena, out, ultimates, n);
    add_methods(out, &in->fraction);
    return NULL;
}
/** POST /api/v1/analytics/stat/cape-cod */
STAT(stat_cape_cod, struct exposed, expose)

struct warranty {
    struct numbers shipped;
    struct number_table returned;
    const char *columns;
};

FIELDS(stat_nevada_body, struct warranty,
       FIELD(struct warranty, shipped, NUMBERS, .min = 1, .max = 120),
       FIELD(struct warranty, returned, TABLE, .min = 1, .max = 120),
       FIELD(struct warranty, columns, TEXT, .one_of = "age calendar", .optional = true));
MEMBERS(stat_nevada_computed, NUMBERS_MEMBER("at_risk"), NUMBERS_MEMBER("failed"),
        NUMBERS_MEMBER("withdrawn"));

/* The table with the ends of short rows filled up with 0. */
static struct nevada nevada_read(struct arena *arena, const struct warranty *in)
{
    size_t rows = in->returned.n, columns = 0;
    double *at;

    for (size_t i = 0; i < rows; i++)
        columns = in->returned.at[i].n > columns ? in->returned.at[i].n : columns;
    at = arena_alloc(arena, (rows * columns + 1) * sizeof *at);
    for (size_t i = 0; i < rows; i++)
        for (size_t k = 0; k < columns; k++)
            at[i * columns + k] = k < in->returned.at[i].n ? in->returned.at[i].at[k] : 0;
    return (struct nevada){in->shipped.at, at, rows, columns, in->columns && *in->columns == 'c'};
}

static const char *nevada_sentence(struct arena *arena, enum nevada_fault fault,
                                   struct nevada_cell where)
{
    static const char *const whys[] = {
        [NEVADA_NEGATIVE] = "are fewer than none",
        [NEVADA_BEFORE_SHIPMENT] = "came back before they were shipped",
        [NEVADA_NOT_YET] = "are of an age that the row has not reached",
        [NEVADA_TOO_MANY] = "make more than were shipped",
    };

    if (fault == NEVADA_SHAPE)
        return "It takes at least as many columns as rows.";
    return arena_printf(arena, "The units of row %zu, column %zu, %s.", where.row + 1,
                        where.column + 1, whys[fault]);
}

static const char *convert(struct arena *arena, const void *posted, struct text *out)
{
    const struct warranty *in = posted;
    struct nevada table = nevada_read(arena, in);
    size_t n = table.columns;
    struct age_count *ages = arena_alloc(arena, (n + 1) * sizeof *ages);
    double *at_risk = arena_alloc(arena, (3 * n + 1) * sizeof *at_risk);
    double *failed = at_risk + n, *withdrawn = failed + n;
    enum nevada_fault fault;
    struct nevada_cell where;

    if (in->shipped.n != table.rows)
        return "It takes a row of returns for each number shipped.";
    fault = nevada_ages(&table, ages, &where);
    if (fault)
        return nevada_sentence(arena, fault, where);
    for (size_t k = 0; k < n; k++) {
        at_risk[k] = ages[k].at_risk;
        failed[k] = ages[k].failed;
        withdrawn[k] = ages[k].withdrawn;
    }
    value_numbers(out, "at_risk", at_risk, n);
    value_numbers(out, "failed", failed, n);
    value_numbers(out, "withdrawn", withdrawn, n);
    return NULL;
}
/** POST /api/v1/analytics/stat/nevada */
STAT(stat_nevada, struct warranty, convert)
