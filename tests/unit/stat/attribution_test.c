/* Which segment explains a change. */
#include "unit.h"

#include "stat/attribution.h"
#include "stat/expected.h"
#include "stat/near.h"
#include "stat/pcg.h"

#include <string.h>

/* carbonfact/icanexplain: bookings and revenue per booking, 2019 to 2022. */
static void sums_split_as_icanexplain_prints(void **state)
{
    static const double count[] = {1000, 1000, 1500, 1700}, value[] = {200, 220, 220, 225};
    static const double inner[] = {20000, 0, 7500}, mix[] = {0, 110000, 45000};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct product_split split = product_split(count[i], value[i], count[i + 1], value[i + 1]);

        assert_true(split.inner == inner[i] && split.mix == mix[i]);
        assert_true(split.inner + split.mix == count[i + 1] * value[i + 1] - count[i] * value[i]);
    }
}

static void effects_of_any_history_sum_to_the_change(void **state)
{
    struct pcg pcg;

    (void)state;
    pcg_seed(&pcg, 7, 1);
    for (int history = 0; history < 500; history++) {
        struct segment segments[8];
        struct segment_effect effects[8];
        double change, sum = 0;

        for (size_t i = 0; i < 8; i++) {
            double n0 = pcg_next(&pcg) % 4 ? pcg_next(&pcg) % 1000 : 0;
            double n1 = pcg_next(&pcg) % 4 ? pcg_next(&pcg) % 1000 : 0;

            segments[i] = (struct segment){n0, floor(n0 * pcg_uniform(&pcg) / 5), n1,
                                           floor(n1 * pcg_uniform(&pcg) / 5)};
        }
        segments[0].shipped0 += 1;
        segments[0].shipped1 += 1;
        assert_true(rate_mix(segments, 8, effects, &change));
        for (size_t i = 0; i < 8; i++)
            sum += effects[i].rate + effects[i].mix;
        assert_within(sum, change, 1e-14);
    }
}

static void
a_new_segment_counts_against_the_old_average_and_one_that_is_gone_by_its_mix(void **state)
{
    static const struct segment segments[] = {
        {900, 90, 900, 90},
        {100, 0,  0,   0 },
        {0,   0,  100, 30}
    };
    struct segment_effect effects[3];
    double change;

    (void)state;
    assert_true(rate_mix(segments, 3, effects, &change));
    assert_near(change, 0.12 - 0.09, 1e-12);
    assert_true(effects[1].rate == 0 && effects[2].mix == 0);
    assert_near(effects[1].mix, (0 - .1) * (0 - .09), 1e-12);
    assert_near(effects[2].rate, .1 * (.3 - .09), 1e-12);
    assert_near(effects[2].excess, 30 - 100 * .09, 1e-12);
    assert_false(rate_mix(segments + 1, 1, effects, &change));
}

/* Bhagwan et al. 2014: forecast 100, actual 50. */
static void the_adtributor_blames_mobile_and_tablet_not_the_data_centre(void **state)
{
    struct element centres[] = {
        {94, 47, 0, 0, 0},
        {6,  3,  0, 0, 0}
    };
    struct element advertisers[] = {
        {50, 24, 0, 0, 0},
        {20, 21, 0, 0, 0},
        {20, 4,  0, 0, 0},
        {10, 1,  0, 0, 0}
    };
    struct element devices[] = {
        {50, 49, 0, 0, 0},
        {25, 1,  0, 0, 0},
        {25, 0,  0, 0, 0}
    };
    struct dimension dimensions[] = {
        {centres,     2, 0, 0, 0},
        {advertisers, 4, 0, 0, 0},
        {devices,     3, 0, 0, 0}
    };
    size_t order[4], best = 9;

    (void)state;
    assert_true(adtributor(dimensions, 3, order, &best));
    assert_int_equal(best, 2);
    assert_true(!devices[0].chosen && devices[1].chosen && devices[2].chosen);
    assert_within(centres[0].power, .94, 5e-3);
    assert_within(devices[1].power, .48, 5e-3);
    assert_within(devices[2].power, .50, 5e-3);
    assert_true(centres[0].surprise == 0);
    assert_near(devices[1].surprise, .05792784, 1e-6);
    assert_near(devices[2].surprise, .08664340, 1e-6);
}

static void without_a_change_there_is_nothing_to_explain(void **state)
{
    struct element same[] = {
        {10, 5,  0, 0, 0},
        {5,  10, 0, 0, 0}
    };
    struct dimension dimension = {same, 2, 0, 0, 0};
    size_t order[2], best = 9;

    (void)state;
    assert_false(adtributor(&dimension, 1, order, &best));
    same[0].actual = -1;
    assert_false(adtributor(&dimension, 1, order, &best));
    assert_int_equal(best, 9);
}

static void an_old_fleet_that_returns_more_is_no_surprise(void **state)
{
    static const double hazard[] = {.01, .02, .08}, young[] = {1000, 0, 0}, old[] = {0, 0, 1000};
    struct observed_expected seen;

    (void)state;
    assert_true(observed_expected(80, old, hazard, 3, .95, &seen));
    assert_near(seen.expected, 80, 1e-12);
    assert_true(seen.ratio == 1 && seen.interval.low < 1 && seen.interval.high > 1);
    assert_true(seen.p_more > .4 && seen.p_more < .6);
    assert_near(seen.p_more + seen.p_fewer, 1, 1e-12);
    assert_true(observed_expected(80, young, hazard, 3, .95, &seen));
    assert_true(seen.ratio == 8 && seen.interval.low > 6 && seen.p_more < 1e-30);
    assert_false(observed_expected(1, young, hazard, 0, .95, &seen));
    assert_false(observed_expected(-1, young, hazard, 3, .95, &seen));
    assert_false(observed_expected(1, hazard, old, 3, .95, &seen));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_split_as_icanexplain_prints),
        cmocka_unit_test(effects_of_any_history_sum_to_the_change),
        cmocka_unit_test(
            a_new_segment_counts_against_the_old_average_and_one_that_is_gone_by_its_mix),
        cmocka_unit_test(the_adtributor_blames_mobile_and_tablet_not_the_data_centre),
        cmocka_unit_test(without_a_change_there_is_nothing_to_explain),
        cmocka_unit_test(an_old_fleet_that_returns_more_is_no_surprise),
    };

    RUN(tests);
}
