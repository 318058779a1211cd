/* Lines judged by histories whose truth is known. */
#include "unit.h"

#include "line/finding.h"
#include "stat/near.h"
#include "synthetic.h"

static const struct synthetic_plan calm = {.months = 30,
                                           .volume = 400,
                                           .faults = .03,
                                           .remorse = .5,
                                           .lots = 2,
                                           .bad_month = -1,
                                           .cost = &synthetic_cost};

static struct arena arena;
static struct flag_settings settings;
static struct assess_plan plan;

static int begin(void **state)
{
    (void)state;
    settings = flag_settings_default();
    plan = (struct assess_plan){.settings = &settings, .periods = 3, .level = .95};
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_clear(&arena);
    return 0;
}

static struct assessment *judge(const struct line_histories *lines, struct moment now)
{
    struct assessment *all = arena_alloc(&arena, lines->n * sizeof *all);

    assess(all, lines, now, &plan, &arena);
    return all;
}

/* All that the parameters say must come out within what chance allows. */
static void a_calm_line_is_estimated_as_it_is(void **state)
{
    struct line_histories lines = synthetic_lines(&arena, 1, &calm, 1);
    const struct assessment *it = judge(&lines, lines.now);
    struct finding *findings;

    (void)state;
    assert_true(it->shipped >= 30 * 400 - 30 && it->shipped <= 30 * 400 + 30);
    /* By the periods of three months: lags 0 to 2, half of those of lag 3. */
    assert_within(it->quality.count.x / it->quality.count.n, .03 * (.22 + .28 + .16 + .05), .004);
    /* By a year all has come back: 4.5 % less what both kinds take from each other. */
    assert_within(it->nowcast.ultimate / it->nowcast.shipped, .0448, .006);
    assert_true(it->nowcast.full > .8 * it->nowcast.shipped &&
                it->nowcast.full < it->nowcast.shipped);
    assert_true(it->believed.interval.low < .045 && it->believed.interval.high > .045);
    assert_within(it->trend.ratio, 1, .6);
    assert_int_equal(findings_make(&findings, it, &settings, &arena), 0);
    assert_int_equal(findings_status(findings, 0, assessment_gap(it, &settings)), LEVEL_NONE);
}

static void the_bad_lot_is_named_and_no_other(void **state)
{
    struct synthetic_plan bad = calm;
    struct line_histories lines;
    const struct assessment *it;

    (void)state;
    bad.bad_month = 24;
    bad.factor = 4;
    lines = synthetic_lines(&arena, 3, &bad, 2);
    it = judge(&lines, lines.now);
    assert_int_equal(it[0].nbatches, 1);
    assert_string_equal(it[0].batches[0].lot, "24A");
    assert_true(it[0].batches[0].signal);
    assert_true(it[0].batches[0].observed > 2 * it[0].batches[0].expected);
    assert_within(batch_boundary(&it[0].batches[0], &settings), 6, 1.5);
    assert_true(it[0].batches[0].llr > batch_boundary(&it[0].batches[0], &settings));
    assert_int_equal(it[1].nbatches + it[2].nbatches, 0);
}

/* What is known at the end of a month is the same whether more is known by now or not. */
static void the_past_is_judged_as_it_was_known_then(void **state)
{
    struct synthetic_plan bad = calm;
    struct line_histories whole, then;
    const struct assessment *late, *early;

    (void)state;
    bad.bad_month = 20;
    bad.factor = 3;
    whole = synthetic_lines(&arena, 1, &bad, 3);
    then = synthetic_lines(&arena, 1, &bad, 3);
    /* Forget all that happened after month 23. */
    then.at->shipped.n = then.at->lots_begun.n = 24;
    then.at->nlots = 24 * 2;
    for (size_t row = 0; row < then.at->lags.rows; row++)
        for (size_t j = 24; j < then.at->lags.columns; j++) {
            then.at->lags.counted[row * then.at->lags.columns + j] = 0;
            then.at->lags.suspect[row * then.at->lags.columns + j] = 0;
            then.at->lags.leavers[row * then.at->lags.columns + j] = 0;
        }
    late = judge(&whole, moment_after(whole.since + 23));
    early = judge(&then, moment_after(then.since + 23));
    assert_true(late->shipped == early->shipped);
    assert_true(late->quality.count.x == early->quality.count.x);
    assert_true(late->believed.posterior.a == early->believed.posterior.a);
    assert_true(late->trend.expected == early->trend.expected);
    assert_true(late->trend.p == early->trend.p);
    assert_int_equal(late->nbatches, early->nbatches);
    assert_true(late->money.p_loss == early->money.p_loss);
    assert_true(late->money.booked == early->money.booked);
}

