#ifndef HTTP_FIGURE_H
#define HTTP_FIGURE_H

#include "http/field.h"

#include <jansson.h>
#include <stddef.h>

/**
 * Figures in bodies, and single ones in query strings: what is calculated with, and never an
 * argument of SQL. They land in the handler's struct as numbers, all of them finite.
 */

/** A list of numbers; where the field's member is one, its type is NUMBERS. */
struct numbers {
    const double *at;
    size_t n;
};
/** A list of lists, which need not be of one length; the field's type is TABLE. */
struct number_table {
    const struct numbers *at;
    size_t n;
};

/** No list and no list of lists has more entries in all. */
#define FIGURES_MAX 20000

/** Whether a field is filled by figure_read() and not as text. */
bool figure_is(const struct field *field);
/**
 * Check a JSON value and store it at `place` (double, struct numbers or struct
 * number_table). A NULL value is an absent member: NAN, or a list of nothing.
 */
struct field_fault figure_read(struct arena *arena, const struct field *field, const json_t *value,
                               void *place);
/** The same for a NUMBER in a query string; a NULL text is an absent parameter. */
struct field_fault figure_read_text(struct arena *arena, const struct field *field,
                                    const char *text, void *place);
/** JSON Schema keywords of such a field, without braces. */
const char *figure_schema(struct arena *arena, const struct field *field);

#endif
