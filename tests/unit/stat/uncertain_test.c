/* Costs that are only known to lie between two numbers. */
#include "unit.h"

#include "stat/near.h"
#include "stat/uncertain.h"

#define CERTAIN(x) \
    {              \
        x, x, x    \
    }

/* Beta(8, 152) after 96 losses of 1200; break-even .085. R 4.2.2. */
static const struct beta_prior posterior = {104, 1256};

static double scratch[UNCERTAIN_DRAWS];

static void certain_costs_give_what_they_gave_without_draws(void **state)
{
    struct uncertain_unit unit = {CERTAIN(8500), CERTAIN(91500), CERTAIN(0)};
    struct uncertain_risk risk;

    (void)state;
    assert_true(uncertain_risk(posterior, &unit, 1, scratch, &risk));
    assert_near(risk.p_loss, 0.120166422, 1e-6);
    assert_near(risk.shortfall, 46.5051651, 1e-6);
    assert_near(risk.profit, 8500 - 104 / 1360.0 * 100000, 1e-9);
    assert_near(risk.profit_low, risk.profit, 1e-9);
    assert_near(risk.profit_high, risk.profit, 1e-9);
    assert_true(risk.p_error < 1e-8);
}

/* The expectation over a fine grid of the margin's quantiles. */
static void the_draws_average_to_the_expectation(void **state)
{
    struct uncertain_unit unit = {
        {7000, 8500, 9500},
        CERTAIN(91500), CERTAIN(0)
    };
    double p_loss = 0, shortfall = 0, profit = (7000 + 8500 + 9500) / 3.0, mean = 104 / 1360.0;
    struct uncertain_risk risk;

    (void)state;
    for (int i = 0; i < 2000; i++) {
        double u = (i + 0.5) / 2000;
        double margin = u < 0.6 ? 7000 + sqrt(u * 2500 * 1500) : 9500 - sqrt((1 - u) * 2500 * 1000);
        struct profit_risk at;

        assert_true(profit_risk(posterior, (struct unit_profit){margin, 91500, 0}, &at));
        p_loss += at.p_above / 2000;
        shortfall += at.shortfall / 2000;
    }
    assert_true(uncertain_risk(posterior, &unit, 1, scratch, &risk));
    assert_within(risk.p_loss, p_loss, 4 * risk.p_error);
    assert_true(risk.p_error > 0 && risk.p_error < 0.01);
    assert_near(risk.shortfall, shortfall, 0.05);
    assert_within(risk.profit, profit * (1 - mean) - 91500 * mean, 4 * 520 / sqrt(4000));
    assert_true(risk.profit_low < risk.profit && risk.profit < risk.profit_high);
}

static void the_same_seed_gives_the_same_answer(void **state)
{
    struct uncertain_unit unit = {
        {7000, 8500, 9500},
        {5e4,  9e4,  1e5 },
        {0,    10,   50  }
    };
    struct uncertain_risk one, same, other;

    (void)state;
    assert_true(uncertain_risk(posterior, &unit, 5, scratch, &one));
    assert_true(uncertain_risk(posterior, &unit, 5, scratch, &same));
    assert_true(uncertain_risk(posterior, &unit, 6, scratch, &other));
    assert_memory_equal(&one, &same, sizeof one);
    assert_true(one.p_loss != other.p_loss);
    assert_within(one.p_loss, other.p_loss, 5 * one.p_error);
}

static void uncertainty_moves_a_safe_line_towards_risk(void **state)
{
    struct uncertain_unit sure = {CERTAIN(12000), CERTAIN(91500), CERTAIN(0)};
    struct uncertain_unit unsure = {
        {6000, 12000, 18000},
        CERTAIN(91500), CERTAIN(0)
    };
    struct uncertain_risk one, other;

    (void)state;
    assert_true(uncertain_risk(posterior, &sure, 1, scratch, &one));
    assert_true(uncertain_risk(posterior, &unsure, 1, scratch, &other));
    assert_true(one.p_loss < 0.01 && other.p_loss > 0.02);
}

static void triangles_keep_within_their_corners_and_have_their_moments(void **state)
{
    static const struct spread spreads[] = {
        {0,  0, 1},
        {0,  1, 1},
        {-3, 1, 2},
        {4,  4, 4}
    };

    (void)state;
    for (size_t t = 0; t < COUNT(spreads); t++) {
        struct spread at = spreads[t];
        double a = at.low, c = at.likely, b = at.high, sum = 0, squares = 0, mean = (a + b + c) / 3;
        double variance = (a * a + b * b + c * c - a * b - a * c - b * c) / 18;
        struct pcg pcg;

        pcg_seed(&pcg, 3, t);
        for (int i = 0; i < 20000; i++) {
            double x = draw_triangular(&pcg, at);

            assert_true(a <= x && x <= b);
            sum += x - mean;
            squares += (x - mean) * (x - mean);
        }
        assert_within(sum / 20000, 0, 5 * sqrt(variance / 20000));
        assert_within(squares / 20000, variance, 0.05 * variance);
    }
}

static void nonsense_is_refused_and_nothing_written(void **state)
{
    static const struct uncertain_unit bad[] = {
        {{2, 1, 3},     CERTAIN(1),       CERTAIN(0) },
        {{1, 4, 3},     CERTAIN(1),       CERTAIN(0) },
        {{NAN, 1, 3},   CERTAIN(1),       CERTAIN(0) },
        {CERTAIN(1),    {1, 2, INFINITY}, CERTAIN(0) },
        {CERTAIN(1),    CERTAIN(1),       {-2, -1, 0}},
        {{0, 0, 1e308}, {0, 0, 1.7e308},  CERTAIN(0) }
    };
    static const struct uncertain_unit good = {CERTAIN(1), CERTAIN(1), CERTAIN(0)};
    struct uncertain_risk risk = {.profit = 7};

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(uncertain_risk(posterior, &bad[i], 1, scratch, &risk));
    assert_false(uncertain_risk((struct beta_prior){0, 1}, &good, 1, scratch, &risk));
    assert_true(risk.profit == 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(certain_costs_give_what_they_gave_without_draws),
        cmocka_unit_test(the_draws_average_to_the_expectation),
        cmocka_unit_test(the_same_seed_gives_the_same_answer),
        cmocka_unit_test(uncertainty_moves_a_safe_line_towards_risk),
        cmocka_unit_test(triangles_keep_within_their_corners_and_have_their_moments),
        cmocka_unit_test(nonsense_is_refused_and_nothing_written),
    };

    RUN(tests);
}
