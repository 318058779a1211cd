/* Numbers, lists of numbers and lists of those, from JSON. */
#include "http/figure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Beyond it a double no longer tells neighbours apart, and sums of squares overflow. */
#define FIGURE_LIMIT 1e15

static const struct field_fault fine = {NULL, NULL};
static const struct field_fault wrong_type = {"wrong_type", "It has the wrong type."};
static const struct field_fault too_large = {"out_of_range", "It is too large to calculate with."};

bool figure_is(const struct field *field)
{
    return field->type == NUMBER || field->type == NUMBERS || field->type == TABLE;
}

static struct field_fault keep_number(struct arena *arena, const struct field *field, double number,
                                      double *place)
{
    if (!(fabs(number) <= FIGURE_LIMIT))
        return too_large;
    if (field->min < field->max && (number < (double)field->min || number > (double)field->max))
        return (struct field_fault){
            "out_of_range",
            arena_printf(arena, "It must be from %ld to %ld.", field->min, field->max)};
    *place = number;
    return fine;
}

static struct field_fault read_number(struct arena *arena, const struct field *field,
                                      const json_t *value, double *place)
{
    if (!json_is_number(value))
        return wrong_type;
    return keep_number(arena, field, json_number_value(value), place);
}

struct field_fault figure_read_text(struct arena *arena, const struct field *field,
                                    const char *text, void *place)
{
    double number = NAN;
    char *end;

    if (!text) {
        *(double *)place = NAN;
        return fine;
    }
    if (*text && !text[strspn(text, "+-.0123456789eE")])
        number = strtod(text, &end);
    else
        return wrong_type;
    return *end ? wrong_type : keep_number(arena, field, number, place);
}

static struct field_fault read_list(struct arena *arena, const json_t *value, struct numbers *place)
{
    size_t n = json_array_size(value);
    double *at = arena_alloc(arena, n * sizeof *at);

    if (!json_is_array(value))
        return wrong_type;
    for (size_t i = 0; i < n; i++) {
        const json_t *entry = json_array_get(value, i);

        if (!json_is_number(entry))
            return (struct field_fault){"wrong_type",
                                        arena_printf(arena, "Its entry %zu is not a number.", i)};
        at[i] = json_number_value(entry);
        if (!(fabs(at[i]) <= FIGURE_LIMIT))
            return too_large;
    }
    *place = (struct numbers){at, n};
    return fine;
}

static struct field_fault read_table(struct arena *arena, const json_t *value,
                                     struct number_table *place)
{
    size_t n = json_array_size(value);
    struct numbers *rows = arena_alloc(arena, n * sizeof *rows);
    struct field_fault fault = json_is_array(value) ? fine : wrong_type;

    for (size_t i = 0; !fault.code && i < n; i++)
        fault = read_list(arena, json_array_get(value, i), &rows[i]);
    *place = (struct number_table){rows, n};
    return fault;
}

/* How many entries it has, each list within it counted. */
static size_t entries(const json_t *value)
{
    size_t n = json_array_size(value), total = n;

    for (size_t i = 0; i < n; i++)
        total += json_array_size(json_array_get(value, i));
    return total;
}

struct field_fault figure_read(struct arena *arena, const struct field *field, const json_t *value,
                               void *place)
{
    size_t n = json_array_size(value);

    if (!value) {
        if (field->type == NUMBER)
            *(double *)place = NAN;
        return fine;
    }
    if (field->type == NUMBER)
        return read_number(arena, field, value, place);
    if (json_is_array(value) && (n < (size_t)field->min || (field->max && n > (size_t)field->max)))
        return (struct field_fault){"out_of_range", "It has too few or too many entries."};
    if (entries(value) > FIGURES_MAX)
        return (struct field_fault){"too_long", "It has too many entries."};
    return field->type == NUMBERS ? read_list(arena, value, place)
                                  : read_table(arena, value, place);
}

const char *figure_schema(struct arena *arena, const struct field *field)
{
    long most = field->max ? field->max : FIGURES_MAX;
    const char *items = field->type == NUMBERS
                            ? "{\"type\":\"number\"}"
                            : "{\"type\":\"array\",\"items\":{\"type\":\"number\"}}";

    if (field->type == NUMBER && field->min < field->max)
        return arena_printf(arena, "\"type\":\"number\",\"minimum\":%ld,\"maximum\":%ld",
                            field->min, field->max);
    if (field->type == NUMBER)
        return "\"type\":\"number\"";
    return arena_printf(arena, "\"type\":\"array\",\"items\":%s,\"minItems\":%ld,\"maxItems\":%ld",
                        items, field->min, most);
}
