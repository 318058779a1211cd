/* False discovery rates. */
#include "unit.h"

#include "stat/multiple.h"
#include "stat/near.h"

/* Benjamini and Hochberg 1995, their example; adjusted values by R 4.2.2, p.adjust. */
static const double p[] = {.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344,
                           .0459, .3240, .4262, .5719, .6528, .7590, 1.0};
static const double expected[] = {.0015, .003, .0095,   .035625, .0603,   .0638571, .0638571, .0645,
                                  .0765, .486, .581182, .714875, .753231, .813214,  1};

static void benjamini_and_hochberg_reject_four_where_bonferroni_rejects_three(void **state)
{
    double adjusted[COUNT(p)];
    size_t order[COUNT(p)];
    int rejected = 0, bonferroni = 0;

    (void)state;
    assert_true(fdr_adjust(p, COUNT(p), FDR_BH, adjusted, order));
    for (size_t i = 0; i < COUNT(p); i++) {
        assert_near(adjusted[i], expected[i], 1e-6);
        rejected += adjusted[i] <= 0.05;
        bonferroni += p[i] <= 0.05 / COUNT(p);
    }
    assert_int_equal(rejected, 4);
    assert_int_equal(bonferroni, 3);
}

static void the_order_of_the_tests_does_not_matter(void **state)
{
    double turned[COUNT(p)], adjusted[COUNT(p)];
    size_t order[COUNT(p)];

    (void)state;
    for (size_t i = 0; i < COUNT(p); i++)
        turned[i] = p[(i * 7 + 3) % COUNT(p)];
    assert_true(fdr_adjust(turned, COUNT(p), FDR_BH, adjusted, order));
    for (size_t i = 0; i < COUNT(p); i++)
        assert_near(adjusted[i], expected[(i * 7 + 3) % COUNT(p)], 1e-6);
}

static void any_dependence_costs_the_harmonic_sum(void **state)
{
    double bh[COUNT(p)], by[COUNT(p)], sum = 0;
    size_t order[COUNT(p)];

    (void)state;
    for (size_t i = 1; i <= COUNT(p); i++)
        sum += 1.0 / (double)i;
    assert_true(fdr_adjust(p, COUNT(p), FDR_BH, bh, order));
    assert_true(fdr_adjust(p, COUNT(p), FDR_BY, by, order));
    for (size_t i = 0; i < COUNT(p); i++)
        assert_near(by[i], fmin(1, bh[i] * sum), 1e-12);
}

static void one_test_keeps_its_value_and_no_test_is_no_fault(void **state)
{
    double one = 0.3, adjusted = 7;
    size_t order;

    (void)state;
    assert_true(fdr_adjust(&one, 0, FDR_BH, &adjusted, &order) && adjusted == 7);
    assert_true(fdr_adjust(&one, 1, FDR_BY, &adjusted, &order) && adjusted == 0.3);
    one = NAN;
    adjusted = 7;
    assert_false(fdr_adjust(&one, 1, FDR_BH, &adjusted, &order));
    one = 1.01;
    assert_false(fdr_adjust(&one, 1, FDR_BH, &adjusted, &order));
    assert_true(adjusted == 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(benjamini_and_hochberg_reject_four_where_bonferroni_rejects_three),
        cmocka_unit_test(the_order_of_the_tests_does_not_matter),
        cmocka_unit_test(any_dependence_costs_the_harmonic_sum),
        cmocka_unit_test(one_test_keeps_its_value_and_no_test_is_no_fault),
    };

    RUN(tests);
}
