/* Texts by language and key, and which language a reader gets. */
#include "base/catalogue.h"
#include "base/log.h"
#include "folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static char folder[64];

static int load(void **state)
{
    (void)state;
    folder_new(folder);
    folder_write(folder, "en.json",
                 "{\"language\": {\"ranges\": \"\"}, \"a\": {\"b\": \"one\", \"c\": \"two\"}, "
                 "\"ab\": \"three\"}");
    folder_write(folder, "zh-Hans.json",
                 "{\"language\": {\"ranges\": \"zh zh-CN\"}, \"a\": {\"b\": \"一\"}}");
    folder_write(folder, "pt-BR.json",
                 "{\"language\": {\"ranges\": \"pt\"}, \"a\": {\"b\": \"um\"}}");
    return !catalogue_load(folder);
}

static int unload(void **state)
{
    (void)state;
    folder_remove(folder);
    return 0;
}

static void nested_names_become_keys_with_dots(void **state)
{
    (void)state;
    assert_string_equal(catalogue_text("en", "a.b"), "one");
    assert_string_equal(catalogue_text("zh-Hans", "a.b"), "一");
    assert_string_equal(catalogue_text("zh-hans", "a.b"), "一");
    assert_null(catalogue_text("en", "a"));
    assert_null(catalogue_text("en", "a.x"));
}

static void what_a_language_lacks_is_english(void **state)
{
    (void)state;
    assert_string_equal(catalogue_text("zh-Hans", "a.c"), "two");
    assert_string_equal(catalogue_text("xx", "a.b"), "one");
}

static void a_section_has_its_keys_in_order_and_no_others(void **state)
{
    size_t count = 9;
    const struct catalogue_entry *entries = catalogue_section("zh-Hans", "a.", &count);

    (void)state;
    assert_int_equal(count, 2);
    assert_string_equal(entries[0].key, "a.b");
    assert_string_equal(entries[1].key, "a.c");
    assert_null(catalogue_section("en", "z.", &count));
    assert_int_equal(count, 0);
}

static void english_is_the_first_of_the_languages(void **state)
{
    const char *const *locales = catalogue_locales();

    (void)state;
    assert_string_equal(locales[0], "en");
    assert_string_equal(locales[1], "pt-BR");
    assert_string_equal(locales[2], "zh-Hans");
    assert_null(locales[3]);
}

static void the_best_fitting_language_is_chosen(void **state)
{
    static const struct {
        const char *header, *locale;
    } cases[] = {
        {NULL,                              "en"     },
        {"",                                "en"     },
        {"*",                               "en"     },
        {"de-AT, de;q=0.9",                 "en"     },
        {"zh-CN,zh;q=0.9,en;q=0.8",         "zh-Hans"},
        {"zh-Hans-CN",                      "zh-Hans"},
        {"ZH-hans",                         "zh-Hans"},
        {"zh-CN-x-private",                 "zh-Hans"},
        {"pt-PT, en;q=0.5",                 "pt-BR"  },
        {"en;q=0.3, pt-br;q=0.7",           "pt-BR"  },
        {"zh;q=0, en",                      "en"     },
        {"zh ; q=0.001 , pt;q=0",           "zh-Hans"},
        {"en-GB;q=1.0;x=\"q=0\", zh;q=0.9", "en"     },
        {"zh;q=nan",                        "zh-Hans"},
        {",,;q=1,zh",                       "zh-Hans"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (strcmp(catalogue_locale(cases[i].header), cases[i].locale))
            fail_msg("\"%s\" gives %s", cases[i].header, catalogue_locale(cases[i].header));
}

static void a_tag_longer_than_any_language_is_passed_over(void **state)
{
    char header[300];

    (void)state;
    memset(header, 'z', sizeof header - 1);
    header[sizeof header - 1] = '\0';
    memcpy(header + 200, ",pt-BR,", 7);
    assert_string_equal(catalogue_locale(header), "pt-BR");
}

static void only_as_many_ranges_are_read_as_a_reader_has(void **state)
{
    (void)state;
    assert_string_equal(catalogue_locale("a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,zh"), "zh-Hans");
    assert_string_equal(catalogue_locale("a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,zh"), "en");
}

static void a_bad_folder_is_refused(void **state)
{
    char other[64];

    (void)state;
    log_threshold(LOG_ERROR + 1);
    folder_new(other);
    assert_false(catalogue_load(other));
    folder_write(other, "de.json", "{}");
    assert_false(catalogue_load(other));
    folder_write(other, "en.json", "{\"a\": 1}");
    assert_false(catalogue_load(other));
    folder_write(other, "en.json", "{\"a\": \"x\", \"a\": \"y\"}");
    assert_false(catalogue_load(other));
    folder_write(other, "en.json", "{\"a\": \"x\"}");
    assert_true(catalogue_load(other));
    folder_remove(other);
    assert_true(catalogue_load(folder));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nested_names_become_keys_with_dots),
        cmocka_unit_test(what_a_language_lacks_is_english),
        cmocka_unit_test(a_section_has_its_keys_in_order_and_no_others),
        cmocka_unit_test(english_is_the_first_of_the_languages),
        cmocka_unit_test(the_best_fitting_language_is_chosen),
        cmocka_unit_test(a_tag_longer_than_any_language_is_passed_over),
        cmocka_unit_test(only_as_many_ranges_are_read_as_a_reader_has),
        cmocka_unit_test(a_bad_folder_is_refused),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
