/* aftersalesd import: reads a sales file. */
#include "import/import.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "command/command.h"
#include "command/import_print.h"
#include "io/dbsync.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAP_MAX 1048576
#define UPLOAD  "upload:"

/* What was said on the command line. */
struct arguments {
    struct import_options options;
    const char *map_path, *rejects_path, *path;
    char *map; /* its text */
};

static const struct option long_options[] = {
    {"dry-run",      no_argument,       NULL, 'd'},
    {"map",          required_argument, NULL, 'm'},
    {"format",       required_argument, NULL, 'f'},
    {"line",         required_argument, NULL, 'l'},
    {"channel",      required_argument, NULL, 'h'},
    {"country",      required_argument, NULL, 'c'},
    {"currency",     required_argument, NULL, 'u'},
    {"tz",           required_argument, NULL, 't'},
    {"encoding",     required_argument, NULL, 'e'},
    {"date-order",   required_argument, NULL, 'o'},
    {"decimal",      required_argument, NULL, 'p'},
    {"skip-rejects", no_argument,       NULL, 's'},
    {"rejects",      required_argument, NULL, 'r'},
    {NULL,           0,                 NULL, 0  },
};

/* Where the text of an option goes; NULL for those that have none, or that are not known. */
static const char **place_of(struct arguments *arguments, int option)
{
    struct import_options *options = &arguments->options;
    const struct {
        int option;
        const char **place;
    } places[] = {
        {'m', &arguments->map_path    },
        {'r', &arguments->rejects_path},
        {'f', &options->format        },
        {'l', &options->line          },
        {'h', &options->channel       },
        {'c', &options->country       },
        {'u', &options->currency      },
        {'t', &options->tz            },
        {'e', &options->encoding      },
        {'o', &options->date_order    },
        {'p', &options->decimal       },
    };

    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (places[i].option == option)
            return places[i].place;
    return NULL;
}

static bool arguments_read(struct arguments *arguments, int argc, char **argv)
{
    int option;

    while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
        const char **place = place_of(arguments, option);

        if (place)
            *place = optarg;
        else if (option == 'd')
            arguments->options.dry_run = true;
        else if (option == 's')
            arguments->options.skip_rejects = true;
        else
            return false;
    }
    if (optind != argc - 1)
        return false;
    arguments->path = argv[optind];
    return true;
}

static bool complain(const char *what, const char *path, const char *why)
{
    fprintf(stderr, "aftersalesd import: %s %s: %s.\n", what, path, why);
    return false;
}

static bool map_read(struct arguments *arguments)
{
    const char *path = arguments->map_path;
    FILE *file;
    size_t len;
    bool good = true;

    if (!path)
        return true;
    file = fopen(path, "re");
    if (!file)
        return complain("Cannot open the mapping", path, strerror(errno));
    arguments->map = xalloc(MAP_MAX + 2);
    len = fread(arguments->map, 1, MAP_MAX + 1, file);
    if (ferror(file))
        good = complain("Cannot read the mapping", path, strerror(errno));
    else if (len > MAP_MAX)
        good = complain("Cannot read the mapping", path, "it is larger than 1 MB");
    else if (strlen(arguments->map) != len)
        good = complain("Cannot read the mapping", path, "it is not text");
    fclose(file);
    arguments->options.map = arguments->map;
    return good;
}

/* The last part of the path; what is not text has no name. */
static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;

    return *name && strlen(name) <= 200 && text_is_clean(name, strlen(name)) ? name : NULL;
}

static bool rejects_open(struct import_printer *printer, const char *path)
{
    if (!path)
        return true;
    printer->rejects = fopen(path, "we");
    if (!printer->rejects)
        return complain("Cannot write", path, strerror(errno));
    fputs("row,column,code,detail\r\n", printer->rejects);
    return true;
}

static bool rejects_close(struct import_printer *printer, const char *path)
{
    FILE *file = printer->rejects;

    printer->rejects = NULL;
    return !file || !fclose(file) || complain("Cannot write", path, strerror(errno));
}

static bool run(struct arguments *arguments, PGconn *conn, struct import_source *source)
{
    struct import_printer printer = {
        .told_at = clock_ms(),
        .all = arguments->options.dry_run || arguments->options.skip_rejects ||
               (arguments->map && strstr(arguments->map, "\"skip\"")),
    };
    const struct import_sink sink = {
        .ctx = &printer,
        .progress = import_print_progress,
        .reject = import_print_reject,
        .waits = import_print_waits,
    };
    enum import_outcome outcome;
    json_t *report;

    if (!rejects_open(&printer, arguments->rejects_path))
        return false;
    outcome = import_run(conn, source, &arguments->options, &sink, &report);
    import_print_report(&printer, outcome, report);
    json_decref(report);
    return rejects_close(&printer, arguments->rejects_path) &&
           (outcome == IMPORT_DONE || outcome == IMPORT_REPEATED);
}

/* A file, or what was sent to the service as "upload:ID". */
static bool run_source(struct arguments *arguments)
{
    bool uploaded = !strncmp(arguments->path, UPLOAD, strlen(UPLOAD));
    PGconn *conn = dbsync_connect(), *other = conn && uploaded ? dbsync_connect() : NULL;
    struct import_file file;
    struct import_upload upload;
    bool good = false;

    arguments->options.file_name = file_name(arguments->path);
    import_file_init(&file, arguments->path);
    import_upload_init(&upload, other, arguments->path + (uploaded ? strlen(UPLOAD) : 0));
    if (conn && (!uploaded || other))
        good = run(arguments, conn, uploaded ? &upload.source : &file.source);
    PQfinish(other);
    PQfinish(conn);
    return good;
}

int command_import(int argc, char **argv)
{
    struct arguments arguments = {0};
    bool good;

    if (!arguments_read(&arguments, argc, argv))
        return command_usage(argv[0]);
    good = map_read(&arguments) && run_source(&arguments);
    free(arguments.map);
    return good ? 0 : 1;
}
