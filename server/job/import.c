/* Import of a sales file. */
#include "job/import.h"
#include "job/import_load.h"
#include "job/import_map.h"
#include "job/import_pass.h"
#include "job/import_report.h"

#include "base/arena.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An import under way. */
struct import {
    const char *path;
    bool dry_run;
    struct import_map map;
    struct import_report report;
    struct import_counts counts; /* of the first reading */
    struct import_load load;
    struct import_error error;
};

static bool skips_rejects(const struct import *import)
{
    return !strcmp(import->map.rejects, "skip");
}

/* Read the file and tell what is in it. */
static bool check(struct import *import)
{
    struct import_listener listener = {.ctx = &import->report, .reject = import_report_reject};

    import->report.all = import->dry_run || skips_rejects(import);
    if (!import_pass(import->path, &import->map, "Checking", &listener, &import->counts,
                     &import->error))
        return false;
    import_report_counts(&import->report, &import->counts);
    return true;
}

/* Whether what was read may be imported. */
static bool permit(struct import *import)
{
    uint64_t rejected = import->counts.kind[ROW_REJECTED];

    if (rejected && !skips_rejects(import))
        return import_fail(&import->error,
                           "%" PRIu64 " %s rejected, so nothing is imported: correct the file, or "
                           "say \"rejects\": \"skip\" in the mapping.",
                           rejected, rejected == 1 ? "row was" : "rows were");
    if (!import->counts.kind[ROW_SOLD] && !import->counts.kind[ROW_RETURNED])
        return import_fail(&import->error, "No row is a sale or a return by the mapping's rules, "
                                           "so there is nothing to import.");
    return true;
}

/* The last part of the path; what is not text has no name. */
static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;

    return text_is_clean(name, strlen(name)) ? name : "?";
}

/* Read the file again, now into the open transaction. */
static bool load_rows(struct import *import)
{
    struct import_listener listener = {.ctx = &import->load, .row = import_load_row};
    struct import_counts again;

    if (!import_pass(import->path, &import->map, "Loading", &listener, &again, &import->error))
        return false;
    if (memcmp(again.file_hash, import->counts.file_hash, sizeof again.file_hash) != 0)
        return import_fail(&import->error, "%s changed while it was read, so nothing is imported.",
                           import->path);
    if (!import_load_commit(&import->load, file_name(import->path), &import->map, &again))
        return false;
    printf("Imported as %s into the product line %s.\n", import->load.id, import->map.line_code);
    return true;
}

static bool load(struct import *import)
{
    bool good = false;

    switch (import_load_begin(&import->load, &import->map, &import->counts)) {
    case LOAD_OPEN:
        good = load_rows(import);
        break;
    case LOAD_REPEATED:
        printf("Nothing to do: this file was imported with this mapping on %s, as %s.\n",
               import->load.day, import->load.id);
        good = true;
        break;
    case LOAD_FAILED:
        break;
    }
    import_load_release(&import->load);
    return good;
}

static bool import_steps(struct import *import, const char *map_path)
{
    if (!import_map_read(&import->map, map_path, &import->error) || !check(import) ||
        !permit(import))
        return false;
    if (!import->dry_run)
        return load(import);
    puts("Dry run: nothing was changed.");
    return true;
}

bool import_run(const char *map_path, const char *file_path, bool dry_run)
{
    struct import *import = xalloc(sizeof *import);
    bool good;

    import->path = file_path;
    import->dry_run = dry_run;
    good = import_steps(import, map_path);
    if (*import->error.text)
        fprintf(stderr, "aftersalesd import: %s\n", import->error.text);
    else if (!good)
        fputs("aftersalesd import: it failed; to run it again is safe.\n", stderr);
    import_map_release(&import->map);
    free(import);
    return good;
}
