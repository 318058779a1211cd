/* From rows of statements to histories. */
#include "unit.h"

#include "../http/fake_rows.h"
#include "line/history.h"
#include "stat/near.h"

static struct arena arena;

static int end(void **state)
{
    (void)state;
    arena_clear(&arena);
    return 0;
}

static const struct fake_column fact_columns[] = {
    {"settings_version",  INT8  },
    {"as_of",             DAY   },
    {"current",           BOOL  },
    {"line",              INT8  },
    {"id",                STRING},
    {"code",              STRING},
    {"name",              STRING},
    {"family",            STRING},
    {"category",          STRING},
    {"threshold",         FLOAT8},
    {"units_min",         INT4  },
    {"status",            STRING},
    {"since",             DAY   },
    {"valid_from",        DAY   },
    {"currency",          STRING},
    {"price_minor",       INT8  },
    {"cogs_minor",        INT8  },
    {"outbound_minor",    INT8  },
    {"fees_minor",        INT8  },
    {"inbound_minor",     INT8  },
    {"inspect_minor",     INT8  },
    {"repair_minor",      INT8  },
    {"recovery_minor",    INT8  },
    {"advertising_minor", INT8  },
    {"fees_kept_minor",   INT8  },
    {"disposal_minor",    INT8  },
    {"claims_per_unit",   FLOAT8},
    {"claim_cost_minor",  INT8  },
    {"margin_low_minor",  INT8  },
};
#define FACTS COUNT(fact_columns)

/* Two lines; the second has no costs. */
static const char *const facts[] = {
    "1",          "2026-03-31", "f",          "7",          "lin_7", "saw",        "Saws",
    "tools",      "grocery",    "0.029",      "25",         "watch", "2026-01-01", "2025-01-01",
    "EUR",        "1000",       "400",        "50",         "100",   "30",         "20",
    "10",         "200",        "25",         "15",         "5",     "0.5",        "40",
    NULL,         "1",          "2026-03-31", "f",          "7",     "lin_7",      "saw",
    "Saws",       "tools",      "grocery",    "0.029",      "25",    "watch",      "2026-01-01",
    "2026-02-01", "EUR",        "900",        "400",        "50",    "100",        "30",
    "20",         "10",         "200",        "25",         "15",    "5",          "0.5",
    "40",         "500",        "1",          "2026-03-31", "f",     "9",          "lin_9",
    "axe",        "Axes",       "tools",      NULL,         NULL,    NULL,         NULL,
    NULL,         NULL,         NULL,         NULL,         NULL,    NULL,         NULL,
    NULL,         NULL,         NULL,         NULL,         NULL,    NULL,         NULL,
    NULL,         NULL,         NULL,
};

static const struct fake_column history_columns[] = {
    {"kind",        STRING},
    {"line",        INT8  },
    {"key",         STRING},
    {"month",       DAY   },
    {"period",      INT4  },
    {"event_month", DAY   },
    {"units",       INT8  },
    {"counted",     INT8  },
    {"gross",       INT8  },
    {"net",         INT8  },
    {"recovered",   INT8  },
    {"quality",     INT8  },
    {"suspect",     INT8  },
    {"leavers",     INT8  },
};
#define HISTORY COUNT(history_columns)

#define ROW(kind, line, key, month, period, event, ...) \
    kind, line, key, month, period, event, __VA_ARGS__
