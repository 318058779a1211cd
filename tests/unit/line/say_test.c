/* Numbers in sentences, and thresholds. */
#include "unit.h"

#include "line/flag_settings.h"
#include "line/say.h"
#include "stat/near.h"

static struct arena arena;

static int end(void **state)
{
    (void)state;
    arena_clear(&arena);
    return 0;
}

static const char *said(void (*say)(struct text *, double), double number)
{
    struct text text = text_new(&arena);

    say(&text, number);
    return text.bytes;
}

static const char *money(double minor, const char *currency)
{
    struct text text = text_new(&arena);

    say_money(&text, minor, currency);
    return text.bytes;
}

static void numbers_have_the_digits_they_deserve(void **state)
{
    (void)state;
    assert_string_equal(said(say_count, 0), "0");
    assert_string_equal(said(say_count, 999.4), "999");
    assert_string_equal(said(say_count, 1360), "1,360");
    assert_string_equal(said(say_count, -1234567), "-1,234,567");
    assert_string_equal(said(say_count, -0.2), "0");
    assert_string_equal(said(say_count, NAN), "?");
    assert_string_equal(said(say_number, 12.44), "12.4");
    assert_string_equal(said(say_number, 5), "5");
    assert_string_equal(said(say_number, .834), "0.83");
    assert_string_equal(said(say_number, 1360.4), "1,360");
    assert_string_equal(said(say_number, .004), "less than 0.01");
    assert_string_equal(said(say_share, .0764705882), "7.6 %");
    assert_string_equal(said(say_share, .00426), "0.43 %");
    assert_string_equal(said(say_share, 0), "0.0 %");
}

static void a_chance_is_never_none_or_certain(void **state)
{
    (void)state;
    assert_string_equal(said(say_chance, 0), "below 0.01 %");
    assert_string_equal(said(say_chance, .12), "12.0 %");
    assert_string_equal(said(say_chance, .9999999), "above 99.99 %");
    assert_string_equal(said(say_chance, .9912), "99.12 %");
}

static void money_has_the_decimals_of_its_currency(void **state)
{
    (void)state;
    assert_string_equal(money(410000, "EUR"), "EUR 4,100");
    assert_string_equal(money(1250, "EUR"), "EUR 12.50");
    assert_string_equal(money(-1250, "USD"), "-USD 12.50");
    assert_string_equal(money(4100, "JPY"), "JPY 4,100");
    assert_string_equal(money(4100, "KWD"), "KWD 4.100");
}

static void thresholds_are_the_defaults_and_what_was_changed(void **state)
{
    struct flag_settings settings = flag_settings_read(NULL);

    (void)state;
    assert_true(settings.chance_watch == .2 && settings.chance_at_risk == .5);
    assert_true(settings.chance_loss == .9 && settings.ratio_min == 1.25);
    settings = flag_settings_read("ratio_min=1.5 age=60 nothing=3 chance_watch=7 excess_min=2.5");
    assert_true(settings.ratio_min == 1.5 && settings.age == 60);
    assert_true(settings.chance_watch == .2 && settings.excess_min == 5);
}

static void thresholds_keep_within_their_kind_and_range(void **state)
{
    const struct flag_setting_kind *age = flag_setting_find("age");
    const struct flag_setting_kind *ratio = flag_setting_find("ratio_min");
    const struct flag_setting_kind *excess = flag_setting_find("excess_min");

    (void)state;
    assert_null(flag_setting_find("age_"));
    assert_null(flag_setting_find("ag"));
    assert_true(flag_setting_allows(age, 365) && !flag_setting_allows(age, 45));
    assert_true(flag_setting_allows(ratio, 1.3) && !flag_setting_allows(ratio, 1));
    assert_false(flag_setting_allows(ratio, NAN));
    assert_true(flag_setting_allows(excess, 0) && !flag_setting_allows(excess, .5));
    for (size_t i = 0; i < nflag_setting_kinds; i++)
        assert_true(flag_setting_allows(&flag_setting_kinds[i], flag_setting_kinds[i].otherwise));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(numbers_have_the_digits_they_deserve, end),
        cmocka_unit_test_teardown(a_chance_is_never_none_or_certain, end),
        cmocka_unit_test_teardown(money_has_the_decimals_of_its_currency, end),
        cmocka_unit_test_teardown(thresholds_are_the_defaults_and_what_was_changed, end),
        cmocka_unit_test_teardown(thresholds_keep_within_their_kind_and_range, end),
    };

    RUN(tests);
}
