/* Files of any bytes, from survey to facts: what comes out is what the tables accept. */
#include "base/currency.h"
#include "base/settings.h"
#include "base/text.h"
#include "import/family.h"
#include "import/value.h"

#include <stdlib.h>
#include <string.h>

struct memory {
    struct import_source source;
    const uint8_t *bytes;
    size_t len, piece, at;
};

static const char mapping[] =
    "{\"line\": {\"code\": \"x\", \"name\": \"x\"}, \"date_format\": \"%Y-%m-%d\", \"key\": [\"o\"],"
    " \"columns\": {\"product\": \"p\", \"quantity\": \"q\", \"date\": \"d\", \"country\": \"c\","
    "  \"price\": \"e\", \"order\": \"o\", \"reason\": \"r\", \"shipped\": \"s\", \"refund\": \"f\"},"
    " \"currency\": \"EUR\", \"returned\": {\"negative_quantity\": true}}";

static void require(bool so)
{
    if (!so)
        abort();
}

static bool memory_open(struct import_source *source, struct import_error *error)
{
    struct memory *memory = (struct memory *)source;

    (void)error;
    memory->at = 0;
    source->size = (int64_t)memory->len;
    return true;
}

static ssize_t memory_read(struct import_source *source, void *bytes, size_t size,
                           struct import_error *error)
{
    struct memory *memory = (struct memory *)source;
    size_t n = memory->len - memory->at;

    (void)error;
    n = n < memory->piece ? n : memory->piece;
    n = n < size ? n : size;
    memcpy(bytes, memory->bytes + memory->at, n);
    memory->at += n;
    return (ssize_t)n;
}

static void memory_close(struct import_source *source)
{
    (void)source;
}

static void check_text(const char *text, size_t most)
{
    require(text_is_clean(text, strlen(text)) && text_length(text) <= most);
    require(!strpbrk(text, "\t\r\n"));
}

static void check_days(const struct fact *fact)
{
    require(fact->shipped.known || fact->kind != FACT_SHIPMENT);
    require(fact->came.known || fact->kind == FACT_SHIPMENT || fact->kind == FACT_REPLACEMENT);
    if (fact->shipped.known && fact->came.known)
        require(fact->shipped.value.day <= fact->came.value.day);
    if (fact->shipped.known)
        require(fact->shipped.value.day >= -3652 && fact->shipped.value.day <= 73048);
}

static bool check_fact(void *ctx, const struct import_reader *reader, const struct fact *fact)
{
    uint64_t *facts = ctx;

    (void)reader;
    ++*facts;
    check_text(fact->sku, 60);
    check_text(fact->lot, 40);
    check_text(fact->reason, 80);
    check_text(fact->note, 60);
    check_days(fact);
    require(*fact->sku && country_is_valid(fact->country) && code_is_valid(fact->channel));
    require(llabs(fact->units) <= 1000000000 && llabs(fact->money) <= 1000000000000000);
    require(!fact->currency || currency_is_valid(fact->currency));
    require(fact->currency || !fact->money);
    require(fact->classed || fact->kind != FACT_RETURN);
    require(!fact->serials || fact->serials->units == (uint64_t)fact->units);
    return true;
}

static void read_all(struct memory *memory, const struct import_options *options)
{
    struct import_sink sink = {0};
    struct import_error error = {0};
    struct import_how how;
    struct import_survey survey = {0};
    struct import_report *report = malloc(sizeof *report);
    struct import_stream *stream = calloc(1, sizeof *stream);
    uint64_t facts = 0;
    json_t *into = json_object();
    bool good;

    import_report_init(report);
    good = import_how_read(&how, options, &error) &&
           import_survey_run(&survey, &memory->source, &how, &sink, report, &error) &&
           import_stream_open(stream, &memory->source, &sink, 2, &error) &&
           import_read(&survey, &how, import_stream_read, stream, &sink, check_fact, &facts, report,
                       &error);
    require(good == !error.code);
    require(report->accepted == facts);
    require(!good || report->rows == report->accepted + report->skipped + report->rejected);
    import_survey_json(&survey, &how, into);
    import_report_json(report, into);
    json_decref(into);
    import_stream_close(stream);
    free(stream);
    import_survey_release(&survey);
    import_report_release(report);
    free(report);
    import_how_release(&how);
}

/* The first byte chooses the format, the second what else is said; the rest is the file. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct memory memory = {
        .source = {.open = memory_open, .read = memory_read, .close = memory_close}
    };
    struct import_options options = {0};

    if (size < 2)
        return 0;
    settings.import_megabytes = 1;
    settings.reporting_currency = "EUR";
    if (data[0] % (FORMATS + 1) == FORMATS)
        options.map = mapping;
    else if (data[0] % (FORMATS + 1) != FORMAT_none)
        options.format = format_name(data[0] % (FORMATS + 1));
    options.date_order = data[1] & 1 ? "dmy" : data[1] & 2 ? "mdy" : NULL;
    options.decimal = data[1] & 4 ? "comma" : data[1] & 8 ? "dot" : NULL;
    options.encoding = data[1] & 16 ? "cp932" : data[1] & 32 ? "gb18030" : NULL;
    options.currency = data[1] & 64 ? "JPY" : NULL;
    memory.piece = data[1] & 128 ? 7 : 4096;
    memory.bytes = data + 2;
    memory.len = size - 2;
    read_all(&memory, &options);
    return 0;
}
