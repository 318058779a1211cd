/* What is found out about a file before any of it is believed. */
#include "unit.h"

#include "facts.h"

#define HEAD "return-date,sku,quantity,reason\n"

static const struct import_options plain = {0};

/* The questions that are asked, as "code: option option". */
static void expect_asked(const char *text, const struct import_options *options,
                         const char *expected)
{
    struct facts *facts = malloc(sizeof *facts);
    char told[600] = "";
    size_t i, used = 0;
    json_t *question;

    facts_read_bytes(facts, text, strlen(text), options);
    assert_non_null(facts->error.code);
    assert_string_equal(facts->told, "");
    json_array_foreach(facts->report.questions, i, question)
    {
        json_t *option;
        size_t o;

        used += (size_t)snprintf(told + used, sizeof told - used, "%s%s %lld", i ? "; " : "",
                                 json_string_value(json_object_get(question, "code")),
                                 json_integer_value(json_object_get(question, "line")));
        json_array_foreach(json_object_get(question, "options"), o, option) used +=
            (size_t)snprintf(told + used, sizeof told - used, " %s", json_string_value(option));
    }
    assert_string_equal(told, expected);
    facts_release(facts);
    free(facts);
}

static void days_that_may_be_months_are_asked_for(void **state)
{
    const struct import_options days = {.date_order = "dmy"}, months = {.date_order = "mdy"};
    static const char text[] = HEAD "03/04/2026,T,1,DEFECTIVE\n05/06/2026,T,1,DEFECTIVE\n";

    (void)state;
    expect_asked(text, &plain, "ambiguous_dates 2 date_order=dmy date_order=mdy");
    facts_expect(text, &days,
                 "2: return 40 T ZZ amazon_fba - 2026-04-03 1 fault 'DEFECTIVE'\n"
                 "3: return 40 T ZZ amazon_fba - 2026-06-05 1 fault 'DEFECTIVE'\n");
    facts_expect(text, &months,
                 "2: return 40 T ZZ amazon_fba - 2026-03-04 1 fault 'DEFECTIVE'\n"
                 "3: return 40 T ZZ amazon_fba - 2026-05-06 1 fault 'DEFECTIVE'\n");
    facts_expect(HEAD "03/04/2026,T,1,DEFECTIVE\n05/16/2026,T,1,DEFECTIVE\n", &plain,
                 "2: return 40 T ZZ amazon_fba - 2026-03-04 1 fault 'DEFECTIVE'\n"
                 "3: return 40 T ZZ amazon_fba - 2026-05-16 1 fault 'DEFECTIVE'\n");
}

static void dates_in_two_ways_and_answers_that_do_not_fit_are_refused(void **state)
{
    const struct import_options days = {.date_order = "dmy"};

    (void)state;
    expect_asked(HEAD "13/04/2026,T,1,DEFECTIVE\n04/13/2026,T,1,DEFECTIVE\n", &plain,
                 "mixed_dates 3");
    expect_asked(HEAD "2026-04-01,T,1,DEFECTIVE\n02.04.2026,T,1,DEFECTIVE\n", &plain,
                 "mixed_dates 3");
    expect_asked(HEAD "04/13/2026,T,1,DEFECTIVE\n", &days, "contradicted_order 2");
}

static void marks_in_amounts_that_may_be_either_are_asked_for(void **state)
{
#define PRICED "ship date;item;quantity;country;currency;price\n"
    const struct import_options dot = {.decimal = "dot"}, comma = {.decimal = "comma"};
    static const char text[] = PRICED "2026-04-01;T;1;DE;EUR;1,234\n";

    (void)state;
    expect_asked(text, &plain, "ambiguous_decimals 2 decimal=dot decimal=comma");
    facts_expect(text, &dot, "2: shipment 40 T DE dealer 2026-04-01 - 1 123400 EUR\n");
    facts_expect(text, &comma, "2! price: bad_amount: more decimals than the currency has\n");
    expect_asked(PRICED "2026-04-01;T;1;DE;EUR;1.234,50\n2026-04-01;T;1;DE;EUR;1,234.50\n", &plain,
                 "mixed_decimals 3");
    expect_asked(PRICED "2026-04-01;T;1;DE;EUR;1.234,50\n", &dot, "contradicted_decimal 2");
}

