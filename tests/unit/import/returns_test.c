/* Returns, from text to facts. */
#include "unit.h"

#include "facts.h"

#define FBA                                                                                    \
    "return-date\torder-id\tsku\tasin\tfnsku\tproduct-name\tquantity\tfulfillment-center-id\t" \
    "detailed-disposition\treason\tstatus\tlicense-plate-number\tcustomer-comments\n"
#define MFN                                                                                     \
    "Order ID\tOrder date\tReturn request date\tReturn request status\tAmazon RMA ID\t"         \
    "Merchant RMA ID\tLabel type\tLabel cost\tCurrency code\tReturn carrier\tTracking ID\t"     \
    "Label to be paid by\tA-to-Z Claim\tIs prime\tASIN\tMerchant SKU\tItem Name\t"              \
    "Return quantity\tReturn Reason\tIn policy\tReturn type\tResolution\tInvoice number\t"      \
    "Return delivery date\tOrder Amount\tOrder quantity\tSafeT Action reason\tSafeT claim id\t" \
    "SafeT claim state\tSafeT claim creation time\tSafeT claim reimbursement amount\t"          \
    "Refunded Amount\n"

static const struct import_options plain = {0};

static void a_unit_that_came_back_to_the_warehouse_is_a_return(void **state)
{
    (void)state;
    facts_expect(
        FBA
        "2026-03-02T23:10:00+00:00\t1-1\tT-52\tB0\tX0\tTiller \"52\" cc\t1\tLEJ1\tSELLABLE\tMISORDERED\t"
        "Unit returned to inventory\tLPN1\tmy \"words\"\n"
        "2026-03-03T10:00:00+00:00\t1-2\tT-52\t\t\t\t1\tLEJ1\tDEFECTIVE\tDEFECTIVE\tReimbursed\tLPN2\n"
        "2026-03-04T10:00:00+00:00\t1-3\tT-52\t\t\t\t2\tLEJ1\tSELLABLE\tAPPAREL_TOO_SMALL\n"
        "2026-03-05T10:00:00+00:00\t1-4\tT-52\t\t\t\t\t\tCUSTOMER_DAMAGED\tBROKEN_AT_SEA\t\t\t\n",
        &plain,
        "2: return 40 T-52 ZZ amazon_fba - 2026-03-02 1 remorse 'MISORDERED' restocked\n"
        "3: return 40 T-52 ZZ amazon_fba - 2026-03-03 1 fault 'DEFECTIVE' reimbursed\n"
        "4: return 40 T-52 ZZ amazon_fba - 2026-03-04 2 listing 'APPAREL_TOO_SMALL'\n"
        "5: return 40 T-52 ZZ amazon_fba - 2026-03-05 1 unknown 'BROKEN_AT_SEA'\n");
}

static void what_is_said_of_the_file_goes_before_what_is_usual(void **state)
{
    const struct import_options said = {.channel = "amazon_jp", .country = "DE"};

    (void)state;
    facts_expect("return-date,sku,quantity,reason\n2026-03-02,T-52,1,DEFECTIVE\n", &said,
                 "2: return 40 T-52 DE amazon_jp - 2026-03-02 1 fault 'DEFECTIVE'\n");
}

static void a_licence_plate_is_the_key_of_a_unit_else_what_tells_it_from_others(void **state)
{
    static const char head[] = FBA;
    char one[600], other[600];

    (void)state;
    snprintf(one, sizeof one, "%s2026-03-02\t1-1\tT\t\t\t\t1\tA\tSELLABLE\tDEFECTIVE\t\tLPN1\n",
             head);
    snprintf(other, sizeof other, "%s2026-04-09\t1-1\tU\t\t\t\t2\tB\tDAMAGED\tMISORDERED\t\tLPN1\n",
             head);
    facts_expect_same(one, other, &plain, true, true);
    snprintf(one, sizeof one, "%s2026-03-02\t1-1\tT\t\t\t\t1\tA\tSELLABLE\tDEFECTIVE\t\t\n", head);
    snprintf(other, sizeof other, "%s2026-03-02\t1-1\tT\t\t\t\t2\tA\tDAMAGED\tMISORDERED\t\t\n",
             head);
    facts_expect_same(one, other, &plain, true, true);
    snprintf(other, sizeof other, "%s2026-03-03\t1-1\tT\t\t\t\t1\tA\tSELLABLE\tDEFECTIVE\t\t\n",
             head);
    facts_expect_same(one, other, &plain, false, true);
    snprintf(one, sizeof one, "%s2026-03-03\t\tT\t\t\t\t1\tA\tSELLABLE\tDEFECTIVE\t\t\n", head);
    snprintf(other, sizeof other, "%s2026-03-03\t\tU\t\t\t\t1\tA\tSELLABLE\tDEFECTIVE\t\t\n", head);
    facts_expect_same(one, other, &plain, false, false);
}

