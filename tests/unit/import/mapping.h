#ifndef MAPPING_H
#define MAPPING_H

/** A mapping with other members, and what is said of it. */

#include "import/map.h"

#include <stdlib.h>
#include <string.h>

static const char base[] =
    "{\"line\": {\"code\": \"tillers\", \"name\": \"Tillers\"},"
    " \"columns\": {\"product\": \"Item\", \"quantity\": \"Qty\", \"date\": \"Day\"},"
    " \"date_format\": \"%Y-%m-%d\", \"country\": {\"constant\": \"DE\"}}";

/* The base with other members; a null takes one away. */
static inline char *changed(const char *members)
{
    json_t *map = json_loads(base, 0, NULL);
    json_t *change = json_loads(members, 0, NULL);
    const char *name;
    json_t *value;
    char *text;

    assert_non_null(change);
    json_object_foreach(change, name, value)
    {
        if (json_is_null(value))
            json_object_del(map, name);
        else
            json_object_set(map, name, value);
    }
    text = json_dumps(map, 0);
    json_decref(change);
    json_decref(map);
    return text;
}

static inline void expect_good(struct import_map *map, const char *members)
{
    struct import_error error = {0};
    char *text = changed(members);

    import_map_parse(map, text, strlen(text), &error);
    assert_string_equal(error.text, "");
    free(text);
}

static inline void expect_bytes_refused(const char *text, const char *expected)
{
    struct import_error error = {0};
    struct import_map map;

    assert_false(import_map_parse(&map, text, strlen(text), &error));
    assert_string_equal(error.text, expected);
    import_map_release(&map);
}

static inline void expect_refused(const char *members, const char *expected)
{
    char *text = changed(members);

    expect_bytes_refused(text, expected);
    free(text);
}

#endif
