/* A file is looked at as a whole. */
#include "import/survey.h"

#include "base/arena.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define OPTION_UTF8 "encoding=utf-8"
#define OPTION_1252 "encoding=windows-1252"

/* What the layout is found from, and room for what its encoding makes of it. */
struct head {
    size_t len;
    char bytes[LAYOUT_SAMPLE];
    char text[3 * LAYOUT_SAMPLE + DECODER_ROOM];
};

/* A survey under way. */
struct work {
    struct import_survey *survey;
    const struct import_how *how;
    struct import_report *report;
    struct import_error *error;
    struct import_stream stream;
    struct head head;
    struct table table;
};

static void head_keep(struct head *head, const char *bytes, size_t len)
{
    size_t room = sizeof head->bytes - head->len;
    size_t n = len < room ? len : room;

    memcpy(head->bytes + head->len, bytes, n);
    head->len += n;
}

/* Some UTF-8, and then something else: a damaged file, or two that were put together. */
static bool is_torn(const struct work *work)
{
    const struct encoding_found *found = &work->survey->encoding;

    return found->not_utf8 && found->sequences && !work->how->encoding &&
           found->encoding == ENCODING_WINDOWS_1252;
}

static bool encoding_ask(struct work *work)
{
    const struct encoding_found *found = &work->survey->encoding;

    json_array_append_new(work->report->questions,
                          json_pack("{s:n, s:s, s:s, s:[s, s]}", "column", "code",
                                    "encoding_unclear", "detail",
                                    "The file begins as UTF-8, and later has bytes that are not.",
                                    "options", OPTION_UTF8, OPTION_1252));
    return import_refuse(work->error, "encoding_unclear",
                         "The file begins as UTF-8 and is none from byte %" PRIu64
                         " on: it is damaged, or says its encoding by the option encoding.",
                         found->not_utf8_at);
}

/* A NUL is in no text but one of 16 bits a character, which says so by its mark. */
static bool nul_refuse(struct work *work, const struct encoding_finder *finder, const char *block,
                       size_t len)
{
    const char *nul = memchr(block, '\0', len);
    bool wide = finder->head[0] + finder->head[1] == 0xff + 0xfe;

    return !nul || wide ||
           import_refuse(work->error, "not_text",
                         "At byte %" PRIu64 " there is a NUL byte: this is no text.",
                         finder->seen - len + (uint64_t)(nul - block));
}

/* The first reading: all bytes, whatever they are. */
static bool bytes_look(struct work *work)
{
    struct encoding_finder finder = {0};
    char *block = work->table.block; /* not in use yet */
    ssize_t got;

    while ((got = import_stream_read(&work->stream, block, TABLE_BLOCK)) > 0) {
        encoding_look(&finder, block, (size_t)got);
        head_keep(&work->head, block, (size_t)got);
        if (!nul_refuse(work, &finder, block, (size_t)got))
            return false;
    }
    work->survey->packed = work->stream.gunzip.packed;
    work->survey->bytes = work->stream.gunzip.given;
    if (got < 0)
        return false;
    import_stream_hash(&work->stream, work->survey->hash);
    work->survey->encoding =
        encoding_decide(&finder, work->how->encoding, work->how->encoding_hint);
    if (!work->survey->bytes)
        return import_refuse(work->error, "empty", "The file is empty.");
    return !is_torn(work) || encoding_ask(work);
}

static bool undecodable(struct work *work, const char *problem, uint64_t at)
{
    return import_refuse(work->error, "bad_encoding",
                         "The file is not all %s: at byte %" PRIu64 " there is %s.",
                         encoding_name(work->survey->encoding.encoding), at, problem);
}

/* The beginning of the file in UTF-8. */
static bool head_decode(struct work *work, size_t *len)
{
    struct decoder decoder;
    struct decoder_io io = {work->head.bytes, work->head.len, work->head.text,
                            sizeof work->head.text};
    bool good =
        decoder_open(&decoder, work->survey->encoding.encoding, work->survey->encoding.mark) &&
        decoder_run(&decoder, &io);

    decoder_close(&decoder);
    *len = (size_t)(io.out - work->head.text);
    return good || undecodable(work, decoder.problem, decoder.problem_at);
}