static void bad_cells_reject_their_row_and_are_not_told(void **state)
{
    (void)state;
    facts_expect(FBA "2026-03-02\t1\tT-52\t\t\t\tmany\t\tSELLABLE\tDEFECTIVE\t\t\t\n"
                     "2026-02-30\t1\tT-52\t\t\t\t1\t\tSELLABLE\tDEFECTIVE\t\t\t\n"
                     "2026-03-02\t1\t\t\t\t\t1\t\tSELLABLE\tDEFECTIVE\t\t\t\n"
                     "2026-03-02\t1\tT-52\t\t\t\t-1\t\tSELLABLE\tDEFECTIVE\t\t\t\n"
                     "2026-03-02\t1\t=1+2\t\t\t\t1\t\tSELLABLE\tDEFECTIVE\t\t\t\n"
                     "2026-03-02\t1\t'=1+2\t\t\t\t1\t\tSELLABLE\tDEFECTIVE\t\t\t\n",
                 &plain,
                 "2! quantity: bad_quantity: not a whole number\n"
                 "3! return-date: bad_date: no day of the calendar\n"
                 "4! sku: empty: is empty\n"
                 "5! quantity: bad_quantity: a negative quantity, where nothing can be taken back\n"
                 "6! sku: formula: begins like a formula of a spreadsheet\n"
                 "7: return 40 =1+2 ZZ amazon_fba - 2026-03-02 1 fault 'DEFECTIVE'\n");
}

static void
requests_count_when_they_are_approved_on_the_day_of_delivery_or_of_the_request(void **state)
{
    (void)state;
    facts_expect(
        MFN
        "2-1\t10-Jul-2025\t14-Jul-2025\tApproved\tRMA1\t \t \t4.14\tUSD\tUSPS\tT1\tSeller\tN\tN\tB0\tN-1\t"
        "Name\t2\tAMZ-PG-WJ-TOO-SMALL\tY\tC-Returns\tStandardRefund\t \t \t21.38\t2\n"
        "2-2\t10-Jul-2025\t14-Jul-2025\tApproved\tRMA2\t \t \t4.14\tUSD\tUSPS\tT1\tSeller\tN\tN\tB0\tN-1\t"
        "Name\t1\tCR-DEFECTIVE\tY\tC-Returns\tStandardRefund\t \t20-Jul-2025\t21.38\t2\t \t \t \t \t \t10.69\n"
        "2-3\t10-Jul-2025\t14-Jul-2025\tDenied\tRMA3\t \t \t \tUSD\t \t \tSeller\tN\tN\tB0\tN-1\t"
        "Name\t1\tCR-DEFECTIVE\n"
        "2-4\t10-Jul-2025\t14-Jul-2025\tApproved\tRMA4\t \t \t \tUSD\t \t \tSeller\tN\tN\tB0\tN-1\t"
        "Name\t1\tCR-UNWANTED_ITEM\tY\tC-Returns\tReturnlessRefund\t \t \t21.38\t2\t \t \t \t \t \t10.69\n",
        &plain,
        "2: return 40 N-1 ZZ amazon_mfn - 2025-07-14 2 0 USD listing 'AMZ-PG-WJ-TOO-SMALL'\n"
        "3: return 40 N-1 ZZ amazon_mfn - 2025-07-20 1 1069 USD fault 'DEFECTIVE'\n"
        "4: return 40 N-1 ZZ amazon_mfn - 2025-07-14 0 0 USD fault 'DEFECTIVE'\n"
        "5: return 40 N-1 ZZ amazon_mfn - 2025-07-14 1 1069 USD refund_only 'UNWANTED_ITEM'\n");
}

static void a_mapping_says_what_reasons_mean(void **state)
{
    const struct import_options said = {
        .map = "{\"format\": \"fba_returns\", \"classes\": {\"BROKEN_AT_SEA\": \"logistics\","
               " \"DEFECTIVE\": \"listing\"}}"};
    const struct import_options strict = {
        .map = "{\"format\": \"fba_returns\", \"unknown\": \"reject\"}"};
    static const char text[] = "return-date,sku,quantity,reason\n2026-03-02,T-52,1,DEFECTIVE\n"
                               "2026-03-02,T-52,1,BROKEN_AT_SEA\n";

    (void)state;
    facts_expect(text, &said,
                 "2: return 40 T-52 ZZ amazon_fba - 2026-03-02 1 listing 'DEFECTIVE'\n"
                 "3: return 40 T-52 ZZ amazon_fba - 2026-03-02 1 logistics 'BROKEN_AT_SEA'\n");
    facts_expect(text, &strict,
                 "2: return 40 T-52 ZZ amazon_fba - 2026-03-02 1 fault 'DEFECTIVE'\n"
                 "3! reason: unknown_code: a reason that is not known\n");
    facts_expect_warned(text, &plain, WARN_unknown_code, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_unit_that_came_back_to_the_warehouse_is_a_return),
        cmocka_unit_test(what_is_said_of_the_file_goes_before_what_is_usual),
        cmocka_unit_test(a_licence_plate_is_the_key_of_a_unit_else_what_tells_it_from_others),
        cmocka_unit_test(bad_cells_reject_their_row_and_are_not_told),
        cmocka_unit_test(
            requests_count_when_they_are_approved_on_the_day_of_delivery_or_of_the_request),
        cmocka_unit_test(a_mapping_says_what_reasons_mean),
    };

    RUN(tests);
}
