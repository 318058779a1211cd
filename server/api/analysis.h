#ifndef API_ANALYSIS_H
#define API_ANALYSIS_H

#include "http/params.h"
#include "http/value.h"
#include "line/cohorts.h"
#include "line/limits.h"
#include "routes.h"

/**
 * What all analyses of a product line have in common: what may be asked, and what every answer
 * tells beside its figures.
 *
 * A handler reads its query, which begins with a struct scope, and asks a statement that
 * tells `data_version`, `settings_version` and `as_of` in every row. Its rows_fn is
 * analysis_answer() with a calculation, which runs on a helper thread, for it may take a while.
 * Its route is VERSIONED (http/versioned.h), so the same question is calculated once.
 */

/** What every analysis can be asked; NULL, or NAN, where it was not. */
struct scope {
    const char *as_of;   /* a day: only what was over by its end counts */
    const char *classes; /* gross, net, quality, or classes with commas */
    const char *country, *channel, *lot, *sku;
    const char *serial_from, *serial_to; /* the first and the last, in their order */
    const char *from, *to;               /* months of shipment, or by the clock; half-open */
    const char *tz;                      /* whose today is meant without as_of */
    const char *clock;    /* from which ages count: ship (the default), delivery, in_service */
    const char *currency; /* in which money is told; NULL: as it is entered */
    double conf;          /* two-sided level of intervals */
};
/** Of which units, and how they are told: what also those take that choose their own days. */
#define SCOPE_UNIT_FIELDS                                                                         \
    FIELD(struct scope, classes, TEXT, .min = 1, .max = 200, .optional = true),                   \
        FIELD(struct scope, country, COUNTRY, .optional = true),                                  \
        FIELD(struct scope, channel, CODE, .optional = true),                                     \
        FIELD(struct scope, lot, TEXT, .min = 1, .max = 40, .optional = true),                    \
        FIELD(struct scope, sku, TEXT, .min = 1, .max = 60, .optional = true),                    \
        FIELD(struct scope, serial_from, SERIAL, .optional = true),                               \
        FIELD(struct scope, serial_to, SERIAL, .optional = true),                                 \
        FIELD(struct scope, tz, TEXT, .min = 1, .max = 60, .optional = true),                     \
        FIELD(struct scope, clock, TEXT, .one_of = "ship delivery in_service", .optional = true), \
        FIELD(struct scope, currency, CURRENCY, .optional = true),                                \
        FIELD(struct scope, conf, NUMBER, .min = 0, .max = 1, .optional = true)
#define SCOPE_FIELDS                                        \
    FIELD(struct scope, as_of, DATE, .optional = true),     \
        FIELD(struct scope, from, MONTH, .optional = true), \
        FIELD(struct scope, to, MONTH, .optional = true), SCOPE_UNIT_FIELDS

/** Arguments of statements, all of which take them in this order. */
#define SCOPE_UNITS(scope)                                                                \
    (scope)->country, (scope)->channel, (scope)->lot, (scope)->sku, (scope)->serial_from, \
        (scope)->serial_to, (scope)->from, (scope)->to, (scope)->classes
#define SCOPE_ASKED(scope) SCOPE_UNITS(scope), (scope)->as_of, (scope)->tz, (scope)->clock

/** Whether ages count from the shipment. */
bool scope_by_shipment(const struct scope *scope);
/** Whether a range of serials is asked for. */
bool scope_has_serials(const struct scope *scope);

struct analysis;

/**
 * Write the members of an answer; those of ANALYSIS_MEMBERS are written already or come by
 * themselves. Returns NULL, or why what was asked makes no sense; then it is a 422 with that.
 */
typedef const char *analysis_fn(struct analysis *analysis);
/** Ask another statement, whose rows go to `done`. */
typedef void analysis_ask_fn(struct request *req, const struct analysis *analysis, rows_fn *done);

/** A calculation under way. */
struct analysis {
    struct arena *arena;
    void *asked;          /* the handler's query */
    const PGresult *rows; /* of its statement */
    struct text *out;     /* where members of the answer are written */
    double level;         /* of intervals */
    struct text warnings; /* written by analysis_warn() */
    /* Set by a calculation that needs more rows: they are asked for by `ask`, and `then` goes on
       with them. */
    analysis_ask_fn *ask;
    analysis_fn *then;
};

