/* Which known file it is, by the names of its columns. */
#include "unit.h"

#include "read/format.h"
#include "read/header.h"
#include "sample.h"

#include <string.h>

static struct arena arena;

static int release(void **state)
{
    (void)state;
    arena_clear(&arena);
    return 0;
}

/* Looks for the format of a header whose names are between bars. */
static enum format_match found(const char *names, struct format_map *map, enum format *rival)
{
    const char **keys = arena_alloc(&arena, LAYOUT_COLUMNS_MAX * sizeof *keys);
    size_t n = 0;

    for (;; names++) {
        size_t len = strcspn(names, "|");
        char key[HEADER_KEY_SIZE];

        header_key(key, names, len);
        keys[n++] = arena_strdup(&arena, key);
        names += len;
        if (!*names)
            return format_find(&arena, keys, n, map, rival);
    }
}

static void check(const char *names, enum format format)
{
    struct format_map map;
    enum format rival;

    assert_int_equal(found(names, &map, &rival), FORMAT_FOUND);
    assert_string_equal(format_name(map.format), format_name(format));
    assert_int_equal(map.nmissing, 0);
}

static void the_table_says_each_thing_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < nformat_columns; i++) {
        const struct format_column *column = &format_columns[i];

        assert_true(column->format > FORMAT_none && column->format < FORMATS);
        assert_true(i == 0 || column->format >= column[-1].format);
        for (size_t j = i + 1; j < nformat_columns; j++)
            if (format_columns[j].format == column->format)
                assert_string_not_equal(column->field, format_columns[j].field);
    }
}

/* Every header of a format must lead to its own row, and to no other of the format. */
static void no_two_columns_of_a_format_share_a_header(void **state)
{
    (void)state;
    for (size_t i = 0; i < nformat_columns; i++) {
        const char *header = format_columns[i].headers;

        for (;; header++) {
            size_t len = strcspn(header, "|");
            char key[HEADER_KEY_SIZE];
            const char *keys[] = {key};
            struct format_map map;

            header_key(key, header, len);
            map = format_read(&arena, format_columns[i].format, keys, 1);
            assert_ptr_equal(map.columns[0], &format_columns[i]);
            header += len;
            if (!*header)
                break;
        }
    }
}

static void each_format_is_found_by_its_own_usual_headers(void **state)
{
    (void)state;
    for (enum format format = FORMAT_none + 1; format < FORMATS; format++) {
        char names[4096] = "";
        size_t used = 0;

        for (size_t i = 0; i < nformat_columns; i++) {
            const char *headers = format_columns[i].headers;

            if (format_columns[i].format == format)
                used += (size_t)snprintf(names + used, sizeof names - used, "%s%.*s",
                                         used ? "|" : "", (int)strcspn(headers, "|"), headers);
        }
        check(names, format);
    }
}

static void transactions_are_known_in_six_languages(void **state)
{
    static const char *const headers[] = {
        "date/time|settlement id|type|order id|sku|product sales|total",
        "Datum/Uhrzeit|Abrechnungsnummer|Typ|Bestellnummer|SKU|Umsätze|Gesamt",
        "date/heure|numéro de versement|type|numéro de la commande|sku|ventes de produits|total",
        "Data/Ora:|Numero pagamento|Tipo|Numero ordine|SKU|Vendite|totale",
        "fecha y hora|identificador de pago|tipo|número de pedido|sku|ventas de productos|total",
        "日期/时间|结算编号|类型|订单编号|SKU|商品销售额|总计",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(headers); i++)
        check(headers[i], FORMAT_date_range_transactions);
}

static void the_map_says_field_kind_and_use_of_each_column(void **state)
{
    struct format_map map;
    enum format rival;

    (void)state;
    assert_int_equal(found("amazon_order_id|Purchase Date|order-status|SKU |quantity|ship-city|"
                           "tea-leaves|sku|",
                           &map, &rival),
                     FORMAT_FOUND);
    assert_int_equal(map.format, FORMAT_all_orders);
    assert_int_equal(format_field(&map, "sku"), 3);
    assert_int_equal(format_field(&map, "purchase_date"), 1);
    assert_int_equal(format_field(&map, "country"), -1);
    assert_int_equal(map.columns[1]->kind, KIND_DATE);
    assert_int_equal(map.columns[5]->use, COLUMN_PERSONAL);
    assert_true(map.nunknown == 2 && map.unknown[0] == 6 && map.unknown[1] == 8);
    assert_true(map.ndoubled == 1 && map.doubled[0] == 7);
    assert_int_equal(map.nknown, 6);
}

