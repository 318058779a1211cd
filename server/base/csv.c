/* A streaming reader of RFC 4180 text. */
#include "base/csv.h"
#include "base/arena.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Read ahead: the larger, the fewer times a row begun is moved to the front. */
#define BLOCK_SIZE  65536
#define BUFFER_SIZE (CSV_LINE_MAX + BLOCK_SIZE)

static const char too_long[] = "the line is longer than 64 kB";
static const char too_wide[] = "more than 512 columns";
static const char too_few[] = "too few cells in the row";
static const char too_many[] = "too many cells in the row";
static const char quote_open[] = "a quote is not closed within 64 kB";
static const char quote_inside[] = "a quote inside a cell that does not begin with one";
static const char quote_text[] = "text after the closing quote";
static const char nul_byte[] = "a NUL byte";
static const char control[] = "a control character";
static const char not_utf8[] = "not UTF-8 text";

/* One cell of a row that is being scanned. Offsets count from the row's first byte. */
struct csv_span {
    size_t from, to;
    bool doubled; /* has doubled quotes */
};

/* Where a scan of the row stands. */
struct scan {
    size_t at;
    uint64_t breaks;   /* line breaks inside quotes */
    const char *wrong; /* NULL as long as all is well */
};

void csv_init(struct csv *csv, char separator, csv_read_fn *read, void *source)
{
    *csv = (struct csv){.read = read, .source = source, .separator = separator, .next_line = 1};
    csv->special['\n'] = csv->special['"'] = csv->special[(unsigned char)separator] = true;
    csv->spans = xalloc(CSV_COLUMNS_MAX * sizeof *csv->spans);
    csv->buffer = xalloc(BUFFER_SIZE + 1); /* one more: room to end the last cell */
}

void csv_quotes_literal(struct csv *csv)
{
    csv->special['"'] = false;
}

void csv_release(struct csv *csv)
{
    free(csv->spans);
    free(csv->buffer);
    csv->spans = NULL;
    csv->buffer = NULL;
}

/* Get more bytes behind `end`; false if there are none. The row stays whole, but moves. */
static bool fill(struct csv *csv)
{
    ssize_t got;

    if (csv->at_end || csv->failed)
        return false;
    if (csv->start) {
        memmove(csv->buffer, csv->buffer + csv->start, csv->end - csv->start);
        csv->end -= csv->start;
        csv->start = 0;
    }
    got = csv->read(csv->source, csv->buffer + csv->end, BUFFER_SIZE - csv->end);
    if (got > 0)
        csv->end += (size_t)got;
    csv->at_end = got == 0;
    csv->failed = got < 0;
    return got > 0;
}

/* The byte at offset `at` of the row, EOF behind the last one. */
static inline int peek(struct csv *csv, size_t at)
{
    if (csv->start + at >= csv->end && !fill(csv))
        return EOF;
    return (unsigned char)csv->buffer[csv->start + at];
}

/* Pass over bytes that mean nothing to a reader: nearly all there are. */
static void skip_ordinary(const struct csv *csv, struct scan *scan)
{
    const unsigned char *row = (const unsigned char *)csv->buffer + csv->start;
    size_t have = csv->end - csv->start;
    size_t at = scan->at;

    while (at < have && !csv->special[row[at]])
        at++;
    scan->at = at;
}

/* The bytes up to a separator or the end of the line. */
static struct csv_span scan_plain(struct csv *csv, struct scan *scan)
{
    struct csv_span span = {.from = scan->at};
    int c;

    do {
        skip_ordinary(csv, scan);
        c = peek(csv, scan->at);
    } while (c != EOF && !csv->special[c] && scan->at < CSV_LINE_MAX);
    if (scan->at > CSV_LINE_MAX || (c != EOF && !csv->special[c]))
        scan->wrong = too_long;
    else if (c == '"')
        scan->wrong = quote_inside;
    span.to = scan->at;
    if (c == '\n' && span.to > span.from && csv->buffer[csv->start + span.to - 1] == '\r')
        span.to--;
    return span;
}

/* What may follow a closing quote: a separator, the end of the line, or of the file. */
static void scan_after_quote(struct csv *csv, struct scan *scan)
{
    int c = peek(csv, scan->at);

    if (c == '\r' && peek(csv, scan->at + 1) == '\n')
        scan->at++;
    else if (c != csv->separator && c != '\n' && c != EOF)
        scan->wrong = quote_text;
}

/* The bytes between two quotes; the scan stands on the first of them. */
static struct csv_span scan_quoted(struct csv *csv, struct scan *scan)
{
    struct csv_span span = {.from = ++scan->at};
    int c;

    for (;;) {
        c = peek(csv, scan->at);
        if (c == EOF || scan->at >= CSV_LINE_MAX) {
            scan->wrong = quote_open;
            return span;
        }
        if (c == '"') {
            if (peek(csv, scan->at + 1) != '"')
                break;
            span.doubled = true;
            scan->at++;
        }
        scan->breaks += c == '\n';
        scan->at++;
    }
    span.to = scan->at++;
    scan_after_quote(csv, scan);
    return span;
}

