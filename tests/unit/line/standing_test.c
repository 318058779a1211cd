/* How flags come and go. */
#include "unit.h"

#include "line/standing.h"

#define CLEAN 30

/* One day of a flag: what enters, what lasts, and what must come of it. */
struct day {
    long day;
    enum level enter, lasts;
    enum change change;
    enum level level;
    bool clean;
};

static void play(const struct day *days, size_t n)
{
    struct standing standing = {.code = FLAG_RISING, .subject = ""};

    for (size_t i = 0; i < n; i++) {
        struct finding finding = {FLAG_RISING, "", days[i].enter, days[i].lasts, NULL};
        bool found = days[i].enter || days[i].lasts;
        enum change change = standing_step(&standing, found ? &finding : NULL, days[i].day, CLEAN);

        assert_int_equal(change, days[i].change);
        if (change == CHANGE_CLEARED)
            standing.level = LEVEL_NONE;
        assert_int_equal(standing.level, days[i].level);
        assert_int_equal(standing.clean, days[i].clean);
    }
}

static void a_flag_is_raised_at_once_and_cleared_after_two_clean_windows(void **state)
{
    static const struct day days[] = {
        {0,  LEVEL_NONE,  LEVEL_WATCH, CHANGE_NONE,    LEVEL_NONE,  false},
        {1,  LEVEL_WATCH, LEVEL_WATCH, CHANGE_RAISED,  LEVEL_WATCH, false},
        {2,  LEVEL_WATCH, LEVEL_WATCH, CHANGE_NONE,    LEVEL_WATCH, false},
        {3,  LEVEL_NONE,  LEVEL_WATCH, CHANGE_NONE,    LEVEL_WATCH, false},
        {10, LEVEL_NONE,  LEVEL_NONE,  CHANGE_CLEAN,   LEVEL_WATCH, true },
        {39, LEVEL_NONE,  LEVEL_NONE,  CHANGE_NONE,    LEVEL_WATCH, true },
        {40, LEVEL_NONE,  LEVEL_NONE,  CHANGE_CLEARED, LEVEL_NONE,  false},
        {41, LEVEL_WATCH, LEVEL_WATCH, CHANGE_RAISED,  LEVEL_WATCH, false},
    };

    (void)state;
    play(days, COUNT(days));
}

static void one_day_that_is_not_clean_begins_the_windows_anew(void **state)
{
    static const struct day days[] = {
        {1,  LEVEL_WATCH, LEVEL_WATCH, CHANGE_RAISED,  LEVEL_WATCH, false},
        {10, LEVEL_NONE,  LEVEL_NONE,  CHANGE_CLEAN,   LEVEL_WATCH, true },
        {39, LEVEL_NONE,  LEVEL_WATCH, CHANGE_CLEAN,   LEVEL_WATCH, false},
        {40, LEVEL_NONE,  LEVEL_NONE,  CHANGE_CLEAN,   LEVEL_WATCH, true },
        {69, LEVEL_NONE,  LEVEL_NONE,  CHANGE_NONE,    LEVEL_WATCH, true },
        {70, LEVEL_NONE,  LEVEL_NONE,  CHANGE_CLEARED, LEVEL_NONE,  false},
    };

    (void)state;
    play(days, COUNT(days));
}

static void it_rises_at_once_and_falls_step_by_step(void **state)
{
    static const struct day days[] = {
        {1,  LEVEL_WATCH,       LEVEL_WATCH,       CHANGE_RAISED,  LEVEL_WATCH,       false},
        {2,  LEVEL_LOSS_MAKING, LEVEL_LOSS_MAKING, CHANGE_LEVEL,   LEVEL_LOSS_MAKING, false},
        {3,  LEVEL_AT_RISK,     LEVEL_LOSS_MAKING, CHANGE_NONE,    LEVEL_LOSS_MAKING, false},
        {5,  LEVEL_AT_RISK,     LEVEL_AT_RISK,     CHANGE_CLEAN,   LEVEL_LOSS_MAKING, true },
        {35, LEVEL_WATCH,       LEVEL_AT_RISK,     CHANGE_LEVEL,   LEVEL_AT_RISK,     false},
        {36, LEVEL_NONE,        LEVEL_NONE,        CHANGE_CLEAN,   LEVEL_AT_RISK,     true },
        {66, LEVEL_NONE,        LEVEL_NONE,        CHANGE_CLEARED, LEVEL_NONE,        false},
    };

    (void)state;
    play(days, COUNT(days));
}

static void missing_data_are_missing_no_longer_than_they_are(void **state)
{
    static const struct day days[] = {
        {1, LEVEL_NO_VERDICT, LEVEL_NO_VERDICT, CHANGE_RAISED,  LEVEL_NO_VERDICT, false},
        {2, LEVEL_NONE,       LEVEL_NONE,       CHANGE_CLEARED, LEVEL_NONE,       false},
    };

    (void)state;
    play(days, COUNT(days));
}

static void a_flag_finds_its_own_among_the_findings_of_a_line(void **state)
{
    const struct finding findings[] = {
        {FLAG_BATCH_CLUSTER, "2603A", LEVEL_WATCH, LEVEL_WATCH, NULL},
        {FLAG_BATCH_CLUSTER, "2603B", LEVEL_WATCH, LEVEL_WATCH, NULL},
        {FLAG_RISING,        "",      LEVEL_WATCH, LEVEL_WATCH, NULL}
    };
    struct standing standing = {.code = FLAG_BATCH_CLUSTER, .subject = "2603B"};

    (void)state;
    assert_ptr_equal(standing_find(&standing, findings, 3), &findings[1]);
    standing.subject = "2603C";
    assert_null(standing_find(&standing, findings, 3));
}

static void names_of_codes_and_levels_are_read_back(void **state)
{
    (void)state;
    for (int code = 0; code < NFLAG_CODES; code++)
        assert_int_equal(flag_code_find(flag_code_name((enum flag_code)code)), code);
    assert_int_equal(flag_code_find("nothing"), NFLAG_CODES);
    for (int level = LEVEL_NO_VERDICT; level <= LEVEL_LOSS_MAKING; level++)
        assert_int_equal(level_find(level_name((enum level)level)), level);
    assert_int_equal(level_find("earning"), LEVEL_NONE);
    assert_int_equal(level_find(NULL), LEVEL_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flag_is_raised_at_once_and_cleared_after_two_clean_windows),
        cmocka_unit_test(one_day_that_is_not_clean_begins_the_windows_anew),
        cmocka_unit_test(it_rises_at_once_and_falls_step_by_step),
        cmocka_unit_test(missing_data_are_missing_no_longer_than_they_are),
        cmocka_unit_test(a_flag_finds_its_own_among_the_findings_of_a_line),
        cmocka_unit_test(names_of_codes_and_levels_are_read_back),
    };

    RUN(tests);
}
