/* What is to be put aside for claims, of every line, and how it moved. */
#include "api/reserve.h"
#include "base/settings.h"
#include "http/reply.h"
#include "line/prospect.h"
#include "line/rows.h"
#include "queries.h"

#include <math.h>
#include <string.h>

#define WARRANTY_DEFAULT "24m"
#define CLASSES_DEFAULT  "claim"
/* Models of more lines would keep a helper thread for longer than a request may take. */
#define LINES_MAX 300

struct reserve_query {
    struct scope scope;
    const char *line, *since, *warranty;
    double discount;
    struct reserve_rules rules;
};

FIELDS(reserve_list_query, struct reserve_query, SCOPE_FIELDS,
       FIELD(struct reserve_query, line, ID, .optional = true),
       FIELD(struct reserve_query, since, DATE, .optional = true),
       FIELD(struct reserve_query, warranty, TEXT, .min = 2, .max = 8, .optional = true),
       FIELD(struct reserve_query, discount, NUMBER, .min = 0, .max = 1, .optional = true));

#define NUMBERS_OF(name) "\"" name "\":" NULLABLE_NUMBER
#define WORD_OF(name)    "\"" name "\":{\"type\":[\"string\",\"null\"]}"
#define ROLL_NAMES \
    "\"opening_minor\",\"accrued_minor\",\"change_minor\",\"settled_minor\",\"closing_minor\""
#define ROLL_SCHEMA                                                                \
    NUMBERS_OF("opening_minor")                                                    \
    "," NUMBERS_OF("accrued_minor") "," NUMBERS_OF("change_minor") "," NUMBERS_OF( \
        "settled_minor") "," NUMBERS_OF("closing_minor")
MEMBERS(
    reserve_list_computed, ANALYSIS_MEMBERS,
    {"closing", "{\"type\":\"string\",\"format\":\"date\"}", true},
    {"opening", "{\"type\":\"string\",\"format\":\"date\"}", true}, NUMBER_MEMBER("warranty"),
    NUMBER_MEMBER("discount"), NUMBER_MEMBER("x"), NUMBER_MEMBER("n"),
    TABLE_MEMBER(
        "items",
        "\"line\",\"code\",\"name\",\"currency\",\"claim_cost_minor\",\"x\",\"n\","
        "\"in_warranty\",\"status\",\"source\",\"model\",\"claims\",\"claims_low\","
        "\"claims_high\",\"undiscounted_minor\",\"reserve_minor\",\"at_most_minor\","
        "\"settled_claims\",\"accrued_claims\"," ROLL_NAMES ",\"reason\"",
        WORD_OF("line") "," WORD_OF("code") "," WORD_OF("name") "," WORD_OF(
            "currency") "," NUMBERS_OF("claim_cost_minor") "," NUMBERS_OF("x") "," NUMBERS_OF("n") "," NUMBERS_OF("in_warranty") "," WORD_OF("status") "," WORD_OF("source") "," WORD_OF("model") "," NUMBERS_OF("claims") "," NUMBERS_OF("claims_low") "," NUMBERS_OF("claims_high") "," NUMBERS_OF("undiscounted_minor") "," NUMBERS_OF("reserve_minor") "," NUMBERS_OF("at_most_minor") "," NUMBERS_OF("settled_claims") "," NUMBERS_OF("accrued_claims") "," ROLL_SCHEMA
                                                                                                                                                                                                                                                                                                                                                                                                                                                             "," WORD_OF(
                                                                                                                                                                                                                                                                                                                                                                                                                                                                 "reason")),
    TABLE_MEMBER(
        "cohorts",
        "\"line\",\"code\",\"month\",\"survivors\",\"age\",\"claims\","
        "\"reserve_minor\"",
        WORD_OF("line") "," WORD_OF("code") "," WORD_OF("month") "," NUMBERS_OF(
            "survivors") "," NUMBERS_OF("age") "," NUMBERS_OF("claims") "," NUMBERS_OF("reserve_minor")),
    TABLE_MEMBER("totals", "\"currency\",\"lines\"," ROLL_NAMES,
                 WORD_OF("currency") "," NUMBERS_OF("lines") "," ROLL_SCHEMA));

