/* How a file is laid out. */
#include "read/layout.h"
#include "read/header.h"
#include "read/rows.h"

#include <string.h>

/* Rows looked at; more would tell nothing new. */
#define ROWS_MAX 400

/* A guess, and how well the sample fits it. */
struct guess {
    char delimiter;
    bool quoted;
    size_t widest;
    uint64_t good, bad; /* quotes, as in struct rows */
    size_t header_row;  /* from 0, among those that are not empty */
    size_t width;       /* of the header; 0: there is none */
    uint64_t score;     /* cells in rows that fit the header */
};

static bool is_blank(struct row_cell cell)
{
    for (size_t i = 0; i < cell.len; i++)
        if (!strchr(" \t\r", cell.bytes[i]))
            return false;
    return true;
}

/* Digits with what stands in dates, times and amounts: never the name of a column. */
static bool is_value(struct row_cell cell)
{
    size_t digits = 0;

    for (size_t i = 0; i < cell.len; i++) {
        if (cell.bytes[i] >= '0' && cell.bytes[i] <= '9')
            digits++;
        else if (!memchr(" .,:/+-TZ%", cell.bytes[i], 10))
            return false;
    }
    return digits > 0;
}

static bool is_header(const struct rows *rows, size_t widest)
{
    size_t ncells = rows->ncells, blank = 0;

    if (ncells < 2 || ncells > LAYOUT_COLUMNS_MAX || ncells * 4 < widest * 3)
        return false;
    for (size_t i = 0; i < ncells; i++) {
        if (is_blank(rows->cells[i]))
            blank++;
        else if (is_value(rows->cells[i]))
            return false;
    }
    return blank * 2 < ncells;
}

/* The widest row, and what quotes there are. */
static void guess_measure(struct guess *guess, struct rows *rows, const char *text, size_t len)
{
    rows_begin(rows, text, len, guess->delimiter, guess->quoted);
    for (size_t row = 0; row < ROWS_MAX && rows_next(rows); row++)
        if (rows->ncells > guess->widest)
            guess->widest = rows->ncells;
    guess->good = rows->good;
    guess->bad = rows->bad;
}

static void guess_judge(struct guess *guess, struct rows *rows, const char *text, size_t len)
{
    guess_measure(guess, rows, text, len);
    if (guess->widest > LAYOUT_COLUMNS_MAX)
        return;
    rows_begin(rows, text, len, guess->delimiter, guess->quoted);
    for (size_t row = 0; row < ROWS_MAX && rows_next(rows); row++) {
        if (!guess->width && row <= LAYOUT_PREAMBLE_MAX && is_header(rows, guess->widest)) {
            guess->width = rows->ncells;
            guess->header_row = row;
        }
        if (guess->width && rows->ncells * 2 >= guess->width && rows->ncells >= 2)
            guess->score += guess->width;
    }
}

/* Tab files of marketplaces do not quote; a program that does quotes the header, too. */
static bool tab_is_quoted(struct rows *rows, const char *text, size_t len)
{
    struct guess guess = {.delimiter = '\t', .quoted = true};

    guess_measure(&guess, rows, text, len);
    if (guess.bad || guess.widest < 2)
        return false;
    rows_begin(rows, text, len, '\t', true);
    while (rows_next(rows))
        if (rows->ncells * 4 >= guess.widest * 3)
            return text[rows->offset] == '"' && rows->good >= rows->ncells;
    return false;
}

/* One damaged row does not make quotes letters; most of them have to be unlike RFC 4180. */
static struct guess guess_at(char delimiter, struct rows *rows, const char *text, size_t len)
{
    struct guess guess = {.delimiter = delimiter, .quoted = true};

    if (delimiter == '\t') {
        guess.quoted = tab_is_quoted(rows, text, len);
    } else {
        guess_measure(&guess, rows, text, len);
        guess = (struct guess){.delimiter = delimiter, .quoted = guess.bad <= guess.good};
    }
    guess_judge(&guess, rows, text, len);
    return guess;
}

static const char *trimmed(struct arena *arena, struct row_cell cell)
{
    while (cell.len && strchr(" \t\r", *cell.bytes)) {
        cell.bytes++;
        cell.len--;
    }
    while (cell.len && strchr(" \t\r", cell.bytes[cell.len - 1]))
        cell.len--;
    return arena_strndup(arena, cell.bytes, cell.len);
}

static void names_keep(struct layout *layout, struct arena *arena, const struct rows *rows)
{
    char key[HEADER_KEY_SIZE];

    layout->names = arena_alloc(arena, rows->ncells * sizeof *layout->names);
    layout->keys = arena_alloc(arena, rows->ncells * sizeof *layout->keys);
    layout->ncolumns = rows->ncells;
    for (size_t i = 0; i < rows->ncells; i++) {
        layout->names[i] = trimmed(arena, rows->cells[i]);
        header_key(key, layout->names[i], strlen(layout->names[i]));
        layout->keys[i] = arena_strdup(arena, key);
    }
}

static void layout_keep(struct layout *layout, struct arena *arena, const struct guess *guess,
                        struct rows *rows, const char *text, size_t len)
{
    rows_begin(rows, text, len, guess->delimiter, guess->quoted);
    for (size_t row = 0; row <= guess->header_row; row++)
        rows_next(rows);
    layout->delimiter = guess->delimiter;
    layout->quoted = guess->quoted;
    layout->header_line = rows->line;
    layout->header_offset = rows->offset;
    layout->data_offset = rows->at;
    names_keep(layout, arena, rows);
}

/* Leave a last line out that the end of the sample cuts. */
static size_t whole_lines(const char *text, size_t len)
{
    const char *last = memrchr(text, '\n', len);

    return last ? (size_t)(last - text) + 1 : len;
}

const char *layout_find(struct layout *layout, struct arena *arena, const char *text, size_t len,
                        bool whole)
{
    static const char delimiters[] = "\t,;|";
    struct rows *rows = arena_alloc(arena, sizeof *rows);
    struct guess best = {0};
    bool wide = false;

    if (len > LAYOUT_SAMPLE)
        len = LAYOUT_SAMPLE, whole = false;
    if (!whole && !memchr(text, '\n', len))
        return "The first line is longer than 64 kB.";
    if (!whole)
        len = whole_lines(text, len);
    rows_begin(rows, text, len, '\n', false);
    if (!rows_next(rows))
        return "The file is empty.";
    for (const char *delimiter = delimiters; *delimiter; delimiter++) {
        struct guess guess = guess_at(*delimiter, rows, text, len);

        if (guess.score > best.score)
            best = guess;
        wide = wide || guess.widest > LAYOUT_COLUMNS_MAX;
    }
    if (!best.score && wide)
        return "A line has more than 512 columns.";
    if (!best.score)
        return "No line with the names of columns was found among the first 50 lines.";
    layout_keep(layout, arena, &best, rows, text, len);
    return NULL;
}
