/* Memory that lives as long as a request. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Most requests fit into one block; a larger wish gets a block of its own. */
#define BLOCK_SIZE 4096

struct arena_block {
    struct arena_block *older;
    size_t size;
    _Alignas(max_align_t) char bytes[];
};

struct arena_owned {
    struct arena_owned *older;
    void *object;
    void (*free_it)(void *);
};

void *xalloc(size_t size)
{
    void *memory = calloc(1, size ? size : 1);

    if (!memory)
        abort();
    return memory;
}

void *xrealloc(void *old, size_t size)
{
    void *memory = realloc(old, size);

    if (!memory)
        abort();
    return memory;
}

char *xstrdup(const char *text)
{
    char *copy = strdup(text);

    if (!copy)
        abort();
    return copy;
}

static void block_add(struct arena *arena, size_t size)
{
    struct arena_block *block = xrealloc(NULL, sizeof *block + size);

    block->older = arena->head;
    block->size = size;
    arena->head = block;
    arena->used = 0;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    size_t start = (arena->used + align - 1) / align * align;

    if (size > SIZE_MAX / 2)
        abort();
    if (!arena->head || start > arena->head->size || arena->head->size - start < size) {
        block_add(arena, size > BLOCK_SIZE ? size : BLOCK_SIZE);
        start = 0;
    }
    arena->used = start + size;
    return memset(arena->head->bytes + start, 0, size);
}

char *arena_strndup(struct arena *arena, const char *text, size_t len)
{
    char *copy = arena_alloc(arena, len + 1);

    memcpy(copy, text, len);
    return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return text ? arena_strndup(arena, text, strlen(text)) : NULL;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    char guess[256], *text = guess; /* most fit, and are formatted once */
    va_list args, again;
    int len;

    va_start(args, format);
    va_copy(again, args);
    len = vsnprintf(guess, sizeof guess, format, args);
    va_end(args);
    if (len < 0)
        abort();
    if ((size_t)len < sizeof guess) {
        text = arena_strndup(arena, guess, (size_t)len);
    } else {
        text = arena_alloc(arena, (size_t)len + 1);
        vsnprintf(text, (size_t)len + 1, format, again);
    }
    va_end(again);
    return text;
}

void arena_own(struct arena *arena, void *object, void (*free_it)(void *))
{
    struct arena_owned *owned = arena_alloc(arena, sizeof *owned);

    owned->older = arena->owned;
    owned->object = object;
    owned->free_it = free_it;
    arena->owned = owned;
}

void arena_clear(struct arena *arena)
{
    struct arena_block *block, *older;

    for (struct arena_owned *owned = arena->owned; owned; owned = owned->older)
        owned->free_it(owned->object);
    for (block = arena->head; block; block = older) {
        older = block->older;
        free(block);
    }
    *arena = (struct arena){0};
}
