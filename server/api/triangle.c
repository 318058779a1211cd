/* What months of shipment that are still young will come to. */
#include "api/analysis.h"
#include "http/reply.h"
#include "line/development.h"
#include "queries.h"

#include <math.h>
#include <string.h>

struct triangle_query {
    struct scope scope;
    const char *method;
    double age;
    size_t horizon; /* periods of age; 0: as far as is known */
};

FIELDS(line_triangle_list_query, struct triangle_query, SCOPE_FIELDS,
       FIELD(struct triangle_query, method, TEXT, .one_of = "auto cl bf cc", .optional = true),
       FIELD(struct triangle_query, age, NUMBER, .min = 30, .max = 36500, .optional = true));

MEMBERS(line_triangle_list_computed, ANALYSIS_MEMBERS, RATE_MEMBERS, MATURITY_MEMBER,
        NUMBER_MEMBER("reported"), NUMBER_MEMBER("ultimate"), NUMBER_MEMBER("outstanding"),
        NUMBER_MEMBER("error"), NUMBER_MEMBER("low"), NUMBER_MEMBER("high"),
        NUMBER_MEMBER("dispersion"), NUMBER_MEMBER("cape_cod_rate"), WORD_MEMBER("fractions"),
        TABLE_MEMBER("items",
                     "\"month\",\"shipped\",\"known_age\",\"reported\",\"fraction\",\"method\","
                     "\"ultimate\",\"outstanding\",\"error\",\"low\",\"high\",\"rate\","
                     "\"chain_ladder\",\"bornhuetter_ferguson\",\"cape_cod\",\"benktander\","
                     "\"reason\"",
                     "\"month\":{\"type\":\"string\",\"format\":\"date\"},"
                     "\"shipped\":{\"type\":\"number\"},\"known_age\":{\"type\":\"integer\"},"
                     "\"reported\":{\"type\":\"number\"},\"fraction\":" NULLABLE_NUMBER
                     ",\"method\":{\"type\":[\"string\",\"null\"]},\"ultimate\":" NULLABLE_NUMBER
                     ",\"outstanding\":" NULLABLE_NUMBER ",\"error\":" NULLABLE_NUMBER
                     ",\"low\":" NULLABLE_NUMBER ",\"high\":" NULLABLE_NUMBER
                     ",\"rate\":" NULLABLE_NUMBER ",\"chain_ladder\":" NULLABLE_NUMBER
                     ",\"bornhuetter_ferguson\":" NULLABLE_NUMBER ",\"cape_cod\":" NULLABLE_NUMBER
                     ",\"benktander\":" NULLABLE_NUMBER
                     ",\"reason\":{\"type\":[\"string\",\"null\"]}"),
        TABLE_MEMBER("factors", "\"age\",\"fraction\",\"factor\",\"variance\"",
                     "\"age\":{\"type\":\"integer\"},\"fraction\":" NULLABLE_NUMBER
                     ",\"factor\":" NULLABLE_NUMBER ",\"variance\":" NULLABLE_NUMBER));

static rows_fn cohorts_found;
static analysis_fn tell_triangle;

/** GET /api/v1/analytics/lines/:id/triangle: factors, reported fractions and ultimates. */
void line_triangle_list(struct request *req)
{
    struct triangle_query *asked = REQ_STATE(req, struct triangle_query);
    const struct scope *scope = &asked->scope;

    if (!QUERY_READ(req, asked))
        return;
    if (!isnan(asked->age) && !periods_of_age(asked->age, &asked->horizon))
        return reply_problem(req, INVALID_VALUE, AGE_FAULT);
    q_line_triangle_list(req, cohorts_found, req->param[0], SCOPE_ASKED(scope),
                         arena_printf(&req->arena, "%d", TRIANGLE_DIAGONALS_MIN));
}

static void cohorts_found(struct request *req, const PGresult *rows)
{
    analysis_answer(req, rows, tell_triangle);
}

