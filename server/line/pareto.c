/* Causes by what they take. */
#include "line/pareto.h"
#include "line/rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_size(double a, double b, const char *key, const char *other)
{
    if (a != b)
        return a < b ? 1 : -1;
    return strcmp(key, other);
}

static int by_units(const void *one, const void *other)
{
    const struct pareto_bar *a = one, *b = other;

    return by_size(a->units, b->units, a->key, b->key);
}

static int by_money(const void *one, const void *other)
{
    const struct pareto_bar *a = one, *b = other;

    return by_size(a->money, b->money, a->key, b->key);
}

static void read_bars(struct pareto *pareto, struct arena *arena, const PGresult *rows)
{
    for (int row = 0; row < PQntuples(rows); row++) {
        struct pareto_bar *bar = &pareto->bars[pareto->n];

        if (PQgetisnull(rows, row, PQfnumber(rows, "key")))
            continue;
        *bar = (struct pareto_bar){
            .key = arena_strdup(arena, PQgetvalue(rows, row, PQfnumber(rows, "key"))),
            .units = cell_number(rows, row, "units"),
            .money = cell_number(rows, row, "money_minor"),
            .uncovered = cell_number(rows, row, "uncovered"),
        };
        pareto->units += bar->units;
        pareto->money += bar->money;
        pareto->uncovered += bar->uncovered;
        pareto->n++;
    }
}

static void add_up(struct pareto *pareto, bool is_money)
{
    double units = 0, money = 0, before = 0;

    for (size_t i = 0; i < pareto->n; i++) {
        struct pareto_bar *bar = &pareto->bars[i];

        units += bar->units;
        money += bar->money;
        bar->units_share = pareto->units > 0 ? bar->units / pareto->units : NAN;
        bar->units_sum = pareto->units > 0 ? units / pareto->units : NAN;
        bar->money_share = pareto->money > 0 ? bar->money / pareto->money : NAN;
        bar->money_sum = pareto->money > 0 ? money / pareto->money : NAN;
        bar->vital = before < PARETO_LINE && (is_money ? pareto->money : pareto->units) > 0;
        before = is_money ? bar->money_sum : bar->units_sum;
    }
}

void pareto_read(struct pareto *pareto, struct arena *arena, const PGresult *rows, bool is_money)
{
    *pareto =
        (struct pareto){.bars = arena_alloc(arena, (size_t)PQntuples(rows) * sizeof *pareto->bars)};
    read_bars(pareto, arena, rows);
    qsort(pareto->bars, pareto->n, sizeof *pareto->bars, is_money ? by_money : by_units);
    add_up(pareto, is_money);
}