static struct csv_span scan_cell(struct csv *csv, struct scan *scan)
{
    bool quoted = csv->special['"'] && peek(csv, scan->at) == '"';

    return quoted ? scan_quoted(csv, scan) : scan_plain(csv, scan);
}

/* Find the cells of the row; on return the scan stands on its line break. */
static size_t scan_row(struct csv *csv, struct scan *scan)
{
    for (size_t n = 0;; scan->at++) {
        if (n == CSV_COLUMNS_MAX) {
            scan->wrong = too_wide;
            return n;
        }
        csv->spans[n++] = scan_cell(csv, scan);
        if (scan->wrong || peek(csv, scan->at) != csv->separator)
            return n;
    }
}

/* A cell with its doubled quotes made single, ended by a NUL. Shrinks only, so it fits. */
static struct csv_cell cut(char *row, const struct csv_span *span)
{
    struct csv_cell cell = {.text = row + span->from, .len = span->to - span->from};

    if (span->doubled) {
        size_t kept = 0;

        for (size_t i = 0; i < cell.len; i++) {
            cell.text[kept++] = cell.text[i];
            i += cell.text[i] == '"';
        }
        cell.len = kept;
    }
    cell.text[cell.len] = '\0';
    return cell;
}

/* Pass over the rest of the line on which the row began, however long it is. */
static void skip_line(struct csv *csv)
{
    const char *newline;

    do {
        newline = memchr(csv->buffer + csv->start, '\n', csv->end - csv->start);
        csv->start = newline ? (size_t)(newline - csv->buffer) + 1 : csv->end;
    } while (!newline && fill(csv));
    csv->next_line++;
}

static enum csv_result bad_row(struct csv *csv, const char *problem, size_t column)
{
    csv->problem = problem;
    csv->column = column;
    return csv->failed ? CSV_FAILED : CSV_BAD_ROW;
}

/* Why text_is_clean() refused a cell. */
static const char *uncleanness(const struct csv_cell *cell)
{
    if (memchr(cell->text, '\0', cell->len))
        return nul_byte;
    for (size_t i = 0; i < cell->len; i++)
        if ((unsigned char)cell->text[i] < ' ' || cell->text[i] == 0x7f)
            return control;
    return not_utf8;
}

/* Leave cells out that are beyond the width and empty. */
static void drop_empty_tail(struct csv *csv)
{
    while (csv->ncells > csv->width && !csv->cells[csv->ncells - 1].len)
        csv->ncells--;
}

/* Whether the row, its cells now cut, holds `clean` text in as many cells as it must have. */
static enum csv_result judge(struct csv *csv, bool clean)
{
    for (size_t i = 0; !clean && i < csv->ncells; i++)
        if (!text_is_clean(csv->cells[i].text, csv->cells[i].len))
            return bad_row(csv, uncleanness(&csv->cells[i]), i);
    if (csv->ragged)
        drop_empty_tail(csv);
    else if (csv->ncells < csv->width)
        return bad_row(csv, too_few, csv->ncells);
    if (csv->width && csv->ncells > csv->width)
        return bad_row(csv, too_many, csv->width);
    return CSV_ROW;
}

static void drop_byte_order_mark(struct csv *csv)
{
    while (csv->end < 3 && fill(csv))
        ;
    if (csv->end >= 3 && !memcmp(csv->buffer, "\xef\xbb\xbf", 3))
        csv->start = 3;
}

static void skip_empty_lines(struct csv *csv)
{
    size_t len;

    for (;; csv->start += len, csv->next_line++) {
        len = peek(csv, 0) == '\r' ? 2 : 1;
        if (peek(csv, len - 1) != '\n')
            return;
    }
}

/* Consume the row that was scanned and cut its cells. */
static enum csv_result take_row(struct csv *csv, const struct scan *scan)
{
    char *row = csv->buffer + csv->start;
    bool clean = text_is_clean(row, scan->at);

    csv->start += scan->at;
    if (csv->start < csv->end)
        csv->start++; /* the line break; the last line may have none */
    csv->next_line += scan->breaks + 1;
    for (size_t i = 0; i < csv->ncells; i++)
        csv->cells[i] = cut(row, &csv->spans[i]);
    return judge(csv, clean);
}

enum csv_result csv_next(struct csv *csv)
{
    struct scan scan = {0};

    if (csv->next_line == 1 && !csv->end)
        drop_byte_order_mark(csv);
    skip_empty_lines(csv);
    csv->line = csv->next_line;
    if (peek(csv, 0) == EOF)
        return csv->failed ? CSV_FAILED : CSV_END;
    csv->ncells = scan_row(csv, &scan);
    if (scan.wrong || csv->failed) {
        skip_line(csv);
        return bad_row(csv, scan.wrong, csv->ncells - 1);
    }
    return take_row(csv, &scan);
}
