/* Fields of every type: what is accepted is clean text, and checking it again changes nothing. */
#include "base/text.h"
#include "http/field.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_field(enum field_type type, const char *text)
{
    const struct field field = {.name = "x", .type = type, .min = 1, .max = 200};
    const char *once = NULL, *twice = NULL;
    struct arena arena = {0};

    if (!field_check(&arena, &field, text, &once).code && type != MONTH) {
        assert(once);
        assert(type == PASSWORD || type == OBJECT || text_is_clean(once, strlen(once)));
        assert(!field_check(&arena, &field, once, &twice).code);
        assert(!strcmp(once, twice));
    }
    arena_clear(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);

    memcpy(text, data, size);
    text[size] = '\0';
    for (int type = 0; type < NFIELD_TYPES; type++)
        try_field((enum field_type)type, text);
    free(text);
    return 0;
}