static const char *const methods[] = {[ULTIMATE_CAPE_COD] = "cape_cod",
                                      [ULTIMATE_BORNHUETTER_FERGUSON] = "bornhuetter_ferguson",
                                      [ULTIMATE_CHAIN_LADDER] = "chain_ladder"};
static const char *const sources[] = {[FRACTIONS_NONE] = "none",
                                      [FRACTIONS_CHAIN] = "chain_ladder",
                                      [FRACTIONS_CURVE] = "curve",
                                      [FRACTIONS_FAMILY] = "family_curve"};

static unsigned method_wanted(const char *word)
{
    if (!word || !strcmp(word, "auto"))
        return ULTIMATE_BY_RULE;
    return !strcmp(word, "cl")   ? ULTIMATE_CHAIN_LADDER
           : !strcmp(word, "bf") ? ULTIMATE_BORNHUETTER_FERGUSON
                                 : ULTIMATE_CAPE_COD;
}

/* The line's rows come first, its family's behind them. */
static void read_cohorts(struct analysis *analysis, struct cohorts *own, struct cohorts *family)
{
    const PGresult *rows = analysis->rows;
    int end = 0, column = PQfnumber(rows, "family");

    while (end < PQntuples(rows) && *PQgetvalue(rows, end, column) == 'f')
        end++;
    cohorts_read_part(own, analysis->arena, rows, 0, end);
    cohorts_read_part(family, analysis->arena, rows, end, PQntuples(rows));
}

static void tell_row(struct text *out, const struct developed *row)
{
    value_open(out, NULL, '{');
    value_word(out, "month", row->month);
    value_number(out, "shipped", row->shipped);
    value_whole(out, "known_age", row->known ? period_end(row->known - 1) : 0);
    value_number(out, "reported", row->reported);
    value_number(out, "fraction", row->fraction);
    value_word(out, "method", row->reason ? NULL : methods[row->method]);
    value_number(out, "ultimate", row->ultimate);
    value_number(out, "outstanding", row->ultimate - row->reported);
    value_number(out, "error", row->error);
    value_number(out, "low", row->interval.low);
    value_number(out, "high", row->interval.high);
    value_number(out, "rate", row->ultimate / row->shipped);
    value_number(out, "chain_ladder", row->each.chain_ladder);
    value_number(out, "bornhuetter_ferguson", row->each.bornhuetter_ferguson);
    value_number(out, "cape_cod", row->each.cape_cod);
    value_number(out, "benktander", row->each.benktander);
    value_word(out, "reason", row->reason);
    value_close(out, '}');
}

static void tell_factors(struct text *out, const struct development *d)
{
    value_open(out, "factors", '[');
    for (size_t k = 0; k < d->ages; k++) {
        bool has_factor = d->source == FRACTIONS_CHAIN && k + 1 < d->ages;

        value_open(out, NULL, '{');
        value_whole(out, "age", period_end(k));
        value_number(out, "fraction", d->fraction[k]);
        value_number(out, "factor", has_factor ? d->chain.factors[k] : NAN);
        value_number(out, "variance",
                     has_factor && d->chain.has_errors ? d->chain.variances[k] : NAN);
        value_close(out, '}');
    }
    value_close(out, ']');
}

static void tell_rate(struct analysis *analysis, const struct development *d)
{
    bool known = d->shipped > 0 && d->interval.high <= d->shipped;
    struct text *out = analysis->out;
    struct interval interval = {d->interval.low / d->shipped, d->interval.high / d->shipped};

    value_number(out, "x", d->reported);
    value_number(out, "n", d->shipped);
    value_number(out, "rate", d->ultimate / d->shipped);
    if (known)
        value_interval(out, "interval", interval, analysis->level, "over_dispersed_poisson");
    else
        value_word(out, "interval", NULL);
    value_word(out, "reason",
               d->shipped > 0                     ? NULL
               : d->n && d->rows[d->n - 1].reason ? d->rows[d->n - 1].reason
                                                  : "no_shipments");
}

