#ifndef HTTP_VALUE_H
#define HTTP_VALUE_H

#include "base/text.h"
#include "http/field.h"
#include "http/request.h"

/**
 * Answers that a handler calculates, written member by member.
 *
 * Numbers are written with the fewest digits that read back as the same number;
 * one that is none (NAN) or without end becomes null. A name of NULL writes an
 * entry of a list. Commas come by themselves.
 */
void value_number(struct text *text, const char *name, double number);
void value_whole(struct text *text, const char *name, int64_t number);
void value_word(struct text *text, const char *name, const char *word);
void value_flag(struct text *text, const char *name, bool flag);
void value_numbers(struct text *text, const char *name, const double *at, size_t n);
/** `bracket` is '{' or '['; value_close() takes the one that ends it. */
void value_open(struct text *text, const char *name, char bracket);
void value_close(struct text *text, char bracket);
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
