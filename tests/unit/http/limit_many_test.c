/* Quotas of many callers at once: more than there are buckets, and from several threads. */
#include "unit.h"

#include "fake.h"
#include "http/limit.h"

#include <pthread.h>
#include <sodium.h>

#define SECOND   INT64_C(1000000)
#define NTHREADS 4

static const struct limit_policy ten_a_minute = {"ten", 10, 60};

static bool take(const struct limit_policy *policy, const char *key, int64_t now)
{
    struct limit_verdict verdict;

    return limit_take(policy, key, now, &verdict);
}

/* How many of `n` callers get in that have not called yet, each under a name of its own. */
static int newcomers(const struct limit_policy *policy, const char *name, int n, int64_t now)
{
    char key[40];
    int admitted = 0;

    for (int i = 0; i < n; i++) {
        snprintf(key, sizeof key, "%s%d", name, i);
        admitted += take(policy, key, now);
    }
    return admitted;
}

static void exhaust(const char *name, int n, int64_t now)
{
    for (int round = 0; round < 10; round++)
        newcomers(&ten_a_minute, name, n, now);
}

/* Five thousand of 65536 buckets are empty: about one newcomer in thirteen meets one of them. */
static void a_flood_of_addresses_hardly_touches_others(void **state)
{
    (void)state;
    exhaust("flood", 5000, SECOND);
    assert_in_range(newcomers(&ten_a_minute, "other", 1000, SECOND), 850, 1000);
    assert_int_equal(newcomers(&ten_a_minute, "flood", 5000, SECOND), 0);
}

/* Memory is bounded, so there is a flood that fills all of it; its time ends, too. */
static void after_a_flood_of_all_buckets_everyone_is_let_in_again(void **state)
{
    const int64_t later = 1000 * SECOND;

    (void)state;
    exhaust("deluge", 400000, later);
    assert_in_range(newcomers(&ten_a_minute, "late", 1000, later), 0, 50);
    assert_int_equal(newcomers(&ten_a_minute, "late", 1000, later + 60 * SECOND), 1000);
}

/* Which addresses meet must not be found out at home and used here. */
static void who_shares_a_bucket_is_not_known_before(void **state)
{
    static bool met[2000];
    const int64_t later = 2000 * SECOND;
    char key[40];
    int same = 0, total = 0;

    (void)state;
    exhaust("guess", 5000, later);
    for (int i = 0; i < (int)COUNT(met); i++) {
        snprintf(key, sizeof key, "victim%d", i);
        met[i] = !take(&ten_a_minute, key, later);
        total += met[i];
    }
    limit_init();
    exhaust("guess", 5000, 2 * later);
    for (int i = 0; i < (int)COUNT(met); i++) {
        snprintf(key, sizeof key, "victim%d", i);
        same += met[i] && !take(&ten_a_minute, key, 2 * later);
    }
    assert_in_range(total, 50, 400);
    assert_in_range(same, 0, total / 2);
}

static const struct limit_policy shared = {"shared", 5000, 60};
static pthread_barrier_t start;

static void *take_many(void *admitted)
{
    long *n = admitted;

    pthread_barrier_wait(&start);
    for (int i = 0; i < 5000; i++)
        *n += take(&shared, "one caller", 9000 * SECOND);
    return NULL;
}

/* A caller whose connections fall to several workers has one quota all the same. */
static void workers_together_let_in_no_more_and_no_fewer(void **state)
{
    pthread_t threads[NTHREADS];
    long admitted[NTHREADS] = {0}, sum = 0;

    (void)state;
    pthread_barrier_init(&start, NULL, NTHREADS);
    for (int i = 0; i < NTHREADS; i++)
        if (pthread_create(&threads[i], NULL, take_many, &admitted[i]))
            abort();
    for (int i = 0; i < NTHREADS; i++) {
        pthread_join(threads[i], NULL);
        sum += admitted[i];
    }
    pthread_barrier_destroy(&start);
    assert_int_equal(sum, shared.quota);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flood_of_addresses_hardly_touches_others),
        cmocka_unit_test(after_a_flood_of_all_buckets_everyone_is_let_in_again),
        cmocka_unit_test(who_shares_a_bucket_is_not_known_before),
        cmocka_unit_test(workers_together_let_in_no_more_and_no_fewer),
    };

    if (sodium_init() < 0)
        return 1;
    RUN(tests);
}
