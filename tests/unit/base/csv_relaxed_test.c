/* The reader of CSV, for files that are not RFC 4180. */
#include "unit.h"

#include "base/csv.h"

#include <stdio.h>
#include <string.h>

/* A text given out in pieces, so that every boundary falls everywhere. */
struct pieces {
    const char *bytes;
    size_t left, piece;
};

static ssize_t give(void *source, void *bytes, size_t size)
{
    struct pieces *pieces = source;
    size_t n = pieces->left < pieces->piece ? pieces->left : pieces->piece;

    if (n > size)
        n = size;
    memcpy(bytes, pieces->bytes, n);
    pieces->bytes += n;
    pieces->left -= n;
    return (ssize_t)n;
}

/* All cells of a text between tabs whose quotes are letters; 3 columns, rows may stop early. */
static void tell_ragged(char *out, const char *text)
{
    struct pieces pieces = {.bytes = text, .left = strlen(text), .piece = 3};
    enum csv_result result;
    struct csv csv;

    *out = '\0';
    csv_init(&csv, '\t', give, &pieces);
    csv_quotes_literal(&csv);
    csv.width = 3;
    csv.ragged = true;
    while ((result = csv_next(&csv)) == CSV_ROW || result == CSV_BAD_ROW) {
        for (size_t i = 0; i < csv.ncells && result == CSV_ROW; i++)
            out += sprintf(out, "[%s]", csv.cells[i].text);
        out += sprintf(out, "%s\n", result == CSV_ROW ? "" : csv.problem);
    }
    csv_release(&csv);
}

static void quotes_may_be_letters_and_rows_may_stop_early(void **state)
{
    char told[256];

    (void)state;
    tell_ragged(told, "a\t5\" wide\t\"open\n\"b\tc\nd\te\tf\t\t\ng\th\ti\tj\n");
    assert_string_equal(told, "[a][5\" wide][\"open]\n[\"b][c]\n[d][e][f]\n"
                              "too many cells in the row\n");
}

static void rows_with_tabs_and_carriage_returns_are_text(void **state)
{
    char told[256];

    (void)state;
    tell_ragged(told, "abcdefgh\tijklmnop\tqrstuvwx\r\nabcdefg\x01\tb\tc\nabcdefgh\tijkl\x7fmno\n");
    assert_string_equal(told, "[abcdefgh][ijklmnop][qrstuvwx]\na control character\n"
                              "a control character\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes_may_be_letters_and_rows_may_stop_early),
        cmocka_unit_test(rows_with_tabs_and_carriage_returns_are_text),
    };

    RUN(tests);
}
