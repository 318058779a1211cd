#ifndef READ_FORMAT_H
#define READ_FORMAT_H

#include "read/layout.h"

#include <stdbool.h>
#include <stddef.h>

/** The formats of formats.def, and none of them. */
enum format {
    FORMAT_none,
#define FORMAT(name, title) FORMAT_##name,
#define COLUMN(format, field, kind, use, headers)
#include "read/formats.def"
#undef FORMAT
#undef COLUMN
    FORMATS,
};

/** The rows of formats.def, by number: COLUMN_fba_returns_sku is an index of format_columns. */
enum format_column_number {
#define FORMAT(name, title)
#define COLUMN(format, field, kind, use, headers) COLUMN_##format##_##field,
#include "read/formats.def"
#undef FORMAT
#undef COLUMN
    FORMAT_COLUMNS,
};

/** What the cells of a column are. */
enum column_kind { KIND_TEXT, KIND_COUNT, KIND_MONEY, KIND_DATE, KIND_FLAG, KIND_SERIAL };

/** What a column is for. */
enum column_use { COLUMN_OPTIONAL, COLUMN_NEEDED, COLUMN_IGNORED, COLUMN_PERSONAL };
/** "optional", "needed", "ignored", "personal". */
const char *column_use_name(enum column_use use);
/** "text", "count", "money", "date", "flag", "serial". */
const char *column_kind_name(enum column_kind kind);

/** A row of formats.def. */
struct format_column {
    enum format format;
    const char *field; /* our name, such as "order_id" */
    enum column_kind kind;
    enum column_use use;
    const char *headers; /* names between bars; the first is the usual one */
};

/** All rows, format after format. */
extern const struct format_column format_columns[FORMAT_COLUMNS];
extern const size_t nformat_columns;

/** "fba_returns"; "none". */
const char *format_name(enum format format);
/** The format of a name; false, and nothing written, if there is none. */
bool format_named(const char *name, enum format *format);
/** For people: "Amazon FBA customer returns"; "not known" for none. */
const char *format_title(enum format format);

/** What the columns of a file are, by one format. */
struct format_map {
    enum format format;
    size_t ncolumns;                      /* as many as the file has */
    const struct format_column **columns; /* of each; NULL: unknown, or a field met before */
    size_t nknown;                        /* columns with a field, personal ones too */
    size_t nunknown, *unknown;            /* columns without one, by number from 0 */
    size_t ndoubled, *doubled;            /* columns whose field an earlier column has */
    size_t nmissing;                      /* needed columns that the file lacks */
    const struct format_column **missing;
};

/** Whether a file is of a known format. */
enum format_match {
    FORMAT_FOUND,     /* of that of the map */
    FORMAT_AMBIGUOUS, /* of two equally well: of that of the map, and of `rival` */
    FORMAT_UNKNOWN,   /* of none; the map is that of the nearest, `missing` says why not */
};

/**
 * Read a header by a format that is given. `keys` are names by header_key(), as in struct
 * layout. The lists are in the arena.
 */
struct format_map format_read(struct arena *arena, enum format format, const char *const *keys,
                              size_t ncolumns);
/**
 * Find the format that knows most of the columns, of those whose needed ones are all there.
 * If no format has half of its needed columns, the map is that of FORMAT_none, which knows
 * nothing. `rival` is written when two know equally many.
 */
enum format_match format_find(struct arena *arena, const char *const *keys, size_t ncolumns,
                              struct format_map *map, enum format *rival);
/** The number of the column with that field, from 0; -1 if there is none. */
int format_field(const struct format_map *map, const char *field);

#endif
