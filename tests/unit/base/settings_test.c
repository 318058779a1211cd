/* The settings: a table, filled from the environment. */
#include "unit.h"

#include "base/settings.h"
#include "capture.h"

#include <string.h>

/* Every variable that could reach the table. */
static const char *const names[] = {
#define SETTING(name, ...) #name,
#include "settings.def"
#undef SETTING
};

/* AFTERSALES_PORT for "port". */
static const char *variable(const char *name, const char *suffix)
{
    static char text[80];
    int len = snprintf(text, sizeof text, "AFTERSALES_%s", name);

    for (char *c = text; *c; c++)
        if (*c >= 'a' && *c <= 'z')
            *c = (char)(*c - 'a' + 'A');
    snprintf(text + len, sizeof text - (size_t)len, "%s", suffix);
    return text;
}

static int clean_environment(void **state)
{
    (void)state;
    unsetenv("DATABASE_URL");
    for (size_t i = 0; i < COUNT(names); i++) {
        unsetenv(variable(names[i], ""));
        unsetenv(variable(names[i], "_FILE"));
    }
    return 0;
}

/* Read the settings with one variable set; what was written to standard error. */
static const char *refusal(const char *name, const char *value)
{
    bool good;

    setenv(name, value, 1);
    capture_begin();
    good = settings_read();
    capture_end();
    unsetenv(name);
    return good ? NULL : capture.text;
}

static void without_an_environment_the_defaults_hold(void **state)
{
    (void)state;
    assert_true(settings_read());
    assert_int_equal(settings.port, 8080);
    assert_string_equal(settings.listen_address, "127.0.0.1");
    assert_string_equal(settings.secret, "");
    assert_string_equal(settings.database_url, "");
    assert_int_equal(settings.idempotency_hours, 24);
}

static void a_variable_overrides_its_default(void **state)
{
    (void)state;
    assert_null(refusal("AFTERSALES_PORT", "9000"));
    assert_int_equal(settings.port, 9000);
    assert_null(refusal("AFTERSALES_PUBLIC_ORIGIN", "https://service.example"));
    assert_string_equal(settings.public_origin, "https://service.example");
}

static void both_ends_of_a_range_belong_to_it(void **state)
{
    (void)state;
    assert_null(refusal("AFTERSALES_PORT", "0"));
    assert_null(refusal("AFTERSALES_PORT", "65535"));
    assert_int_equal(settings.port, 65535);
    assert_non_null(refusal("AFTERSALES_PORT", "65536"));
    assert_non_null(refusal("AFTERSALES_PORT", "-1"));
    assert_null(refusal("AFTERSALES_IDEMPOTENCY_HOURS", "24"));
    assert_non_null(refusal("AFTERSALES_IDEMPOTENCY_HOURS", "23"));
}

static void a_number_that_is_none_is_refused(void **state)
{
    static const char *const bad[] = {"",     "abc", "80x", "8 0", "0x50",
                                      "80.5", "1e3", "--1", "80 ", "99999999999999999999"};

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        if (!refusal("AFTERSALES_PORT", bad[i]))
            fail_msg("\"%s\" passes as a port", bad[i]);
}

static void a_refusal_names_variable_range_and_value_in_one_line(void **state)
{
    const char *sentence = refusal("AFTERSALES_PORT", "many");

    (void)state;
    assert_string_equal(sentence, "aftersalesd: AFTERSALES_PORT must be a whole number from 0 to "
                                  "65535, not \"many\".\n");
}

static void the_usual_name_of_the_database_is_understood(void **state)
{
    (void)state;
    assert_null(refusal("DATABASE_URL", "postgresql://db/usual"));
    assert_string_equal(settings.database_url, "postgresql://db/usual");
    setenv("AFTERSALES_DATABASE_URL", "postgresql://db/own", 1);
    assert_null(refusal("DATABASE_URL", "postgresql://db/usual"));
    assert_string_equal(settings.database_url, "postgresql://db/own");
}

static char path[] = "/tmp/settings_test_XXXXXX";

static int make_secret_file(void **state)
{
    static const char line[] = "a secret that no process list shows\r\nand a second line\n";
    int fd = mkstemp(path);
    ssize_t written = write(fd, line, sizeof line - 1);

    close(fd);
    return clean_environment(state) || written < 0;
}

