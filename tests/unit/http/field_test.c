/* What a field must be: every type at its edges. */
#include "unit.h"

#include "http/field.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static struct arena arena;

static int clear(void **state)
{
    (void)state;
    arena_clear(&arena);
    return 0;
}

/* The code a text is refused with; "" if it is taken. */
static const char *code(struct field field, const char *text)
{
    const char *value = NULL;
    struct field_fault fault = field_check(&arena, &field, text, &value);

    assert_true(fault.code ? !value && fault.detail : value != NULL);
    return fault.code ? fault.code : "";
}

/* What becomes of a text; NULL if it is refused. */
static const char *folded(enum field_type type, const char *text)
{
    struct field field = {.name = "it", .type = type, .min = -1000, .max = 1000};
    const char *value = NULL;

    field_check(&arena, &field, text, &value);
    return value;
}

#define ALL_TAKEN(type, texts) all_taken(type, texts, COUNT(texts))
static void all_taken(enum field_type type, const char *const *texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!folded(type, texts[i]))
            fail_msg("refused: %s", texts[i]);
}

#define ALL_REFUSED(type, texts) all_refused(type, texts, COUNT(texts))
static void all_refused(enum field_type type, const char *const *texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (folded(type, texts[i]))
            fail_msg("taken: %s", texts[i]);
}

static void a_text_is_measured_in_characters(void **state)
{
    const struct field field = {.name = "it", .type = TEXT, .min = 3, .max = 5};

    (void)state;
    assert_string_equal(code(field, "ab"), "too_short");
    assert_string_equal(code(field, "\xc3\xa9\xc3\xa9"), "too_short");
    assert_string_equal(code(field, "abc"), "");
    assert_string_equal(code(field, "\xf0\x9f\x94\xa7\xf0\x9f\x94\xa7\xf0\x9f\x94\xa7"), "");
    assert_string_equal(code(field, "abcde"), "");
    assert_string_equal(code(field, "abcdef"), "too_long");
}

static void a_text_without_a_maximum_still_has_one(void **state)
{
    static char text[20000];
    const struct field field = {.name = "it", .type = TEXT};

    (void)state;
    assert_string_equal(code(field, ""), "");
    memset(text, 'a', 16384);
    assert_string_equal(code(field, text), "");
    text[16384] = 'a';
    assert_string_equal(code(field, text), "too_long");
}

static void a_text_must_be_clean(void **state)
{
    const struct field field = {.name = "it", .type = TEXT, .max = 10};

    (void)state;
    assert_string_equal(code(field, "a\nb\tc"), "");
    assert_string_equal(code(field, "a\x1b[2J"), "malformed");
    assert_string_equal(code(field, "\xc0\xaf"), "malformed");
    assert_string_equal(code(field, "\xed\xa0\x80"), "malformed");
}

static void one_of_some_words_means_a_whole_word(void **state)
{
    const struct field field = {.name = "it", .type = TEXT, .one_of = "country month zh-Hans mon"};
    static const char *const bad[] = {
        "",   "count", "ountry",        "month ",        " month", "zh",   "zh-Han", "Month",
        "mo", "onth",  "country month", "month zh-Hans", " ",      "mont", "nth zh", "months"};

    (void)state;
    assert_string_equal(code(field, "country"), "");
    assert_string_equal(code(field, "month"), "");
    assert_string_equal(code(field, "zh-Hans"), "");
    assert_string_equal(code(field, "mon"), ""); /* met inside of "month" first */
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_string_equal(code(field, bad[i]), "not_one_of");
}

static void an_integer_lies_within_its_range(void **state)
{
    const struct field field = {.name = "it", .type = INTEGER, .min = -3, .max = 10};

    (void)state;
    assert_string_equal(code(field, "-3"), "");
    assert_string_equal(code(field, "10"), "");
    assert_string_equal(code(field, "-4"), "out_of_range");
    assert_string_equal(code(field, "11"), "out_of_range");
    assert_string_equal(code(field, "999999999999999999"), "out_of_range");
    assert_string_equal(folded(INTEGER, "007"), "7");
    assert_string_equal(folded(INTEGER, "-0"), "0");
}

static void an_integer_is_digits_only(void **state)
{
    static const char *const bad[] = {"",
                                      "-",
                                      "+1",
                                      " 1",
                                      "1 ",
                                      "1.0",
                                      "1e2",
                                      "0x1",
                                      "--1",
                                      "1-",
                                      "abc",
                                      "\xd9\xa5",
                                      "1\n",
                                      "9223372036854775807",
                                      "99999999999999999999999"};

    (void)state;
    ALL_REFUSED(INTEGER, bad);
}

static void a_boolean_is_one_of_two_words(void **state)
{
    static const char *const good[] = {"true", "false"};
    static const char *const bad[] = {"", "True", "t", "1", "yes", "on", "true ", "truefalse"};

    (void)state;
    ALL_TAKEN(BOOLEAN, good);
    ALL_REFUSED(BOOLEAN, bad);
}

