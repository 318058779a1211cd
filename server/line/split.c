/* A line by segments. */
#include "line/split.h"
#include "line/rows.h"

#include "stat/multiple.h"
#include "stat/two_rates.h"

#include <math.h>

/* What the columns of the two statements are called. */
struct names {
    const char *shipped, *n, *x;
};

static struct split_part part_of(struct arena *arena, const PGresult *rows, int row,
                                 const struct names *names)
{
    return (struct split_part){
        .key = arena_strdup(arena, PQgetvalue(rows, row, PQfnumber(rows, "key"))),
        .shipped = cell_number(rows, row, names->shipped),
        .n = cell_number(rows, row, names->n),
        .x = cell_number(rows, row, names->x),
        .expected = NAN,
        .p = NAN,
        .q = NAN,
    };
}

/* By class, what was shipped is of no segment, and at risk of all of them. */
static void share_whole(struct split *split, const struct split_part *whole)
{
    split->shipped = whole->shipped;
    split->matured = whole->n;
    for (size_t i = 0; i < split->n; i++) {
        split->parts[i].shipped = whole->shipped;
        split->parts[i].n = whole->n;
        split->parts[i].returns_only = true;
    }
}

static void read_parts(struct split *split, struct arena *arena, const PGresult *rows,
                       const struct names *names)
{
    int n = PQntuples(rows), whole = -1;

    *split = (struct split){.parts = arena_alloc(arena, (size_t)n * sizeof *split->parts)};
    for (int row = 0; row < n; row++) {
        struct split_part *part = &split->parts[split->n];

        if (PQgetisnull(rows, row, PQfnumber(rows, "key"))) {
            whole = row;
            continue;
        }
        *part = part_of(arena, rows, row, names);
        split->shipped += part->shipped;
        split->matured += part->n;
        split->events += part->x;
        split->n += part->shipped != 0 || part->n != 0 || part->x != 0;
    }
    if (whole >= 0) {
        struct split_part all = part_of(arena, rows, whole, names);

        share_whole(split, &all);
    }
}

void split_read(struct split *split, struct arena *arena, const PGresult *rows)
{
    read_parts(split, arena, rows, &(struct names){"shipped", "matured", "events"});
    split->months = cell_number(rows, 0, "months");
    split->oldest = cell_number(rows, 0, "oldest");
    split->covered = cell_number(rows, 0, "covered");
    split->uncovered = cell_number(rows, 0, "uncovered");
}

void split_read_flow(struct split *split, struct arena *arena, const PGresult *rows)
{
    read_parts(split, arena, rows, &(struct names){"sold", "sold", "returned"});
}

static bool test_part(const struct split *split, struct split_part *part)
{
    struct sample own = {(int64_t)part->x, (int64_t)part->n};
    struct sample others = {(int64_t)(split->events - part->x),
                            (int64_t)(split->matured - part->n)};
    struct exact exact;
    double expected = part->n * split->events / split->matured;

    if (part->returns_only || !(expected >= SPLIT_EXPECTED_MIN) ||
        !two_rates_exact(own, others, &exact))
        return false;
    part->expected = expected;
    part->p = exact.mid_at_least;
    return true;
}

void split_test(struct split *split, struct arena *arena)
{
    double *p = arena_alloc(arena, (2 * split->n + 1) * sizeof *p), *q = p + split->n;
    size_t *order = arena_alloc(arena, (split->n + 1) * sizeof *order), tests = 0;

    for (size_t i = 0; i < split->n; i++)
        if (test_part(split, &split->parts[i]))
            p[tests++] = split->parts[i].p;
    if (!tests || !fdr_adjust(p, tests, FDR_BH, q, order))
        return;
    for (size_t i = 0, test = 0; i < split->n; i++)
        if (!isnan(split->parts[i].p))
            split->parts[i].q = q[test++];
}
