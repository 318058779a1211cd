/* One reading of a sales file. */
#include "job/import_pass.h"

#include "base/arena.h"

/* A reading under way. */
struct pass {
    const struct import_map *map;
    const struct import_listener *listener;
    struct import_counts *counts;
    struct import_error *error;
    struct import_file file;
    struct csv csv;
    struct row_columns columns;
    struct arena arena;
    const char **names; /* the header, csv.width long */
};

uint64_t import_counts_skipped(const struct import_counts *counts)
{
    return counts->kind[ROW_OTHER_PRODUCT] + counts->kind[ROW_NOT_SOLD] +
           counts->kind[ROW_NO_UNITS];
}

/* The first row: keep the names of all columns, find those of the mapping. */
static bool header_read(struct pass *pass)
{
    struct csv *csv = &pass->csv;

    switch (csv_next(csv)) {
    case CSV_END:
        return import_fail(pass->error, "%s is empty.", pass->file.path);
    case CSV_BAD_ROW:
        return import_fail(pass->error, "The header, line %llu, cannot be read: column %zu: %s.",
                           (unsigned long long)csv->line, csv->column + 1, csv->problem);
    case CSV_FAILED:
        return false;
    case CSV_ROW:
        break;
    }
    csv->width = csv->ncells;
    pass->names = arena_alloc(&pass->arena, csv->ncells * sizeof *pass->names);
    for (size_t i = 0; i < csv->ncells; i++)
        pass->names[i] = arena_strdup(&pass->arena, csv->cells[i].text);
    return row_columns_find(&pass->columns, pass->map, csv, pass->error);
}

static void tell_reject(struct pass *pass, size_t column, const char *reason, const char *cell)
{
    struct import_reject reject = {
        .line = pass->csv.line,
        .column_number = column + 1,
        .column_name = column < pass->csv.width ? pass->names[column] : NULL,
        .reason = reason,
        .cell = cell,
    };

    pass->counts->kind[ROW_REJECTED]++;
    if (pass->listener->reject)
        pass->listener->reject(pass->listener->ctx, &reject);
}

/* Count one good row of CSV and tell it; false if the listener has had enough. */
static bool take_row(struct pass *pass)
{
    struct sales_row row;

    sales_row_read(&row, pass->map, &pass->columns, &pass->csv);
    if (row.kind == ROW_REJECTED) {
        tell_reject(pass, row.column, row.reason, row.cell);
        return true;
    }
    pass->counts->kind[row.kind]++;
    if (row.kind == ROW_SOLD)
        pass->counts->units_sold += (uint64_t)row.units;
    else if (row.kind == ROW_RETURNED)
        pass->counts->units_returned += (uint64_t)row.units;
    else
        return true;
    return !pass->listener->row || pass->listener->row(pass->listener->ctx, &row);
}

static bool rows_read(struct pass *pass)
{
    enum csv_result result;

    while ((result = csv_next(&pass->csv)) == CSV_ROW || result == CSV_BAD_ROW) {
        pass->counts->rows++;
        if (result == CSV_BAD_ROW)
            tell_reject(pass, pass->csv.column, pass->csv.problem, NULL);
        else if (!take_row(pass))
            return false;
    }
    import_file_hash(&pass->file, pass->counts->file_hash);
    return result == CSV_END;
}

bool import_pass(const char *path, const struct import_map *map, const char *phase,
                 const struct import_listener *listener, struct import_counts *counts,
                 struct import_error *error)
{
    struct pass pass = {.map = map, .listener = listener, .counts = counts, .error = error};
    bool good;

    *counts = (struct import_counts){0};
    csv_init(&pass.csv, *map->separator, import_file_read, &pass.file);
    good =
        import_file_open(&pass.file, path, phase, error) && header_read(&pass) && rows_read(&pass);
    csv_release(&pass.csv);
    import_file_close(&pass.file);
    arena_clear(&pass.arena);
    return good;
}