static const char *const history[] = {
    ROW("shipped", "7", NULL, "2026-01-01", NULL, NULL, "100", NULL, "9", NULL, NULL, NULL, NULL,
        NULL),
    ROW("shipped", "7", NULL, "2026-03-01", NULL, NULL, "50", NULL, "1", NULL, NULL, NULL, NULL,
        NULL),
    ROW("age", "7", NULL, "2026-01-01", "1", NULL, NULL, "4", "5", "6", "1", "3", NULL, "7"),
    ROW("lag", "7", NULL, "2026-01-01", NULL, "2026-02-01", NULL, "4", "5", NULL, NULL, NULL, "2",
        "6"),
    ROW("left", "7", NULL, "2023-12-01", NULL, NULL, NULL, "1", "1", NULL, NULL, NULL, "1", "11"),
    ROW("lot", "7", "B", "2026-01-01", NULL, NULL, "60", NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    ROW("lot", "7", "A", "2026-02-01", NULL, "2026-03-01", NULL, NULL, NULL, NULL, NULL, NULL, "4",
        "5"),
    ROW("lot", "7", "A", "2026-02-01", NULL, NULL, "40", NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    ROW("lots", "7", NULL, "2026-01-01", NULL, NULL, "3", NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    ROW("restart", "7", "A", "2026-03-01", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        NULL),
    ROW("restart", "7", "Z", "2026-03-01", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        NULL),
    ROW("fee", "7", NULL, "2026-01-01", NULL, NULL, "80", NULL, "8", NULL, NULL, NULL, NULL, NULL),
    ROW("uncovered", "9", NULL, NULL, NULL, "2020-05-01", NULL, NULL, "2", NULL, NULL, NULL, NULL,
        NULL),
    ROW("danger", "9", NULL, NULL, NULL, "2026-02-01", NULL, NULL, NULL, NULL, NULL, "1", NULL,
        NULL),
};

static struct line_histories read_all(void)
{
    PGresult *fact_rows = fake_rows(fact_columns, FACTS, facts, COUNT(facts) / FACTS);
    PGresult *rows = fake_rows(history_columns, HISTORY, history, COUNT(history) / HISTORY);
    struct line_histories all;

    histories_read(&all, &arena, fact_rows, rows, month_read("2024-03-01"), 12);
    PQclear(fact_rows); /* nothing of it may be needed any more */
    PQclear(rows);
    return all;
}

static void facts_are_those_of_each_line(void **state)
{
    struct line_histories all = read_all();
    const struct line_history *saw = &all.at[0];
    struct unit_profit unit;

    (void)state;
    assert_int_equal(all.n, 2);
    assert_string_equal(saw->name, "Saws");
    assert_string_equal(saw->status, "watch");
    assert_within(saw->fee.threshold, .029, 1e-12);
    assert_null(all.at[1].fee_category);
    assert_int_equal(saw->costs.n, 2);
    assert_int_equal(all.at[1].costs.n, 0);
    assert_null(unit_cost_on(saw->costs, day_read("2024-12-31")));
    assert_true(unit_cost_on(saw->costs, day_read("2026-01-31"))->price == 1000);
    assert_true(unit_cost_on(saw->costs, day_read("2026-02-01"))->price == 900);
    assert_false(saw->costs.at[1].margin_is_uncertain); /* it has one end only */
    unit = unit_profit_of(&saw->costs.at[0]);
    assert_true(unit.margin == 1000 - 400 - 50 - 100 - 25);
    assert_true(unit.loss == 400 + 50 + 25 + 15 + 30 + 20 + 10 + 5 - 200);
    assert_true(unit.claims_cost == 20);
}

static void counts_go_where_their_months_say(void **state)
{
    struct line_histories all = read_all();
    const struct line_history *saw = &all.at[0], *axe = &all.at[1];
    size_t cell;

    (void)state;
    assert_int_equal(all.now.month, month_read("2026-04-01"));
    assert_int_equal(saw->shipped.n, 3);
    assert_true(month_count(&saw->shipped, month_read("2026-01-01")) == 100);
    assert_true(month_count(&saw->shipped, month_read("2026-02-01")) == 0);
    assert_true(month_sum(&saw->shipped, 0, all.now.shipped) == 150 && saw->returned == 10);
    assert_true(saw->ages[TALLY_COUNTED][1] == 4 && saw->ages[TALLY_GROSS][1] == 5);
    assert_true(saw->ages[TALLY_NET][1] == 6 && saw->ages[TALLY_RECOVERED][1] == 1);
    assert_true(saw->ages[TALLY_QUALITY][1] == 3 && saw->ages[TALLY_LEAVERS][1] == 7);
    assert_true(saw->lags.columns == 26 && saw->lags.rows == 50);
    cell = 46 * saw->lags.columns + 23; /* January 2026, February 2026 */
    assert_true(saw->lags.counted[cell] == 4 && saw->lags.gross[cell] == 5);
    assert_true(saw->lags.suspect[cell] == 2 && saw->lags.leavers[cell] == 6);
    assert_true(saw->lags.shipped[46] == 100 && saw->lags.left[21] == 11);
    assert_true(month_sum(&saw->fee_returned, 0, all.now.month) == 8);
    assert_true(month_sum(&axe->uncovered, 0, all.now.month) == 2);
    assert_true(month_count(&axe->danger, month_read("2026-02-01")) == 1);
}

static void lots_are_read_by_name_and_know_when_they_begin_anew(void **state)
{
    struct line_histories all = read_all();
    const struct line_history *saw = &all.at[0];

    (void)state;
    assert_int_equal(saw->nlots, 2);
    assert_string_equal(saw->lots[0].name, "A");
    assert_int_equal(saw->lots[0].restarted, month_read("2026-03-01"));
    assert_int_equal(saw->lots[0].lags.first, month_read("2026-02-01"));
    assert_true(saw->lots[0].lags.shipped[0] == 40 && saw->lots[0].lags.suspect[24] == 4);
    assert_string_equal(saw->lots[1].name, "B");
    assert_int_equal(saw->lots[1].restarted, 0);
    assert_true(month_sum(&saw->lots_begun, 0, all.now.month) == 3);
}

static void cohorts_are_as_old_as_the_moment_lets_them(void **state)
{
    struct line_histories all = read_all();
    size_t known[3];
    struct cohort_table table =
        history_cohorts(&all.at[0], TALLY_NET, 0, all.now.shipped, all.now, known);

    (void)state;
    /* 59 days after January's last, 31 after February's; March ends today. */
    assert_int_equal(table.rows, 3);
    assert_true(known[0] == 1 && known[1] == 1 && known[2] == 0);
    table = history_cohorts(&all.at[0], TALLY_NET, month_read("2026-02-01"),
                            month_read("2026-03-01"), all.now, known);
    assert_int_equal(table.rows, 1);
    assert_true(table.shipped[0] == 0 && table.events[1] == 0);
    assert_int_equal(
        history_cohorts(&all.at[1], TALLY_NET, 0, all.now.shipped, all.now, known).rows, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(facts_are_those_of_each_line, end),
        cmocka_unit_test_teardown(counts_go_where_their_months_say, end),
        cmocka_unit_test_teardown(lots_are_read_by_name_and_know_when_they_begin_anew, end),
        cmocka_unit_test_teardown(cohorts_are_as_old_as_the_moment_lets_them, end),
    };

    RUN(tests);
}
