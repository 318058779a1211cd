#ifndef FACTS_H
#define FACTS_H

/** What a text becomes, read as an import reads it, but into words instead of the database. */

#include "base/settings.h"
#include "import/family.h"
#include "import/map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/** A source in memory; `piece` bytes at a time. */
struct memory {
    struct import_source source;
    const char *bytes;
    size_t len, piece, at;
};

/** A reading: what it told, and what it found. Release it. */
struct facts {
    char told[8192]; /* a line for each fact, reject and skip */
    size_t used;
    struct import_how how;
    struct import_survey survey;
    struct import_report report;
    struct import_error error; /* why the file was refused */
    unsigned char keys[64][FACT_ID], owns[64][FACT_ID];
    size_t n;
};

static inline bool memory_open(struct import_source *source, struct import_error *error)
{
    struct memory *memory = (struct memory *)source;

    (void)error;
    memory->at = 0;
    source->size = (int64_t)memory->len;
    return true;
}

static inline ssize_t memory_read(struct import_source *source, void *bytes, size_t size,
                                  struct import_error *error)
{
    struct memory *memory = (struct memory *)source;
    size_t n = memory->len - memory->at;

    (void)error;
    if (n > memory->piece)
        n = memory->piece;
    if (n > size)
        n = size;
    memcpy(bytes, memory->bytes + memory->at, n);
    memory->at += n;
    return (ssize_t)n;
}

static inline void memory_close(struct import_source *source)
{
    (void)source;
}

static inline void facts_tell(struct facts *facts, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static inline void facts_tell(struct facts *facts, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    facts->used += (size_t)vsnprintf(facts->told + facts->used, sizeof facts->told - facts->used,
                                     format, args);
    va_end(args);
    assert_true(facts->used < sizeof facts->told);
}

/** A day as people write it; "-" if it is not known. */
static inline const char *facts_day(const struct fact_day *day, char out[16])
{
    time_t seconds = ((time_t)day->value.day + 10957) * 86400;
    struct tm tm;

    if (!day->known)
        return "-";
    strftime(out, 16, "%Y-%m-%d", gmtime_r(&seconds, &tm));
    return out;
}

static inline bool facts_fact(void *ctx, const struct import_reader *reader,
                              const struct fact *fact)
{
    struct facts *facts = ctx;
    char shipped[16], came[16];

    facts_tell(facts, "%llu: %s %d %s %s %s %s %s %d", (unsigned long long)reader->csv->line,
               fact_kind_name(fact->kind), (int)fact->rank, fact->sku, fact->country, fact->channel,
               facts_day(&fact->shipped, shipped), facts_day(&fact->came, came), fact->units);
    if (fact->money || fact->currency)
        facts_tell(facts, " %lld %s", (long long)fact->money,
                   fact->currency ? fact->currency : "none");
    if (fact->classed)
        facts_tell(facts, " %s", event_class_name(fact->class));
    if (*fact->reason)
        facts_tell(facts, " '%s'", fact->reason);
    if (*fact->lot)
        facts_tell(facts, " lot %s", fact->lot);
    if (fact->serials)
        facts_tell(facts, " %zu ranges of %s", fact->serials->nranges, fact->note);
    facts_tell(facts, "%s%s%s\n", fact->restocked ? " restocked" : "",
               fact->reimbursed ? " reimbursed" : "", fact->has_parent ? " of another" : "");
    if (facts->n < 64) {
        memcpy(facts->keys[facts->n], fact->key, FACT_ID);
        memcpy(facts->owns[facts->n++], fact->own, FACT_ID);
    }
    return true;
}

static inline void facts_reject(void *ctx, const struct import_reject *reject)
{
    facts_tell(ctx, "%llu! %s: %s: %s\n", (unsigned long long)reject->line,
               reject->column ? reject->column : "-", reject->code, reject->detail);
}

/** Read `len` bytes as the options say. */
static inline void facts_read_bytes(struct facts *facts, const char *bytes, size_t len,
                                    const struct import_options *options)
{
    struct import_stream *stream = calloc(1, sizeof *stream);
    struct import_sink sink = {.ctx = facts, .reject = facts_reject};
    struct memory memory = {
        .source = {.open = memory_open, .read = memory_read, .close = memory_close},
        .bytes = bytes,
        .len = len,
        .piece = 1000,
    };

    memset(facts, 0, sizeof *facts);
    settings.import_megabytes = 64;
    settings.reporting_currency = "EUR";
    import_report_init(&facts->report);
    if (import_how_read(&facts->how, options, &facts->error) &&
        import_survey_run(&facts->survey, &memory.source, &facts->how, &sink, &facts->report,
                          &facts->error) &&
        import_stream_open(stream, &memory.source, &sink, 2, &facts->error))
        import_read(&facts->survey, &facts->how, import_stream_read, stream, &sink, facts_fact,
                    facts, &facts->report, &facts->error);
    import_stream_close(stream);
    free(stream);
}

static inline void facts_release(struct facts *facts)
{
    import_survey_release(&facts->survey);
    import_report_release(&facts->report);
    import_how_release(&facts->how);
}

/** Read a text and compare what it becomes; of a refused file that is "code: sentence". */
static inline void facts_expect(const char *text, const struct import_options *options,
                                const char *expected)
{
    struct facts *facts = malloc(sizeof *facts);

    facts_read_bytes(facts, text, strlen(text), options);
    if (facts->error.code)
        facts_tell(facts, "%s: %s\n", facts->error.code, facts->error.text);
    assert_string_equal(facts->told, expected);
    facts_release(facts);
    free(facts);
}

/** How many rows were warned of. */
static inline void facts_expect_warned(const char *text, const struct import_options *options,
                                       enum import_warning warning, uint64_t rows)
{
    struct facts *facts = malloc(sizeof *facts);

    facts_read_bytes(facts, text, strlen(text), options);
    assert_string_equal(facts->error.text, "");
    assert_int_equal(facts->report.warned[warning], rows);
    facts_release(facts);
    free(facts);
}

/** Whether two texts, of one row each, are about the same row, and the same order. */
static inline void facts_expect_same(const char *one, const char *other,
                                     const struct import_options *options, bool same_key,
                                     bool same_own)
{
    struct facts *a = malloc(sizeof *a), *b = malloc(sizeof *b);

    facts_read_bytes(a, one, strlen(one), options);
    facts_read_bytes(b, other, strlen(other), options);
    assert_true(a->n == 1 && b->n == 1);
    assert_int_equal(!memcmp(a->keys[0], b->keys[0], FACT_ID), same_key);
    assert_int_equal(!memcmp(a->owns[0], b->owns[0], FACT_ID), same_own);
    facts_release(a);
    facts_release(b);
    free(a);
    free(b);
}

#endif
