/* Reading a JSON object by a table of its members. */
#include "import/member.h"

#include "base/text.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#define TEXT_MAX   200
#define LIST_MAX   8
#define NUMBER_MAX 1000000000
#define MILLION    1000000

void *member_place(const struct reader *reader, const struct member *member)
{
    return (char *)reader->into + member->offset;
}

bool member_refuse(struct reader *reader, const struct member *member, const char *what)
{
    return import_fail(reader->error, "The mapping's \"%s%s%s\" %s.", member->object,
                       *member->object ? "." : "", member->name, what);
}

static const struct member *member_find(const struct member *members, const char *name)
{
    while (members->name && strcmp(members->name, name) != 0)
        members++;
    return members->name ? members : NULL;
}

static bool unknown(struct reader *reader, const struct member *object, const char *name)
{
    return import_fail(reader->error, "The mapping has an unknown member \"%s%s%.80s\".",
                       object->name, *object->name ? "." : "", name);
}

bool object_read(struct reader *reader, const struct member *member, json_t *object)
{
    const struct member *inner;
    const char *name;
    json_t *value;

    if (!json_is_object(object))
        return member_refuse(reader, member, "must be an object");
    json_object_foreach(object, name, value)
    {
        inner = member_find(member->members, name);
        if (!inner)
            return unknown(reader, member, name);
        if (!inner->read(reader, inner, value))
            return false;
    }
    for (inner = member->members; inner->name; inner++)
        if (inner->needed && !json_object_get(object, inner->name))
            return member_refuse(reader, inner, "is missing");
    return true;
}

bool text_read(struct reader *reader, const struct member *member, json_t *value)
{
    const char *text = json_string_value(value);

    if (!text || !*text || strlen(text) > TEXT_MAX || !text_is_clean(text, strlen(text)))
        return member_refuse(reader, member,
                             "must be a text of 1 to 200 bytes without control characters");
    if (member->valid && !member->valid(text))
        return member_refuse(reader, member, member->must);
    *(const char **)member_place(reader, member) = text;
    return true;
}

bool names_read(struct reader *reader, const struct member *member, json_t *value)
{
    const char *name;
    json_t *meaning;

    if (!json_is_object(value))
        return member_refuse(reader, member, "must be an object");
    json_object_foreach(value, name, meaning)
    {
        const char *text = json_string_value(meaning);

        if (!text || !member->valid(text))
            return import_fail(
                reader->error, "The mapping's \"%s%s%s\": what stands for \"%.80s\" %s.",
                member->object, *member->object ? "." : "", member->name, name, member->must);
    }
    *(const json_t **)member_place(reader, member) = value;
    return true;
}

bool list_read(struct reader *reader, const struct member *member, json_t *value)
{
    static const char must[] = "must be a list of one to eight texts";
    size_t n = json_array_size(value); /* 0 of what is no list */

    if (!n || n > LIST_MAX)
        return member_refuse(reader, member, must);
    for (size_t i = 0; i < n; i++) {
        const char *text = json_string_value(json_array_get(value, i));

        if (!text || !*text || strlen(text) > TEXT_MAX || !text_is_clean(text, strlen(text)))
            return member_refuse(reader, member, must);
    }
    *(const json_t **)member_place(reader, member) = value;
    return true;
}

bool true_read(struct reader *reader, const struct member *member, json_t *value)
{
    if (!json_is_true(value))
        return member_refuse(reader, member, "can only be true");
    *(bool *)member_place(reader, member) = true;
    return true;
}

bool count_read(struct reader *reader, const struct member *member, json_t *value)
{
    json_int_t number = json_integer_value(value);

    if (!json_is_integer(value) || number < 0 || number > NUMBER_MAX)
        return member_refuse(reader, member, "must be a whole number from 0 to 1,000,000,000");
    *(int64_t *)member_place(reader, member) = number;
    return true;
}

bool millionths_read(struct reader *reader, const struct member *member, json_t *value)
{
    double number = json_number_value(value);

    if (!json_is_number(value) || number < 0 || number > NUMBER_MAX)
        return member_refuse(reader, member, "must be a number from 0 to 1,000,000,000");
    *(int64_t *)member_place(reader, member) = llround(number * MILLION);
    return true;
}
