/* Random numbers that repeat, and clusters along a line of serials. */
#include "unit.h"

#include "stat/near.h"
#include "stat/pcg.h"
#include "stat/scan.h"

/* The first numbers of the reference implementation's demo: seed 42, stream 54. */
static void the_generator_is_oneills(void **state)
{
    static const uint32_t expected[] = {0xa15c02b7, 0x7b47f409, 0xba1d3330,
                                        0x83d2f293, 0xbfa4784b, 0xcbed606e};
    struct pcg pcg;

    (void)state;
    pcg_seed(&pcg, 42, 54);
    for (size_t i = 0; i < COUNT(expected); i++)
        assert_true(pcg_next(&pcg) == expected[i]);
}

static void uniform_numbers_stay_within_and_spread_evenly(void **state)
{
    int decile[10] = {0};
    struct pcg pcg;

    (void)state;
    pcg_seed(&pcg, 1, 1);
    for (int i = 0; i < 100000; i++) {
        double u = pcg_uniform(&pcg);

        assert_true(u > 0 && u < 1);
        decile[(int)(u * 10)]++;
    }
    for (int i = 0; i < 10; i++)
        assert_within(decile[i], 10000, 400);
}

/* A line of `n` bins with `mean` events each, tripled from `first` to `last`. */
static void make_line(struct pcg *pcg, double *events, double *exposure, size_t n, size_t first,
                      size_t last, double mean)
{
    for (size_t i = 0; i < n; i++) {
        double limit = exp(-mean * (i >= first && i <= last ? 3 : 1)), product = 1;

        exposure[i] = 100;
        for (events[i] = -1; product > limit; events[i]++)
            product *= pcg_uniform(pcg);
    }
}

static void a_planted_cluster_is_found_where_it_is(void **state)
{
    double events[100], exposure[100], scratch[200];
    struct scan_window window;
    struct pcg pcg;

    (void)state;
    pcg_seed(&pcg, 3, 1);
    make_line(&pcg, events, exposure, 100, 40, 49, 4);
    assert_true(scan_line(events, exposure, 100, (struct scan_plan){999, 1}, scratch, &window));
    assert_true(window.first >= 38 && window.first <= 42);
    assert_true(window.last >= 47 && window.last <= 51);
    assert_true(window.observed > 2 * window.expected);
    assert_near(window.p, 0.001, 1e-9);
}

static void the_same_seed_gives_the_same_answer(void **state)
{
    double events[50], exposure[50], scratch[100];
    struct scan_window one, other;
    struct pcg pcg;

    (void)state;
    pcg_seed(&pcg, 5, 1);
    make_line(&pcg, events, exposure, 50, 50, 0, 3);
    assert_true(scan_line(events, exposure, 50, (struct scan_plan){199, 9}, scratch, &one));
    assert_true(scan_line(events, exposure, 50, (struct scan_plan){199, 9}, scratch, &other));
    assert_true(one.first == other.first && one.last == other.last && one.p == other.p);
}

static void lines_without_a_cluster_alarm_as_seldom_as_promised(void **state)
{
    double events[30], exposure[30], scratch[60];
    int alarms = 0, lines = 300;
    struct pcg pcg;

    (void)state;
    pcg_seed(&pcg, 11, 1);
    for (int line = 0; line < lines; line++) {
        struct scan_window window;

        make_line(&pcg, events, exposure, 30, 30, 0, 3);
        if (scan_line(events, exposure, 30, (struct scan_plan){99, (uint64_t)line}, scratch,
                      &window))
            alarms += window.p <= 0.05;
    }
    assert_within(alarms / (double)lines, 0.05, 3.5 * sqrt(.05 * .95 / lines));
}

static void a_window_is_never_more_than_half_of_the_exposure(void **state)
{
    static const double events[] = {9, 9, 9, 0, 9}, exposure[] = {10, 10, 10, 10, 60};
    double scratch[10];
    struct scan_window window;

    (void)state;
    assert_true(scan_line(events, exposure, 5, (struct scan_plan){99, 1}, scratch, &window));
    assert_true(window.first == 0 && window.last == 2);
    assert_near(window.expected, 36 * 0.3, 1e-12);
    assert_near(window.llr, 27 * log(27 / 10.8) + 9 * log(9 / 25.2), 1e-12);
}

static void lines_that_cannot_be_scanned_are_refused(void **state)
{
    static const double none[] = {0, 0}, one[] = {1, 0}, half[] = {0.5, 0}, bad[] = {1, 0};
    double scratch[4];
    struct scan_window window = {.p = 7};

    (void)state;
    assert_false(scan_line(none, one, 2, (struct scan_plan){99, 1}, scratch, &window));
    assert_false(scan_line(one, bad, 2, (struct scan_plan){99, 1}, scratch, &window));
    assert_false(scan_line(half, one, 2, (struct scan_plan){99, 1}, scratch, &window));
    assert_false(scan_line(one, one, 1, (struct scan_plan){99, 1}, scratch, &window));
    assert_false(scan_line(one, one, 2, (struct scan_plan){0, 1}, scratch, &window));
    assert_true(window.p == 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_generator_is_oneills),
        cmocka_unit_test(uniform_numbers_stay_within_and_spread_evenly),
        cmocka_unit_test(a_planted_cluster_is_found_where_it_is),
        cmocka_unit_test(the_same_seed_gives_the_same_answer),
        cmocka_unit_test(lines_without_a_cluster_alarm_as_seldom_as_promised),
        cmocka_unit_test(a_window_is_never_more_than_half_of_the_exposure),
        cmocka_unit_test(lines_that_cannot_be_scanned_are_refused),
    };

    RUN(tests);
}
