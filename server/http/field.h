#ifndef HTTP_FIELD_H
#define HTTP_FIELD_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * What a client may send, as tables: bodies and query strings are checked by
 * them, and the API description is written from them.
 *
 * A checked field lands in the handler's struct as text, ready to be a query
 * argument: PostgreSQL gives it its type.
 */
enum field_type {
    TEXT,     /* any clean text of `min` to `max` characters; or one of the words in `one_of` */
    INTEGER,  /* `min` to `max` */
    BOOLEAN,  /* true or false */
    DATE,     /* YYYY-MM-DD, a day that exists */
    MONTH,    /* YYYY-MM, handed on as its first day */
    ID,       /* a public id */
    SERIAL,   /* folded to upper case without blanks */
    EMAIL,    /* folded to lower case */
    COUNTRY,  /* ISO 3166-1 alpha-2 */
    CURRENCY, /* ISO 4217 */
    PHONE,    /* E.164 */
    CODE,     /* a lower-case word */
    PASSWORD, /* any text, not trimmed */
    OBJECT,   /* in bodies only: any JSON object, handed on as its text */
    NUMBER,   /* figures, see http/figure.h: a number, `min` to `max` if they differ */
    NUMBERS,  /* in bodies only: a list of `min` to `max` numbers */
    TABLE,    /* likewise: a list of `min` to `max` lists of numbers */
    NFIELD_TYPES
};

/** One field: its name, what it must be, where it goes. */
struct field {
    const char *name;
    enum field_type type;
    size_t offset;      /* of the `const char *`, or the figure, in the handler's struct */
    long min, max;      /* length of a TEXT in characters, value of an INTEGER */
    const char *one_of; /* words, separated by a blank */
    bool optional;
};
#define FIELD(struct_name, member, field_type, ...)                                               \
    {                                                                                             \
        .name = #member, .type = field_type, .offset = offsetof(struct_name, member), __VA_ARGS__ \
    }

struct field_table {
    const struct field *fields;
    size_t nfields, size; /* `size` of the struct that is filled */
};
/** Define the table of a route: FIELDS(return_file_body, struct return_new, FIELD(...), ...). */
#define FIELDS(table, struct_name, ...)                                                         \
    static const struct field table##_rows[] = {__VA_ARGS__};                                   \
    const struct field_table table = {table##_rows, sizeof table##_rows / sizeof(struct field), \
                                      sizeof(struct_name)}

/** A member that a handler adds to each row, or to the answer itself. */
struct computed {
    const char *name;
    const char *schema; /* JSON Schema of it */
    bool top;           /* beside `items`, not in each of them */
};
struct computed_table {
    const struct computed *members;
    size_t nmembers;
};

/** Why a value was refused: a stable code and a sentence. `code` NULL: it was not. */
struct field_fault {
    const char *code, *detail;
};
/**
 * Check a text and fold it into `*value` (in `arena`). The text is NUL-terminated
 * and has no NUL inside.
 */
struct field_fault field_check(struct arena *arena, const struct field *field, const char *text,
                               const char **value);
/** JSON Schema keywords of a field, without braces. */
const char *field_schema(struct arena *arena, const struct field *field);

#endif
