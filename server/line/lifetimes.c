/* Ages of units and of what happened to them, from rows. */
#include "line/lifetimes.h"
#include "line/rows.h"

/* Columns of the statement. */
struct places {
    int lot, age, cohort, class, counted, stays, shipped, units, over;
};

static struct places places_find(const PGresult *rows)
{
    return (struct places){
        PQfnumber(rows, "lot"),     PQfnumber(rows, "age"),     PQfnumber(rows, "cohort"),
        PQfnumber(rows, "class"),   PQfnumber(rows, "counted"), PQfnumber(rows, "stays"),
        PQfnumber(rows, "shipped"), PQfnumber(rows, "units"),   PQfnumber(rows, "over"),
    };
}

static const char *word(struct arena *arena, const PGresult *rows, int row, int column)
{
    return arena_strdup(arena, PQgetvalue(rows, row, column));
}

static void add_units(struct lifetimes *lifetimes, struct arena *arena, const PGresult *rows,
                      int row, struct places at)
{
    lifetimes->units[lifetimes->nunits++] = (struct lifetime_units){
        .lot = word(arena, rows, row, at.lot),
        .age = (int)cell_number_at(rows, row, at.age),
        .month = word(arena, rows, row, at.cohort),
        .shipped = cell_number_at(rows, row, at.shipped),
        .left = cell_number_at(rows, row, at.units),
        .left_in_period = cell_number_at(rows, row, at.over),
    };
}

static void add_event(struct lifetimes *lifetimes, struct arena *arena, const PGresult *rows,
                      int row, struct places at)
{
    lifetimes->events[lifetimes->nevents++] = (struct lifetime_event){
        .lot = word(arena, rows, row, at.lot),
        .class = word(arena, rows, row, at.class),
        .age = (int)cell_number_at(rows, row, at.age),
        .counted = *PQgetvalue(rows, row, at.counted) == 't',
        .stays = *PQgetvalue(rows, row, at.stays) == 't',
        .units = cell_number_at(rows, row, at.units),
        .in_period = cell_number_at(rows, row, at.over),
    };
}

void lifetimes_read(struct lifetimes *lifetimes, struct arena *arena, const PGresult *rows)
{
    struct places at = places_find(rows);
    size_t n = (size_t)PQntuples(rows);

    *lifetimes = (struct lifetimes){
        .units = arena_alloc(arena, n * sizeof *lifetimes->units),
        .events = arena_alloc(arena, n * sizeof *lifetimes->events),
        .days = cell_number(rows, 0, "days"),
        .unsound = cell_number(rows, 0, "unsound"),
    };
    for (int row = 0; row < (int)n; row++) {
        if (PQgetisnull(rows, row, at.age))
            continue;
        if (PQgetisnull(rows, row, at.class))
            add_units(lifetimes, arena, rows, row, at);
        else
            add_event(lifetimes, arena, rows, row, at);
    }
    cohorts_read(&lifetimes->family, arena, rows);
}

double lifetimes_shipped(const struct lifetimes *lifetimes)
{
    double sum = 0;

    for (size_t i = 0; i < lifetimes->nunits; i++)
        sum += lifetimes->units[i].shipped;
    return sum;
}

double lifetimes_counted(const struct lifetimes *lifetimes)
{
    double sum = 0;

    for (size_t i = 0; i < lifetimes->nevents; i++)
        sum += lifetimes->events[i].counted ? lifetimes->events[i].units : 0;
    return sum;
}
