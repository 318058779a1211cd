/* Sales files: sending them in, and which were accepted. */
#include "base/text.h"
#include "http/body.h"
#include "http/params.h"
#include "http/reply.h"
#include "http/upload.h"
#include "http/value.h"
#include "import/map.h"
#include "queries.h"
#include "routes.h"

/* How a file is to be read; what is not said is found out. */
struct submission {
    const char *file_name;
    const char *format, *map, *line, *channel, *country, *tz, *encoding, *date_order, *decimal,
        *currency;
    const char *skip_rejects, *validate_only;
};

FIELDS(sales_import_submit_query, struct submission,
       FIELD(struct submission, file_name, TEXT, .min = 1, .max = 200, .optional = true),
       FIELD(struct submission, format, CODE, .optional = true),
       FIELD(struct submission, map, TEXT, .min = 1, .max = 80, .optional = true),
       FIELD(struct submission, line, CODE, .optional = true),
       FIELD(struct submission, channel, CODE, .optional = true),
       FIELD(struct submission, country, COUNTRY, .optional = true),
       FIELD(struct submission, tz, TEXT, .min = 1, .max = 60, .optional = true),
       FIELD(struct submission, encoding, TEXT, .min = 1, .max = 20, .optional = true),
       FIELD(struct submission, date_order, TEXT, .one_of = "dmy mdy", .optional = true),
       FIELD(struct submission, decimal, TEXT, .one_of = "dot comma", .optional = true),
       FIELD(struct submission, currency, TEXT, .min = 3, .max = 3, .optional = true),
       FIELD(struct submission, skip_rejects, BOOLEAN, .optional = true),
       FIELD(struct submission, validate_only, BOOLEAN, .optional = true));

/** GET /api/v1/sales-imports: newest first. */
void sales_import_list(struct request *req)
{
    q_sales_import_list(req, reply_page, req->page.after[0], req->page.after[1], req->page.limit);
}

/* What was said, as the job keeps it. */
static const char *options_of(struct request *req, const struct submission *in)
{
    const struct field_table *table = req->route->fields;
    struct text text = text_new(&req->arena);

    value_open(&text, NULL, '{');
    for (size_t i = 0; i < table->nfields; i++) {
        const struct field *field = &table->fields[i];
        const char *value = *(const char *const *)(const void *)((const char *)in + field->offset);

        if (!value)
            continue;
        if (field->type == BOOLEAN)
            value_flag(&text, field->name, *value == 't');
        else
            value_word(&text, field->name, value);
    }
    value_close(&text, '}');
    return text.bytes;
}

/** POST /api/v1/sales-imports: all of the file has come. */
void sales_import_submit(struct request *req)
{
    const struct upload *upload = req->upload.file;
    char *id = arena_alloc(&req->arena, ID_SIZE);
    struct submission in;

    if (!QUERY_READ(req, &in))
        return;
    if (!upload->total)
        return reply_problem(req, INVALID_VALUE, "The file is empty.");
    id_new(id, "job");
    q_sales_import_submit(req, reply_accepted, id, req->who.account, upload->id,
                          arena_printf(&req->arena, "%d", upload->pieces),
                          arena_printf(&req->arena, "%lld", (long long)upload->total), in.file_name,
                          options_of(req, &in), in.map);
}

struct mapping {
    const char *name, *body;
    struct import_error error;
};

FIELDS(import_map_open_body, struct mapping, FIELD(struct mapping, name, TEXT, .min = 1, .max = 80),
       FIELD(struct mapping, body, OBJECT));

static handler_fn check_mapping, mapping_checked;

/** POST /api/v1/import-maps: saves a mapping under a name. */
void import_map_open(struct request *req)
{
    struct mapping *in = REQ_STATE(req, struct mapping);

    if (BODY_READ(req, in))
        req_offload(req, OFFLOAD_CALCULATIONS, check_mapping, mapping_checked);
}

/* On a helper thread: a regular expression takes its time. */
static void check_mapping(struct request *req)
{
    struct mapping *in = req->state;
    struct import_map map;

    in->error = (struct import_error){.code = NULL};
    import_map_parse(&map, in->body, strlen(in->body), &in->error);
    import_map_release(&map);
}

static void mapping_checked(struct request *req)
{
    const struct mapping *in = req->state;
    char *id = arena_alloc(&req->arena, ID_SIZE);

    if (in->error.code)
        return reply_problem(req, INVALID_VALUE, arena_strdup(&req->arena, in->error.text));
    id_new(id, "map");
    q_import_map_open(req, reply_created, id, req->who.account, in->name, in->body);
}

/** GET /api/v1/import-maps: by name. */
void import_map_list(struct request *req)
{
    q_import_map_list(req, reply_page, req->page.after[0], req->page.after[1], req->page.limit);
}

/** DELETE /api/v1/import-maps/:id */
void import_map_close(struct request *req)
{
    q_import_map_close(req, reply_done, req->param[0]);
}