/* Where the header is and how cells are parted, when the mapping does not say it. */
static bool layout_read(struct work *work)
{
    struct import_survey *survey = work->survey;
    struct layout layout;
    const char *problem;
    size_t len;

    if (!head_decode(work, &len))
        return false;
    problem =
        layout_find(&layout, &survey->arena, work->head.text, len, work->head.len == survey->bytes);
    if (problem)
        return import_refuse(work->error, "no_header", "%s", problem);
    survey->table.delimiter = layout.delimiter;
    survey->table.quoted = layout.quoted;
    survey->table.ragged = true;
    survey->header_line = survey->table.header_line = layout.header_line;
    survey->table.header_offset = layout.header_offset;
    survey->table.ncolumns = layout.ncolumns;
    return survey_columns(survey, work->how, layout.ncolumns, layout.names, layout.keys,
                          work->report, work->error);
}

static bool reading_failed(struct work *work)
{
    if (work->table.problem)
        return undecodable(work, work->table.problem, work->table.problem_at);
    return false;
}

/* A mapped file has its header first, and quotes as RFC 4180 says. */
static bool header_read(struct work *work)
{
    struct import_survey *survey = work->survey;
    struct csv *csv = &work->table.csv;
    const char **names;

    switch (table_next(&work->table)) {
    case CSV_END:
        return import_refuse(work->error, "empty", "The file is empty.");
    case CSV_BAD_ROW:
        return import_refuse(work->error, "no_header",
                             "The header, line %" PRIu64 ", cannot be read: column %zu: %s.",
                             csv->line, csv->column + 1, csv->problem);
    case CSV_FAILED:
        return reading_failed(work);
    case CSV_ROW:
        break;
    }
    if (survey->columns)
        return true;
    names = arena_alloc(&survey->arena, csv->ncells * sizeof *names);
    for (size_t i = 0; i < csv->ncells; i++)
        names[i] = arena_strdup(&survey->arena, csv->cells[i].text);
    survey->header_line = csv->line;
    survey->table.ncolumns = csv->width = csv->ncells;
    return survey_columns(survey, work->how, csv->ncells, names, NULL, work->report, work->error);
}

/* The second reading: row by row. */
static bool rows_look(struct work *work)
{
    enum csv_result result;

    if (!header_read(work))
        return false;
    if (work->how->mapped) /* the mapping says how cells are written: see them as they are read */
        return true;
    while ((result = table_next(&work->table)) == CSV_ROW || result == CSV_BAD_ROW)
        if (result == CSV_ROW && !survey_row(work->survey, &work->table.csv, work->error))
            return false;
    return result == CSV_END || reading_failed(work);
}

static bool table_begin(struct work *work)
{
    struct import_survey *survey = work->survey;

    survey->table.encoding = survey->encoding.encoding;
    survey->table.mark = survey->encoding.mark;
    if (work->how->mapped) {
        survey->table.delimiter = *work->how->map.separator;
        survey->table.quoted = true;
        survey->table.header_line = 1;
    } else if (!layout_read(work)) {
        return false;
    }
    return true;
}

static bool second_reading(struct work *work, struct import_source *source,
                           const struct import_sink *sink)
{
    bool good;

    if (!import_stream_open(&work->stream, source, sink, 1, work->error))
        return false;
    good = table_open(&work->table, &work->survey->table, import_stream_read, &work->stream)
               ? rows_look(work)
               : reading_failed(work);
    table_close(&work->table);
    return good && survey_decide(work->survey, work->how, work->report, work->error);
}

bool import_survey_run(struct import_survey *survey, struct import_source *source,
                       const struct import_how *how, const struct import_sink *sink,
                       struct import_report *report, struct import_error *error)
{
    struct work *work = xalloc(sizeof *work);
    bool good;

    *survey = (struct import_survey){0};
    work->survey = survey;
    work->how = how;
    work->report = report;
    work->error = error;
    good = import_stream_open(&work->stream, source, sink, 0, error) && bytes_look(work) &&
           table_begin(work) && second_reading(work, source, sink);
    import_stream_close(&work->stream);
    free(work);
    return good;
}

void import_survey_release(struct import_survey *survey)
{
    arena_clear(&survey->arena);
}
