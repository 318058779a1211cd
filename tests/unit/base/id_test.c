/* Names that nobody can guess: public ids, return numbers, tokens. */
#include "unit.h"

#include "base/id.h"

#include <sodium.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define DRAWS 4096

static const char lower[] = "0123456789abcdefghjkmnpqrstvwxyz";
static const char upper[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* Draw many and tell whether no two are the same. `size` of each includes its NUL. */
static bool all_differ(char *texts, size_t n, size_t size)
{
    qsort(texts, n, size, by_text);
    for (size_t i = 1; i < n; i++)
        if (!strcmp(texts + (i - 1) * size, texts + i * size))
            return false;
    return true;
}

static void an_id_has_its_form(void **state)
{
    char id[ID_SIZE];

    (void)state;
    for (int i = 0; i < 100; i++) {
        id_new(id, "ret");
        assert_int_equal(strlen(id), 30);
        assert_memory_equal(id, "ret_", 4);
        assert_int_equal(strspn(id + 4, lower), 26);
        assert_in_range(id[4], '0', '7'); /* 130 bits hold 128 */
        assert_true(id_is_valid(id));
    }
}

static void ids_never_repeat(void **state)
{
    static char ids[DRAWS][ID_SIZE];

    (void)state;
    for (int i = 0; i < DRAWS; i++)
        id_new(ids[i], "tkt");
    assert_true(all_differ(ids[0], DRAWS, ID_SIZE));
}

/*
 * 128 random bits leave no letter out and prefer none: in each place each letter is met
 * about DRAWS / 32 times. Eight standard deviations: a sound generator fails once in 10^13 runs.
 */
static void every_letter_is_as_likely_in_every_place(void **state)
{
    static int count[26][256];
    char id[ID_SIZE];

    (void)state;
    for (int i = 0; i < DRAWS; i++) {
        id_new(id, "ret");
        for (int place = 0; place < 26; place++)
            count[place][(unsigned char)id[4 + place]]++;
    }
    for (int place = 0; place < 26; place++)
        for (int letter = 0; letter < (place ? 32 : 8); letter++) {
            double mean = DRAWS / (place ? 32.0 : 8.0);
            double off = count[place][(unsigned char)lower[letter]] - mean;

            assert_true(off * off < 64 * mean);
        }
}

static void only_the_form_of_an_id_is_valid(void **state)
{
    static const char *const bad[] = {
        "",
        "ret",
        "ret_",
        "ret_0123456789abcdefghjkmnpqr",   /* one short */
        "ret_0123456789abcdefghjkmnpqrst", /* one long */
        "RET_0123456789abcdefghjkmnpqrs",
        "ret_0123456789ABCDEFGHJKMNPQRS",
        "re1_0123456789abcdefghjkmnpqrs",
        "ret-0123456789abcdefghjkmnpqrs",
        "retx0123456789abcdefghjkmnpqrs",
        "re_00123456789abcdefghjkmnpqrs",
        "ret_i123456789abcdefghjkmnpqrs", /* i, l, o, u are not in the alphabet */
        "ret_l123456789abcdefghjkmnpqrs",
        "ret_o123456789abcdefghjkmnpqrs",
        "ret_u123456789abcdefghjkmnpqrs",
        "ret_ 123456789abcdefghjkmnpqrs",
        "ret_'123456789abcdefghjkmnpqrs",
        "ret_\xc3\xa9z0123456789abcdefghjkmn",
        "ret_0123456789abcdefghjkmnpqr\n",
    };

    (void)state;
    assert_true(id_is_valid("ret_0123456789abcdefghjkmnpqrs"));
    assert_true(id_is_valid("tkt_zzzzzzzzzzzzzzzzzzzzzzzzzz"));
    for (size_t i = 0; i < COUNT(bad); i++)
        if (id_is_valid(bad[i]))
            fail_msg("\"%s\" passes as an id", bad[i]);
}

/* What somebody at a desk does with a number that was read out: the eight digits and the check
   character, weighed by powers of two in the field of 32 elements (x^5 + x^2 + 1), give zero. */
static bool number_is_right(const char *number)
{
    unsigned sum = 0;

    for (const char *c = number + 2; *c; c++)
        if (*c != '-')
            sum = (sum << 1 ^ (sum & 16 ? 0x25 : 0)) ^ (unsigned)(strchr(upper, *c) - upper);
    return sum == 0;
}

static void a_number_has_its_form(void **state)
{
    static const int places[] = {2, 3, 4, 5, 7, 8, 9, 10, 12};
    char number[NUMBER_SIZE];

    (void)state;
    for (int i = 0; i < 100; i++) {
        number_new(number);
        assert_int_equal(strlen(number), 13);
        assert_memory_equal(number, "R-", 2);
        assert_int_equal(number[6], '-');
        assert_int_equal(number[11], '-');
        for (size_t place = 0; place < COUNT(places); place++)
            assert_non_null(strchr(upper, number[places[place]]));
        assert_true(number_is_right(number));
    }
}

/* Misreading one character is the commonest slip, swapping two the next. */
static void one_wrong_character_never_makes_another_number(void **state)
{
    static const int places[] = {2, 3, 4, 5, 7, 8, 9, 10, 12};
    char number[NUMBER_SIZE];

    (void)state;
    for (int i = 0; i < 50; i++) {
        number_new(number);
        for (size_t place = 0; place < COUNT(places); place++) {
            char right = number[places[place]];

            for (const char *c = upper; *c; c++) {
                number[places[place]] = *c;
                assert_int_equal(number_is_right(number), *c == right);
            }
            number[places[place]] = right;
        }
    }
}

static void two_swapped_characters_never_make_another_number(void **state)
{
    static const int places[] = {2, 3, 4, 5, 7, 8, 9, 10};
    char number[NUMBER_SIZE], swapped[NUMBER_SIZE];

    (void)state;
    for (int i = 0; i < 200; i++) {
        number_new(number);
        for (size_t a = 0; a < COUNT(places); a++)
            for (size_t b = 0; b < a; b++) {
                memcpy(swapped, number, NUMBER_SIZE);
                swapped[places[a]] = number[places[b]];
                swapped[places[b]] = number[places[a]];
                assert_int_equal(number_is_right(swapped), !strcmp(swapped, number));
            }
    }
}

static void numbers_hardly_ever_repeat(void **state)
{
    static char numbers[DRAWS][NUMBER_SIZE];

    (void)state;
    for (int i = 0; i < DRAWS; i++)
        number_new(numbers[i]);
    /* 40 bits: the chance of a pair among so few is 8 in a million. */
    assert_true(all_differ(numbers[0], DRAWS, NUMBER_SIZE));
}

static void a_token_has_its_form_and_never_repeats(void **state)
{
    static char tokens[DRAWS][TOKEN_SIZE];

    (void)state;
    for (int i = 0; i < DRAWS; i++) {
        token_new(tokens[i]);
        assert_int_equal(strlen(tokens[i]), 43);
        assert_true(token_is_valid(tokens[i]));
    }
    assert_true(all_differ(tokens[0], DRAWS, TOKEN_SIZE));
}

static void only_the_form_of_a_token_is_valid(void **state)
{
    static const char *const bad[] = {
        "",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",   /* 42 */
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", /* 44 */
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/",
        "AAAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAA\nAAAAAAAAAAAAAAAAAAAAA",
    };

    (void)state;
    assert_true(token_is_valid("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKL-_019"));
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(token_is_valid(bad[i]));
}

/* RFC 7693's algorithm with 32 bytes: the well-known hash of nothing. */
static void the_hash_is_blake2b_256_as_a_bytea_literal(void **state)
{
    char hash[HASH_SIZE], other[HASH_SIZE];

    (void)state;
    hash_text(hash, "", 0);
    assert_string_equal(hash,
                        "\\x0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    hash_text(hash, "a\0b", 3);
    hash_text(other, "a\0c", 3);
    assert_string_not_equal(hash, other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_id_has_its_form),
        cmocka_unit_test(ids_never_repeat),
        cmocka_unit_test(every_letter_is_as_likely_in_every_place),
        cmocka_unit_test(only_the_form_of_an_id_is_valid),
        cmocka_unit_test(a_number_has_its_form),
        cmocka_unit_test(one_wrong_character_never_makes_another_number),
        cmocka_unit_test(two_swapped_characters_never_make_another_number),
        cmocka_unit_test(numbers_hardly_ever_repeat),
        cmocka_unit_test(a_token_has_its_form_and_never_repeats),
        cmocka_unit_test(only_the_form_of_a_token_is_valid),
        cmocka_unit_test(the_hash_is_blake2b_256_as_a_bytea_literal),
    };

    if (sodium_init() < 0)
        return 1;
    RUN(tests);
}
