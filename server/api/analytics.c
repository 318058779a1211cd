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

#include <stdlib.h>
#include <string.h>

struct split {
    const char *by, *from, *to;
};

FIELDS(line_rate_split_query, struct split,
       FIELD(struct split, by, TEXT, .one_of = "country month channel product"),
       FIELD(struct split, from, MONTH, .optional = true),
       FIELD(struct split, to, MONTH, .optional = true));

#define RATE_MEMBERS                                                                                \
    {"rate", "{\"type\":[\"number\",\"null\"],\"minimum\":0,\"maximum\":1}", false},                \
    {                                                                                               \
        "interval",                                                                                 \
            "{\"type\":[\"object\",\"null\"],\"required\":[\"low\",\"high\",\"level\",\"method\"]," \
            "\"properties\":{\"low\":{\"type\":\"number\"},\"high\":{\"type\":\"number\"},"         \
            "\"level\":{\"type\":\"number\"},\"method\":{\"type\":\"string\"}}}",                   \
            false                                                                                   \
    }
#define REASON_MEMBER                                                              \
    {                                                                              \
        "reason", "{\"enum\":[null,\"no_sales\",\"returns_exceed_sales\"]}", false \
    }
#define PERIOD_MEMBERS                                                          \
    {"basis", "{\"const\":\"same_period\"}", true},                             \
        {"from", "{\"type\":[\"string\",\"null\"],\"format\":\"date\"}", true}, \
        {"to", "{\"type\":[\"string\",\"null\"],\"format\":\"date\"}", true},   \
    {                                                                           \
        "as_of", "{\"type\":\"string\",\"format\":\"date-time\"}", true         \
    }

static const struct computed split_members[] = {RATE_MEMBERS, REASON_MEMBER, PERIOD_MEMBERS};
const struct computed_table line_rate_split_computed = {split_members, sizeof split_members /
                                                                           sizeof *split_members};

static rows_fn split_found;

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

/** GET /api/v1/analytics/lines/:id/rate: one line, split. */
void line_rate_split(struct request *req)
{
    struct split *split = REQ_STATE(req, struct split);

    if (!QUERY_READ(req, split))
        return;
    q_line_rate_split(req, split_found, req->param[0], split->by, split->from, split->to);
}

static void split_found(struct request *req, const PGresult *rows)
{
    const struct split *split = req->state;
    struct text text = text_new(&req->arena);

    text_puts(&text, "{\"items\":[");
    for (int row = 0; row < PQntuples(rows); row++) {
        struct interval interval;

        text_puts(&text, row ? "," : "");
        rowjson_open_object(&text, rows, row);
        add_reason(&text, add_rate(&text, rows, row, &interval));
    }
    req->reply.etag = etag_of_bytes(&req->arena, text.bytes, text.len);
    add_period(&text, split->from, split->to);
    reply_json(req, 200, text.bytes, text.len);
}
