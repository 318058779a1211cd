/* What is the same in every row of a statement, worked out once. */
#include "http/rowplan.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Far more than there are statements; a power of two. */
#define SLOTS 512
/* Neighbours that are tried before a plan is not kept at all. */
#define TRIES 8

static struct rowplan *_Atomic kept[SLOTS];

/* Length of the part before the dot of a column name; 0 if there is none. */
static size_t prefix_length(const char *name)
{
    const char *dot = strchr(name, '.');

    return dot ? (size_t)(dot - name) : 0;
}

/* Neighbours with the same prefix are members of one object. */
static const char *before_column(struct arena *arena, const char *name, const char *previous)
{
    size_t prefix = prefix_length(name), inside = previous ? prefix_length(previous) : 0;
    bool same = inside && prefix == inside && !strncmp(name, previous, prefix);
    char *before = arena_alloc(arena, strlen(name) + sizeof "},\"\":{\"\":"), *end = before;

    end = stpcpy(end, inside && !same ? "}" : "");
    end = stpcpy(end, previous ? "," : "{");
    if (prefix && !same)
        end = stpcpy(stpncpy(stpcpy(end, "\""), name, prefix), "\":{");
    stpcpy(stpcpy(stpcpy(end, "\""), prefix ? name + prefix + 1 : name), "\":");
    return before;
}

static struct rowplan *plan_make(struct arena *arena, const PGresult *rows)
{
    struct rowplan *plan = arena_alloc(arena, sizeof *plan);
    const char *previous = NULL;

    plan->ncolumns = PQnfields(rows);
    plan->columns = arena_alloc(arena, (size_t)plan->ncolumns * sizeof *plan->columns);
    for (int i = 0; i < plan->ncolumns; i++) {
        struct rowplan_column *column = &plan->columns[i];

        column->name = arena_strdup(arena, PQfname(rows, i));
        column->before = before_column(arena, column->name, previous);
        column->before_len = strlen(column->before);
        column->type = PQftype(rows, i);
        previous = column->name;
    }
    plan->nested = previous && prefix_length(previous);
    return plan;
}

/* Whether a plan was made for just these columns: a migration may have changed a type. */
static bool plan_fits(const struct rowplan *plan, const PGresult *rows)
{
    if (plan->ncolumns != PQnfields(rows))
        return false;
    for (int i = 0; i < plan->ncolumns; i++)
        if (plan->columns[i].type != PQftype(rows, i) ||
            strcmp(plan->columns[i].name, PQfname(rows, i)))
            return false;
    return true;
}

/* FNV-1a over types and first letters: enough to tell most statements apart. */
static uint32_t slot_of(const PGresult *rows)
{
    uint32_t hash = UINT32_C(2166136261);

    for (int i = 0, n = PQnfields(rows); i < n; i++)
        hash =
            (hash ^ (unsigned char)*PQfname(rows, i) ^ PQftype(rows, i) << 8) * UINT32_C(16777619);
    return hash ^ hash >> 16;
}

/* The plan in an empty slot: this one, unless another thread was faster. */
static const struct rowplan *plan_keep(struct rowplan *_Atomic *slot, const PGresult *rows)
{
    struct arena memory = {0};
    struct rowplan *plan = plan_make(&memory, rows), *other = NULL;

    if (atomic_compare_exchange_strong(slot, &other, plan))
        return plan; /* its memory is kept with it */
    arena_clear(&memory);
    return other;
}

const struct rowplan *rowplan_find(struct arena *arena, const PGresult *rows)
{
    uint32_t first = slot_of(rows);

    for (uint32_t i = first; i < first + TRIES; i++) {
        struct rowplan *_Atomic *slot = &kept[i % SLOTS];
        const struct rowplan *plan = atomic_load_explicit(slot, memory_order_acquire);

        if (!plan)
            plan = plan_keep(slot, rows);
        if (plan_fits(plan, rows))
            return plan;
    }
    return plan_make(arena, rows);
}
