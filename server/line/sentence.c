/* Findings in words, each with the numbers it stands on. */
#include "line/finding.h"
#include "line/say.h"

#include <math.h>
#include <string.h>

/* A sentence under way, and what it is about. */
struct story {
    struct text text;
    const struct assessment *it;
    const struct finding *finding;
    const struct flag_settings *settings;
};

static void say(struct story *story, const char *words)
{
    text_puts(&story->text, words);
}

static void count(struct story *story, double number)
{
    say_count(&story->text, number);
}

static void number(struct story *story, double value)
{
    say_number(&story->text, value);
}

static void share(struct story *story, double value)
{
    say_share(&story->text, value);
}

static void chance(struct story *story, double value)
{
    say_chance(&story->text, value);
}

static void money(struct story *story, double minor)
{
    say_money(&story->text, minor, story->it->money.cost->currency);
}

/* "104 of 1,360 units (7.6 %, likely 6.3 % to 9.1 %)" */
static void tell_rate(struct story *story)
{
    const struct assessment *it = story->it;

    count(story, it->nowcast.reported);
    say(story, " of ");
    count(story, it->nowcast.full);
    say(story, " units that count in full came back at a loss (");
    share(story, it->believed.rate);
    say(story, ", likely ");
    share(story, it->believed.interval.low);
    say(story, " to ");
    share(story, it->believed.interval.high);
    say(story, "). ");
}

static void tell_break_even(struct story *story)
{
    const struct assessment *it = story->it;

    if (it->money.unit.margin <= it->money.unit.claims_cost) {
        say(story, "A unit loses money even if it is never returned: its margin is ");
        money(story, it->money.unit.margin - it->money.unit.claims_cost);
        say(story, ".");
        return;
    }
    say(story, "Break-even is at ");
    share(story, it->money.break_even);
    say(story, "; the chance that the true rate lies above it is ");
    chance(story, it->money.p_loss);
    say(story, ".");
}

static void tell_burden(struct story *story)
{
    const struct money *figures = &story->it->money;

    if (figures->erosion > 0) {
        say(story, " Returns cost ");
        share(story, figures->erosion);
        say(story, " of the margin.");
    }
    if (figures->booked < 0) {
        say(story, " Months that are old enough have lost ");
        money(story, -figures->booked);
        say(story, ".");
    }
    if (figures->units > 0) {
        say(story, " Each further percentage point costs ");
        money(story, figures->money_per_point);
        say(story, " a quarter.");
    }
}

static void say_rate(struct story *story)
{
    tell_rate(story);
    tell_break_even(story);
    tell_burden(story);
}

static void say_rising(struct story *story)
{
    const struct trend *trend = &story->it->trend;

    count(story, trend->observed);
    say(story, " returns in ");
    if (trend->window.end - trend->window.first > 1) {
        say_month(&story->text, trend->window.first);
        say(story, " to ");
    }
    say_month(&story->text, trend->window.end - 1);
    say(story, " where the ages of the units let expect ");
    number(story, trend->expected);
    say(story, ": ");
    text_printf(&story->text, "%.2f", trend->ratio);
    say(story, " times as many (likely ");
    text_printf(&story->text, "%.2f to %.2f", trend->interval.low, trend->interval.high);
    say(story, "), ");
    number(story, trend->observed - trend->expected);
    say(story, " too many.");
    if (trend->why) {
        say(story, " ");
        say(story, trend->why);
    }
}

static void say_batch(struct story *story)
{
    const struct batch *batch = story->finding->batch;

    say(story, "Lot ");
    say(story, batch->lot);
    say(story, ": ");
    count(story, batch->observed);
    say(story, " faults among ");
    count(story, batch->shipped);
    say(story, " units where the rest of the line lets expect ");
    number(story, batch->expected);
    say(story, ", ");
    text_printf(&story->text, "%.1f", batch->observed / batch->expected);
    say(story, " times as many. ");
    if (batch->p < 0.0001)
        say(story, "Fewer than one good lot in 10,000 would ever look so bad.");
    else {
        say(story, "Of good lots one in ");
        count(story, 1 / batch->p);
        say(story, " would ever look so bad.");
    }
}