/** Answer with what `calculate` makes of the rows and of `req->state`, the query read. */
void analysis_answer(struct request *req, const PGresult *rows, analysis_fn *calculate);

/** Ask for the cohorts of the line in the path, within `scope`. */
void analysis_cohorts(struct request *req, const struct scope *scope, rows_fn *done);

/** Something the reader has to know; `detail` is a sentence. */
void analysis_warn(struct analysis *analysis, const char *code, const char *detail);

/** Warn of each currency in the column `currency` of rows that is not the one asked for. */
void analysis_warn_currencies(struct analysis *analysis, const PGresult *rows);

/** Write `x`, `n`, `rate`, `interval` (Wilson's) and, where there is no rate, the reason. */
void analysis_rate(struct analysis *analysis, double x, double n);
/** The same where `n` of 0 has another reason than that nothing was shipped. */
void analysis_rate_or(struct analysis *analysis, double x, double n, const char *without);

/** How far data are aged. Ages are days. */
struct maturity {
    int age;                 /* asked for */
    double shipped, matured; /* units, and those of months (or days) that are so old */
    size_t months;           /* that are so old */
    int oldest_age;          /* that is over for any; 0: none */
};
/** Write `maturity`. */
void analysis_maturity(struct analysis *analysis, const struct maturity *maturity);
/** Warn of days that are left out, since more came back than was shipped. */
void analysis_warn_unsound_days(struct analysis *analysis, double unsound, double days);
/** Warn if no month is old enough. */
void analysis_warn_immature(struct analysis *analysis, const struct maturity *maturity);
/**
 * The rate of the months that are `periods` old, with analysis_rate(), and how far the data are
 * aged; warns of months that make no sense.
 */
void analysis_cohort_rate(struct analysis *analysis, const struct cohorts *cohorts, size_t periods);

#define INTERVAL_SCHEMA                                                                        \
    "{\"type\":[\"object\",\"null\"],\"required\":[\"low\",\"high\",\"level\",\"method\"],"    \
    "\"properties\":{\"low\":{\"type\":[\"number\",\"null\"]},\"high\":{\"type\":[\"number\"," \
    "\"null\"]},\"level\":{\"type\":\"number\"},\"method\":{\"type\":\"string\"}}}"
#define INTEGER_MEMBER(name)                 \
    {                                        \
        name, "{\"type\":\"integer\"}", true \
    }
#define INTERVAL_MEMBER(name)       \
    {                               \
        name, INTERVAL_SCHEMA, true \
    }
/** What analysis_rate() writes. */
#define RATE_MEMBERS                                                                            \
    NUMBER_MEMBER("x"), NUMBER_MEMBER("n"), NUMBER_MEMBER("rate"), INTERVAL_MEMBER("interval"), \
        WORD_MEMBER("reason")
/** What analysis_maturity() writes; null where ages play no part. */
#define MATURITY_MEMBER                                                                                 \
    {                                                                                                   \
        "maturity",                                                                                     \
            "{\"type\":[\"object\",\"null\"],\"required\":[\"age\",\"shipped\",\"matured\",\"months\"," \
            "\"oldest_age\"],\"properties\":{\"age\":{\"type\":\"integer\"},\"shipped\":"               \
            "{\"type\":\"number\"},\"matured\":{\"type\":\"number\"},\"months\":{\"type\":"             \
            "\"integer\"},\"oldest_age\":{\"type\":[\"integer\",\"null\"]}}}",                          \
            true                                                                                        \
    }
/** What is wrong with an age that periods_of_age() refuses. */
#define AGE_FAULT "age must be the end of a period of age: 30, 60, 90 ... 330, 365, 395 ..."
/** What every answer has. */
#define ANALYSIS_MEMBERS                                                                 \
    INTEGER_MEMBER("data_version"), INTEGER_MEMBER("settings_version"),                  \
        {"as_of", "{\"type\":\"string\",\"format\":\"date\"}", true},                    \
        {"clock", "{\"enum\":[\"ship\",\"delivery\",\"in_service\"]}", true},            \
        {"clock_quality", "{\"enum\":[\"known\",\"assumed\"]}", true},                   \
        TABLE_MEMBER("warnings", "\"code\",\"detail\"",                                  \
                     "\"code\":{\"type\":\"string\"},\"detail\":{\"type\":\"string\"}"), \
        WORD_MEMBER("method")

#endif
