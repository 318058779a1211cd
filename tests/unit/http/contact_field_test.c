/* The fields that reach people: addresses, countries, phones, words, passwords; and what the
   API's description says of them all. */
#include "unit.h"

#include "http/field.h"

#include <jansson.h>
#include <string.h>

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

static void an_address_is_folded_to_lower_case(void **state)
{
    static const char *const good[] = {"a@b.co", "first.last+tag@mail.example.org",
                                       "x_y-z@a-b.example", "!#$%&'*/=?^`{|}~@b.example", "a@1.2"};

    (void)state;
    ALL_TAKEN(EMAIL, good);
    assert_string_equal(folded(EMAIL, "Ana.Lee@Mail.EXAMPLE"), "ana.lee@mail.example");
}

static void what_is_no_address_is_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "@",
        "a",
        "a@",
        "@b.co",
        "a@b",
        "a@@b.co",
        "a@b@c.co",
        "a b@c.co",
        "a@b .co",
        "a@b.co ",
        " a@b.co",
        "a@b.co\n",
        "a@b.co\r\nBcc: x@y.z",
        "a@b.co,c@d.co",
        "a@b.co;c@d.co",
        "<a@b.co>",
        "Ana <a@b.co>",
        "\"a\"@b.co",
        "a(x)@b.co",
        "a@[127.0.0.1]",
        "a\\@b.co",
        "a@b\x7f.co",
        "a@b\xc3\xa9.co",
        "\xe2\x84\xaa@b.co",
        "a@.co",
        "a@b.",
        "a@b..co",
        "a@...",
    };

    (void)state;
    ALL_REFUSED(EMAIL, bad);
}

static void an_address_has_a_longest_form(void **state)
{
    char text[300];

    (void)state;
    memset(text, 'a', sizeof text);
    memcpy(text + 64, "@b.co", 6);
    assert_non_null(folded(EMAIL, text));
    memset(text, 'a', sizeof text);
    memcpy(text + 65, "@b.co", 6);
    assert_null(folded(EMAIL, text));
    memset(text, 'a', sizeof text);
    memcpy(text + 9, "@b.", 3);
    text[254] = '\0';
    assert_non_null(folded(EMAIL, text));
    text[254] = 'a';
    text[255] = '\0';
    assert_null(folded(EMAIL, text));
}

static void a_country_is_two_capitals(void **state)
{
    static const char *const good[] = {"DE", "CN", "US"};
    static const char *const bad[] = {"", "D", "DEU", "de", "D1", "D ", "\xc3\x9c", "D\xdf"};

    (void)state;
    ALL_TAKEN(COUNTRY, good);
    ALL_REFUSED(COUNTRY, bad);
}

static void a_phone_number_is_in_the_international_form(void **state)
{
    static const char *const good[] = {"+1234567", "+4915112345678", "+123456789012345"};
    static const char *const bad[] = {"",
                                      "+",
                                      "+123456",
                                      "+1234567890123456",
                                      "004915112345678",
                                      "+0123456789",
                                      "+49 151 12345678",
                                      "+49-151123456",
                                      "49151123456",
                                      "++49151123456",
                                      "+4915112345x",
                                      "+49151123456 "};

    (void)state;
    ALL_TAKEN(PHONE, good);
    ALL_REFUSED(PHONE, bad);
}

static void a_code_is_a_lower_case_word(void **state)
{
    static const char *const good[] = {"a", "drip_coffee_2",
                                       "abcdefghijklmnopqrstuvwxyzabcdefghijklmn"};
    static const char *const bad[] = {
        "",     "_a",       "2a",
        "Drip", "a-b",      "a b",
        "a'b",  "\xc3\xa9", "abcdefghijklmnopqrstuvwxyzabcdefghijklmno"};

    (void)state;
    ALL_TAKEN(CODE, good);
    ALL_REFUSED(CODE, bad);
}

static void a_password_is_taken_to_the_letter(void **state)
{
    char text[130];

    (void)state;
    assert_string_equal(folded(PASSWORD, "  Blanks Stay  "), "  Blanks Stay  ");
    assert_string_equal(folded(PASSWORD, ""), "");
    memset(text, 'x', sizeof text);
    text[128] = '\0';
    assert_string_equal(folded(PASSWORD, text), text);
    text[128] = 'x';
    text[129] = '\0';
    assert_string_equal(code((struct field){.type = PASSWORD}, text), "too_long");
}

/* The members of a field's schema; it dies with the arena's text. */
static json_t *schema(struct field field)
{
    return json_loads(arena_printf(&arena, "{%s}", field_schema(&arena, &field)),
                      JSON_REJECT_DUPLICATES, NULL);
}

static void every_type_describes_itself_in_json_schema(void **state)
{
    (void)state;
    for (int type = 0; type < NFIELD_TYPES; type++) {
        json_t *it = schema((struct field){.type = (enum field_type)type, .min = 1, .max = 9});

        assert_non_null(it);
        assert_non_null(json_string_value(json_object_get(it, "type")));
        json_decref(it);
    }
}

static void limits_and_words_stand_in_the_schema(void **state)
{
    json_t *text = schema((struct field){.type = TEXT, .min = 10, .max = 4000});
    json_t *number = schema((struct field){.type = INTEGER, .min = -2, .max = 7});
    json_t *words = schema((struct field){.type = TEXT, .one_of = "green amber red"});
    json_t *list = json_object_get(words, "enum");

    (void)state;
    assert_int_equal(json_integer_value(json_object_get(text, "minLength")), 10);
    assert_int_equal(json_integer_value(json_object_get(text, "maxLength")), 4000);
    assert_int_equal(json_integer_value(json_object_get(number, "minimum")), -2);
    assert_int_equal(json_integer_value(json_object_get(number, "maximum")), 7);
    assert_int_equal(json_array_size(list), 3);
    assert_string_equal(json_string_value(json_array_get(list, 0)), "green");
    assert_string_equal(json_string_value(json_array_get(list, 2)), "red");
    json_decref(text);
    json_decref(number);
    json_decref(words);
}

/* "maxLength": 0 would say that nothing may be sent. */
static void a_text_without_a_maximum_promises_none_of_its_own(void **state)
{
    json_t *text = schema((struct field){.type = TEXT, .min = 1});
    json_t *most = json_object_get(text, "maxLength");

    (void)state;
    assert_true(!most || json_integer_value(most) > 0);
    json_decref(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_is_folded_to_lower_case),
        cmocka_unit_test(what_is_no_address_is_refused),
        cmocka_unit_test(an_address_has_a_longest_form),
        cmocka_unit_test(a_country_is_two_capitals),
        cmocka_unit_test(a_phone_number_is_in_the_international_form),
        cmocka_unit_test(a_code_is_a_lower_case_word),
        cmocka_unit_test(a_password_is_taken_to_the_letter),
        cmocka_unit_test(every_type_describes_itself_in_json_schema),
        cmocka_unit_test(limits_and_words_stand_in_the_schema),
        cmocka_unit_test(a_text_without_a_maximum_promises_none_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, clear);
}
