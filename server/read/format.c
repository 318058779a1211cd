/* Which known file this is, by the names of its columns. */
#include "read/format.h"
#include "read/header.h"

#include <string.h>

#define FORMAT(name, title)
#define COLUMN(format, field, kind, use, headers) \
    (struct format_column){FORMAT_##format, #field, KIND_##kind, COLUMN_##use, headers},
const struct format_column format_columns[FORMAT_COLUMNS] = {
#include "read/formats.def"
};
#undef FORMAT
#undef COLUMN

const size_t nformat_columns = sizeof format_columns / sizeof *format_columns;

#define COLUMN(format, field, kind, use, headers)
#define FORMAT(name, title) #name,
static const char *const format_names[] = {
    "none",
#include "read/formats.def"
};
#undef FORMAT
#define FORMAT(name, title) title,
static const char *const format_titles[] = {
    "not known",
#include "read/formats.def"
};
#undef FORMAT
#undef COLUMN

const char *column_use_name(enum column_use use)
{
    static const char *const names[] = {
        [COLUMN_OPTIONAL] = "optional",
        [COLUMN_NEEDED] = "needed",
        [COLUMN_IGNORED] = "ignored",
        [COLUMN_PERSONAL] = "personal",
    };

    return names[use];
}

const char *column_kind_name(enum column_kind kind)
{
    static const char *const names[] = {
        [KIND_TEXT] = "text", [KIND_COUNT] = "count", [KIND_MONEY] = "money",
        [KIND_DATE] = "date", [KIND_FLAG] = "flag",   [KIND_SERIAL] = "serial",
    };

    return names[kind];
}

const char *format_name(enum format format)
{
    return format_names[format < FORMATS ? format : FORMAT_none];
}

const char *format_title(enum format format)
{
    return format_titles[format < FORMATS ? format : FORMAT_none];
}

bool format_named(const char *name, enum format *format)
{
    for (enum format f = FORMAT_none; f < FORMATS; f++) {
        if (!strcmp(format_names[f], name)) {
            *format = f;
            return true;
        }
    }
    return false;
}

/* Whether a key is that of one of the headers. */
static bool is_called(const struct format_column *column, const char *key)
{
    const char *header = column->headers;

    for (;;) {
        size_t len = strcspn(header, "|");
        char known[HEADER_KEY_SIZE];

        header_key(known, header, len);
        if (!strcmp(known, key))
            return true;
        if (!header[len])
            return false;
        header += len + 1;
    }
}

/* The rows of a format. */
static size_t format_rows(enum format format, const struct format_column **first)
{
    size_t n = 0;

    for (size_t i = 0; i < nformat_columns; i++) {
        if (format_columns[i].format != format)
            continue;
        if (!n++)
            *first = &format_columns[i];
    }
    return n;
}

static const struct format_column *column_called(const struct format_column *rows, size_t nrows,
                                                 const char *key)
{
    for (size_t i = 0; *key && i < nrows; i++)
        if (is_called(&rows[i], key))
            return &rows[i];
    return NULL;
}

static bool is_taken(const struct format_map *map, const struct format_column *column)
{
    for (size_t i = 0; i < map->ncolumns; i++)
        if (map->columns[i] == column)
            return true;
    return false;
}

struct format_map format_read(struct arena *arena, enum format format, const char *const *keys,
                              size_t ncolumns)
{
    const struct format_column *rows = NULL;
    size_t nrows = format_rows(format, &rows);
    struct format_map map = {.format = format, .ncolumns = ncolumns};

    map.columns = arena_alloc(arena, (ncolumns + 1) * sizeof *map.columns);
    map.unknown = arena_alloc(arena, (ncolumns + 1) * sizeof *map.unknown);
    map.doubled = arena_alloc(arena, (ncolumns + 1) * sizeof *map.doubled);
    map.missing = arena_alloc(arena, (nrows + 1) * sizeof *map.missing);
    for (size_t i = 0; i < ncolumns; i++) {
        const struct format_column *column = column_called(rows, nrows, keys[i]);

        if (!column) {
            map.unknown[map.nunknown++] = i;
        } else if (is_taken(&map, column)) {
            map.doubled[map.ndoubled++] = i;
        } else {
            map.columns[i] = column;
            map.nknown++;
        }
    }
    for (size_t i = 0; i < nrows; i++)
        if (rows[i].use == COLUMN_NEEDED && !is_taken(&map, &rows[i]))
            map.missing[map.nmissing++] = &rows[i];
    return map;
}

static size_t needed_columns(enum format format)
{
    size_t n = 0;

    for (size_t i = 0; i < nformat_columns; i++)
        n += format_columns[i].format == format && format_columns[i].use == COLUMN_NEEDED;
    return n;
}

/* Whether `map` is nearer to a file than `best`, neither being complete. */
static bool is_nearer(const struct format_map *map, const struct format_map *best)
{
    size_t needed = needed_columns(map->format);

    if (map->nmissing * 2 > needed)
        return false;
    if (best->format == FORMAT_none || map->nmissing < best->nmissing)
        return true;
    return map->nmissing == best->nmissing && map->nknown > best->nknown;
}

enum format_match format_find(struct arena *arena, const char *const *keys, size_t ncolumns,
                              struct format_map *map, enum format *rival)
{
    struct format_map best = {0}, nearest = format_read(arena, FORMAT_none, keys, ncolumns);
    bool tied = false;

    for (enum format format = FORMAT_none + 1; format < FORMATS; format++) {
        struct format_map read = format_read(arena, format, keys, ncolumns);

        if (read.nmissing) {
            if (is_nearer(&read, &nearest))
                nearest = read;
        } else if (read.nknown > best.nknown) {
            best = read;
            tied = false;
        } else if (read.nknown == best.nknown) {
            *rival = format;
            tied = true;
        }
    }
    *map = best.format ? best : nearest;
    return !best.format ? FORMAT_UNKNOWN : tied ? FORMAT_AMBIGUOUS : FORMAT_FOUND;
}

int format_field(const struct format_map *map, const char *field)
{
    for (size_t i = 0; i < map->ncolumns; i++)
        if (map->columns[i] && !strcmp(map->columns[i]->field, field))
            return (int)i;
    return -1;
}
