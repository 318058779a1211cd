/* Currencies. */
#include "unit.h"

#include "base/currency.h"

static void minor_units_are_those_of_the_currency(void **state)
{
    (void)state;
    assert_int_equal(currency_exponent("EUR"), 2);
    assert_int_equal(currency_exponent("JPY"), 0);
    assert_int_equal(currency_exponent("XPF"), 0);
    assert_int_equal(currency_exponent("BHD"), 3);
    assert_int_equal(currency_exponent("TND"), 3);
}

static void a_currency_is_three_capital_letters(void **state)
{
    (void)state;
    assert_true(currency_is_valid("CHF"));
    assert_false(currency_is_valid("chf"));
    assert_false(currency_is_valid("EURO"));
    assert_false(currency_is_valid("€"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(minor_units_are_those_of_the_currency),
        cmocka_unit_test(a_currency_is_three_capital_letters),
    };

    RUN(tests);
}