static void say_fee(struct story *story)
{
    const struct assessment *it = story->it;

    say(story, "Of ");
    count(story, it->fee.shipped);
    say(story, " units shipped in ");
    say_month(&story->text, it->fee.month);
    say(story, " through the marketplace ");
    count(story, it->fee.returned);
    say(story, " came back within its three months (");
    share(story, it->fee.verdict.rate);
    say(story, "). It charges from ");
    share(story, it->line->fee.threshold);
    say(story, " on for ");
    say(story, it->line->fee_category);
    say(story, "; the chance that the rate lies above is ");
    chance(story, it->fee.verdict.p_above);
    say(story, ". Units charged: ");
    count(story, it->fee.verdict.fee_units);
    say(story, ".");
}

static void say_danger(struct story *story)
{
    double months = story->settings->danger_months;

    count(story, story->it->danger);
    say(story,
        story->it->danger == 1 ? " fault whose reason speaks" : " faults whose reasons speak");
    say(story, " of a danger (fire, smoke, CO, shock, burn) came back ");
    if (months > 1) {
        say(story, "within ");
        count(story, months);
        say(story, " months.");
    } else {
        say(story, "this month.");
    }
}

/* What it was, since when, and what that did to break-even. */
static void tell_before(struct story *story, double amount)
{
    const struct money *figures = &story->it->money;

    money(story, amount);
    say(story, " from ");
    say(story, figures->cost_before->valid_from);
    say(story, " on. Break-even is at ");
    share(story, figures->break_even);
    say(story, ", it was at ");
    share(story, unit_break_even(unit_profit_of(figures->cost_before)));
    say(story, ".");
}

static void say_cost(struct story *story)
{
    const struct money *figures = &story->it->money;

    say(story, "A unit costs ");
    money(story, unit_cost_sold(figures->cost));
    say(story, " to sell, ");
    share(story, money_cost_rise(figures));
    say(story, " more than before: ");
    tell_before(story, unit_cost_sold(figures->cost_before));
}

static void say_price(struct story *story)
{
    const struct money *figures = &story->it->money;

    say(story, "The price is ");
    money(story, figures->cost->price);
    say(story, ", ");
    share(story, money_price_fall(figures));
    say(story, " less than before: ");
    tell_before(story, figures->cost_before->price);
}

static void say_gap(struct story *story)
{
    const struct assessment *it = story->it;
    const char *gap = assessment_gap(it, story->settings);

    if (gap && !strcmp(gap, "uncovered_returns")) {
        share(story, it->uncovered_share);
        say(story, " of the returns (");
        count(story, it->uncovered);
        say(story, ") belong to no known shipment: with more than ");
        share(story, story->settings->uncovered_max);
        say(story, " there is no verdict.");
    } else if (gap && !strcmp(gap, "returns_exceed_shipments")) {
        say(story, "More came back than was shipped: shipments are missing.");
    } else {
        count(story, it->shipped);
        say(story,
            " units are shipped, but no costs are entered: without them there is no verdict.");
    }
}

static void say_immature(struct story *story)
{
    say(story, "Of ");
    count(story, story->it->shipped);
    say(story, " units shipped ");
    number(story, story->it->nowcast.full);
    say(story, " count in full by their age; a verdict takes ");
    count(story, story->settings->units_min);
    say(story, ".");
}

const char *finding_sentence(const struct finding *finding, const struct assessment *assessment,
                             const struct flag_settings *settings, struct arena *arena)
{
    static void (*const tell[NFLAG_CODES])(struct story *) = {
        [FLAG_SAFETY] = say_danger,       [FLAG_RATE_ABOVE_BREAKEVEN] = say_rate,
        [FLAG_BATCH_CLUSTER] = say_batch, [FLAG_RISING] = say_rising,
        [FLAG_FEE_THRESHOLD] = say_fee,   [FLAG_COST_UP] = say_cost,
        [FLAG_PRICE_DOWN] = say_price,    [FLAG_DATA_GAP] = say_gap,
        [FLAG_IMMATURE] = say_immature,
    };
    struct story story = {text_new(arena), assessment, finding, settings};

    text_puts(&story.text, assessment->line->name);
    text_puts(&story.text, ": ");
    tell[finding->code](&story);
    return story.text.bytes;
}