static void a_second_header_is_a_second_file(void **state)
{
    (void)state;
    facts_expect(HEAD "2026-04-01,T,1,DEFECTIVE\n" HEAD "2026-04-02,T,1,DEFECTIVE\n", &plain,
                 "two_files: Line 3 is the header again: the file is several in one.\n");
    facts_expect(HEAD
                 "2026-04-01,T,1,DEFECTIVE\nship date,item,quantity,country\n2026-04-02,T,1,DE\n",
                 &plain,
                 "two_files: Line 3 is the header of another format, b2b_shipments: the file is "
                 "several in one.\n");
}

static void bytes_are_what_they_look_like_unless_it_is_said(void **state)
{
    const struct import_options utf8 = {.encoding = "utf8"}, latin = {.encoding = "latin1"};
    struct facts *facts = malloc(sizeof *facts);
    static const char latin_text[] = HEAD "2026-04-01,T\xfc,1,DEFECTIVE\n";

    (void)state;
    facts_expect(latin_text, &plain,
                 "2: return 40 Tü ZZ amazon_fba - 2026-04-01 1 fault 'DEFECTIVE'\n");
    facts_read_bytes(facts, latin_text, sizeof latin_text - 1, &plain);
    assert_int_equal(facts->survey.encoding.encoding, ENCODING_WINDOWS_1252);
    facts_release(facts);
    free(facts);
    facts_expect(latin_text, &utf8,
                 "bad_encoding: The file is not all UTF-8: at byte 44 there is a byte that is no "
                 "character of the encoding.\n");
    facts_expect(HEAD "2026-04-01,T\xc3\xbc,1,DEFECTIVE\n2026-04-01,T\xfc,1,DEFECTIVE\n", &plain,
                 "encoding_unclear: The file begins as UTF-8 and is none from byte 71 on: it is "
                 "damaged, or says its encoding by the option encoding.\n");
    facts_expect(HEAD "2026-04-01,T\xc3\xbc,1,DEFECTIVE\n2026-04-01,T\xfc,1,DEFECTIVE\n", &latin,
                 "2: return 40 TÃ¼ ZZ amazon_fba - 2026-04-01 1 fault 'DEFECTIVE'\n"
                 "3: return 40 Tü ZZ amazon_fba - 2026-04-01 1 fault 'DEFECTIVE'\n");
}

static void what_is_no_known_file_is_told_with_what_it_lacks(void **state)
{
    const struct import_options asked = {.format = "fba_returns"};

    (void)state;
    facts_expect("a,b,c\n1,2,3\n", &plain,
                 "unknown_format: The file has no format that is known; a mapping can say how to "
                 "read it.\n");
    facts_expect("return-date,sku,quantity\n2026-04-01,T,1\n", &asked,
                 "missing_columns: To be a file of the format fba_returns it lacks \"reason\".\n");
    facts_expect("", &plain, "empty: The file is empty.\n");
    facts_expect(
        "\n\n", &plain,
        "no_header: No line with the names of columns was found among the first 50 lines.\n");
}

static bool wants_an_end(void *ctx)
{
    int *left = ctx;

    return --*left < 0;
}

