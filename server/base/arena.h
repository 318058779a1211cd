#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

/**
 * Bump allocator with the lifetime of one request.
 *
 * Memory handed out is never freed one by one: arena_clear() frees it all
 * when the request ends. Pointers into an arena may be stored in anything that
 * dies no later than the arena does. A zeroed struct is an empty arena.
 */
struct arena {
    struct arena_block *head;  /* newest block, the one being filled */
    size_t used;               /* bytes of head already handed out */
    struct arena_owned *owned; /* foreign objects to free with it, newest first */
};

/** Return `size` zeroed bytes, aligned for any type. Never fails. */
void *arena_alloc(struct arena *arena, size_t size);
/** Copy `len` bytes of `text` and add the terminating NUL. */
char *arena_strndup(struct arena *arena, const char *text, size_t len);
/** Copy a string; NULL stays NULL. */
char *arena_strdup(struct arena *arena, const char *text);
/** Format into the arena. */
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/** Give a foreign object to the arena: `free_it(object)` runs when it is cleared. */
void arena_own(struct arena *arena, void *object, void (*free_it)(void *));
/** Free everything, newest first; the arena is empty and usable again. */
void arena_clear(struct arena *arena);

/** malloc() that aborts instead of failing, zeroed. For objects that outlive requests. */
void *xalloc(size_t size) __attribute__((returns_nonnull, malloc));
/** realloc() that aborts instead of failing. */
void *xrealloc(void *old, size_t size) __attribute__((returns_nonnull));
/** strdup() that aborts instead of failing. */
char *xstrdup(const char *text) __attribute__((returns_nonnull, malloc));

#endif
