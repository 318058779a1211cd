/* Mappings, and cells read with their formats. */
#include "import/map.h"
#include "import/value.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Whatever the format, a cell that passes is a day that the table accepts. */
static void check_date(const char *format, const char *cell)
{
    int32_t day;

    if (!date_format_check(format) && !date_read(cell, format, &day) &&
        (day < -3652 || day > 73048))
        abort();
}

static void check_numbers(const char *cell)
{
    int64_t price;
    int32_t quantity;

    if (!quantity_read(cell, &quantity) && (quantity > 1000000000 || quantity < -1000000000))
        abort();
    if (!price_read(cell, '.', &price) && llabs(price) > 999999999999999999)
        abort();
}

static void check_mapping(const char *text)
{
    struct import_error error = {0};
    struct import_map map;
    bool good = import_map_parse(&map, text, strlen(text), &error);

    if (good == (error.code != NULL))
        abort();
    if (good && !map.format && date_format_check(map.date_format))
        abort();
    import_map_release(&map);
}

/* A mapping; or a date's format and a cell, parted by a line break. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = calloc(1, size + 1);
    char *newline;

    memcpy(text, data, size);
    check_mapping(text);
    newline = strchr(text, '\n');
    if (newline) {
        *newline = '\0';
        check_date(text, newline + 1);
        check_numbers(newline + 1);
    }
    free(text);
    return 0;
}