static void what_a_nearly_known_file_lacks_is_told(void **state)
{
    struct format_map map;
    enum format rival;

    (void)state;
    assert_int_equal(found("return-date|sku|quantity|status", &map, &rival), FORMAT_UNKNOWN);
    assert_int_equal(map.format, FORMAT_fba_returns);
    assert_int_equal(map.nmissing, 1);
    assert_string_equal(map.missing[0]->field, "reason");
    assert_int_equal(found("model|drive_days|failed", &map, &rival), FORMAT_UNKNOWN);
    assert_int_equal(map.format, FORMAT_none);
    assert_int_equal(map.nunknown, 3);
    assert_int_equal(found("return-date", &map, &rival), FORMAT_UNKNOWN);
}

static void two_formats_that_fit_equally_are_ambiguous(void **state)
{
    struct format_map map;
    enum format rival = FORMAT_none;

    (void)state;
    assert_int_equal(found("settlement-id|total-amount|transaction-type|order-id|posted-date|sku|"
                           "amount-type|amount-description|amount|price-type|price-amount|"
                           "misc-fee-amount",
                           &map, &rival),
                     FORMAT_AMBIGUOUS);
    assert_int_equal(map.format, FORMAT_settlement_v1);
    assert_int_equal(rival, FORMAT_settlement_v2);
}

static void formats_have_names_and_titles(void **state)
{
    enum format format = FORMATS;

    (void)state;
    assert_true(format_named("b2b_shipments", &format) && format == FORMAT_b2b_shipments);
    assert_true(format_named("none", &format) && format == FORMAT_none);
    assert_false(format_named("nonsense", &format));
    assert_string_equal(format_title(FORMAT_mfn_returns), "Amazon merchant-fulfilled returns");
    assert_string_equal(format_name(FORMATS), "none");
}

static void the_samples_are_known(void **state)
{
    static const struct {
        const char *name;
        enum format format;
        size_t nunknown;
    } samples[] = {
        {"amazon_fba_returns_format.tsv",     FORMAT_fba_returns,    0},
        {"amazon_fba_returns_reduced.csv",    FORMAT_fba_returns,    0},
        {"amazon_mfn_returns_us.tsv",         FORMAT_mfn_returns,    0},
        {"amazon_mfn_returns_br_33col.tsv",   FORMAT_mfn_returns,    0},
        {"amazon_settlement_v1_us.tsv",       FORMAT_settlement_v1,  0},
        {"amazon_settlement_v2_format.tsv",   FORMAT_settlement_v2,  0},
        {"amazon_all_orders_format.tsv",      FORMAT_all_orders,     0},
        {"amazon_reimbursements_format.tsv",  FORMAT_reimbursements, 0},
        {"shopify_orders_format.csv",         FORMAT_shopify_orders, 0},
        {"b2b_shipments_template.csv",        FORMAT_b2b_shipments,  0},
        {"amazon_in_sale_report_apr2022.csv", FORMAT_all_orders,     5},
        {"backblaze_model_totals.csv",        FORMAT_none,           9},
    };
    static char text[LAYOUT_SAMPLE];

    (void)state;
    for (size_t i = 0; i < COUNT(samples); i++) {
        size_t len = sample_read(samples[i].name, text, sizeof text);
        struct layout layout;
        struct format_map map;
        enum format rival;

        assert_null(layout_find(&layout, &arena, text, len, len < sizeof text));
        format_find(&arena, layout.keys, layout.ncolumns, &map, &rival);
        assert_string_equal(format_name(map.format), format_name(samples[i].format));
        assert_int_equal(map.nunknown, samples[i].nunknown);
        assert_int_equal(map.ndoubled, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_says_each_thing_once),
        cmocka_unit_test_teardown(no_two_columns_of_a_format_share_a_header, release),
        cmocka_unit_test_teardown(each_format_is_found_by_its_own_usual_headers, release),
        cmocka_unit_test_teardown(transactions_are_known_in_six_languages, release),
        cmocka_unit_test_teardown(the_map_says_field_kind_and_use_of_each_column, release),
        cmocka_unit_test_teardown(what_a_nearly_known_file_lacks_is_told, release),
        cmocka_unit_test_teardown(two_formats_that_fit_equally_are_ambiguous, release),
        cmocka_unit_test(formats_have_names_and_titles),
        cmocka_unit_test_teardown(the_samples_are_known, release),
    };

    RUN(tests);
}
