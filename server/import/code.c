/* The codes of a file. */
#include "import/code.h"

#include <string.h>

#define SLOTS (2 * IMPORT_CODES_MAX)

static uint32_t hash_of(const char *column, const char *text)
{
    uint32_t hash = (uint32_t)(uintptr_t)column * 2654435761u;

    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 16777619u;
    return hash;
}

/* The place of a code: its own, or the free one that it would have. */
static uint16_t *slot_find(struct import_codes *codes, const char *column, const char *text)
{
    size_t at = hash_of(column, text) % SLOTS;

    while (codes->slots[at]) { /* half of them are free, at least */
        const struct import_code *code = &codes->list[codes->slots[at] - 1];

        if (code->column == column && !strcmp(code->text, text))
            break;
        at = (at + 1) % SLOTS;
    }
    return &codes->slots[at];
}

const struct import_code *import_code_count(struct import_codes *codes, const char *column,
                                            const char *text, import_code_fn *look, const void *ctx)
{
    uint16_t *slot = slot_find(codes, column, text);
    struct import_code *code = &codes->other;

    if (*slot) {
        code = &codes->list[*slot - 1];
        code->rows++;
        return code;
    }
    *code = (struct import_code){.column = column, .text = text, .rows = 1};
    look(code, ctx);
    if (codes->n == IMPORT_CODES_MAX) {
        codes->others++;
        return code;
    }
    code->text = arena_strdup(codes->arena, text);
    codes->list[codes->n++] = *code;
    *slot = (uint16_t)codes->n;
    return &codes->list[codes->n - 1];
}

/* All codes of the column of the `first` one of it. */
static void column_add(json_t *list, const struct import_codes *codes, size_t first)
{
    for (size_t i = first; i < codes->n; i++) {
        const struct import_code *code = &codes->list[i];

        if (code->column != codes->list[first].column)
            continue;
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:I, s:s?, s:b}", "column", code->column,
                                        "code", code->text, "rows", (json_int_t)code->rows, "class",
                                        code->classed ? event_class_name(code->class) : NULL,
                                        "known", code->known));
    }
}

json_t *import_codes_json(const struct import_codes *codes)
{
    json_t *list = json_array();

    for (size_t i = 0; i < codes->n; i++) {
        size_t first = 0;

        while (codes->list[first].column != codes->list[i].column)
            first++;
        if (first == i)
            column_add(list, codes, i);
    }
    return list;
}
