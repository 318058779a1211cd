/* The style that all cells of a column have in common. */
#include "read/convention.h"
#include "read/utf8.h"

#include <string.h>

bool cell_is_blank(const char *cell)
{
    const char *end = cell + strlen(cell);

    while (cell < end) {
        uint32_t c = utf8_next(&cell, end);

        if (!(c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0 || c == 0x202f || c == 0x3000))
            return false;
    }
    return true;
}

/* Narrow `styles` down to those of one more cell, or note the line where none is left. */
static void narrow(uint32_t *styles, uint32_t cell, bool first, uint64_t line, uint64_t *mixed)
{
    if (first)
        *styles = cell;
    else if (*styles & cell)
        *styles &= cell;
    else if (!*mixed)
        *mixed = line;
}

void date_column_add(struct date_column *column, const char *cell, uint64_t line)
{
    struct date_value value;
    uint32_t styles = 0;

    if (cell_is_blank(cell)) {
        column->blank++;
        return;
    }
    for (enum date_style style = 0; style < DATE_STYLES; style++)
        if (!date_cell_read(cell, style, &value))
            styles |= 1u << style;
    if (!styles) {
        if (!column->unreadable++)
            column->first_unreadable = line;
        return;
    }
    narrow(&column->styles, styles, !column->read, line, &column->first_mixed);
    column->read++;
}

void decimal_column_add(struct decimal_column *column, const char *cell, uint64_t line)
{
    uint32_t styles = 0;
    int64_t minor;

    if (cell_is_blank(cell)) {
        column->blank++;
        return;
    }
    for (enum decimal_style style = 0; style < DECIMAL_STYLES; style++)
        if (!decimal_cell_read(cell, style, -1, &minor))
            styles |= 1u << style;
    if (!styles) {
        if (!column->unreadable++)
            column->first_unreadable = line;
        return;
    }
    column->marked = column->marked || strpbrk(cell, ".,");
    narrow(&column->styles, styles, !column->read, line, &column->first_mixed);
    column->read++;
}

/* What the counts say; the first style that is left goes to `style`. */
static enum convention decide(uint64_t read, uint64_t unreadable, uint64_t mixed, uint32_t styles,
                              uint32_t *style)
{
    if (!read)
        return unreadable ? CONVENTION_UNREADABLE : CONVENTION_EMPTY;
    if (mixed)
        return CONVENTION_MIXED;
    *style = (uint32_t)__builtin_ctz(styles);
    return styles & (styles - 1) ? CONVENTION_AMBIGUOUS : CONVENTION_DECIDED;
}

enum convention date_column_decide(const struct date_column *column, enum date_style *style)
{
    uint32_t first = DATE_STYLES;
    enum convention convention =
        decide(column->read, column->unreadable, column->first_mixed, column->styles, &first);

    if (first < DATE_STYLES)
        *style = (enum date_style)first;
    return convention;
}

enum convention decimal_column_decide(const struct decimal_column *column,
                                      enum decimal_style *style)
{
    uint32_t first = DECIMAL_STYLES;
    enum convention convention =
        decide(column->read, column->unreadable, column->first_mixed, column->styles, &first);

    if (first < DECIMAL_STYLES)
        *style = (enum decimal_style)first;
    if (convention == CONVENTION_AMBIGUOUS && !column->marked)
        return CONVENTION_DECIDED;
    return convention;
}
