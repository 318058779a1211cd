/* Memory that lives as long as a request. */
#include "unit.h"

#include "base/arena.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool is_zero(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (bytes[i])
            return false;
    return true;
}

static void memory_is_zeroed_and_aligned_for_any_type(void **state)
{
    struct arena arena = {0};

    (void)state;
    for (size_t size = 0; size < 300; size++) {
        char *memory = arena_alloc(&arena, size);

        assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
        assert_true(is_zero(memory, size));
        memset(memory, 0xff, size);
    }
    arena_clear(&arena);
}

/* AddressSanitizer sees blocks, not what is inside them: so every byte is written and read. */
static void pieces_never_overlap(void **state)
{
    static const size_t sizes[] = {1, 15, 16, 17, 4095, 4096, 4097, 70000, 3, 0, 4080};
    struct arena arena = {0};
    unsigned char *piece[10 * COUNT(sizes)];

    (void)state;
    for (size_t i = 0; i < COUNT(piece); i++) {
        piece[i] = arena_alloc(&arena, sizes[i % COUNT(sizes)]);
        memset(piece[i], (int)i, sizes[i % COUNT(sizes)]);
    }
    for (size_t i = 0; i < COUNT(piece); i++)
        for (size_t j = 0; j < sizes[i % COUNT(sizes)]; j++)
            assert_int_equal(piece[i][j], i);
    arena_clear(&arena);
}

static void a_small_piece_after_a_large_one_fits_into_one_block(void **state)
{
    struct arena arena = {0};
    struct arena_block *block;

    (void)state;
    arena_alloc(&arena, 100000);
    arena_alloc(&arena, 1);
    block = arena.head;
    for (int i = 0; i < 100; i++)
        arena_alloc(&arena, 16);
    assert_ptr_equal(arena.head, block);
    arena_clear(&arena);
}

static void copies_end_with_a_nul_and_keep_their_bytes(void **state)
{
    struct arena arena = {0};

    (void)state;
    assert_string_equal(arena_strndup(&arena, "return", 3), "ret");
    assert_memory_equal(arena_strndup(&arena, "a\0b", 3), "a\0b", 4);
    assert_string_equal(arena_strndup(&arena, "x", 0), "");
    assert_string_equal(arena_strdup(&arena, "serial"), "serial");
    arena_clear(&arena);
}

static void the_copy_of_null_is_null(void **state)
{
    struct arena arena = {0};

    (void)state;
    assert_null(arena_strdup(&arena, NULL));
    assert_null(arena.head);
}

static void formatted_text_is_as_long_as_it_needs_to_be(void **state)
{
    struct arena arena = {0};
    char *text = arena_printf(&arena, "%0*d|%s", 9000, 7, "end");

    (void)state;
    assert_int_equal(strlen(text), 9004);
    assert_string_equal(text + 8999, "7|end");
    assert_string_equal(arena_printf(&arena, "%s", ""), "");
    arena_clear(&arena);
}

static char freed[8];

static void note(void *object)
{
    strncat(freed, object, 1);
}

static void what_it_owns_is_freed_once_and_newest_first(void **state)
{
    struct arena arena = {0};

    (void)state;
    freed[0] = '\0';
    arena_own(&arena, (char[]){"a"}, note);
    arena_alloc(&arena, 10000);
    arena_own(&arena, (char[]){"b"}, note);
    arena_own(&arena, (char[]){"c"}, note);
    assert_string_equal(freed, "");
    arena_clear(&arena);
    assert_string_equal(freed, "cba");
    arena_clear(&arena);
    assert_string_equal(freed, "cba");
}

static void a_cleared_arena_is_empty_and_usable_again(void **state)
{
    struct arena arena = {0};

    (void)state;
    for (int round = 0; round < 3; round++) {
        char *memory = arena_alloc(&arena, 50);

        assert_true(is_zero(memory, 50));
        memset(memory, 1, 50);
        arena_clear(&arena);
        assert_null(arena.head);
        assert_null(arena.owned);
        assert_int_equal(arena.used, 0);
    }
}

static void plain_memory_is_zeroed_even_for_nothing(void **state)
{
    char *memory = xalloc(64), *nothing = xalloc(0), *copy = xstrdup("copy");

    (void)state;
    assert_true(is_zero(memory, 64));
    assert_non_null(nothing);
    assert_string_equal(copy, "copy");
    memory = xrealloc(memory, 5000);
    assert_true(is_zero(memory, 64));
    free(memory);
    free(nothing);
    free(copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned_for_any_type),
        cmocka_unit_test(pieces_never_overlap),
        cmocka_unit_test(a_small_piece_after_a_large_one_fits_into_one_block),
        cmocka_unit_test(copies_end_with_a_nul_and_keep_their_bytes),
        cmocka_unit_test(the_copy_of_null_is_null),
        cmocka_unit_test(formatted_text_is_as_long_as_it_needs_to_be),
        cmocka_unit_test(what_it_owns_is_freed_once_and_newest_first),
        cmocka_unit_test(a_cleared_arena_is_empty_and_usable_again),
        cmocka_unit_test(plain_memory_is_zeroed_even_for_nothing),
    };

    RUN(tests);
}
