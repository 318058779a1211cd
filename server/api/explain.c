/* Which segments of a line explain that its returns rise. */
#include "line/explain.h"
#include "api/analysis.h"
#include "http/reply.h"
#include "line/rows.h"
#include "line/tell.h"
#include "queries.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WINDOW_DEFAULT   1
#define BASELINE_DEFAULT 12
#define WINDOW_MAX       24
#define BASELINE_MAX     60
#define MONTH_DAYS       30.4375
/* One-sided p above which a rise may well be none. */
#define CHANCE_MAX 0.05

struct explain_query {
    struct scope scope;
    const char *window, *baseline;
    /* From here on it is filled on the way. */
    int window_months, baseline_months;
    struct segments segments, deeper;
    struct explanation first, second;
    const struct explained *inside; /* what is looked into; NULL: nothing */
};

FIELDS(line_explain_query, struct explain_query, SCOPE_FIELDS,
       FIELD(struct explain_query, window, TEXT, .min = 1, .max = 6, .optional = true),
       FIELD(struct explain_query, baseline, TEXT, .min = 1, .max = 6, .optional = true));

MEMBERS(line_explain_computed, ANALYSIS_MEMBERS, NUMBER_MEMBER("x"), NUMBER_MEMBER("expected"),
        NUMBER_MEMBER("ratio"), INTERVAL_MEMBER("interval"), NUMBER_MEMBER("excess"),
        NUMBER_MEMBER("p"), NUMBER_MEMBER("change"), WORD_MEMBER("dimension"),
        WORD_MEMBER("within"), WORD_MEMBER("reasons"), WORD_MEMBER("sentence"),
        {"window",
         "{\"type\":\"object\",\"properties\":{\"from\":{\"type\":\"string\"},\"to\":{\"type\":"
         "\"string\"},\"baseline_from\":{\"type\":\"string\"}}}",
         true},
        TABLE_MEMBER("items",
                     "\"depth\",\"within\",\"dimension\",\"key\",\"x\",\"expected\",\"excess\","
                     "\"ratio\",\"low\",\"high\",\"power\",\"surprise\",\"rate_effect\","
                     "\"mix_effect\",\"p\",\"q\",\"chosen\"",
                     "\"depth\":{\"type\":\"integer\"},\"within\":{\"type\":[\"string\",\"null\"]},"
                     "\"dimension\":{\"type\":\"string\"},\"key\":{\"type\":[\"string\",\"null\"]},"
                     "\"x\":" NULLABLE_NUMBER ",\"expected\":" NULLABLE_NUMBER
                     ",\"excess\":" NULLABLE_NUMBER ",\"ratio\":" NULLABLE_NUMBER
                     ",\"low\":" NULLABLE_NUMBER ",\"high\":" NULLABLE_NUMBER
                     ",\"power\":" NULLABLE_NUMBER ",\"surprise\":" NULLABLE_NUMBER
                     ",\"rate_effect\":" NULLABLE_NUMBER ",\"mix_effect\":" NULLABLE_NUMBER
                     ",\"p\":" NULLABLE_NUMBER ",\"q\":" NULLABLE_NUMBER
                     ",\"chosen\":{\"type\":\"boolean\"}"));

static rows_fn cells_found;
static analysis_fn explain_line, explain_segment;
static analysis_ask_fn ask_segment;

/* Months as "3", or days as "90d"; 0 if it is neither, or too many. */
static int months_of(const char *text, int otherwise, int most)
{
    char *end;
    double number;

    if (!text)
        return otherwise;
    number = strtod(text, &end);
    if (!strcmp(end, "d") && number > 0)
        number = fmax(1, round(number / MONTH_DAYS));
    else if (*end)
        return 0;
    return number >= 1 && number <= most && number == floor(number) ? (int)number : 0;
}

static const char *back_of(struct arena *arena, const struct explain_query *asked)
{
    return decimal_write(arena_alloc(arena, DECIMAL_SIZE),
                         asked->window_months + asked->baseline_months);
}

/** GET /api/v1/analytics/lines/:id/explain: what the change of the newest months is made of. */
void line_explain(struct request *req)
{
    struct explain_query *asked = REQ_STATE(req, struct explain_query);
    const struct scope *scope = &asked->scope;

    if (!QUERY_READ(req, asked))
        return;
    asked->window_months = months_of(asked->window, WINDOW_DEFAULT, WINDOW_MAX);
    asked->baseline_months = months_of(asked->baseline, BASELINE_DEFAULT, BASELINE_MAX);
    if (!asked->window_months || !asked->baseline_months)
        return reply_problem(req, INVALID_VALUE,
                             "window and baseline are whole months (1 to 24, 1 to 60), or days "
                             "such as 30d.");
    q_segment_cell_list(req, cells_found, req->param[0], SCOPE_ASKED(scope),
                        back_of(&req->arena, asked), NULL);
}

static void cells_found(struct request *req, const PGresult *rows)
{
    analysis_answer(req, rows, explain_line);
}