static int remove_secret_file(void **state)
{
    (void)state;
    unlink(path);
    memcpy(path + sizeof path - 7, "XXXXXX", 6);
    return 0;
}

static void a_secret_may_stand_in_the_first_line_of_a_file(void **state)
{
    (void)state;
    assert_null(refusal("AFTERSALES_SECRET_FILE", path));
    assert_string_equal(settings.secret, "a secret that no process list shows");
    free((void *)(uintptr_t)settings.secret);
    settings.secret = "";
}

static void the_variable_itself_goes_before_the_file(void **state)
{
    (void)state;
    setenv("AFTERSALES_SECRET", "from the variable", 1);
    assert_null(refusal("AFTERSALES_SECRET_FILE", path));
    assert_string_equal(settings.secret, "from the variable");
}

static void only_a_secret_is_read_from_a_file(void **state)
{
    (void)state;
    assert_null(refusal("AFTERSALES_LISTEN_ADDRESS_FILE", path));
    assert_string_equal(settings.listen_address, "127.0.0.1");
}

static void a_secret_file_that_is_missing_or_empty_stops_the_start(void **state)
{
    (void)state;
    assert_non_null(
        strstr(refusal("AFTERSALES_SECRET_FILE", "/nowhere/secret"), "/nowhere/secret"));
    assert_non_null(strstr(refusal("AFTERSALES_SECRET_FILE", "/dev/null"), "it is empty"));
}

/* What one of the printing functions writes. */
static const char *printed(void (*print)(FILE *out))
{
    capture_begin();
    print(stderr);
    return capture_end();
}

static void the_help_names_every_setting(void **state)
{
    const char *help = printed(settings_help);

    (void)state;
    assert_non_null(strstr(help, "  AFTERSALES_PORT\n      The port to listen on. [8080]\n"));
    assert_non_null(strstr(help, "  AFTERSALES_SECRET (or ..._FILE)\n"));
    for (size_t i = 0; i < COUNT(names); i++)
        assert_non_null(strstr(help, variable(names[i], "")));
}

static void what_is_in_force_is_printed_without_the_secrets(void **state)
{
    const char *print;

    (void)state;
    setenv("AFTERSALES_SECRET", "nobody may read this in a log, ever", 1);
    setenv("AFTERSALES_PORT", "8443", 1);
    assert_true(settings_read());
    print = printed(settings_print);
    assert_non_null(strstr(print, "AFTERSALES_PORT=8443\n"));
    assert_non_null(strstr(print, "AFTERSALES_SECRET=(set)\n"));
    assert_non_null(strstr(print, "AFTERSALES_DATABASE_URL=(not set)\n"));
    assert_null(strstr(print, "nobody may read"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(without_an_environment_the_defaults_hold, clean_environment),
        cmocka_unit_test_setup(a_variable_overrides_its_default, clean_environment),
        cmocka_unit_test_setup(both_ends_of_a_range_belong_to_it, clean_environment),
        cmocka_unit_test_setup(a_number_that_is_none_is_refused, clean_environment),
        cmocka_unit_test_setup(a_refusal_names_variable_range_and_value_in_one_line,
                               clean_environment),
        cmocka_unit_test_setup(the_usual_name_of_the_database_is_understood, clean_environment),
        cmocka_unit_test_setup_teardown(a_secret_may_stand_in_the_first_line_of_a_file,
                                        make_secret_file, remove_secret_file),
        cmocka_unit_test_setup_teardown(the_variable_itself_goes_before_the_file, make_secret_file,
                                        remove_secret_file),
        cmocka_unit_test_setup_teardown(only_a_secret_is_read_from_a_file, make_secret_file,
                                        remove_secret_file),
        cmocka_unit_test_setup(a_secret_file_that_is_missing_or_empty_stops_the_start,
                               clean_environment),
        cmocka_unit_test_setup(the_help_names_every_setting, clean_environment),
        cmocka_unit_test_setup(what_is_in_force_is_printed_without_the_secrets, clean_environment),
    };

    RUN(tests);
}
