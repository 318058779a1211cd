/* Rates of clusters, flows of returns, and lines of one size. */
#include "unit.h"

#include "stat/cluster.h"
#include "stat/draw.h"
#include "stat/flow.h"
#include "stat/james_stein.h"
#include "stat/near.h"

static void clusters_that_vary_count_for_less(void **state)
{
    static const double x[] = {2, 10, 18}, n[] = {100, 100, 100};
    struct cluster_rate found;
    struct interval plain, wide;

    (void)state;
    assert_true(cluster_interval(x, n, 3, 0.95, &found));
    assert_near(found.rate, 0.1, 1e-14);
    assert_near(found.dispersion, 64.0 / 9, 1e-12);
    assert_true(interval_wilson_real(30, 300, interval_z(0.95), &plain));
    assert_true(interval_wilson_real(30 * 9 / 64.0, 300 * 9 / 64.0, interval_z(0.95), &wide));
    assert_true(found.interval.low < plain.low && plain.high < found.interval.high);
    assert_near(found.interval.high, wide.high, 1e-12);
}

static void clusters_alike_count_in_full(void **state)
{
    static const double same[] = {10, 20, 5}, n[] = {100, 200, 50}, none[] = {0, 0, 0};
    struct cluster_rate found;
    struct interval plain;

    (void)state;
    assert_true(cluster_interval(same, n, 3, 0.9, &found));
    assert_true(interval_wilson_real(35, 350, interval_z(0.9), &plain));
    assert_true(found.dispersion < 1e-12 && found.interval.high == plain.high);
    assert_true(cluster_interval(none, n, 3, 0.9, &found));
    assert_true(found.dispersion == 0 && found.interval.low == 0);
}

/* Dealers of whom each has a rate of its own: the plain interval covers too seldom. */
static void the_interval_of_clusters_covers_what_it_promises(void **state)
{
    size_t covered = 0, plain_covered = 0, rounds = 2000;
    struct pcg pcg;

    (void)state;
    pcg_seed(&pcg, 11, 1);
    for (size_t round = 0; round < rounds; round++) {
        double x[20], n[20], all = 0;
        struct cluster_rate found;
        struct interval plain;

        for (size_t i = 0; i < 20; i++) {
            /* 4 % or 16 %, one as likely as the other: 10 % in the mean. */
            n[i] = 100;
            x[i] = draw_binomial(&pcg, n[i], pcg_uniform(&pcg) < 0.5 ? 0.04 : 0.16);
            all += x[i];
        }
        assert_true(cluster_interval(x, n, 20, 0.9, &found));
        assert_true(interval_wilson_real(all, 2000, interval_z(0.9), &plain));
        covered += found.interval.low <= 0.1 && 0.1 <= found.interval.high;
        plain_covered += plain.low <= 0.1 && 0.1 <= plain.high;
    }
    assert_within((double)covered / (double)rounds, 0.9, 0.03);
    assert_true(plain_covered < covered * 8 / 10);
}

/* Design: growth of 10 % and these lags make the factor 0.7895. */
static void a_growing_line_looks_better_than_it_is(void **state)
{
    static const double share[] = {.30, .25, .20, .12, .08, .05};
    double factor, by_hand = 0;

    (void)state;
    assert_true(flow_factor(0.1, share, COUNT(share), &factor));
    assert_within(factor, 0.7895, 5e-5);
    for (size_t k = 0; k < COUNT(share); k++)
        by_hand += share[k] / pow(1.1, (double)k + 1);
    assert_near(factor, by_hand, 1e-14);
    assert_true(flow_factor(0, share, COUNT(share), &factor) && fabs(factor - 1) < 1e-12);
    assert_true(flow_factor(-0.1, share, COUNT(share), &factor) && factor > 1.2);
}

/* Efron and Morris 1977: printed c .212; recomputed .21165342. */
static void the_batters_lean_on_their_mean(void **state)
{
    static const double hits[] = {18, 17, 16, 15, 14, 14, 13, 12, 11,
                                  11, 10, 10, 10, 10, 10, 9,  8,  7};
    struct james_stein found;

    (void)state;
    assert_true(james_stein(hits, COUNT(hits), 45, &found));
    assert_near(found.mean, 0.26543210, 1e-7);
    assert_near(found.weight, 0.21165342, 1e-7);
    assert_within(found.mean + found.weight * (18 / 45.0 - found.mean), 0.294, 5e-4);
    assert_within(found.mean + found.weight * (7 / 45.0 - found.mean), 0.242, 5e-4);
}

static void nonsense_is_refused_and_nothing_written(void **state)
{
    static const double x[] = {3, 1, 1, 1}, n[] = {2, 5, 5, 5}, fine[] = {1, 1, 1, 1};
    static const double share[] = {0.5, 0.6}, negative[] = {1.5, -0.5};
    struct cluster_rate rate = {.rate = 7};
    struct james_stein found = {.mean = 7};
    double factor = 7;

    (void)state;
    assert_false(cluster_interval(x, n, 4, 0.9, &rate));
    assert_false(cluster_interval(fine, n, 1, 0.9, &rate));
    assert_false(cluster_interval(fine, n, 4, 1, &rate));
    assert_false(flow_factor(0.1, share, 2, &factor));
    assert_false(flow_factor(0.1, negative, 2, &factor));
    assert_false(flow_factor(-1, share, 2, &factor));
    assert_false(james_stein(fine, 4, 5, &found));
    assert_false(james_stein(x, 3, 5, &found));
    assert_false(james_stein(x, 4, 2, &found));
    assert_true(rate.rate == 7 && factor == 7 && found.mean == 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clusters_that_vary_count_for_less),
        cmocka_unit_test(clusters_alike_count_in_full),
        cmocka_unit_test(the_interval_of_clusters_covers_what_it_promises),
        cmocka_unit_test(a_growing_line_looks_better_than_it_is),
        cmocka_unit_test(the_batters_lean_on_their_mean),
        cmocka_unit_test(nonsense_is_refused_and_nothing_written),
    };

    RUN(tests);
}
