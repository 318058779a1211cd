/* Codes and keys of a row. */
#include "import/reader.h"

#include <string.h>
#include <strings.h>

#define REASON_MAX 80

static const char *header_of(const struct import_reader *reader, int column)
{
    return reader->survey->columns[column].name;
}

static void status_look(struct import_code *code, const void *ctx)
{
    struct status status = status_find(*(const enum status_list *)ctx, code->text);

    code->known = status.meaning != STATUS_UNKNOWN;
    code->meaning = status.meaning;
    code->class = status.class;
    code->classed = code->class != EVENT_unknown || code->meaning == STATUS_BACK;
}

struct status reader_status(struct import_reader *reader, int column, enum status_list list)
{
    const char *cell = reader_cell(reader, column);
    const struct import_code *code;

    if (!*cell)
        return (struct status){STATUS_UNKNOWN, EVENT_unknown};
    code = import_code_count(&reader->report->codes, header_of(reader, column), cell, status_look,
                             &list);
    if (!code->known)
        reader_warn(reader, WARN_unknown_code);
    return (struct status){code->meaning, code->class};
}

static void reason_look(struct import_code *code, const void *ctx)
{
    const struct import_how *how = ctx;
    const char *said = NULL;

    code->classed = true;
    if (how->map.classes)
        said = json_string_value(json_object_get(how->map.classes, code->text));
    code->known =
        said ? event_class_named(said, &code->class) : reason_class(code->text, &code->class);
}

bool reader_reason(struct import_reader *reader, int column, struct fact *fact)
{
    const struct import_code *code;

    fact->classed = true;
    fact->class = EVENT_unknown;
    if (!reader_text(reader, column, REASON_MAX, &fact->reason))
        return false;
    if (!*fact->reason)
        return true;
    code = import_code_count(&reader->report->codes, header_of(reader, column), fact->reason,
                             reason_look, reader->how);
    fact->class = code->class;
    if (!code->known) {
        reader_warn(reader, WARN_unknown_code);
        if (reader->how->map.unknown && !strcmp(reader->how->map.unknown, "reject"))
            return reader_reject(reader, column, "unknown_code", "a reason that is not known");
    }
    if (!strncasecmp(fact->reason, "CR-", 3)) /* a customer returns it: says every one of them */
        fact->reason += 3;
    return true;
}

void reader_key(struct import_reader *reader, struct fact *fact, const char *what, size_t n,
                const int *columns)
{
    const char *texts[8];

    for (size_t i = 0; i < n && i < sizeof texts / sizeof *texts; i++)
        texts[i] = reader_cell(reader, columns[i]);
    fact_id(fact->key, what, n, texts);
    memcpy(fact->own, fact->key, FACT_ID);
}

void reader_order(struct import_reader *reader, int column, struct fact *fact)
{
    const char *order = reader_cell(reader, column);

    if (*order)
        fact_order_id(fact->own, order);
}
