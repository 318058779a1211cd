/* What young months come to, what lines lend each other, and what it is in money. */
#include "unit.h"

#include "line/lend.h"
#include "line/money.h"
#include "line/nowcast.h"
#include "stat/families.h"
#include "stat/near.h"

#include <string.h>

static struct arena arena;

static int end(void **state)
{
    (void)state;
    arena_clear(&arena);
    return 0;
}

/* Four months of warranty returns (Minitab's example of its format A), shipped from January on. */
static const double shipped[] = {10000, 15000, 23000, 32000};
static const double returned[] = {50, 60, 100, 300, 78, 130, 200, 0, 275, 600, 0, 0, 400, 0, 0, 0};

static struct line_history history_of(const double *units, const double *events, size_t months,
                                      size_t ages)
{
    struct line_history line = {
        .shipped = {month_read("2026-01-01"), months, NULL},
          .periods = NOWCAST_PERIODS
    };

    line.shipped.at = arena_alloc(&arena, months * sizeof *units);
    memcpy(line.shipped.at, units, months * sizeof *units);
    for (size_t i = 0; i < NTALLIES; i++) {
        line.ages[i] = arena_alloc(&arena, months * line.periods * sizeof *events);
        for (size_t row = 0; i != TALLY_RECOVERED && row < months; row++)
            memcpy(line.ages[i] + row * line.periods, events + row * ages, ages * sizeof *events);
    }
    return line;
}

/*
 * At the end of May four, three, two and one periods are over. Factors 2.96029777, 1.94339623
 * and 2.42857143 are printed; the rest was calculated from them by hand: the oldest month is
 * complete, the second by Bornhuetter and Ferguson (G = 0.4118), the others by the rate alone.
 */
static void each_month_is_estimated_by_the_rule_for_its_age(void **state)
{
    struct line_history line = history_of(shipped, returned, 4, 4);
    struct nowcast nowcast;

    (void)state;
    nowcast_make(&nowcast, &line, 0, month_read("2027-01-01"), moment_on("2026-05-31", false),
                 &arena);
    assert_true(nowcast.known && nowcast.periods == 4);
    assert_int_equal(nowcast.development, DEVELOPMENT_CHAIN_LADDER);
    assert_true(nowcast.shipped == 80000 && nowcast.reported == 510 + 408 + 875 + 400);
    assert_near(nowcast.full, 23340.03847879047, 1e-9);
    assert_near(nowcast.rate, 0.09395871399238781, 1e-9);
    assert_near(nowcast.ultimate, 6914.776745984751, 1e-9);
}

/* Two ages are too few for the chain ladder: the curve of both months together is taken. */
static void a_short_past_is_read_from_the_curve(void **state)
{
    static const double units[] = {100, 200}, events[] = {10, 9, 20, 0};
    struct line_history line = history_of(units, events, 2, 2);
    struct nowcast nowcast;

    (void)state;
    nowcast_make(&nowcast, &line, 0, month_read("2027-01-01"), moment_on("2026-04-01", false),
                 &arena);
    /* Of 300 a tenth by 30 days, of January's 90 another tenth: 0.1 of 0.19. */
    assert_int_equal(nowcast.development, DEVELOPMENT_AGE_CURVE);
    assert_near(nowcast.full, 100 + 200 * .1 / .19, 1e-9);
    assert_true(nowcast.reported == 39);
}

static void what_was_got_back_is_no_loss_and_never_less_than_nothing(void **state)
{
    struct line_history line = history_of(shipped, returned, 4, 4);
    struct nowcast nowcast;

    (void)state;
    line.ages[TALLY_RECOVERED][1] = 500;
    line.ages[TALLY_RECOVERED][line.periods] = 1000;
    nowcast_make(&nowcast, &line, 0, month_read("2027-01-01"), moment_on("2026-05-31", false),
                 &arena);
    assert_true(nowcast.reported == 10 + 0 + 875 + 400 && nowcast.recovered_too_many);
}

static void nothing_is_told_before_a_month_is_old_enough(void **state)
{
    struct line_history line = history_of(shipped, returned, 4, 4);
    struct nowcast nowcast;

    (void)state;
    nowcast_make(&nowcast, &line, 0, month_read("2027-01-01"), moment_on("2026-03-01", false),
                 &arena);
    assert_false(nowcast.known);
    assert_false(nowcast_count(&nowcast).known);
}

static struct line_histories lines_of(size_t n, const char *family)
{
    struct line_histories lines = {.at = arena_alloc(&arena, n * sizeof *lines.at), .n = n};

    for (size_t i = 0; i < n; i++)
        lines.at[i].family = family;
    return lines;
}

static struct lent *lend_all(struct line_histories *lines, const double *x, const double *n)
{
    struct line_count *counts = arena_alloc(&arena, lines->n * sizeof *counts);
    struct lent *lent = arena_alloc(&arena, lines->n * sizeof *lent);

    for (size_t i = 0; i < lines->n; i++)
        counts[i] = (struct line_count){x[i], n[i], n[i] > 0};
    lend(lines, counts, .95, &arena, lent);
    return lent;
}

