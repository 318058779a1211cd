/* What a unit of a line earns and costs, and what the line is compared with. */
#include "base/text.h"
#include "http/body.h"
#include "http/reply.h"
#include "queries.h"
#include "routes.h"

#include <math.h>

#define MONEY_MAX 1000000000000

struct cost_new {
    const char *valid_from, *currency;
    const char *price_minor, *cogs_minor, *outbound_minor, *fees_minor;
    const char *inbound_minor, *inspect_minor, *repair_minor, *recovery_minor;
    const char *advertising_minor, *fees_kept_minor, *disposal_minor, *claim_cost_minor;
    const char *margin_low_minor, *margin_high_minor, *loss_low_minor, *loss_high_minor;
    double claims_per_unit;
};

#define MONEY(member)    FIELD(struct cost_new, member, INTEGER, .max = MONEY_MAX)
#define MAY_COST(member) FIELD(struct cost_new, member, INTEGER, .max = MONEY_MAX, .optional = true)
#define MAY_BE(member) \
    FIELD(struct cost_new, member, INTEGER, .min = -MONEY_MAX, .max = MONEY_MAX, .optional = true)

FIELDS(line_cost_enter_body, struct cost_new, FIELD(struct cost_new, valid_from, DATE),
       FIELD(struct cost_new, currency, CURRENCY), MONEY(price_minor), MONEY(cogs_minor),
       MONEY(outbound_minor), MONEY(fees_minor), MONEY(inbound_minor), MONEY(inspect_minor),
       MONEY(repair_minor), MONEY(recovery_minor), MAY_COST(advertising_minor),
       MAY_COST(fees_kept_minor), MAY_COST(disposal_minor), MAY_COST(claim_cost_minor),
       MAY_BE(margin_low_minor), MAY_BE(margin_high_minor), MAY_BE(loss_low_minor),
       MAY_BE(loss_high_minor),
       FIELD(struct cost_new, claims_per_unit, NUMBER, .max = 100, .optional = true));

struct line_setting {
    const char *family, *fee_category;
};

FIELDS(line_setting_enter_body, struct line_setting, FIELD(struct line_setting, family, CODE),
       FIELD(struct line_setting, fee_category, CODE, .optional = true));

/** GET /api/v1/product-lines/:id/costs: over time, the newest first. */
void line_cost_list(struct request *req)
{
    q_line_cost_list(req, reply_page, req->param[0], req->page.after[0], req->page.after[1],
                     req->page.limit);
}

static const char *figure(struct request *req, double number)
{
    struct text text = text_new(&req->arena);

    if (isnan(number))
        return NULL;
    text_number(&text, number);
    return text.bytes;
}

/** POST /api/v1/product-lines/:id/costs: from a day on. */
void line_cost_enter(struct request *req)
{
    struct cost_new in;

    if (!BODY_READ(req, &in))
        return;
    reply_location(req, req->path);
    q_line_cost_enter(req, reply_created, req->who.account, req->param[0], in.valid_from,
                      in.currency, in.price_minor, in.cogs_minor, in.outbound_minor, in.fees_minor,
                      in.inbound_minor, in.inspect_minor, in.repair_minor, in.recovery_minor,
                      in.advertising_minor, in.fees_kept_minor, in.disposal_minor,
                      figure(req, in.claims_per_unit), in.claim_cost_minor, in.margin_low_minor,
                      in.margin_high_minor, in.loss_low_minor, in.loss_high_minor);
}

/** POST /api/v1/product-lines/:id/settings: another family, another fee. */
void line_setting_enter(struct request *req)
{
    struct line_setting in;

    if (BODY_READ(req, &in))
        q_line_setting_enter(req, reply_row, req->param[0], in.family, in.fee_category);
}
