/* The classes of reasons: those that were seen in reports, and others. */
#include "unit.h"

#include "read/reason.h"

#include <stdio.h>
#include <string.h>

static void check(const char *code, enum event_class expected)
{
    enum event_class class = EVENT_CLASSES;

    if (!reason_class(code, &class))
        fail_msg("%s is not known", code);
    assert_string_equal(event_class_name(class), event_class_name(expected));
}

static void check_all(const char *codes, enum event_class expected)
{
    for (;; codes++) {
        size_t len = strcspn(codes, " ");
        char code[64];

        snprintf(code, sizeof code, "%.*s", (int)len, codes);
        check(code, expected);
        snprintf(code, sizeof code, "CR-%.*s", (int)len, codes);
        check(code, expected);
        codes += len;
        if (!*codes)
            return;
    }
}

/* The 32 codes that FBA returns gave, in their default classes; each also as CR-. */
static void every_reason_that_was_seen_has_its_class(void **state)
{
    (void)state;
    check_all("DEFECTIVE QUALITY_UNACCEPTABLE MISSING_PARTS", EVENT_fault);
    check_all("NOT_AS_DESCRIBED NOT_COMPATIBLE PART_NOT_COMPATIBLE EXCESSIVE_INSTALLATION "
              "APPAREL_STYLE APPAREL_TOO_LARGE APPAREL_TOO_SMALL DID_NOT_LIKE_COLOR "
              "DID_NOT_LIKE_FABRIC",
              EVENT_listing);
    check_all("DAMAGED_BY_CARRIER DAMAGED_BY_FC MISSED_ESTIMATED_DELIVERY NEVER_ARRIVED "
              "SWITCHEROO EXTRA_ITEM",
              EVENT_logistics);
    check_all("UNDELIVERABLE_CARRIER_MISS_SORTED UNDELIVERABLE_FAILED_DELIVERY_ATTEMPTS "
              "UNDELIVERABLE_INSUFFICIENT_ADDRESS UNDELIVERABLE_MISSING_LABEL "
              "UNDELIVERABLE_REFUSED UNDELIVERABLE_UNCLAIMED UNDELIVERABLE_UNKNOWN",
              EVENT_undeliv);
    check_all("UNWANTED_ITEM FOUND_BETTER_PRICE ORDERED_WRONG_ITEM MISORDERED NO_REASON_GIVEN "
              "UNAUTHORIZED_PURCHASE NO_LONGER_NEEDED",
              EVENT_remorse);
    check_all("UNKNOWN_OTHER_REASON", EVENT_unknown);
}

static void reasons_of_product_groups_are_read_by_their_end(void **state)
{
    (void)state;
    check("AMZ-PG-BAD-DESC", EVENT_listing);
    check("AMZ-PG-MISORDERED", EVENT_remorse);
    check("AMZ-PG-APP-TOO-LATE", EVENT_logistics);
    check("AMZ-PG-WJ-TOO-SMALL", EVENT_listing);
    check("AMZ-PG-APP-TOO-LARGE", EVENT_listing);
    check("AMZ-PG-APP-STYLE", EVENT_listing);
    check("AMZ-PG-BAD-ITEM", EVENT_fault);
    check("AMZ-PG-DEFECTIVE", EVENT_fault);
    check("CR-AMZ-PG-BAD-DESC", EVENT_listing);
}

static void case_hyphens_and_blanks_do_not_count(void **state)
{
    (void)state;
    check(" defective ", EVENT_fault);
    check("Missing parts", EVENT_fault);
    check("cr-not-as-described", EVENT_listing);
}

static void a_code_that_is_not_known_is_told(void **state)
{
    static const char *const codes[] = {
        "",
        " ",
        "CR-",
        "AMZ-PG-",
        "AMZ-PG-NEW-THING",
        "APPAREL",
        "TOO_SMALL",
        "DEFECTIVE2",
        "DAMAGED_",
        "CR-CR-DEFECTIVE",
        "A_CODE_THAT_IS_LONGER_THAN_ANY_CODE_OF_ANY_MARKETPLACE_CAN_EVER_BE_EXPECTED_TO_BE_AT_ALL",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(codes); i++) {
        enum event_class class = EVENT_CLASSES;

        assert_false(reason_class(codes[i], &class));
        assert_int_equal(class, EVENT_unknown);
    }
}

static void classes_have_names(void **state)
{
    (void)state;
    for (enum event_class class = 0; class < EVENT_CLASSES; class ++) {
        enum event_class named = EVENT_CLASSES;

        assert_true(event_class_named(event_class_name(class), &named));
        assert_int_equal(named, class);
        assert_true(strlen(event_class_meaning(class)) > 5);
    }
    assert_int_equal(EVENT_CLASSES, 13);
    assert_string_equal(event_class_name(EVENT_CLASSES), "unknown");
    assert_false(event_class_named("Fault", &(enum event_class){0}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_reason_that_was_seen_has_its_class),
        cmocka_unit_test(reasons_of_product_groups_are_read_by_their_end),
        cmocka_unit_test(case_hyphens_and_blanks_do_not_count),
        cmocka_unit_test(a_code_that_is_not_known_is_told),
        cmocka_unit_test(classes_have_names),
    };

    RUN(tests);
}