static void tell_maturity(struct analysis *analysis, const struct development *d)
{
    size_t ages = d->ages ? d->ages : 1, oldest = 0;
    struct maturity maturity = {.age = period_end(ages - 1)};

    for (size_t i = 0; i < d->n; i++) {
        maturity.shipped += d->rows[i].shipped;
        if (d->rows[i].known > oldest)
            oldest = d->rows[i].known;
        if (d->rows[i].known < ages)
            continue;
        maturity.matured += d->rows[i].shipped;
        maturity.months++;
    }
    maturity.oldest_age = oldest ? period_end(oldest - 1) : 0;
    analysis_maturity(analysis, &maturity);
    analysis_warn_immature(analysis, &maturity);
}

static void warn_of_refusal(struct analysis *analysis, const struct development *d)
{
    static const char *const instead[] = {
        [FRACTIONS_NONE] = "and the family's months are no help: there is no estimate",
        [FRACTIONS_CURVE] = "the fractions are those of the curve of all months, and the method "
                            "Bornhuetter and Ferguson's",
        [FRACTIONS_FAMILY] = "the fractions are those of the family's curve, and the method "
                             "Bornhuetter and Ferguson's"};
    bool few = d->source != FRACTIONS_CURVE;

    if (d->chain_status == FIT_OK || !d->n)
        return;
    analysis_warn(analysis, few ? "too_few_diagonals" : "undefined_factor",
                  arena_printf(analysis->arena, "The chain ladder is refused, for %s; %s.",
                               few ? "it needs three ages, and returns by them"
                                   : "nothing had come back by an age",
                               instead[d->source]));
}

static void warn(struct analysis *analysis, const struct development *d)
{
    size_t unsound = 0;

    warn_of_refusal(analysis, d);
    if (d->chain_status == FIT_OK && d->chain.driven)
        analysis_warn(analysis, "driven",
                      "One cell drives the last factor: it rests on the oldest month alone.");
    if (d->source && isnan(d->dispersion))
        analysis_warn(analysis, "dispersion_unknown",
                      "Intervals are of plain chance: how much more the months vary is not known.");
    for (size_t i = 0; i < d->n; i++)
        unsound += d->rows[i].reason && !strcmp(d->rows[i].reason, "returns_exceed_shipments");
    if (unsound)
        analysis_warn(analysis, "returns_exceed_shipments",
                      arena_printf(analysis->arena,
                                   "In %zu of %zu months more came back than was shipped, or "
                                   "nothing was shipped: they have no estimate.",
                                   unsound, d->n));
    if (d->trimmed)
        analysis_warn(analysis, "trimmed",
                      arena_printf(analysis->arena,
                                   "The oldest %zu months are left out: a triangle has %d.",
                                   d->trimmed, DEVELOPMENT_MAX));
}

static const char *tell_triangle(struct analysis *analysis)
{
    const struct triangle_query *asked = analysis->asked;
    struct text *out = analysis->out;
    struct cohorts own, family;
    struct development d;

    read_cohorts(analysis, &own, &family);
    develop(&d, analysis->arena, &own, &family, asked->horizon, method_wanted(asked->method),
            analysis->level);
    value_word(out, "method",
               "ultimates of months of shipment by the oldest age known; errors of "
               "the chain ladder by Mack, intervals over-dispersed Poisson");
    tell_rate(analysis, &d);
    tell_maturity(analysis, &d);
    value_number(out, "reported", d.reported);
    value_number(out, "ultimate", d.shipped > 0 ? d.ultimate : NAN);
    value_number(out, "outstanding", d.shipped > 0 ? d.ultimate - d.reported : NAN);
    value_number(out, "error", d.error);
    value_number(out, "low", d.shipped > 0 ? d.interval.low : NAN);
    value_number(out, "high", d.shipped > 0 ? d.interval.high : NAN);
    value_number(out, "dispersion", d.dispersion);
    value_number(out, "cape_cod_rate", d.rate);
    value_word(out, "fractions", sources[d.source]);
    value_open(out, "items", '[');
    for (size_t i = 0; i < d.n; i++)
        tell_row(out, &d.rows[i]);
    value_close(out, ']');
    tell_factors(out, &d);
    warn(analysis, &d);
    return NULL;
}
