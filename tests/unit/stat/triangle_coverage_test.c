/* How often young cohorts come to what was said of them, by simulation. */
#include "unit.h"

#include "stat/near.h"
#include "stat/pcg.h"
#include "stat/triangle.h"

#define COHORTS 12
#define AGES    5
#define ROUNDS  600

/* By which age so many of the returns have come. */
static const double by_age[AGES] = {.4, .7, .85, .95, 1};

/* Of 600 units each comes back with an even chance, at an age by chance; returns the ultimate. */
static double draw_cohort(struct pcg *pcg, double *cumulative)
{
    double count[AGES] = {0}, sum = 0;

    for (size_t unit = 0; unit < 600; unit++) {
        double age = 2 * pcg_uniform(pcg);
        size_t k = 0;

        while (k < AGES && age > by_age[k])
            k++;
        if (k < AGES)
            count[k]++;
    }
    for (size_t k = 0; k < AGES; k++) {
        sum += count[k];
        cumulative[k] = sum;
    }
    return sum;
}

/* Mack's errors hold chance and what is not known of the factors. */
static void cohorts_come_to_what_was_said(void **state)
{
    static const size_t known[COHORTS] = {5, 5, 5, 5, 5, 5, 5, 5, 4, 3, 2, 1};
    size_t covered = 0, told = 0;
    struct pcg pcg;

    (void)state;
    pcg_seed(&pcg, 23, 1);
    for (size_t round = 0; round < ROUNDS; round++) {
        double at[COHORTS * AGES], whole[COHORTS], factors[AGES], variances[AGES], reported[AGES];
        double ultimates[COHORTS], errors[COHORTS];
        struct triangle triangle = {at, known, COHORTS, AGES};
        struct chain chain = {.factors = factors,
                              .variances = variances,
                              .reported = reported,
                              .ultimates = ultimates,
                              .errors = errors};

        for (size_t i = 0; i < COHORTS; i++)
            whole[i] = draw_cohort(&pcg, at + AGES * i);
        assert_int_equal(chain_ladder(&triangle, &chain), FIT_OK);
        for (size_t i = 8; i < COHORTS; i++) {
            covered += fabs(whole[i] - ultimates[i]) <= interval_z(.9) * errors[i];
            told++;
        }
    }
    assert_within((double)covered / (double)told, .9, .03);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cohorts_come_to_what_was_said),
    };

    RUN(tests);
}
