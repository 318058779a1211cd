/* The reader of CSV: what it says must not depend on how the bytes arrive. */
#include "base/csv.h"
#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct pieces {
    const uint8_t *bytes;
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

static void require(bool so)
{
    if (!so)
        abort();
}

/* What holds of every row. */
static void check_row(const struct csv *csv, enum csv_result result)
{
    require(csv->ncells >= 1 && csv->ncells <= CSV_COLUMNS_MAX && csv->line >= 1);
    require(result == CSV_ROW || (csv->problem && csv->column <= CSV_COLUMNS_MAX));
    for (size_t i = 0; result == CSV_ROW && i < csv->ncells; i++) {
        require(strlen(csv->cells[i].text) == csv->cells[i].len);
        require(text_is_clean(csv->cells[i].text, csv->cells[i].len));
    }
}

static void check_same(const struct csv *one, const struct csv *other)
{
    require(one->line == other->line && one->ncells == other->ncells);
    require(one->column == other->column && one->problem == other->problem);
}

static void check_same_cells(const struct csv *one, const struct csv *other)
{
    for (size_t i = 0; i < one->ncells; i++)
        require(!strcmp(one->cells[i].text, other->cells[i].text));
}

/* The first byte is the width, the second the size of the pieces; the rest is the file. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pieces whole, parts;
    struct csv one, other;
    enum csv_result result;

    if (size < 2)
        return 0;
    whole = (struct pieces){.bytes = data + 2, .left = size - 2, .piece = SIZE_MAX};
    parts = (struct pieces){.bytes = data + 2, .left = size - 2, .piece = data[1] + 1u};
    csv_init(&one, ',', give, &whole);
    csv_init(&other, ',', give, &parts);
    one.width = other.width = data[0] % 8;
    while ((result = csv_next(&one)) == CSV_ROW || result == CSV_BAD_ROW) {
        require(csv_next(&other) == result);
        check_row(&one, result);
        check_same(&one, &other);
        if (result == CSV_ROW)
            check_same_cells(&one, &other);
    }
    require(result == CSV_END && csv_next(&other) == CSV_END);
    csv_release(&one);
    csv_release(&other);
    return 0;
}