/* Efron and Morris's batters: Tarone's Z is 0.1732, so all have the grand mean .26543210. */
static void lines_that_do_not_differ_have_one_rate(void **state)
{
    struct line_histories lines = lines_of(18, "batters");
    struct lent *lent = lend_all(&lines, batters().x, batters().n);

    (void)state;
    for (size_t i = 0; i < 18; i++) {
        assert_int_equal(lent[i].how, LENT_POOL);
        assert_near(lent[i].rate, .26543210, 1e-7);
    }
}

static void lines_that_differ_share_a_prior_but_not_with_other_families(void **state)
{
    static const double x[] = {40, 8, 60, 21, 12, 1, 90}, n[] = {1000, 100, 900, 800, 300, 10, 100};
    struct line_histories lines = lines_of(7, "saws");
    struct lent *lent;

    (void)state;
    lines.at[6].family = "axes";
    lent = lend_all(&lines, x, n);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(lent[i].how, LENT_PRIOR);
        assert_int_equal(lent[i].lines, 6);
        /* Between its own rate and the family's, the nearer to its own the more units it has. */
        assert_near(lent[i].weight,
                    n[i] / (n[i] + lent[i].posterior.a + lent[i].posterior.b - n[i]), 1e-9);
    }
    assert_true(lent[5].rate < .1 && lent[5].rate > .02);
    assert_int_equal(lent[6].how, LENT_NOTHING);
    assert_true(lent[6].rate == .9);
}

static void a_few_lines_that_differ_keep_their_own_rates(void **state)
{
    static const double x[] = {200, 20, 0}, n[] = {1000, 1000, 0};
    struct line_histories lines = lines_of(3, "saws");
    struct lent *lent = lend_all(&lines, x, n);

    (void)state;
    assert_int_equal(lent[0].how, LENT_NOTHING);
    assert_true(lent[0].rate == .2 && lent[1].rate == .02);
    assert_true(lent[0].posterior.a == 200.5 && lent[0].posterior.b == 800.5);
    assert_int_equal(lent[2].lines, 0);
}

/* Prior Beta(8,152), 96 losses of 1200 units, break-even 0.085. */
static void the_worked_profit_case_comes_out_as_printed(void **state)
{
    static const struct unit_cost cost = {.valid_from = "2020-01-01",
                                          .currency = "EUR",
                                          .price = 18500,
                                          .cogs = 10000,
                                          .inbound = 81500};
    static const double units[] = {1000, 500}, events[] = {60, 15, 5, 10, 0, 0};
    const struct beta_prior rate = {104, 1256};
    struct line_history line = history_of(units, events, 2, 3);
    struct money_question question = {&rate, .08, NAN, 0, month_read("2027-01-01"), 3, true};
    struct money money;

    (void)state;
    line.costs = (struct unit_costs){&cost, 1};
    money_make(&money, &line, question, moment_on("2026-05-15", true), &arena);
    assert_within(money.break_even, .085, 1e-12);
    assert_within(money.p_loss, .120166422, 5e-10);
    assert_near(money.shortfall, 100000 * .000465051651, 1e-6);
    /* February to April are the last three complete months: 500 units. */
    assert_true(money.units == 500);
    assert_within(money.money_per_point, 500 * 1000., 1e-6);
    assert_near(money.expected_returns, 500 * .0764705882, 1e-9);
    assert_near(money.erosion, .08 * 100000 / 8500, 1e-12);
    /* January alone is 90 days old: 920 units earned their margin, 80 lost. */
    assert_true(money.booked == 920 * 8500. - 80 * 91500. && money.booked_months == 1);
}

static void uncertain_costs_make_the_chance_less_certain(void **state)
{
    struct unit_cost cost = {.valid_from = "2020-01-01",
                             .currency = "EUR",
                             .price = 18500,
                             .cogs = 10000,
                             .inbound = 81500,
                             .margin_is_uncertain = true,
                             .margin_low = 6000,
                             .margin_high = 11000};
    const struct beta_prior rate = {104, 1256};
    static const double units[] = {1000}, events[] = {60, 15, 5};
    struct line_history line = history_of(units, events, 1, 3);
    struct money_question question = {&rate, .08, NAN, 0, month_read("2027-01-01"), 3, true};
    struct money drawn, likely;

    (void)state;
    line.costs = (struct unit_costs){&cost, 1};
    money_make(&drawn, &line, question, moment_on("2026-05-15", true), &arena);
    question.drawn = false;
    money_make(&likely, &line, question, moment_on("2026-05-15", true), &arena);
    assert_true(drawn.uncertain && drawn.p_error > 0 && !likely.uncertain);
    assert_true(drawn.p_loss > likely.p_loss && drawn.p_loss < .5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(each_month_is_estimated_by_the_rule_for_its_age, end),
        cmocka_unit_test_teardown(a_short_past_is_read_from_the_curve, end),
        cmocka_unit_test_teardown(what_was_got_back_is_no_loss_and_never_less_than_nothing, end),
        cmocka_unit_test_teardown(nothing_is_told_before_a_month_is_old_enough, end),
        cmocka_unit_test_teardown(lines_that_do_not_differ_have_one_rate, end),
        cmocka_unit_test_teardown(lines_that_differ_share_a_prior_but_not_with_other_families, end),
        cmocka_unit_test_teardown(a_few_lines_that_differ_keep_their_own_rates, end),
        cmocka_unit_test_teardown(the_worked_profit_case_comes_out_as_printed, end),
        cmocka_unit_test_teardown(uncertain_costs_make_the_chance_less_certain, end),
    };

    RUN(tests);
}
