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

/* Those of the styles that read the cell. */
static uint32_t date_styles_of(const char *cell, uint32_t styles)
{
    struct date_value value;
    uint32_t good = 0;

    for (enum date_style style = 0; style < DATE_STYLES; style++)
        if (styles >> style & 1 && !date_cell_read(cell, style, &value))
            good |= 1u << style;
    return good;
}

void date_column_add(struct date_column *column, const char *cell, uint64_t line)
{
    uint32_t styles;

    if (cell_is_blank(cell)) {
        column->blank++;
        return;
    }
    styles = date_styles_of(cell, column->styles); /* one or two, after the first rows */
    if (!styles)
        styles = date_styles_of(cell, ~column->styles);
    if (!styles) {
        if (!column->unreadable++)
            column->first_unreadable = line;
        return;
    }
    narrow(&column->styles, styles, !column->read, line, &column->first_mixed);
    if (!column->read++)
        column->first_read = line;
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
    if (!column->read++)
        column->first_read = line;
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

bool date_order_pick(uint32_t styles, enum date_order order, enum date_style *style)
{
    static const enum date_style pairs[][2] = {
        {DATE_DAY_SLASH,  DATE_MONTH_SLASH },
        {DATE_DAY_HYPHEN, DATE_MONTH_HYPHEN},
    };

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        enum date_style wanted = pairs[i][order == MONTH_FIRST];

        if (styles == (1u << pairs[i][0] | 1u << pairs[i][1])) {
            *style = wanted;
            return true;
        }
    }
    return false;
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
