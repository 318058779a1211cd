/* The rows of a sample, for a guess at its layout. */
#include "read/rows.h"

#include <string.h>

void rows_begin(struct rows *rows, const char *text, size_t len, char delimiter, bool quoted)
{
    rows->text = text;
    rows->len = len;
    rows->delimiter = delimiter;
    rows->quoted = quoted;
    rows->at = 0;
    rows->next_line = 1;
    rows->good = rows->bad = 0;
}

static bool ends_cell(const struct rows *rows, size_t at)
{
    char c;

    if (at >= rows->len)
        return true;
    c = rows->text[at];
    return c == rows->delimiter || c == '\n' ||
           (c == '\r' && at + 1 < rows->len && rows->text[at + 1] == '\n');
}

/* Where the quote that begins at `from` is closed; 0 if it is not, or text follows it. */
static size_t quote_close(const struct rows *rows, size_t from)
{
    for (size_t at = from + 1; at < rows->len; at++) {
        if (rows->text[at] != '"')
            continue;
        if (at + 1 < rows->len && rows->text[at + 1] == '"')
            at++;
        else
            return ends_cell(rows, at + 1) ? at : 0;
    }
    return 0;
}

/* Take the cell that begins at `at`; the row's `at` goes to the delimiter or line end behind. */
static struct row_cell cell_take(struct rows *rows)
{
    size_t from = rows->at, to = from;

    if (rows->quoted && from < rows->len && rows->text[from] == '"') {
        size_t close = quote_close(rows, from);

        if (close) {
            for (to = from; to < close; to++)
                rows->next_line += rows->text[to] == '\n';
            rows->good++;
            rows->at = close + 1;
            return (struct row_cell){rows->text + from + 1, close - from - 1};
        }
    }
    while (!ends_cell(rows, to))
        to++;
    rows->bad += rows->quoted && memchr(rows->text + from, '"', to - from);
    rows->at = to;
    return (struct row_cell){rows->text + from, to - from};
}

static void line_end_pass(struct rows *rows)
{
    if (rows->at < rows->len && rows->text[rows->at] == '\r')
        rows->at++;
    if (rows->at < rows->len)
        rows->at++;
    rows->next_line++;
}

bool rows_next(struct rows *rows)
{
    while (rows->at < rows->len && ends_cell(rows, rows->at) &&
           rows->text[rows->at] != rows->delimiter)
        line_end_pass(rows);
    if (rows->at >= rows->len)
        return false;
    rows->offset = rows->at;
    rows->line = rows->next_line;
    rows->ncells = 0;
    for (;;) {
        struct row_cell cell = cell_take(rows);

        if (rows->ncells < LAYOUT_COLUMNS_MAX)
            rows->cells[rows->ncells] = cell;
        rows->ncells++;
        if (rows->at >= rows->len || rows->text[rows->at] != rows->delimiter)
            break;
        rows->at++;
    }
    line_end_pass(rows);
    return true;
}