static void a_date_is_a_day_that_exists(void **state)
{
    static const char *const good[] = {"2026-11-23", "1990-01-01", "2199-12-31", "2024-02-29",
                                       "2000-02-29", "2026-01-31", "2026-04-30"};
    static const char *const bad[] = {"",
                                      "2026-11",
                                      "2026-11-2",
                                      "2026-11-233",
                                      "26-11-23",
                                      "2026/11/23",
                                      "2026-1-23",
                                      "20261123",
                                      "2026-00-10",
                                      "2026-13-10",
                                      "2026-11-00",
                                      "2026-11-31",
                                      "2026-02-29",
                                      "2100-02-29",
                                      "2026-04-31",
                                      "1989-12-31",
                                      "2200-01-01",
                                      "0000-01-01",
                                      " 2026-11-23",
                                      "2026-11-23 ",
                                      "2026-11-23T00:00",
                                      "tomorrow",
                                      "infinity",
                                      "epoch",
                                      "now",
                                      "+2026-11-23",
                                      "-2026-11-23",
                                      "2026-11--1",
                                      "2026-1a-23"};

    (void)state;
    ALL_TAKEN(DATE, good);
    ALL_REFUSED(DATE, bad);
    assert_string_equal(folded(DATE, "2026-11-23"), "2026-11-23");
    assert_string_equal(code((struct field){.type = DATE}, "1989-12-31"), "out_of_range");
    assert_string_equal(code((struct field){.type = DATE}, "2026-02-29"), "malformed");
}

/* The oracle: the calendar of the C library. */
static void the_days_of_every_month_are_those_of_the_calendar(void **state)
{
    char text[32];

    (void)state;
    for (int year = 1990; year <= 2199; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 28; day <= 32; day++) {
                struct tm tm = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day};

                timegm(&tm);
                snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
                assert_int_equal(folded(DATE, text) != NULL, tm.tm_mday == day);
            }
}

static void a_month_becomes_its_first_day(void **state)
{
    static const char *const bad[] = {"",       "2026",     "2026-11-01", "2026-00", "2026-13",
                                      "2026-1", "2026-111", "1989-12",    "2200-01", "2026-11 "};

    (void)state;
    assert_string_equal(folded(MONTH, "2026-11"), "2026-11-01");
    assert_string_equal(folded(MONTH, "1990-01"), "1990-01-01");
    ALL_REFUSED(MONTH, bad);
}

static void an_id_is_taken_as_it_is(void **state)
{
    static const char *const bad[] = {"", "ret_", "ret_0123456789ABCDEFGHJKMNPQRS",
                                      "ret_0123456789abcdefghjkmnpqr",
                                      "ret_0123456789abcdefghjkmnpqrs'--"};

    (void)state;
    assert_string_equal(folded(ID, "ret_0123456789abcdefghjkmnpqrs"),
                        "ret_0123456789abcdefghjkmnpqrs");
    ALL_REFUSED(ID, bad);
}

static void a_serial_is_folded_as_people_copy_it(void **state)
{
    static const char *const bad[] = {"",
                                      "  ",
                                      "ab",
                                      "a b",
                                      "-abc",
                                      "/abc",
                                      ".abc",
                                      "ab\tc",
                                      "ab\nc",
                                      "ab'c",
                                      "ab%c",
                                      "\303\251abc",
                                      "ab\342\204\252",
                                      "abc;",
                                      "12345678901234567890123456789012345678901"};

    (void)state;
    assert_string_equal(folded(SERIAL, "jk 7-31 ab.c/2_x "), "JK7-31AB.C/2_X");
    assert_string_equal(folded(SERIAL, "  abc"), "ABC");
    assert_string_equal(folded(SERIAL, "1234567890123456789012345678901234567890"),
                        "1234567890123456789012345678901234567890");
    ALL_REFUSED(SERIAL, bad);
}

static void a_currency_is_three_capital_letters(void **state)
{
    static const char *const bad[] = {"", "eur", "EU", "EURO", "E1R", "EUR ", "\xe2\x82\xac"};

    (void)state;
    assert_string_equal(folded(CURRENCY, "EUR"), "EUR");
    ALL_REFUSED(CURRENCY, bad);
}

/* They are read from a body's numbers: a query string has none. */
static void figures_are_not_read_from_a_text(void **state)
{
    (void)state;
    assert_null(folded(NUMBER, "3"));
    assert_null(folded(NUMBERS, "[3]"));
    assert_null(folded(TABLE, "[[3]]"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_measured_in_characters),
        cmocka_unit_test(a_text_without_a_maximum_still_has_one),
        cmocka_unit_test(a_text_must_be_clean),
        cmocka_unit_test(one_of_some_words_means_a_whole_word),
        cmocka_unit_test(an_integer_lies_within_its_range),
        cmocka_unit_test(an_integer_is_digits_only),
        cmocka_unit_test(a_boolean_is_one_of_two_words),
        cmocka_unit_test(a_date_is_a_day_that_exists),
        cmocka_unit_test(the_days_of_every_month_are_those_of_the_calendar),
        cmocka_unit_test(a_month_becomes_its_first_day),
        cmocka_unit_test(an_id_is_taken_as_it_is),
        cmocka_unit_test(a_serial_is_folded_as_people_copy_it),
        cmocka_unit_test(a_currency_is_three_capital_letters),
        cmocka_unit_test(figures_are_not_read_from_a_text),
    };

    return cmocka_run_group_tests(tests, NULL, clear);
}
