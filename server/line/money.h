#ifndef LINE_MONEY_H
#define LINE_MONEY_H

#include "line/history.h"
#include "line/lend.h"
#include "line/nowcast.h"

/** Months of shipment whose units tell how many the next quarter will ship. */
#define QUARTER_MONTHS 3

/**
 * What returns do to the profit of a line, by the costs of a day and what is believed of its
 * rate of returns that cost money. All money in minor units of `currency`.
 */
struct money {
    const struct unit_cost *cost;        /* NULL: none entered, and nothing below is known */
    const struct unit_cost *cost_before; /* in force a year before, or the first ever */
    struct unit_profit unit;
    double break_even;
    bool believed;  /* something is known of the rate: else what follows is NAN */
    bool uncertain; /* costs have a low and a high: then the chance has an error */
    double p_loss, p_error, shortfall, profit;
    double units; /* of the next quarter */
    double expected_returns, bad_returns, at_risk, money_per_point;
    double erosion; /* share of the margin that returns cost by the age of the rates */
    double booked;  /* earned or lost on months that are old enough, at the costs of their time */
    size_t booked_months;
};

/** `drawn`: average over uncertain costs, which takes some milliseconds. */
struct money_question {
    const struct beta_prior *rate; /* NULL: nothing is known */
    double rate_by_age;            /* NAN: not known */
    double units;                  /* of the next quarter; NAN: as many as in the last */
    int first, end;                /* months of shipment that are booked */
    size_t periods;                /* of age at which they are */
    bool drawn;
};
void money_make(struct money *money, const struct line_history *line,
                struct money_question question, struct moment now, struct arena *arena);

/** Whether costs and price of a year ago can be compared with those of today. */
bool money_compares(const struct money *money);
/** By what share a unit costs more to sell than a year ago, and the price is lower; 0 if unknown.
 */
double money_cost_rise(const struct money *money);
double money_price_fall(const struct money *money);

#endif