/* A rise of one line among six: its adjusted p is six times the plain one at most. */
static void a_rise_is_found_among_many_lines(void **state)
{
    struct line_histories lines = synthetic_lines(&arena, 6, &calm, 4);
    struct line_history *line = &lines.at[2];
    size_t last = line->lags.columns - 2; /* the last that is over: the one after is under way */
    const struct assessment *it;
    struct finding *findings;

    (void)state;
    for (size_t row = 0; row < line->lags.rows; row++) {
        line->lags.counted[row * line->lags.columns + last] *= 3;
        line->lags.leavers[row * line->lags.columns + last] *= 3;
    }
    it = judge(&lines, lines.now);
    assert_within(it[2].trend.ratio, 3, 1);
    assert_true(it[2].trend.q <= 6 * it[2].trend.p + 1e-12 && it[2].trend.q < .001);
    assert_int_equal(findings_make(&findings, &it[2], &settings, &arena), 1);
    assert_int_equal(findings[0].code, FLAG_RISING);
    assert_int_equal(findings[0].enter, LEVEL_WATCH);
    for (size_t i = 0; i < 6; i++)
        assert_true(i == 2 || it[i].trend.q > .1);
}

static void without_costs_or_ages_there_is_no_verdict_but_alarms_stand(void **state)
{
    struct synthetic_plan poor = calm;
    struct line_histories lines;
    struct finding *findings;
    const struct assessment *it;
    size_t n;

    (void)state;
    poor.cost = NULL;
    poor.bad_month = 25;
    poor.factor = 5;
    lines = synthetic_lines(&arena, 1, &poor, 5);
    it = judge(&lines, lines.now);
    n = findings_make(&findings, it, &settings, &arena);
    assert_string_equal(assessment_gap(it, &settings), "no_costs");
    assert_int_equal(n, 2);
    assert_int_equal(findings[0].code, FLAG_BATCH_CLUSTER);
    assert_int_equal(findings[1].code, FLAG_DATA_GAP);
    assert_int_equal(findings_status(findings, n, "no_costs"), LEVEL_WATCH);
    it = judge(&lines, moment_after(lines.since));
    assert_string_equal(assessment_gap(it, &settings), "no_costs");
    lines.at->costs = (struct unit_costs){&synthetic_cost, 1};
    it = judge(&lines, moment_after(lines.since));
    assert_string_equal(assessment_gap(it, &settings), "immature");
    assert_int_equal(findings_status(findings, 0, "immature"), LEVEL_NO_VERDICT);
}

static void a_young_line_leans_on_its_family(void **state)
{
    struct line_histories lines = synthetic_lines(&arena, 4, &calm, 6);
    struct line_history *young = &lines.at[3];
    const struct assessment *it;

    (void)state;
    /* Nothing of it was shipped before its last two months. */
    for (int month = 0; month < 28; month++) {
        young->shipped.at[month] = young->lags.shipped[month] = 0;
        for (size_t j = 0; j < young->lags.columns; j++)
            young->lags.counted[(size_t)month * young->lags.columns + j] =
                young->lags.leavers[(size_t)month * young->lags.columns + j] = 0;
    }
    it = judge(&lines, lines.now);
    assert_true(it[3].trend.borrowed && !it[0].trend.borrowed);
    assert_within(it[3].trend.ratio, 1, .6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_calm_line_is_estimated_as_it_is, begin, end),
        cmocka_unit_test_setup_teardown(the_bad_lot_is_named_and_no_other, begin, end),
        cmocka_unit_test_setup_teardown(the_past_is_judged_as_it_was_known_then, begin, end),
        cmocka_unit_test_setup_teardown(a_rise_is_found_among_many_lines, begin, end),
        cmocka_unit_test_setup_teardown(without_costs_or_ages_there_is_no_verdict_but_alarms_stand,
                                        begin, end),
        cmocka_unit_test_setup_teardown(a_young_line_leans_on_its_family, begin, end),
    };

    RUN(tests);
}
