/* From the bytes of a file to its rows. */
#include "read/table.h"

#include <string.h>

static bool fails(struct table *table)
{
    table->problem = table->decoder.problem;
    table->problem_at = table->decoder.problem_at;
    return false;
}

/* Have bytes in the block; false at the end, and when reading failed. */
static bool fill(struct table *table, bool *failed)
{
    ssize_t got;

    if (table->at < table->len)
        return true;
    if (table->whole)
        return false;
    got = table->read(table->source, table->block, sizeof table->block);
    *failed = got < 0;
    table->whole = got == 0;
    table->at = 0;
    table->len = got > 0 ? (size_t)got : 0;
    return got > 0;
}

/* Pass over what stands before the header; `len` bytes of text become fewer. */
static size_t pass(struct table *table, char *text, size_t len)
{
    size_t n = table->before < len ? table->before : len;

    table->before -= n;
    memmove(text, text + n, len - n);
    return len - n;
}

/* A csv_read_fn: text in UTF-8. */
static ssize_t text_read(void *context, void *bytes, size_t size)
{
    struct table *table = context;
    bool failed = false;

    while (fill(table, &failed)) {
        struct decoder_io io = {table->block + table->at, table->len - table->at, bytes, size};
        size_t len;

        if (!decoder_run(&table->decoder, &io)) {
            fails(table);
            return -1;
        }
        table->at = table->len - io.in_left;
        len = pass(table, bytes, size - io.out_left);
        if (len)
            return (ssize_t)len;
    }
    if (failed || !decoder_end(&table->decoder)) {
        fails(table);
        return -1;
    }
    return 0;
}

bool table_open(struct table *table, const struct table_how *how, csv_read_fn *read, void *source)
{
    table->problem = NULL;
    table->read = read;
    table->source = source;
    table->before = how->header_offset;
    table->whole = false;
    table->at = table->len = 0;
    csv_init(&table->csv, how->delimiter, text_read, table);
    if (!how->quoted)
        csv_quotes_literal(&table->csv);
    table->csv.width = how->ncolumns;
    table->csv.ragged = how->ragged;
    table->csv.next_line = how->header_line;
    return decoder_open(&table->decoder, how->encoding, how->mark) || fails(table);
}

enum csv_result table_next(struct table *table)
{
    return csv_next(&table->csv);
}

void table_close(struct table *table)
{
    decoder_close(&table->decoder);
    csv_release(&table->csv);
}