static rows_fn reserves_found;
static analysis_fn tell_reserves;

/** GET /api/v1/analytics/reserve: of all lines or of one, by month of shipment, rolled forward. */
void reserve_list(struct request *req)
{
    struct reserve_query *asked = REQ_STATE(req, struct reserve_query);

    if (!QUERY_READ(req, asked))
        return;
    if (!warranty_read(asked->warranty ? asked->warranty : WARRANTY_DEFAULT,
                       &asked->rules.warranty))
        return reply_problem(req, INVALID_VALUE,
                             "warranty must be months or days, as 24m or 730d, of at most 100 "
                             "years.");
    asked->rules.discount = isnan(asked->discount) ? 0 : asked->discount;
    if (!asked->scope.classes)
        asked->scope.classes = CLASSES_DEFAULT;
    q_reserve_list(req, reserves_found, asked->line, SCOPE_ASKED(&asked->scope), asked->since,
                   asked->scope.currency, settings.reporting_currency);
}

static void reserves_found(struct request *req, const PGresult *rows)
{
    analysis_answer(req, rows, tell_reserves);
}

static bool is_told(const struct reserve_query *asked, const struct line_reserve *line)
{
    return !asked->line || !strcmp(asked->line, line->id);
}

/* Those asked for come first and are counted; the others only lent their shape. */
static size_t choose(const struct reserve_query *asked, struct reserves *reserves)
{
    size_t told = 0;

    for (size_t i = 0; i < reserves->n; i++)
        if (is_told(asked, &reserves->lines[i])) {
            struct line_reserve line = reserves->lines[i];

            reserves->lines[i] = reserves->lines[told];
            reserves->lines[told++] = line;
        }
    return told;
}

static void warn(struct analysis *analysis, const struct reserves *reserves, size_t told)
{
    double unsound = 0, unknown = 0;

    for (size_t i = 0; i < told; i++) {
        unsound += reserves->lines[i].unsound;
        unknown += !reserves->lines[i].has_roll;
    }
    analysis_warn_currencies(analysis, analysis->rows);
    if (unsound > 0)
        analysis_warn(analysis, "returns_exceed_shipments",
                      arena_printf(analysis->arena,
                                   "In %.0f months of a line more came back than was shipped: they "
                                   "are left out.",
                                   unsound));
    if (unknown > 0)
        analysis_warn(
            analysis, "no_reserve",
            arena_printf(analysis->arena,
                         "%.0f of %zu lines have no reserve, for the reasons beside them: "
                         "they are in no total.",
                         unknown, told));
}

static const char *tell_reserves(struct analysis *analysis)
{
    const struct reserve_query *asked = analysis->asked;
    struct reserve_rules rules = asked->rules;
    struct text *out = analysis->out;
    struct reserves reserves;
    size_t told;

    reserves_read(&reserves, analysis->arena, analysis->rows);
    told = choose(asked, &reserves);
    if (strcmp(cell_text(analysis->rows, 0, "opening"), cell_text(analysis->rows, 0, "closing")) >=
        0)
        return "since must be before the last month that was over by as_of.";
    if (told > LINES_MAX)
        return "There are too many lines: ask for one.";
    rules.level = analysis->level;
    for (size_t i = 0; i < told; i++)
        reserve_line(&reserves, analysis->arena, &reserves.lines[i], rules);
    value_word(out, "method",
               "claims to come on units shipped, by models of what was known at the ends of two "
               "months, times the cost of a claim; sales accrue by the earlier model");
    value_word(out, "closing", cell_text(analysis->rows, 0, "closing"));
    value_word(out, "opening", cell_text(analysis->rows, 0, "opening"));
    value_number(out, "warranty", rules.warranty);
    value_number(out, "discount", rules.discount);
    reserve_tell_tables(analysis, &reserves, told, rules.warranty);
    warn(analysis, &reserves, told);
    return NULL;
}
