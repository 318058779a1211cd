#ifndef HTTP_VALUE_H
#define HTTP_VALUE_H

#include "base/value.h"
#include "http/field.h"
#include "http/request.h"

/** Answers that a handler calculates: written by base/value.h, their members described here. */

/** 200 and the object that was written. */
void value_reply(struct request *req, const struct text *text);

/** Define the members of an answer: MEMBERS(wilson_computed, NUMBER_MEMBER("low"), ...). */
#define MEMBERS(table, ...)                                      \
    static const struct computed table##_rows[] = {__VA_ARGS__}; \
    const struct computed_table table = {table##_rows, sizeof table##_rows / sizeof *table##_rows}

#define NULLABLE_NUMBER "{\"type\":[\"number\",\"null\"]}"
#define NUMBER_MEMBER(name)         \
    {                               \
        name, NULLABLE_NUMBER, true \
    }
#define NUMBERS_MEMBER(name)                                             \
    {                                                                    \
        name, "{\"type\":\"array\",\"items\":" NULLABLE_NUMBER "}", true \
    }
#define NUMBER_LISTS_MEMBER(name)                                                                  \
    {                                                                                              \
        name, "{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":" NULLABLE_NUMBER "}}", \
            true                                                                                   \
    }
#define WORD_MEMBER(name)                              \
    {                                                  \
        name, "{\"type\":[\"string\",\"null\"]}", true \
    }
#define FLAG_MEMBER(name)                    \
    {                                        \
        name, "{\"type\":\"boolean\"}", true \
    }
/** A list of objects of numbers and null: `names` are JSON strings with commas. */
#define TABLE_MEMBER(name, names, properties)                                         \
    {                                                                                 \
        name,                                                                         \
            "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[" names \
            "],\"properties\":{" properties "}}}",                                    \
            true                                                                      \
    }

#endif
