/* Return rates: counts from the database, statistics from stat/. */
#include "base/clock.h"
#include "base/text.h"
#include "http/etag.h"
#include "http/params.h"
#include "http/reply.h"
#include "http/rowjson.h"
#include "queries.h"
#include "routes.h"
#include "stat/interval.h"
#include "stat/profit.h"

#include <stdlib.h>
#include <string.h>

struct period {
    const char *from, *to;
};

FIELDS(line_rate_list_query, struct period, FIELD(struct period, from, MONTH, .optional = true),
       FIELD(struct period, to, MONTH, .optional = true));

#define RATE_MEMBERS                                                                                \
    {"rate", "{\"type\":[\"number\",\"null\"],\"minimum\":0,\"maximum\":1}", false},                \
    {                                                                                               \
        "interval",                                                                                 \
            "{\"type\":[\"object\",\"null\"],\"required\":[\"low\",\"high\",\"level\",\"method\"]," \
            "\"properties\":{\"low\":{\"type\":\"number\"},\"high\":{\"type\":\"number\"},"         \
            "\"level\":{\"type\":\"number\"},\"method\":{\"type\":\"string\"}}}",                   \
            false                                                                                   \
    }
#define REASON_MEMBER                                                                  \
    {                                                                                  \
        "reason",                                                                      \
            "{\"enum\":[null,\"no_sales\",\"returns_exceed_sales\",\"too_few_units\"," \
            "\"no_costs\"]}",                                                          \
            false                                                                      \
    }
#define PERIOD_MEMBERS                                                          \
    {"basis", "{\"const\":\"same_period\"}", true},                             \
        {"from", "{\"type\":[\"string\",\"null\"],\"format\":\"date\"}", true}, \
        {"to", "{\"type\":[\"string\",\"null\"],\"format\":\"date\"}", true},   \
    {                                                                           \
        "as_of", "{\"type\":\"string\",\"format\":\"date-time\"}", true         \
    }

static const struct computed line_rate_members[] = {
    RATE_MEMBERS,
    {"break_even", "{\"type\":[\"number\",\"null\"],\"minimum\":0,\"maximum\":1}", false},
    {"flag",       "{\"enum\":[\"green\",\"amber\",\"red\",\"insufficient\"]}",    false},
    REASON_MEMBER,
    PERIOD_MEMBERS,
};
const struct computed_table line_rate_list_computed = {
    line_rate_members, sizeof line_rate_members / sizeof *line_rate_members};

static rows_fn line_rates_found;

static int64_t number(const PGresult *rows, int row, const char *column)
{
    return strtoll(PQgetvalue(rows, row, PQfnumber(rows, column)), NULL, 10);
}

/* A rate with its interval, or the reason why there is none. */
static const char *add_rate(struct text *text, const PGresult *rows, int row,
                            struct interval *interval)
{
    int64_t sold = number(rows, row, "sold"), returned = number(rows, row, "returned");

    if (!interval_wilson(returned, sold, Z_95, interval)) {
        text_puts(text, ",\"rate\":null,\"interval\":null");
        return sold > 0 ? "returns_exceed_sales" : "no_sales";
    }
    text_printf(text,
                ",\"rate\":%.17g,\"interval\":{\"low\":%.17g,\"high\":%.17g,"
                "\"level\":0.95,\"method\":\"wilson\"}",
                (double)returned / (double)sold, interval->low, interval->high);
    return NULL;
}

static void add_reason(struct text *text, const char *reason)
{
    text_puts(text, ",\"reason\":");
    text_json(text, reason);
    text_putc(text, '}');
}

static void add_period(struct text *text, const char *from, const char *to)
{
    char stamp[25];

    clock_stamp(stamp);
    text_puts(text, "],\"basis\":\"same_period\",\"from\":");
    text_json(text, from);
    text_puts(text, ",\"to\":");
    text_json(text, to);
    text_printf(text, ",\"as_of\":\"%s\"}", stamp);
}

static double break_even_of(const PGresult *rows, int row)
{
    const struct unit_cost cost = {
        .price = number(rows, row, "cost.price_minor"),
        .cogs = number(rows, row, "cost.cogs_minor"),
        .outbound = number(rows, row, "cost.outbound_minor"),
        .fees = number(rows, row, "cost.fees_minor"),
        .inbound = number(rows, row, "cost.inbound_minor"),
        .inspect = number(rows, row, "cost.inspect_minor"),
        .repair = number(rows, row, "cost.repair_minor"),
        .recovery = number(rows, row, "cost.recovery_minor"),
    };

    return profit_break_even(&cost);
}

/* The verdict on a line, and why there is none. */
static void add_verdict(struct text *text, const PGresult *rows, int row, const char *reason,
                        struct interval interval)
{
    static const char *const names[] = {"insufficient", "green", "amber", "red"};
    bool costed = !PQgetisnull(rows, row, PQfnumber(rows, "cost.price_minor"));
    double break_even = costed ? break_even_of(rows, row) : 0;
    enum profit_flag flag = FLAG_INSUFFICIENT;

    if (costed && !reason)
        flag = profit_flag(number(rows, row, "returned"), number(rows, row, "sold"), interval,
                           break_even);
    if (costed)
        text_printf(text, ",\"break_even\":%.17g", break_even);
    else
        text_puts(text, ",\"break_even\":null");
    text_printf(text, ",\"flag\":\"%s\"", names[flag]);
    if (!reason && flag == FLAG_INSUFFICIENT)
        reason = costed ? "too_few_units" : "no_costs";
    add_reason(text, reason);
}

/** GET /api/v1/analytics/lines: the rate of every line, and which ones lose money. */
void line_rate_list(struct request *req)
{
    struct period *period = REQ_STATE(req, struct period);

    if (!QUERY_READ(req, period))
        return;
    q_line_rate_list(req, line_rates_found, period->from, period->to);
}

static void line_rates_found(struct request *req, const PGresult *rows)
{
    const struct period *period = req->state;
    struct text text = text_new(&req->arena);

    text_puts(&text, "{\"items\":[");
    for (int row = 0; row < PQntuples(rows); row++) {
        struct interval interval = {0, 1};
        const char *reason;

        text_puts(&text, row ? "," : "");
        rowjson_open_object(&text, rows, row);
        reason = add_rate(&text, rows, row, &interval);
        add_verdict(&text, rows, row, reason, interval);
    }
    req->reply.etag = etag_of_bytes(&req->arena, text.bytes, text.len);
    add_period(&text, period->from, period->to);
    reply_json(req, 200, text.bytes, text.len);
}