/* However early or late it is asked for, in whichever reading. */
static void a_reading_ends_when_somebody_asks_for_that(void **state)
{
    static const char text[] = HEAD "2026-04-01,T,1,DEFECTIVE\n2026-04-01,T,1,DEFECTIVE\n";
    struct memory memory = {
        .source = {.open = memory_open, .read = memory_read, .close = memory_close},
        .bytes = text,
        .len = sizeof text - 1,
        .piece = 20,
    };
    size_t ended = 0;

    (void)state;
    settings.import_megabytes = 1;
    for (int asked = 0; asked < 40; asked++) {
        int left = asked;
        const struct import_sink sink = {.ctx = &left, .cancelled = wants_an_end};
        struct facts *facts = calloc(1, sizeof *facts);
        bool good;

        import_report_init(&facts->report);
        good = import_how_read(&facts->how, &plain, &facts->error) &&
               import_survey_run(&facts->survey, &memory.source, &facts->how, &sink, &facts->report,
                                 &facts->error);
        assert_int_equal(good, !facts->error.code);
        if (!good)
            assert_string_equal(facts->error.code, "cancelled");
        ended += !good;
        facts_release(facts);
        free(facts);
    }
    assert_true(ended > 6 && ended < 40);
}

static void what_is_said_must_make_sense(void **state)
{
    const struct import_options bad[] = {
        {.format = "fba"},      {.channel = "Amazon"}, {.country = "Germany"},
        {.currency = "euro"},   {.tz = "EST"},         {.tz = "Europe/Berlin; DROP"},
        {.encoding = "ebcdic"}, {.date_order = "ymd"}, {.decimal = ","},
        {.line = "The line"},   {.file_name = "a\nb"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct facts *facts = malloc(sizeof *facts);

        facts_read_bytes(facts, HEAD, strlen(HEAD), &bad[i]);
        assert_non_null(facts->error.code);
        assert_string_equal(facts->error.code, "bad_option");
        facts_release(facts);
        free(facts);
    }
}

static void the_columns_are_told_with_their_use_style_and_blanks(void **state)
{
    struct facts *facts = malloc(sizeof *facts);
    json_t *into = json_object(), *columns;

    (void)state;
    static const char text[] = "return-date,sku,quantity,reason,asin,customer-comments,colour\n"
                               "2026-04-01,T,1,DEFECTIVE,,it broke,red\n2026-04-01,T,1,,,,\n";
    facts_read_bytes(facts, text, sizeof text - 1, &plain);
    import_survey_json(&facts->survey, &facts->how, into);
    columns = json_object_get(into, "columns");
    assert_int_equal(json_array_size(columns), 7);
    for (size_t i = 0; i < 7; i++) {
        static const char *const uses[] = {"needed",  "needed",   "needed", "needed",
                                           "ignored", "personal", "unknown"};
        static const int blanks[] = {0, 0, 0, 1, 2, 1, 1};
        json_t *column = json_array_get(columns, i);

        assert_string_equal(json_string_value(json_object_get(column, "use")), uses[i]);
        assert_int_equal(json_integer_value(json_object_get(column, "blank")), blanks[i]);
    }
    assert_string_equal(json_string_value(json_object_get(json_array_get(columns, 0), "style")),
                        "yyyy-mm-dd");
    assert_string_equal(json_string_value(json_object_get(into, "format")), "fba_returns");
    assert_string_equal(json_string_value(json_object_get(into, "delimiter")), ",");
    json_decref(into);
    facts_release(facts);
    free(facts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_that_may_be_months_are_asked_for),
        cmocka_unit_test(dates_in_two_ways_and_answers_that_do_not_fit_are_refused),
        cmocka_unit_test(marks_in_amounts_that_may_be_either_are_asked_for),
        cmocka_unit_test(a_second_header_is_a_second_file),
        cmocka_unit_test(bytes_are_what_they_look_like_unless_it_is_said),
        cmocka_unit_test(what_is_no_known_file_is_told_with_what_it_lacks),
        cmocka_unit_test(a_reading_ends_when_somebody_asks_for_that),
        cmocka_unit_test(what_is_said_must_make_sense),
        cmocka_unit_test(the_columns_are_told_with_their_use_style_and_blanks),
    };

    RUN(tests);
}
