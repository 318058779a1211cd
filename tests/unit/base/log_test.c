/* One logfmt line per event, and never two. */
#include "unit.h"

#include "base/log.h"
#include "capture.h"

#include <string.h>

/* The line without its time, which differs each time. */
static const char *line_of(const char *value)
{
    const char *line;

    capture_begin();
    log_event(LOG_NOTE, "tried", "value", value, "last", "1", NULL);
    line = capture_end();
    return strstr(line, " level=");
}

static void a_line_has_time_level_event_and_pairs(void **state)
{
    const char *line;

    (void)state;
    capture_begin();
    log_event(LOG_ERROR, "db_lost", "reason", "gone", "lane", "read", NULL);
    line = capture_end();
    assert_memory_equal(line, "time=20", 7);
    assert_int_equal(strcspn(line, " "), 5 + 24);
    assert_int_equal(line[28], 'Z');
    assert_string_equal(line + 29, " level=error event=db_lost reason=gone lane=read\n");
}

static void a_value_is_quoted_only_where_it_must_be(void **state)
{
    (void)state;
    assert_string_equal(line_of("plain-1.2/x"),
                        " level=note event=tried value=plain-1.2/x last=1\n");
    assert_string_equal(line_of(""), " level=note event=tried value=\"\" last=1\n");
    assert_string_equal(line_of("two words"),
                        " level=note event=tried value=\"two words\" last=1\n");
    assert_string_equal(line_of("a=b"), " level=note event=tried value=\"a=b\" last=1\n");
    assert_string_equal(line_of("say \"no\""),
                        " level=note event=tried value=\"say \\\"no\\\"\" last=1\n");
    assert_string_equal(line_of("C:\\x"), " level=note event=tried value=\"C:\\\\x\" last=1\n");
}

static void an_absent_value_is_left_out(void **state)
{
    (void)state;
    assert_string_equal(line_of(NULL), " level=note event=tried last=1\n");
}

static void nobody_can_write_a_second_line_or_an_escape(void **state)
{
    (void)state;
    for (int byte = 1; byte < 256; byte++) {
        const char value[] = {'a', (char)byte, 'b', '\0'};
        const char *line = line_of(value);

        assert_ptr_equal(strchr(line, '\n'), line + strlen(line) - 1);
        for (const char *c = line; c[1]; c++)
            assert_false((unsigned char)*c < ' ' || *c == 0x7f);
    }
    assert_string_equal(line_of("x\r\ntime=2026 level=error event=forged"),
                        " level=note event=tried value=\"x\\x0d\\x0atime=2026 level=error "
                        "event=forged\" last=1\n");
    assert_string_equal(line_of("\x1b[2J"), " level=note event=tried value=\"\\x1b[2J\" last=1\n");
}

/* The longest line is 2048 bytes; every length around it must end with one newline. */
static void a_line_that_is_too_long_is_cut_and_stays_one_line(void **state)
{
    static char value[5000];

    (void)state;
    for (size_t len = 1900; len < sizeof value - 1; len += len < 2100 ? 1 : 977) {
        const char *line;

        memset(value, len % 2 ? 'x' : '\n', len);
        value[len] = '\0';
        capture_begin();
        log_event(LOG_NOTE, "long", "value", value, "after", "1", NULL);
        line = capture_end();
        assert_true(strlen(line) <= 2048);
        assert_ptr_equal(strchr(line, '\n'), line + strlen(line) - 1);
    }
}

static void nothing_below_the_threshold_is_written(void **state)
{
    (void)state;
    capture_begin();
    log_event(LOG_DEBUG, "quiet", NULL);
    log_threshold(LOG_WARNING);
    log_event(LOG_NOTE, "quiet", NULL);
    assert_string_equal(capture_end(), "");
    capture_begin();
    log_event(LOG_WARNING, "loud", NULL);
    log_threshold(LOG_DEBUG);
    log_event(LOG_DEBUG, "loud", NULL);
    assert_non_null(strstr(capture_end(), " level=warning event=loud\n"));
    assert_non_null(strstr(capture.text, " level=debug event=loud\n"));
    log_threshold(LOG_NOTE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_has_time_level_event_and_pairs),
        cmocka_unit_test(a_value_is_quoted_only_where_it_must_be),
        cmocka_unit_test(an_absent_value_is_left_out),
        cmocka_unit_test(nobody_can_write_a_second_line_or_an_escape),
        cmocka_unit_test(a_line_that_is_too_long_is_cut_and_stays_one_line),
        cmocka_unit_test(nothing_below_the_threshold_is_written),
    };

    RUN(tests);
}