/* The same within one segment. What was not asked by a filter yet is asked by it now. */
static void ask_segment(struct request *req, const struct analysis *analysis, rows_fn *done)
{
    const struct explain_query *asked = analysis->asked;
    const char *is = asked->inside->dimension->name, *key = asked->inside->key;
    struct scope inside = asked->scope;

    if (!strcmp(is, "country"))
        inside.country = key;
    else if (!strcmp(is, "channel"))
        inside.channel = key;
    else if (!strcmp(is, "lot"))
        inside.lot = key;
    else if (!strcmp(is, "product"))
        inside.sku = key;
    inside.as_of = arena_strdup(analysis->arena, cell_text(analysis->rows, 0, "as_of"));
    q_segment_cell_list(req, done, req->param[0], SCOPE_ASKED(&inside),
                        back_of(analysis->arena, asked), NULL);
}

static void tell_segment(struct text *out, const struct explained *it, int depth,
                         const char *within)
{
    value_open(out, NULL, '{');
    value_whole(out, "depth", depth);
    value_word(out, "within", within);
    value_word(out, "dimension", it->dimension->name);
    value_word(out, "key", it->key);
    value_number(out, "x", it->observed);
    value_number(out, "expected", it->expected);
    value_number(out, "excess", it->observed - it->expected);
    value_number(out, "ratio", it->ratio);
    value_number(out, "low", it->interval.low);
    value_number(out, "high", it->interval.high);
    value_number(out, "power", it->power);
    value_number(out, "surprise", it->surprise);
    value_number(out, "rate_effect", it->rate_effect);
    value_number(out, "mix_effect", it->mix_effect);
    value_number(out, "p", it->p);
    value_number(out, "q", it->q);
    value_flag(out, "chosen", it->chosen);
    value_close(out, '}');
}

static void tell_window(struct text *out, const struct explanation *it)
{
    value_open(out, "window", '{');
    month_tell(out, "from", it->window.first);
    month_tell(out, "to", it->window.end);
    month_tell(out, "baseline_from", it->baseline.first);
    value_close(out, '}');
}

static void tell_whole(struct analysis *analysis, const struct explanation *it)
{
    struct text *out = analysis->out;

    value_word(out, "method",
               "observed against expected by months since shipment; Adtributor on what each "
               "segment was expected to show; Benjamini and Hochberg");
    value_number(out, "x", it->observed);
    value_number(out, "expected", it->expected);
    value_number(out, "ratio", it->ratio);
    limits_tell(out, "interval", it->interval, analysis->level, "exact_poisson");
    value_number(out, "excess", it->observed - it->expected);
    value_number(out, "p", it->p);
    value_number(out, "change", it->change);
    tell_window(out, it);
}

static void tell_answer(struct analysis *analysis, const struct explain_query *asked)
{
    const struct explained *inside = asked->inside;
    const struct explanation *first = &asked->first, *second = inside ? &asked->second : NULL;
    const struct explanation *deepest = second ? second : first;
    struct text *out = analysis->out;
    const char *within =
        inside ? arena_printf(analysis->arena, "%s %s", inside->dimension->name, inside->key)
               : NULL;

    tell_whole(analysis, first);
    value_word(out, "dimension", first->dimension ? first->dimension->name : NULL);
    value_word(out, "within", within);
    value_word(out, "reasons", deepest->reasons ? deepest->reasons->name : NULL);
    value_word(out, "sentence", explain_sentence(first, second, analysis->arena));
    value_open(out, "items", '[');
    for (size_t i = 0; i < first->n; i++)
        tell_segment(out, &first->segments[i], 1, NULL);
    for (size_t i = 0; second && i < second->n; i++)
        tell_segment(out, &second->segments[i], 2, within);
    value_close(out, ']');
    if (first->expected < EXPLAIN_EXPECTED_MIN)
        analysis_warn(analysis, "too_few_expected",
                      "Fewer than 5 returns were expected: that is not taken apart.");
    else if (!(first->p <= CHANCE_MAX))
        analysis_warn(analysis, "may_be_chance",
                      "So many returns may have come by chance; what explains them as well.");
    if (first->expected >= EXPLAIN_EXPECTED_MIN && !first->dimension && !first->reasons)
        analysis_warn(analysis, "not_explained", "No few segments explain the change.");
}

static const char *explain_line(struct analysis *analysis)
{
    struct explain_query *asked = analysis->asked;

    segments_read(&asked->segments, analysis->arena, analysis->rows, asked->window_months,
                  asked->baseline_months);
    explain(&asked->first, &asked->segments, NULL, NULL, analysis->level, analysis->arena);
    asked->inside = explain_deeper(&asked->first);
    if (asked->inside) {
        analysis->ask = ask_segment;
        analysis->then = explain_segment;
    } else {
        tell_answer(analysis, asked);
    }
    return NULL;
}

static const char *explain_segment(struct analysis *analysis)
{
    struct explain_query *asked = analysis->asked;

    segments_read(&asked->deeper, analysis->arena, analysis->rows, asked->window_months,
                  asked->baseline_months);
    explain(&asked->second, &asked->deeper, &asked->segments, asked->inside, analysis->level,
            analysis->arena);
    tell_answer(analysis, asked);
    return NULL;
}
