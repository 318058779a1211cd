#ifndef IMPORT_MEMBER_H
#define IMPORT_MEMBER_H

#include "import/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/**
 * A JSON object read by a table: each row names a member, what its value must
 * be, and where it goes in a struct. A member that no row names is an error, for
 * a misspelt one would else be ignored without a word.
 */
struct member;

/** Where members go, and where an error goes. */
struct reader {
    void *into;
    struct import_error *error;
};

/** Reads the value of one member; on failure says why in `reader->error`. */
typedef bool member_fn(struct reader *reader, const struct member *member, json_t *value);

struct member {
    const char *object, *name; /* "columns", "date": where a person finds it; a NULL name ends */
    member_fn *read;
    size_t offset; /* of its place in the struct */
    bool needed;
    bool (*valid)(const char *text); /* what more a text must be, or any text */
    const char *must;                /* that in words: "must be ..." */
    const struct member *members;    /* of an object */
};

/** Where the value of a member goes. */
void *member_place(const struct reader *reader, const struct member *member);
/** Fail with a sentence about this member: "must be ...". Always false. */
bool member_refuse(struct reader *reader, const struct member *member, const char *what);

/* The kinds of value. Texts and objects are borrowed from the JSON. */

/** An object with the members of `member->members`. */
member_fn object_read;
/** A `const char *`: not empty, short, without control characters. */
member_fn text_read;
/** A `const json_t *`: an object whose values are all valid texts. */
member_fn names_read;
/** A `const json_t *`: an array of one to eight texts. */
member_fn list_read;
/** A `bool`: the word true. */
member_fn true_read;
/** An `int64_t`: a whole number, not negative. */
member_fn count_read;
/** An `int64_t`: a number, not negative, in millionths. */
member_fn millionths_read;

#endif
